import { PeelError } from '../image/errors.ts';
import type { ByteSink } from '../tar/byte-sink.ts';

/** A config or manifest larger than this is hostile: real ones stay under 1 MiB. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** A sink that keeps a JSON member as text. Rejects with PeelError `hostile` when it is too large. */
export function documentSink(name: string, take: (text: string) => void): ByteSink {
  const parts: Uint8Array[] = [];
  let length = 0;
  const isTooLarge = () => length > MAX_DOCUMENT_BYTES;
  const check = () => {
    if (!isTooLarge()) return Promise.resolve();
    return Promise.reject(tooLarge(name));
  };
  return {
    write(chunk) {
      length += chunk.length;
      if (!isTooLarge()) parts.push(Uint8Array.from(chunk));
      return !isTooLarge();
    },
    drained: check,
    async end() {
      await check();
      take(Buffer.concat(parts).toString('utf8'));
    },
  };
}

/** What there is to say of a document that is too large. */
export function tooLarge(name: string): PeelError {
  const limit = `${MAX_DOCUMENT_BYTES / 1024 / 1024} MiB`;
  return new PeelError('hostile', `${name} is JSON of more than ${limit}.`);
}
