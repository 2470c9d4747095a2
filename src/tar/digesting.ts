import { createHash } from 'node:crypto';
import type { ByteSink } from './byte-sink.ts';

/** A sink that takes the SHA-256 of all bytes on their way to another one; `tell` gets it once they have gone by. */
export function digesting(to: ByteSink, tell: (digest: string) => void): ByteSink {
  const hash = createHash('sha256');
  return {
    write(chunk) {
      hash.update(chunk);
      return to.write(chunk);
    },
    drained: () => to.drained(),
    async end() {
      await to.end();
      tell(`sha256:${hash.digest('hex')}`);
    },
    cancel: () => to.cancel?.(),
  };
}
