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

/** Unpacked bytes that are handed on at once: enough that the steps between do not count. */
const UNPACKED_CHUNK = 256 * 1024;

/**
 * A sink for packed bytes that hands what is in them to another one.
 * @param expansion is told how much comes out, and may refuse it.
 */
export function decompressing(compression: Compression, to: ByteSink, expansion?: Expansion): ByteSink {
  if (compression === 'none') return to;
  const options = { chunkSize: UNPACKED_CHUNK };
  const unpack = compression === 'gzip' ? createGunzip(options) : createZstdDecompress(options);
  const unpacked: PromiseWithResolvers<void> = Promise.withResolvers();
  // The failure may come while nobody waits for it: whoever writes or ends next is told.
  unpacked.promise.catch(() => undefined);
  unpack.on('error', unpacked.reject);
  unpack.on('end', unpacked.resolve);
  unpack.on('data', (chunk: Uint8Array) => {
    try {
      expansion?.giveOut(chunk.length);
      if (to.write(chunk)) return;
    } catch (error) {
      unpack.destroy(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    unpack.pause();
    to.drained().then(() => unpack.resume(), unpacked.reject);
  });
  return {
    write: (chunk) => !unpack.destroyed && unpack.write(Uint8Array.from(chunk)),
    drained: () =>
      Promise.race([unpacked.promise, new Promise<void>((resolve) => unpack.once('drain', resolve))]),
    async end() {
      unpack.end();
      await unpacked.promise;
      await to.end();
    },
    // A little that is packed may be unpacked for minutes.
    cancel() {
      unpack.destroy();
      to.cancel?.();
    },
  };
}
