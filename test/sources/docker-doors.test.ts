// Every way to a daemon leads to the same image: the built program, started as people start it.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { dockerArchive, file, whiteout } from '../harness/archive.ts';
import { builtReport } from '../harness/built-peel.ts';
import { CERTIFICATES, fakeSsh, tcpDoor, tlsDoor } from '../harness/daemon-doors.ts';
import { DockerConfig } from '../harness/docker-config.ts';
import { ScriptedDaemon } from '../harness/scripted-daemon.ts';

/** How peel is started. */
interface Start {
  /** DOCKER_HOST. */
  readonly host?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

let home: string;
let archive: Uint8Array;
let expected: Report;

/** The report on the image of a daemon at a socket of its own, from a peel that is started with what `start` says of it. */
async function reportBy(start: (host: string) => Start | Promise<Start>): Promise<Report> {
  await using daemon = await ScriptedDaemon.start(archive);
  const { host = null, args = [], env = {} } = await start(daemon.host);
  const report = builtReport(['--files', ...args, 'shop'], { host, env: { HOME: home, ...env } });
  // A peel that fails asks for no export.
  await Promise.race([daemon.sendUpTo(1), report]);
  return await report;
}

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'peel-home-'));
  archive = await dockerArchive(
    { layers: [[file('a', 'x'.repeat(100_000)), file('b', 'two')], [whiteout('a')]] },
    { layout: 'today', layers: 'plain' },
  );
  expected = await reportBy((host) => ({ host }));
});

afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

describe('the same image comes', () => {
  it('over a unix socket', () => {
    expect(expected.totals).toMatchObject({ layerBytes: 100_003, deletedBytes: 100_000 });
  });

  it('by --host, whatever DOCKER_HOST says', async () => {
    const start = (host: string) => ({ host: 'nonsense://at all', args: ['--host', host] });
    expect(await reportBy(start)).toEqual(expected);
  });

  it('over TCP', async () => {
    await using doors = new AsyncDisposableStack();
    const start = async (host: string) => ({ host: doors.use(await tcpDoor(host)).host });
    expect(await reportBy(start)).toEqual(expected);
  });

  it('over TLS', async () => {
    await using doors = new AsyncDisposableStack();
    const certificates = { DOCKER_CERT_PATH: CERTIFICATES };
    const byHost = async (host: string) => ({
      host: doors.use(await tlsDoor(host)).host,
      env: { ...certificates, DOCKER_TLS_VERIFY: '1' },
    });
    expect(await reportBy(byHost)).toEqual(expected);
    const byUrl = async (host: string) => ({
      host: doors.use(await tlsDoor(host)).host.replace('tcp:', 'https:'),
      env: certificates,
    });
    expect(await reportBy(byUrl)).toEqual(expected);
  });

  it('over ssh: the program that everybody has, and docker over there', async () => {
    await using doors = new AsyncDisposableStack();
    const ssh: ReturnType<typeof fakeSsh>[] = [];
    const start = (host: string) => {
      const fake = doors.use(fakeSsh(host));
      ssh.push(fake);
      return {
        host: 'ssh://me@build-host:2222',
        env: { PATH: `${fake.folder}${delimiter}${process.env['PATH'] ?? ''}` },
      };
    };
    expect(await reportBy(start)).toEqual(expected);
    const runs = ssh.flatMap((fake) => fake.runs());
    expect(runs.length).toBeGreaterThan(1);
    for (const args of runs) {
      expect(args.join(' ')).toBe('-T -l me -p 2222 -- build-host docker system dial-stdio');
    }
  });
});

describe('a context leads to it', () => {
  const folders = new DisposableStack();
  const contexts = (host: string) => folders.use(new DockerConfig()).context('shop', { Host: host });

  afterAll(() => folders.dispose());

  it('by --context', async () => {
    const start = (host: string) => ({
      args: ['--context', 'shop'],
      env: { DOCKER_CONFIG: contexts(host).folder },
    });
    expect(await reportBy(start)).toEqual(expected);
  });

  it('by DOCKER_CONTEXT', async () => {
    const start = (host: string) => ({
      env: { DOCKER_CONFIG: contexts(host).folder, DOCKER_CONTEXT: 'shop' },
    });
    expect(await reportBy(start)).toEqual(expected);
  });

  it('because it is the one in use', async () => {
    const start = (host: string) => ({ env: { DOCKER_CONFIG: contexts(host).use('shop').folder } });
    expect(await reportBy(start)).toEqual(expected);
  });

  it.each([
    ['certificates', ['ca.pem', 'cert.pem', 'key.pem'], false],
    ['its trust', ['cert.pem', 'key.pem'], true],
  ])('over TLS, with %s', async (_, files, SkipTLSVerify) => {
    await using doors = new AsyncDisposableStack();
    const tls = Object.fromEntries(files.map((name) => [name, readFileSync(join(CERTIFICATES, name))]));
    const start = async (host: string) => {
      const { host: Host } = doors.use(await tlsDoor(host));
      const config = doors.use(new DockerConfig()).context('shop', { Host, SkipTLSVerify }, tls);
      return { env: { DOCKER_CONFIG: config.folder, DOCKER_CONTEXT: 'shop' } };
    };
    expect(await reportBy(start)).toEqual(expected);
  });
});

describe.skipIf(existsSync('/var/run/docker.sock'))('where nothing is named it is found', () => {
  it.each(['.docker/run/docker.sock', '.colima/default/docker.sock', '.rd/docker.sock'])(
    'at ~/%s',
    async (path) => {
      const start = (host: string) => {
        const socket = join(home, path);
        mkdirSync(dirname(socket), { recursive: true });
        symlinkSync(host.replace('unix://', ''), socket);
        return { env: { XDG_RUNTIME_DIR: home } };
      };
      try {
        expect(await reportBy(start)).toEqual(expected);
      } finally {
        rmSync(join(home, path));
      }
    },
  );
});
