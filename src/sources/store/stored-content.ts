import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { join } from 'node:path';
import { PeelError } from '../../image/errors.ts';
import type { ContentRequest, ContentSink } from '../../image/source.ts';
import type { KeptLayer } from './graph-store.ts';
import { StoreError, storeError } from './store-error.ts';
import { READ_BYTES } from './stored-image.ts';

/**
 * Hands over files from the directories that layers have been unpacked to.
 * @throws StoreError before the first of them where one cannot be had from there; PeelError when one changes meanwhile;
 *   what a sink throws.
 */
export async function readStoredContent(
  layers: readonly KeptLayer[],
  requests: readonly ContentRequest[],
  sinkFor: (request: ContentRequest) => ContentSink,
  signal: AbortSignal,
): Promise<void> {
  const files: { request: ContentRequest; path: Buffer }[] = [];
  for (const request of requests) {
    signal.throwIfAborted();
    files.push({ request, path: await pathOf(layers[request.layer]?.directory ?? null, request) });
  }
  for (const { request, path } of files) await handOver(path, request, sinkFor(request), signal);
}

/** Where a file lies. A layer may have a symlink on the way, which leads out of it: that is not followed. */
async function pathOf(directory: string | null, { path, size }: ContentRequest): Promise<Buffer> {
  if (directory === null) throw new StoreError('the driver keeps layers otherwise');
  const names = path.split('/');
  let at = Buffer.from(directory);
  for (const [index, name] of names.entries()) {
    at = Buffer.concat([at, Buffer.from(`/${name}`, 'latin1')]);
    const stats = await lstat(at).catch((error: unknown) => {
      throw storeError(join(directory, path), error);
    });
    const isLast = index === names.length - 1;
    const isExpected = isLast ? stats.isFile() && stats.size === size : stats.isDirectory();
    if (!isExpected) throw new StoreError(`${join(directory, path)} is another file`);
  }
  return at;
}

async function handOver(
  path: Buffer,
  request: ContentRequest,
  sink: ContentSink,
  signal: AbortSignal,
): Promise<void> {
  const file = await openFile(path);
  try {
    const memory = Buffer.alloc(Math.min(READ_BYTES, Math.max(1, request.size)));
    let left = request.size;
    while (left > 0) {
      signal.throwIfAborted();
      const { bytesRead } = await file.read(memory, 0, Math.min(memory.length, left));
      if (bytesRead === 0) throw changed(path);
      left -= bytesRead;
      if (!sink.write(memory.subarray(0, bytesRead))) await sink.drained();
    }
    await sink.end();
  } finally {
    await file.close();
  }
}

function openFile(path: Buffer): Promise<FileHandle> {
  return open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch((error: unknown) => {
    throw storeError(path.toString(), error);
  });
}

function changed(path: Buffer): PeelError {
  return new PeelError('file', `${path.toString()} has changed while it was read.`);
}
