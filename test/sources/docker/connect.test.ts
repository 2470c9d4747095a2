import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect, connectToFirst, connectToPodman } from '../../../src/sources/docker/connect.ts';
import { unixEndpoint } from '../../../src/sources/docker/hosts.ts';
import { runPeel } from '../../harness/built-peel.ts';
import { failingSsh, tcpDoor, tlsDoor } from '../../harness/daemon-doors.ts';
import { DockerConfig } from '../../harness/docker-config.ts';

const { signal } = new AbortController();
let folder: string;
let servers: Server[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peel-connect-'));
  servers = [];
});

afterEach(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
});

const absent = (name: string) => join(folder, name);

/** A socket's file that its daemon has left behind. */
function dead(name: string): string {
  writeFileSync(join(folder, name), '');
  return join(folder, name);
}

async function alive(name: string): Promise<string> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(join(folder, name), resolve));
  return join(folder, name);
}

const first = (...sockets: readonly string[]) => connectToFirst(sockets.map(unixEndpoint), signal);

describe('of several sockets', () => {
  it('the first one at which somebody listens is taken', async () => {
    const daemon = await first(absent('a'), dead('b'), await alive('c'), await alive('d'));
    expect(daemon.host).toBe(`unix://${join(folder, 'c')}`);
  });

  it('those that are there are told of apart from those that are not', async () => {
    await expect(first(absent('a'), dead('b'), absent('c'))).rejects.toMatchObject({
      code: 'no-daemon',
      message: `No Docker daemon answers. Tried unix://${folder}/b (nobody listens). There is no socket at ${folder}/a, ${folder}/c. Start it, name another (--host), or open an archive: docker save IMAGE | peel -`,
    });
    await expect(first(absent('a'), absent('c'))).rejects.toThrow(
      `No Docker daemon answers. There is no socket at ${folder}/a, ${folder}/c. Start it,`,
    );
  });
});

describe('a daemon that is named and does not answer', () => {
  it('is told of with its context', async () => {
    using config = new DockerConfig().context('far', { Host: `unix://${absent('a')}` });
    const env = { DOCKER_CONFIG: config.folder };
    await expect(connect(env, signal, { host: null, context: 'far' })).rejects.toThrow(
      `Tried unix://${folder}/a of the context "far" (no such socket).`,
    );
  });

  it.each<[string, string, RegExp]>([
    ['is no TLS one', 'https', /\(it does not speak TLS\)/],
    ['nobody vouches for', 'https-to-tls', /\(.*certificate.*\)/],
  ])('says so when it %s', async (_, way, why) => {
    await using door = await (way === 'https' ? tcpDoor : tlsDoor)(await answering(way));
    const env = { DOCKER_HOST: door.host.replace('tcp:', 'https:') };
    await expect(connect(env, signal)).rejects.toThrow(why);
  });

  it('says what ssh says', async () => {
    using ssh = failingSsh('Warning: something\nme@there: Permission denied (publickey).\n', 255);
    const run = await runPeel(['nginx'], { host: 'ssh://me@there', env: { PATH: ssh.folder } });
    expect(run).toMatchObject({ status: 2, stdout: '' });
    expect(run.stderr).toContain('Tried ssh://me@there (me@there: Permission denied (publickey).).');
    expect(run.stderr).toMatch(/\)\. Let ssh get there without a question, name another \(--host\), or /);
  });

  it('is to be started where ssh comes through and docker over there says so', async () => {
    using ssh = failingSsh('Cannot connect to the Docker daemon. Is the docker daemon running?\n', 1);
    const run = await runPeel(['nginx'], { host: 'ssh://me@there', env: { PATH: ssh.folder } });
    expect(run.stderr).toContain('). Start it, name another');
  });

  it.each<[string, number, string]>([
    ['refuses what it is asked', 404, '<html>not found</html>'],
    ['says nothing with it', 404, ''],
    ['answers anything', 200, '<html>welcome</html>'],
  ])('is something else where a web server %s', async (_, status, text) => {
    const server = createHttpServer((_request, response) => response.writeHead(status).end(text));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const env = { DOCKER_HOST: `tcp://127.0.0.1:${port}` };
    const why = status === 200 ? '' : `: HTTP status ${status}`;
    await expect(connect(env, signal)).rejects.toThrow(
      `Tried tcp://127.0.0.1:${port} (something answers there that does not speak Docker's API${why}). Name another`,
    );
    server.close();
  });

  it('is Podman’s service where Podman is asked for', async () => {
    await expect(connectToPodman({ CONTAINER_HOST: `unix://${absent('a')}` }, signal)).rejects.toThrow(
      /^Podman's service does not answer\. Tried unix:.* Start it \((?:systemctl --user start podman\.socket|podman machine start)\), name/,
    );
  });

  it('says so when ssh says nothing, or is not there', async () => {
    using ssh = failingSsh('', 255);
    const silent = await runPeel(['nginx'], { host: 'ssh://there', env: { PATH: ssh.folder } });
    expect(silent.stderr).toContain('Tried ssh://there (ssh ended with status 255).');
    const missing = await runPeel(['nginx'], { host: 'ssh://there', env: { PATH: folder } });
    expect(missing.stderr).toContain('Tried ssh://there (cannot run ssh: ');
  });
});

/** A server that greets whoever comes in a tongue that is no TLS. */
async function answering(name: string): Promise<string> {
  const socket = await alive(name);
  servers.at(-1)?.on('connection', (client) => {
    client.on('error', () => undefined).end('HTTP/1.1 400 Bad Request\r\n\r\n');
  });
  return `unix://${socket}`;
}
