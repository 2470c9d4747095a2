// The real images of the tests, for a test file: `await testImage('debian')`.
import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { inject } from 'vitest';
import type { ImageName } from './image-recipes.ts';

export type { ImageName } from './image-recipes.ts';

/**
 * The reference (`peel-test/debian:…`) of a real image on the run's daemon. Built on the first call of the whole run,
 * which takes up to a minute; removed after the last test.
 * @throws Error without a daemon (call it inside describeWithDaemon), or with the daemon's words if the build fails
 */
export async function testImage(name: ImageName): Promise<string> {
  const socketPath = inject('imageService');
  if (socketPath === null) throw new Error(inject('daemon').reason);
  return new Promise((resolve, reject) => {
    get({ socketPath, path: `/${name}` }, (response) => {
      text(response).then((body) => {
        if (response.statusCode === 200) resolve(body);
        else reject(new Error(`building the test image ${name} failed: ${body}`));
      }, reject);
    }).on('error', reject);
  });
}
