import type { ContentRequest, ContentSink } from '../image/source.ts';
import { Enough, IGNORE, sniffing, untilEnough } from '../tar/byte-sink.ts';
import { compressionOf, decompressing, MAGIC_BYTES } from '../tar/decompress.ts';
import { typeOf } from '../tar/header.ts';
import { type ArchiveBytes, eachMember } from './archive-members.ts';
import { memberName } from './blob-names.ts';
import { Deliveries } from './deliveries.ts';
import type { ArchiveIndex } from './read-archive.ts';

/**
 * Hands over files of an archive that has been indexed before: a second pass over it, up to the last of them.
 * @param open the archive's bytes; their stream is destroyed when all files have come.
 * @throws as `ImageSource.content`; the stream's own errors.
 */
export async function readContent(
  open: () => ArchiveBytes | Promise<ArchiveBytes>,
  index: ArchiveIndex,
  requests: readonly ContentRequest[],
  sinkFor: (request: ContentRequest) => ContentSink,
): Promise<void> {
  if (requests.length === 0) return;
  const deliveries = new Deliveries(requests, index.layerMembers, sinkFor);
  const endWithLast = () => {
    if (deliveries.members.length === 0) throw new Enough();
  };
  const passage = eachMember(await open(), (member, expansion) => {
    const name = memberName(member.name);
    if (typeOf(member) !== 'file' || !deliveries.wants(name)) return IGNORE;
    const layer = sniffing(MAGIC_BYTES, (head) =>
      decompressing(compressionOf(head), deliveries.sinkOf(name), expansion),
    );
    return untilEnough(layer, endWithLast);
  });
  await passage.ended;
  deliveries.check();
}
