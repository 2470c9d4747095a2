import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exportOverSocket } from '../../src/sources/docker/socket-export.ts';

it('an export that is cancelled before its first byte says so once, and the daemon sees its client leave', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'peel-socket-'));
  const path = join(folder, 'docker.sock');
  const server = createServer();
  const connected = once(server, 'connection');
  await new Promise<void>((resolve) => {
    server.listen(path, resolve);
  });
  try {
    const controller = new AbortController();
    // An error that nobody hears would end the process, and with it this test.
    const refused = expect(exportOverSocket(path, '/images/get', controller.signal)).rejects.toMatchObject({
      name: 'AbortError',
    });
    const [client] = (await connected) as [Socket];
    const left = once(client.resume(), 'close');
    controller.abort();
    await refused;
    await left;
  } finally {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
