import { posix } from 'node:path';
import { PeelError } from '../image/errors.ts';
import type { ContentRequest } from '../image/source.ts';
import { compressionOf, decompressed, MAGIC_BYTES, peek } from '../tar/decompress.ts';
import { readTar } from '../tar/read-tar.ts';
import { type ArchiveIndex, eachMember } from './read-archive.ts';

/**
 * Hands one file of an archive that has been indexed before to `take`: a second pass over the archive.
 * @throws PeelError `file` when the layer has no such regular file.
 */
export async function readContent(
  chunks: AsyncIterable<Uint8Array>,
  index: ArchiveIndex,
  request: ContentRequest,
  take: (piece: Uint8Array) => void,
): Promise<void> {
  const wanted = index.layerMembers[request.layer];
  const seen = { found: false };
  await eachMember(chunks, async (header, body) => {
    if (seen.found || posix.normalize(header.name) !== wanted) return;
    const { head, all } = await peek(body, MAGIC_BYTES);
    seen.found = await takeEntry(decompressed(all, compressionOf(head)), request.entry, take);
  });
  if (!seen.found)
    throw new PeelError('file', `Layer ${request.layer} stores no file as its entry ${request.entry}.`);
}

async function takeEntry(
  chunks: AsyncIterable<Uint8Array>,
  wanted: number,
  take: (piece: Uint8Array) => void,
): Promise<boolean> {
  let found = false;
  let position = 0;
  await readTar(chunks, (header, body, next) => {
    if (position++ === wanted && header.type === 'file') {
      found = true;
      body.on('data', (piece) => take(piece as Uint8Array));
    }
    body.on('end', () => next());
    body.resume();
  });
  return found;
}
