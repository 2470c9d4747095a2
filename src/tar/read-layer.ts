import { setImmediate } from 'node:timers/promises';
import type { Entry, EntrySink } from '../image/entry.ts';
import type { ByteSink } from './byte-sink.ts';
import { EMPTY_CHECKSUM, PayloadChecksum } from './checksum.ts';
import { entryOf } from './header.ts';
import type { HoleAllowance } from './holes.ts';
import { TarReader } from './tar-reader.ts';
import type { Member, TarVisitor } from './visitor.ts';

/**
 * A sink for the bytes of an uncompressed layer; its entries go to `entries`, in the tar's order, each when its
 * payload has run through its checksum. Its errors are those of `TarReader` and `entryOf`.
 * @param holes what all layers of an image may leave out together. @param key as `IndexReader.checksumKey`.
 */
export function layerSink(entries: EntrySink, holes?: HoleAllowance, key?: Uint8Array): ByteSink {
  return tarReaderSink(new EntryMaker(entries, key), holes);
}

/** A sink that shows a tar to a visitor. */
function tarReaderSink(visitor: TarVisitor, holes?: HoleAllowance): ByteSink {
  const reader = new TarReader(visitor, holes);
  let rest: Buffer = Buffer.alloc(0);
  let isCancelled = false;
  const drained = async () => {
    while (reader.hasPaused() && !isCancelled) {
      await setImmediate();
      rest = rest.subarray(reader.write(rest));
    }
  };
  return {
    write(chunk) {
      const taken = reader.write(chunk);
      if (!reader.hasPaused()) return true;
      rest = Buffer.from(chunk.subarray(taken));
      return false;
    },
    drained,
    async end() {
      await drained();
      reader.end();
    },
    cancel: () => void (isCancelled = true),
  };
}

/** Makes entries of members, each with its payload's checksum. */
export class EntryMaker implements TarVisitor {
  private readonly entries: EntrySink;
  private readonly checksum: PayloadChecksum;
  private entry: Entry | null = null;
  /** Payload bytes that have come. */
  private come = 0;
  /** Of a payload that came in one piece. */
  private taken: Uint8Array | null = null;

  /** @param key as `IndexReader.checksumKey`. */
  constructor(entries: EntrySink, key?: Uint8Array) {
    this.entries = entries;
    this.checksum = new PayloadChecksum(key);
  }

  begin(member: Member): void {
    this.entry = entryOf(member);
    this.come = 0;
    this.taken = null;
  }

  data(piece: Buffer): void {
    const { size } = this.begun();
    if (piece.length === size) this.taken = this.checksum.of(piece);
    else {
      if (this.come === 0) this.checksum.begin(size);
      this.checksum.add(piece);
    }
    this.come += piece.length;
  }

  finish(): void {
    const entry = this.begun();
    this.entries.add({ ...entry, checksum: this.checksumOf(entry) });
  }

  private begun(): Entry {
    if (this.entry === null) throw new Error('A payload came before its header.');
    return this.entry;
  }

  private checksumOf({ type, size }: Entry): Uint8Array | null {
    if (type !== 'file') return null;
    if (size === 0) return EMPTY_CHECKSUM;
    return this.taken ?? this.checksum.take();
  }
}
