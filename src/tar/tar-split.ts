// A tar without its payloads: what Docker and Podman keep of each layer to be able to make its tar again from the files
// that it was unpacked to (github.com/vbatts/tar-split, tar/storage). One JSON record a line: a segment is bytes of the
// tar as they were, headers and padding; a file stands where a payload was, with its size and the CRC-64 (ISO) of it.
//
//   segment (header) ──► file ──► segment (padding, next header) ──► file ──► …
//
// The segments go through the tar reader, which is told of each payload that it went by. Whatever does not fit, as the
// map of a sparse file, which stood in its payload, is an error: the tar itself has to be read then.

import { CHECKSUM_BYTES, type Checksum, type Entry, type EntrySink } from '../image/entry.ts';
import { entryOf } from './header.ts';
import { TarError } from './tar-error.ts';
import { TarReader } from './tar-reader.ts';
import type { Member, TarVisitor } from './visitor.ts';

/** Types of records (tar-split, tar/storage/entry.go). */
const FILE = 1;
const SEGMENT = 2;

const CRC_BYTES = 8;

/** A record that is no JSON, or none of the two types, or not where it could be. */
function unexpected(what: string): TarError {
  return new TarError('damaged', `Unexpected record of a layer's tar-split: ${what}.`);
}

interface SplitRecord {
  readonly type: number;
  readonly size: number;
  /** Base64. */
  readonly payload: string;
}

/** Takes the records of one layer; its entries go to `entries`, in the tar's order. */
export class TarSplitReader {
  /** Bytes of the tar that the records stand for. */
  tarBytes = 0;
  private readonly maker: EntryMaker;
  private readonly tar: TarReader;

  constructor(entries: EntrySink) {
    this.maker = new EntryMaker(entries);
    this.tar = new TarReader(this.maker);
  }

  /** @throws TarError; what `entries` throws. */
  take(line: string): void {
    const { type, size, payload } = recordOf(line);
    const bytes = Buffer.from(payload, 'base64');
    if (type === SEGMENT) {
      this.tarBytes += bytes.length;
      if (this.tar.write(bytes) < bytes.length) throw unexpected('a hole of a sparse file');
      return;
    }
    this.tarBytes += size;
    // Members without payload have a record too.
    if (size === 0) return;
    this.maker.checksum = checksumOf(bytes);
    if (!this.tar.passOver(size)) throw unexpected('a payload of another size than its header says');
  }

  /** Says that all records have come. @throws TarError `truncated`. */
  end(): void {
    this.tar.end();
  }
}

function recordOf(line: string): SplitRecord {
  let record: Partial<SplitRecord>;
  try {
    record = JSON.parse(line) as Partial<SplitRecord>;
  } catch {
    throw unexpected('no JSON');
  }
  const { type, size = 0, payload } = record;
  if (type !== FILE && type !== SEGMENT) throw unexpected('neither a file nor a segment');
  if (!Number.isSafeInteger(size) || size < 0) throw unexpected('an impossible size');
  return { type, size, payload: typeof payload === 'string' ? payload : '' };
}

/** A CRC that fills the room of a checksum. */
function checksumOf(crc: Buffer): Checksum {
  if (crc.length !== CRC_BYTES) throw unexpected('a file without its CRC');
  const checksum = new Uint8Array(CHECKSUM_BYTES);
  checksum.set(crc);
  return checksum;
}

/** Makes entries of headers, and of checksums that are told before a payload is over. */
class EntryMaker implements TarVisitor {
  /** Of the payload that is passed over next. */
  checksum: Checksum | null = null;
  private readonly entries: EntrySink;
  private entry: Entry | null = null;

  constructor(entries: EntrySink) {
    this.entries = entries;
  }

  begin(member: Member): void {
    this.entry = entryOf(member);
    this.checksum = null;
  }

  data(): never {
    throw unexpected('a payload');
  }

  finish(): void {
    const { entry } = this;
    if (entry === null) throw unexpected('a payload before its header');
    this.entries.add({ ...entry, checksum: entry.type === 'file' ? this.checksum : null });
  }
}
