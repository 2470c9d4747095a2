import { addAbortSignal, type Transform } from 'node:stream';
import type { ByteSink } from '../tar/byte-sink.ts';
import { handOn, type Compression, unpacker } from '../tar/decompress.ts';
import type { Expansion } from '../tar/expansion.ts';
import type { Extent } from '../tar/sought-tar.ts';
import type { SoughtFile } from './sought-file.ts';

/** Packed bytes that are read at once, and given to zlib: as many as chunks of what is in them, for the same reason. */
const PIECE_BYTES = 4 * 1024 * 1024;

/** As many have room: one is being unpacked, one waits for that, and one is being read. */
const PIECES = 3;

/** A packed part of a file. */
export interface Packed {
  readonly extent: Extent;
  readonly compression: Compression;
}

/** Who hears how it goes on. */
export interface Unpacking {
  readonly expansion: Expansion;
  /** Is told how many packed bytes lie behind. */
  readonly passed: (bytes: number) => void;
}

/**
 * Unpacks a part of a file into a sink. It is read as it is unpacked, into memory that is filled again as soon as it has
 * been: bytes that are pumped through a stream are copied on their way, and stand in line for each step.
 * @throws the system's errors, zlib's, what the sink throws; the signal's reason.
 */
export async function unpackSought(
  file: SoughtFile,
  { extent, compression }: Packed,
  to: ByteSink,
  { expansion, passed }: Unpacking,
  signal: AbortSignal,
): Promise<void> {
  const unpack = addAbortSignal(signal, unpacker(compression, extent.end - extent.start));
  const over = Promise.withResolvers<null>();
  let read = 0;
  const feeding = feed(file, extent, unpack, over.promise, (bytes) => {
    expansion.takeIn(bytes);
    passed((read += bytes));
  });
  // Whoever waits for what comes out of it is told.
  feeding.catch((error: unknown) =>
    unpack.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  try {
    await handOn(unpack, to, expansion);
    await to.end();
  } catch (error) {
    to.cancel?.();
    signal.throwIfAborted();
    throw error;
  } finally {
    unpack.destroy();
    over.resolve(null);
    // Whoever opened the file may close it when this ends.
    await feeding.catch(() => undefined);
  }
}

/**
 * Hands a part of a file to who unpacks it, to its end, or until it is over: what stands behind the packed bytes, as
 * padding does, is never asked for.
 */
async function feed(
  file: SoughtFile,
  { start, end }: Extent,
  unpack: Transform,
  over: Promise<null>,
  see: (bytes: number) => void,
): Promise<void> {
  const room = Math.min(PIECE_BYTES, end - start);
  const pieces = Array.from({ length: PIECES }, () => Promise.resolve(Buffer.allocUnsafeSlow(room)));
  for (let at = start; at < end;) {
    const piece = await Promise.race([over, pieces.shift()]);
    if (piece == null || unpack.destroyed) return;
    const bytes = await file.readLater(piece.subarray(0, end - at), at);
    if (bytes === 0) break;
    at += bytes;
    see(bytes);
    pieces.push(
      new Promise((resolve) => {
        // When it has been unpacked the memory is free again.
        unpack.write(piece.subarray(0, bytes), () => resolve(piece));
      }),
    );
  }
  unpack.end();
}
