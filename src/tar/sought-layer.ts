// A layer that stands uncompressed in a file: its headers first, then the payloads of those entries that are asked for.

import type { Checksum, Entry } from '../image/entry.ts';
import { PayloadChecksum } from './checksum.ts';
import { entryOf } from './header.ts';
import type { HoleAllowance } from './holes.ts';
import { EntryMaker } from './read-layer.ts';
import { type Extent, SoughtTar } from './sought-tar.ts';
import { TarError } from './tar-error.ts';
import type { Member, TarVisitor } from './visitor.ts';
import { NEAR_BYTES, type ReadAt } from './window.ts';

/** Work that is done bit by bit; what comes of it in the end. */
export type Work<T = void> = Generator<void, T>;

/** So small a file comes into memory with the headers around it: to come back for it would cost more than to look at it. */
const SMALL_BYTES = NEAR_BYTES / 2;

/** Where the entries of a layer go, each with the place where its member begins, in bytes from the tar's beginning. */
export interface PlacedEntrySink {
  add(entry: Entry, place: number): void;
}

/** How the headers of a layer are read. */
export interface IndexingOptions {
  /** What all layers of an image may leave out together. */
  readonly holes: HoleAllowance;
  /** Whether small files have their checksums, as others have none. */
  readonly looksAtSmall: boolean;
  /** What checksums are taken under: as `IndexReader.checksumKey`. */
  readonly key: Uint8Array | undefined;
}

/** Reads the headers of a layer. */
export class LayerIndexing {
  private readonly tar: SoughtTar;
  private isStopping = false;

  constructor(
    read: ReadAt,
    extent: Extent,
    entries: PlacedEntrySink,
    { holes, looksAtSmall, key }: IndexingOptions,
  ) {
    const add = (entry: Entry) => {
      entries.add(entry, this.tar.reader.memberAt);
      if (this.isStopping) this.tar.reader.pause();
    };
    const maker = new EntryMaker({ add }, key);
    const visitor: TarVisitor = {
      begin: (member: Member) => {
        if (looksAtSmall && member.size <= SMALL_BYTES) maker.begin(member);
        else {
          add(entryOf(member));
          this.tar.reader.leaveOut();
        }
      },
      data: (piece) => maker.data(piece),
      finish: () => maker.finish(),
    };
    this.tar = new SoughtTar(read, extent, visitor, holes);
  }

  /** Bytes of the layer that lie behind. */
  get passed(): number {
    return this.tar.passed;
  }

  /** Has the work end behind the next member that is not the last: somebody else goes on from there. */
  stop(): void {
    this.isStopping = true;
  }

  /**
   * Goes on with the member that begins at a place, at the beginning the first.
   * @returns where the next member begins if it was stopped before the end; else null.
   * @throws as `SoughtTar.step`, what `entryOf` throws and what the sink throws.
   */
  *work(from = 0): Work<number | null> {
    this.tar.seek(from);
    while (this.tar.step()) {
      if (this.isStopping && this.tar.reader.isBetweenMembers) return this.passed;
      yield;
    }
    return null;
  }
}

/**
 * Takes the checksums of files whose members begin at `places`; they are fastest in ascending order. Their headers have been
 * read before, and are believed: whoever holds the file says when it has changed since.
 * @throws as `SoughtTar.step`; TarError `truncated` where a member is not whole.
 */
export function* checksumsAt(
  read: ReadAt,
  extent: Extent,
  places: Iterable<number>,
  take: (checksum: Checksum, index: number) => void,
  key?: Uint8Array,
): Work {
  let index = 0;
  const add = ({ checksum }: Entry) => {
    if (checksum !== null) take(checksum, index);
    index++;
    tar.reader.pause();
  };
  const maker = new EntryMaker({ add }, key);
  // What it leaves out was counted when its headers were read.
  const tar = new SoughtTar(read, extent, maker);
  const checksum = new PayloadChecksum(key);
  for (const place of places) {
    const small = tar.smallFile(place);
    if (small !== null) {
      take(checksum.of(small), index++);
      yield;
      continue;
    }
    const wanted = index + 1;
    tar.seek(place);
    while (index < wanted && tar.step()) yield;
    if (index < wanted) throw new TarError('truncated', 'Unexpected end of data within a tar.');
  }
}
