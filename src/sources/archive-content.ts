import type { Readable } from 'node:stream';
import { PeelError } from '../image/errors.ts';
import type { ContentRequest } from '../image/source.ts';
import { IGNORE, sniffing } from '../tar/byte-sink.ts';
import { entryOf, typeOf } from '../tar/header.ts';
import { compressionOf, decompressing, MAGIC_BYTES } from '../tar/decompress.ts';
import { tarReaderSink } from '../tar/read-layer.ts';
import type { Member, TarVisitor } from '../tar/tar-reader.ts';
import { eachMember } from './archive-members.ts';
import { memberName } from './blob-names.ts';
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
  const finder = new PayloadFinder(request.entry, take);
  const passage = eachMember({ stream }, (member, expansion) => {
    if (finder.isFound || typeOf(member) !== 'file' || memberName(member.name) !== wanted) return IGNORE;
    return sniffing(MAGIC_BYTES, (head) =>
      decompressing(compressionOf(head), tarReaderSink(finder), expansion),
    );
  });
  await passage.ended;
  if (!finder.isFound)
    throw new PeelError('file', `Layer ${request.layer} stores no file as its entry ${request.entry}.`);
}

/** Hands on the payload of one entry of a layer. */
export class PayloadFinder implements TarVisitor {
  isFound = false;
  private readonly entry: number;
  private readonly take: (piece: Uint8Array) => void;
  private position = -1;

  constructor(entry: number, take: (piece: Uint8Array) => void) {
    this.entry = entry;
    this.take = take;
  }

  begin(member: Member): void {
    this.position++;
    if (this.position === this.entry) this.isFound = entryOf(member).type === 'file';
  }

  data(piece: Buffer): void {
    // The piece is a view of memory that will be used again.
    if (this.position === this.entry && this.isFound) this.take(Buffer.from(piece));
  }

  finish(): void {
    // Nothing waits for the end of a payload.
  }
}
