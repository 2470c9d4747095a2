import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Daemon } from '../../../src/sources/docker/daemon.ts';
import { unixEndpoint } from '../../../src/sources/docker/hosts.ts';

describe('a daemon that takes connections and never answers', () => {
  let folder: string;
  let socket: string;
  let server: Server;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'peel-silent-'));
    socket = join(folder, 'docker.sock');
    server = createServer();
    await new Promise<void>((resolve) => server.listen(socket, resolve));
  });

  afterEach(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is given up with its name and how long it was waited for', async () => {
    const daemon = new Daemon(unixEndpoint(socket));
    const asked = daemon.get('/images/json', new AbortController().signal, 50);
    await expect(asked).rejects.toMatchObject({
      code: 'no-daemon',
      message: `unix://${socket} does not answer (waited 0.05 s).`,
    });
  });

  it('is left at once when the question is taken back', async () => {
    const cancelled = new AbortController();
    const asked = new Daemon(unixEndpoint(socket)).get('/images/json', cancelled.signal);
    server.once('connection', () => {
      cancelled.abort(new Error('Esc'));
    });
    await expect(asked).rejects.toThrow('Esc');
  });
});
