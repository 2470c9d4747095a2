import type { Readable, Transform } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { ByteSink } from './byte-sink.ts';
import type { Expansion } from './expansion.ts';

/** How a blob is packed. Told by its first bytes: media types and names are often wrong. */
export type Compression = 'none' | 'gzip' | 'zstd';

/** Bytes that must be at hand for `compressionOf`. */
export const MAGIC_BYTES = 4;

/** RFC 1952 section 2.3.1; RFC 8878 sections 3.1.1, and 3.1.2 for the skippable frame a blob may begin with. */
export function compressionOf(head: Uint8Array): Compression {
  const [a = 0, b, c, d] = head;
  if (a === 0x1f && b === 0x8b) return 'gzip';
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return 'zstd';
  if ((a & 0xf0) === 0x50 && b === 0x2a && c === 0x4d && d === 0x18) return 'zstd';
  return 'none';
}

/**
 * Unpacked bytes that come at once, at most. zlib has threads of its own, each of which stops at the end of a chunk until this
 * thread has given it another one, and then has to be woken: on virtual machines that takes half a millisecond, in which it
 * would have unpacked a quarter of a megabyte.
 */
const MAX_CHUNK = 8 * 1024 * 1024;

/** As many of what is packed in a stream, which brings it in pieces; zlib's own measure is the least. */
const STREAM_CHUNK = 2 * 1024 * 1024;
const MIN_CHUNK = 16 * 1024;

/** How much more comes out of a layer than goes in, as a rule or a little above it: one chunk holds what a small one has. */
const USUAL_EXPANSION = 4;

/** Chunks that are unpacked while another one is being looked at. */
const CHUNKS_AHEAD = 1;

/** Bytes that are looked at before zlib's threads, and keys, are heard again. */
const SLICE_BYTES = 1024 * 1024;

/**
 * Takes packed bytes, and hands out what is in them for `handOn`: up to `most` at each reading.
 * @param bytes how many are packed, or more: memory for more than is in them would only call the collector.
 */
export function unpacker(compression: Compression, bytes: number, most = MAX_CHUNK): Transform {
  const options = {
    chunkSize: Math.min(Math.max(MIN_CHUNK, bytes * USUAL_EXPANSION), most),
    // Chunks are counted, and come out as they are: to join them would be to copy them.
    readableObjectMode: true,
    readableHighWaterMark: CHUNKS_AHEAD,
  };
  switch (compression) {
    case 'none':
      throw new Error('Bytes that are not packed need no unpacker.');
    case 'gzip':
      return createGunzip(options);
    case 'zstd':
      return createZstdDecompress(options);
  }
}

/**
 * A sink for packed bytes that hands what is in them to another one.
 * @param expansion is told how much comes out, and may refuse it.
 * @param bytes how many are packed, or more.
 */
export function decompressing(
  compression: Compression,
  to: ByteSink,
  expansion?: Expansion,
  bytes = Infinity,
): ByteSink {
  if (compression === 'none') return to;
  const unpack = unpacker(compression, bytes, STREAM_CHUNK);
  const unpacked = handOn(unpack, to, expansion);
  // The failure may come while nobody waits for it: whoever writes or ends next is told.
  unpacked.catch(() => undefined);
  return {
    write: (chunk) => !unpack.destroyed && unpack.write(new Uint8Array(chunk)),
    drained: () => Promise.race([unpacked, new Promise<void>((resolve) => unpack.once('drain', resolve))]),
    async end() {
      unpack.end();
      await unpacked;
      await to.end();
    },
    // A little that is packed may be unpacked for minutes.
    cancel() {
      unpack.destroy();
      to.cancel?.();
    },
  };
}

/**
 * Hands on what comes out of an unpacker, at the sink's pace, and leaves the sink open. Its chunks are nobody else's: each is
 * freed when the sink has seen it.
 * @throws what either throws; nothing is unpacked any more then.
 */
export async function handOn(
  unpack: Readable,
  to: ByteSink,
  expansion: Expansion | undefined,
): Promise<void> {
  for await (const chunk of unpack as AsyncIterable<Uint8Array<ArrayBuffer>>) {
    expansion?.giveOut(chunk.length);
    // Once given up, nobody wants the rest; `destroyed` is an unpacker at its proper end, too.
    for (let at = 0; at < chunk.length && !unpack.readableAborted; at += SLICE_BYTES) {
      if (!to.write(chunk.subarray(at, at + SLICE_BYTES))) await to.drained();
      await setImmediate();
    }
    giveBack(chunk);
  }
}

/**
 * Frees a chunk's memory, where zlib has filled it to its end and needs it no more. Left to the collector it would cost a
 * whole collection for each few dozen chunks, and all of them memory that the processor's caches have never seen.
 */
function giveBack({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): void {
  if (byteOffset + byteLength === buffer.byteLength) buffer.transfer(0);
}
