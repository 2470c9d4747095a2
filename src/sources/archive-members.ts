import type { Readable } from 'node:stream';
import { PeelError } from '../image/errors.ts';
import { type ByteSink, pump, sniffing } from '../tar/byte-sink.ts';
import { compressionOf, decompressing, MAGIC_BYTES } from '../tar/decompress.ts';
import { membersSink } from '../tar/read-members.ts';
import type { Member } from '../tar/tar-reader.ts';
import { brokenArchive } from './broken-archive.ts';

/** The bytes of an archive on their way in. */
export interface ArchiveBytes {
  readonly stream: Readable;
  /** Is shown every chunk before it is read. */
  readonly see?: (chunk: Uint8Array) => void;
}

/**
 * Walks an archive's members, packed as a whole or not; the bytes of each go to the sink that `take` has for it.
 * @throws PeelError `not-an-image`, `broken-stream`; what a sink rejects with; the stream's own errors.
 */
export async function eachMember(
  { stream, see }: ArchiveBytes,
  take: (member: Member) => ByteSink,
): Promise<void> {
  let members = 0;
  const tar = membersSink((member) => {
    members++;
    return take(member);
  });
  const archive = sniffing(MAGIC_BYTES, (head) => {
    if (head.length === 0) throw new PeelError('not-an-image', 'It is empty.');
    return decompressing(compressionOf(head), tar);
  });
  try {
    await pump(stream, archive, see);
  } catch (error) {
    throw brokenArchive(error, members);
  }
}
