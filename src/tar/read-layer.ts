// A layer's tar, read once: tar-stream takes it apart, each payload runs through SHA-256 and is forgotten.
//
//   chunks ──► diff ID (SHA-256 of the whole) ──► extract ──► header ─────────────► entry, when it has no payload
//                                                        └──► header + payload ──► checksum ──► entry
//
// Entries reach the sink in the tar's order, synchronously, so that a million of them make no million promises.

import { createHash, hash } from 'node:crypto';
import { CHECKSUM_BYTES, type Checksum, type EntrySink } from '../image/entry.ts';
import { entryOf } from './header.ts';
import { readTar, type TarBody, type TarHeader } from './read-tar.ts';

/** What reading a layer tells beside its entries. */
export interface LayerReading {
  /** `sha256:…` of the uncompressed tar (image-spec, config.md, "Layer DiffID"). */
  readonly diffId: string;
}

/**
 * Reads an uncompressed layer tar into a sink.
 * @throws whatever tar-stream or the stream says of bytes that are no tar or end too early; PeelError `hostile`.
 */
export async function readLayer(chunks: AsyncIterable<Uint8Array>, sink: EntrySink): Promise<LayerReading> {
  const diffId = createHash('sha256');
  await readTar(
    chunks,
    (header, body, next) => {
      try {
        addEntry(header, body, sink, next);
      } catch (error) {
        next(error);
      }
    },
    (chunk) => diffId.update(chunk),
  );
  return { diffId: `sha256:${diffId.digest('hex')}` };
}

function addEntry(header: TarHeader, body: TarBody, sink: EntrySink, next: () => void): void {
  const entry = entryOf(header);
  if (entry.size === 0) {
    sink.add({ ...entry, checksum: entry.type === 'file' ? EMPTY_CHECKSUM : null });
    body.resume();
    next();
    return;
  }
  checksumOf(body, entry.size, (checksum) => {
    sink.add({ ...entry, checksum });
    next();
  });
}

/** Takes a payload's checksum; in one call where the payload comes in one piece, as that of most files does. */
function checksumOf(body: TarBody, size: number, done: (checksum: Checksum) => void): void {
  let sum: ReturnType<typeof createHash> | null = null;
  let whole: Buffer | null = null;
  body.on('data', (data) => {
    const chunk = data as Uint8Array; // streamx knows no type of its chunks; tar-stream pushes bytes
    if (chunk.length === size) whole = hash('sha256', chunk, 'buffer');
    else (sum ??= createHash('sha256')).update(chunk);
  });
  body.on('end', () => {
    done((whole ?? (sum ?? createHash('sha256')).digest()).subarray(0, CHECKSUM_BYTES));
  });
}

const EMPTY_CHECKSUM: Checksum = hash('sha256', '', 'buffer').subarray(0, CHECKSUM_BYTES);
