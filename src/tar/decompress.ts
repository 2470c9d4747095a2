import { Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';

/** How a blob is packed. Told by its first bytes: media types and names are often wrong. */
export type Compression = 'none' | 'gzip' | 'zstd';

/** Bytes that must be at hand for `compressionOf`. */
export const MAGIC_BYTES = 4;

/** RFC 1952 section 2.3.1; RFC 8878 section 3.1.1, and 3.1.2 for the skippable frames zstd:chunked may begin with. */
export function compressionOf(head: Uint8Array): Compression {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd && head[0] === 0x28) return 'zstd';
  if (head[1] === 0x2a && head[2] === 0x4d && head[3] === 0x18 && ((head[0] ?? 0) & 0xf0) === 0x50)
    return 'zstd';
  return 'none';
}

/** Chunks as big as the unpacked pieces are worth handing on one by one. */
const UNPACKED_CHUNK = 256 * 1024;

/** The unpacked bytes of a stream. Errors of the decompressor come out of the iteration. */
export function decompressed(
  chunks: AsyncIterable<Uint8Array>,
  compression: Compression,
): AsyncIterable<Uint8Array> {
  if (compression === 'none') return chunks;
  const unpack =
    compression === 'gzip'
      ? createGunzip({ chunkSize: UNPACKED_CHUNK })
      : createZstdDecompress({ chunkSize: UNPACKED_CHUNK });
  const packed = Readable.from(chunks, { objectMode: false });
  packed.on('error', (error) => unpack.destroy(error));
  unpack.on('close', () => packed.destroy());
  return packed.pipe(unpack);
}

/**
 * The first `count` bytes of a stream (fewer if it ends before), and the whole stream again with them in front.
 */
export async function peek(
  chunks: AsyncIterable<Uint8Array>,
  count: number,
): Promise<{ head: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const taken: Uint8Array[] = [];
  let length = 0;
  while (length < count) {
    const next = await iterator.next();
    if (next.done === true) break;
    taken.push(next.value);
    length += next.value.length;
  }
  const [first] = taken;
  const head = taken.length === 1 && first !== undefined ? first : Buffer.concat(taken);
  async function* all(): AsyncGenerator<Uint8Array, void> {
    try {
      yield* taken;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
        yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { head: head.subarray(0, count), all: all() };
}
