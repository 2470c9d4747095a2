import { posix } from 'node:path';
import type { Readable } from 'node:stream';
import { PeelError } from '../image/errors.ts';
import type { ContentRequest } from '../image/source.ts';
import { IGNORE, sniffing } from '../tar/byte-sink.ts';
import { compressionOf, decompressing, MAGIC_BYTES } from '../tar/decompress.ts';
import { type TarVisitor, tarSink } from '../tar/read-tar.ts';
import { eachMember } from './archive-members.ts';
import type { ArchiveIndex } from './read-archive.ts';

/**
 * Hands one file of an archive that has been indexed before to `take`: a second pass over the archive.
 * @throws PeelError `file` when the layer has no such regular file.
 */
export async function readContent(
  stream: Readable,
  index: ArchiveIndex,
  request: ContentRequest,
  take: (piece: Uint8Array) => void,
): Promise<void> {
  const wanted = index.layerMembers[request.layer];
  const seen = { found: false };
  let position = 0;
  const visit: TarVisitor = (header, body, next) => {
    if (position++ === request.entry && header.type === 'file') {
      seen.found = true;
      body.on('data', (piece) => take(piece as Uint8Array));
    }
    body.on('end', () => next());
    body.resume();
  };
  await eachMember({ stream }, (header) => {
    if (seen.found || header.type !== 'file' || posix.normalize(header.name) !== wanted) return IGNORE;
    return sniffing(MAGIC_BYTES, (head) => decompressing(compressionOf(head), tarSink(visit)));
  });
  if (!seen.found)
    throw new PeelError('file', `Layer ${request.layer} stores no file as its entry ${request.entry}.`);
}
