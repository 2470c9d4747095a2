import type { Readable } from 'node:stream';
import { PeelError } from '../image/errors.ts';
import { type ByteSink, pump, sniffing } from '../tar/byte-sink.ts';
import { compressionOf, decompressing, MAGIC_BYTES } from '../tar/decompress.ts';
import { membersSink } from '../tar/read-members.ts';
import { Expansion } from '../tar/expansion.ts';
import type { Member } from '../tar/visitor.ts';
import { brokenArchive } from './broken-archive.ts';

/** A tar that has ended before it began goes on with zeros for so long at most: a device may never end. */
export const MAX_EMPTY_BYTES = 64 * 1024 * 1024;

/** The bytes of an archive on their way in. */
export interface ArchiveBytes {
  readonly stream: Readable;
  /** Is shown every chunk before it is read. */
  readonly see?: (chunk: Uint8Array) => void;
}

/** An archive's members going by. Both reject with what `eachMember` says. */
export interface Passage {
  /** Every member has gone by. */
  readonly whole: Promise<void>;
  /** The stream has ended too: a daemon takes its time to tidy up, and may still say that it failed. */
  readonly ended: Promise<void>;
}

/**
 * Walks an archive's members, packed as a whole or not; the bytes of each go to the sink that `take` has for it. A sink
 * that unpacks tells `expansion` of it.
 * @throws PeelError `not-an-image`, `broken-stream`; what a sink rejects with; the stream's own errors.
 */
export function eachMember(
  { stream, see }: ArchiveBytes,
  take: (member: Member, expansion: Expansion) => ByteSink,
): Passage {
  let members = 0;
  const expansion = new Expansion();
  let beginning: Uint8Array = new Uint8Array(0);
  let bytes = 0;
  let hasEnded = false;
  const tarEnd: PromiseWithResolvers<void> = Promise.withResolvers();
  const tar = membersSink(
    (member) => {
      members++;
      return take(member, expansion);
    },
    {
      ended: () => {
        hasEnded = true;
        tarEnd.resolve();
      },
    },
  );
  const archive = sniffing(MAGIC_BYTES, (head) => {
    beginning = Uint8Array.from(head);
    if (head.length === 0) throw new PeelError('not-an-image', 'It is empty.');
    return decompressing(compressionOf(head), tar, expansion);
  });
  const seeToo = (chunk: Uint8Array) => {
    expansion.takeIn(chunk.length);
    bytes += chunk.length;
    if (hasEnded && members === 0 && bytes > MAX_EMPTY_BYTES) throw beginsWithNothing();
    see?.(chunk);
  };
  const ended = pump(stream, archive, seeToo).catch((error: unknown) => {
    throw brokenArchive(error, members, beginning);
  });
  const whole = Promise.race([tarEnd.promise, ended]);
  // Not everybody asks for both: whoever waits for one is told of the failure.
  whole.catch(() => undefined);
  return { whole, ended };
}

export function beginsWithNothing(): PeelError {
  return new PeelError('not-an-image', `It is no tar archive: it begins with nothing but zeros.`);
}
