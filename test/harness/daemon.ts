// What a test sees of the Docker daemon that global-setup.ts has found or started.
import { describe, inject, it } from 'vitest';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The daemon of this run; without one, `host` is null and `reason` tells why in one line. */
    daemon: { readonly host: string | null; readonly reason: string };
    /** Socket of the service that builds test images (image-service.ts), or null without a daemon. */
    imageService: string | null;
  }
}

/**
 * A suite that needs a Docker daemon; `fn` gets its host as in DOCKER_HOST. Without a daemon the suite is skipped
 * and the reason printed; in CI it fails instead, so that a machine without one cannot look like a pass.
 */
export function describeWithDaemon(name: string, fn: (host: string) => void): void {
  const { host, reason } = inject('daemon');
  if (host !== null) {
    describe(name, () => {
      fn(host);
    });
  } else if (process.env['CI']) {
    describe(name, () => {
      it('has a Docker daemon, which CI must', () => {
        throw new Error(reason);
      });
    });
  } else {
    console.warn(`skipped: ${name}: ${reason}`);
    describe(name, () => {
      it.skip(reason);
    });
  }
}
