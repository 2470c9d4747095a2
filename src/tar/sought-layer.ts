// A layer that stands uncompressed in a file: its headers first, then the payloads of those entries that are asked for.

import type { Checksum, Entry, EntrySink } from '../image/entry.ts';
import { entryOf } from './header.ts';
import type { HoleAllowance } from './holes.ts';
import { EntryMaker } from './read-layer.ts';
import { type Extent, SoughtTar } from './sought-tar.ts';
import { TarError } from './tar-error.ts';
import type { Member, TarVisitor } from './visitor.ts';
import { NEAR_BYTES, type ReadAt } from './window.ts';

/** Work that is done bit by bit. */
export type Work = Generator<void, void>;

/** Numbers in a row that grows: 8 bytes each. */
export class Places {
  length = 0;
  private items = new Float64Array(64);

  push(place: number): void {
    if (this.length === this.items.length) {
      const more = new Float64Array(2 * this.length);
      more.set(this.items);
      this.items = more;
    }
    this.items[this.length++] = place;
  }

  /** Undefined beyond the last one. */
  at(index: number): number | undefined {
    return index < this.length ? this.items[index] : undefined;
  }

  trim(): void {
    this.items = this.items.slice(0, this.length);
  }
}

/** So small a file comes into memory with the headers around it: to come back for it would cost more than to look at it. */
const SMALL_BYTES = NEAR_BYTES / 2;

/** Reads the headers of a layer. */
export class LayerIndexing {
  /** Where each entry's member begins, in bytes from the tar's beginning. */
  readonly places = new Places();
  private readonly tar: SoughtTar;

  /**
   * @param entries is given each entry. @param holes what all layers of an image may leave out together.
   * @param looksAtSmall whether small files have their checksums, as others have none. @param key they are taken under.
   */
  constructor(
    read: ReadAt,
    extent: Extent,
    entries: EntrySink,
    {
      holes,
      looksAtSmall,
      key,
    }: { holes: HoleAllowance; looksAtSmall: boolean; key?: Uint8Array | undefined },
  ) {
    const { places } = this;
    const maker = new EntryMaker(entries, key);
    const visitor: TarVisitor = {
      begin: (member: Member) => {
        places.push(this.tar.reader.memberAt);
        if (looksAtSmall && member.size <= SMALL_BYTES) maker.begin(member);
        else {
          entries.add(entryOf(member));
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

  /** @throws as `SoughtTar.step`, what `entryOf` throws and what the sink throws. */
  *work(): Work {
    while (this.tar.step()) yield;
    this.places.trim();
  }
}

/**
 * Takes the checksums of entries whose members begin at `places`; they are fastest in ascending order.
 * @throws as `SoughtTar.step`; TarError `truncated` where a member is not whole.
 */
export function* checksumsAt(
  read: ReadAt,
  extent: Extent,
  places: Iterable<number>,
  take: (checksum: Checksum | null, index: number) => void,
  key?: Uint8Array,
): Work {
  let index = 0;
  const add = ({ checksum }: Entry) => {
    take(checksum, index++);
    tar.reader.pause();
  };
  const maker = new EntryMaker({ add }, key);
  // What it leaves out was counted when its headers were read.
  const tar = new SoughtTar(read, extent, maker);
  for (const place of places) {
    const wanted = index + 1;
    tar.seek(place);
    while (index < wanted && tar.step()) yield;
    if (index < wanted) throw new TarError('truncated', 'Unexpected end of data within a tar.');
  }
}
