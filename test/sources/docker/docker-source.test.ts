import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadImage, type LoadEvent } from '../../../src/cli/load-image.ts';
import { Daemon } from '../../../src/sources/docker/daemon.ts';
import { DockerSource } from '../../../src/sources/docker/docker-source.ts';
import { unixEndpoint } from '../../../src/sources/docker/hosts.ts';
import { dockerArchive, file } from '../../harness/archive.ts';
import { Conditions } from '../../harness/conditions.ts';
import { ScriptedDaemon } from '../../harness/scripted-daemon.ts';

const { signal } = new AbortController();
const sourceAt = (host: string) =>
  new DockerSource(new Daemon(unixEndpoint(host.replace('unix://', ''))), 'shop');

describe('who holds an image', () => {
  let daemon: ScriptedDaemon;

  beforeEach(async () => {
    const archive = await dockerArchive(
      { layers: [[file('a', 'one')]] },
      { layout: 'today', layers: 'plain' },
    );
    daemon = await ScriptedDaemon.start(archive);
  });

  afterEach(() => daemon[Symbol.asyncDispose]());

  it('is told while the export is being prepared, and goes on being told', async () => {
    const told: (string | null)[] = [];
    const conditions = new Conditions();
    const hear = (event: LoadEvent) => {
      if (event.type === 'image') told.push(event.image.daemon);
      conditions.try();
    };
    const loading = loadImage(sourceAt(daemon.host), hear, signal);
    const line = `Docker 27.0.0 · overlay2 · ${daemon.host}`;
    await conditions.met(
      () => told.includes(line),
      (reason) => `${reason}: ${told.join()}`,
    );
    await daemon.sendUpTo(1);
    expect((await loading).image.daemon).toBe(line);
    expect(told).toEqual([null, line, line]);
  });
});

describe('a daemon on a bad day', () => {
  let folder: string;
  let server: Server;
  let answer: (path: string, response: ServerResponse) => void;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'peel-bad-day-'));
    server = createServer((request, response) => answer(request.url ?? '', response));
    await once(server.listen(join(folder, 'docker.sock')), 'listening');
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('may begin an export of what it cannot inspect: one error is told, and no other comes after it', async () => {
    const begun: PromiseWithResolvers<void> = Promise.withResolvers();
    const left: PromiseWithResolvers<void> = Promise.withResolvers();
    answer = (path, response) => {
      if (path.startsWith('/images/get')) {
        response.on('close', () => left.resolve()).write('x');
        begun.resolve();
      } else {
        void begun.promise.then(() => response.writeHead(500).end('{"message":"no inspection today"}'));
      }
    };
    const loading = loadImage(sourceAt(join(folder, 'docker.sock')), () => undefined, signal);
    await expect(loading).rejects.toMatchObject({
      code: 'daemon-error',
      message: 'The daemon cannot inspect shop: no inspection today',
    });
    await left.promise;
  });

  it('may hold no such image: the program that goes with it fetches one', async () => {
    answer = (path, response) => {
      if (path === '/images/json') response.end('[]');
      else if (path === '/version') response.end('{"Version":"5.0","Components":[{"Name":"Podman Engine"}]}');
      else response.writeHead(404).end('{"message":"no such image"}');
    };
    const loading = loadImage(sourceAt(join(folder, 'docker.sock')), () => undefined, signal);
    await expect(loading).rejects.toMatchObject({
      code: 'no-such-image',
      message: expect.stringMatching(
        /holds no image shop:latest\. Fetch it first: podman pull shop, or peel --pull shop$/,
      ) as string,
    });
  });

  it('may not say who it is', async () => {
    answer = (_, response) => void response.writeHead(500).end('{"message":"not today"}');
    const daemon = new Daemon(unixEndpoint(join(folder, 'docker.sock')));
    expect(await daemon.identity(signal)).toBeNull();
  });

  it('may know its version and no more', async () => {
    answer = (path, response) => {
      if (path === '/version') response.end('{"Version":"1.2"}');
      else response.writeHead(500).end();
    };
    const daemon = new Daemon(unixEndpoint(join(folder, 'docker.sock')));
    expect(await daemon.identity(signal)).toMatchObject({ name: 'Docker', version: '1.2', store: null });
  });
});
