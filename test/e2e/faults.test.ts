// Daemons that die, and connections that are reset: one line and status 2 in a script; on the screen what was read
// stays, with what happened.
import { once } from 'node:events';
import { readFileSync, watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pack } from 'tar-stream';
import { type PeelRun, runPeel, startPeel } from '../harness/built-peel.ts';
import { passBytes, proxyDaemon } from '../harness/daemon-proxy.ts';
import { isRoot, provide } from '../harness/debian-packages.ts';
import { clientFor, type Daemon, startDaemon } from '../harness/dockerd.ts';
import type { ScriptedDaemon } from '../harness/scripted-daemon.ts';
import { startShopDaemon } from '../harness/shop-archive.ts';
import { announceSkip } from '../harness/vectors.ts';
import type { Terminal } from '../harness/terminal.ts';
import { expectWhole, startFromShell } from './from-shell.ts';

const size = { columns: 100, rows: 30 };

/** Nothing on standard output, exit status 2, one line on standard error. */
function expectOneLine(run: PeelRun, line: RegExp): void {
  expect(run).toMatchObject({ status: 2, stdout: '' });
  expect(run.stderr).toMatch(/^peel: [^\n]+\n$/);
  expect(run.stderr).toMatch(line);
}

/** The explorer says that the image is not whole and lives on; `q` gives the terminal back, with status 2. */
async function expectIncomplete(shell: Terminal, command: string, why: RegExp): Promise<void> {
  await shell.screen.shows('incomplete');
  await shell.screen.shows(why);
  await shell.step('?');
  await shell.step('?');
  shell.press('q');
  await expectWhole(shell, 2, command);
  expect(shell.screen.text()).toMatch(/^peel: /m);
}

const obstacle = isRoot() ? await provide('dockerd') : 'only root can start a private daemon';
if (obstacle !== null) announceSkip('a daemon that is killed', obstacle);

describe.skipIf(obstacle !== null)('a daemon that is killed', () => {
  let daemon: Daemon;
  let host: string;
  let folder: string;

  beforeEach(async () => {
    daemon = await startDaemon();
    host = daemon.host ?? '';
    folder = dirname(host.replace('unix://', ''));
    await importImage(host);
  });

  afterEach(() => daemon.stop());

  const kill = () => process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 'SIGKILL');

  it('while it prepares an export', async () => {
    await using shell = await startFromShell('peel --source export big', {
      ...size,
      env: { DOCKER_HOST: host },
    });
    const exports = watch(join(folder, 'root/tmp'));
    const inScript = startPeel(['--source', 'export', '--json', '-', 'big'], { host });
    // The daemon gathers each export in a folder of its own before it sends the first byte.
    await Promise.all([once(exports, 'change'), shell.screen.shows('the daemon prepares the export')]);
    exports.close();
    kill();
    // The script's inspection may still be under way when its export has begun.
    expectOneLine(await inScript.ended, /export of big broke off|cannot inspect big/);
    await expectIncomplete(shell, 'peel --source export big', /broke off/);
  });

  it('while it streams it', async () => {
    const streams = Promise.withResolvers<undefined>();
    const proxy = await proxyDaemon(host, async (body, response) => {
      await passBytes(body, response, 300_000);
      streams.resolve(undefined);
      await passBytes(body, response, Infinity);
      response.end();
    });
    try {
      await using shell = await startFromShell('peel --source export big', {
        ...size,
        env: { DOCKER_HOST: host },
      });
      const inScript = startPeel(['--source', 'export', '--json', '-', 'big'], { host: proxy.host });
      await Promise.all([streams.promise, shell.screen.shows('reading')]);
      kill();
      expectOneLine(await inScript.ended, /export of big broke off/);
      await expectIncomplete(shell, 'peel --source export big', /broke off/);
    } finally {
      await proxy.close();
    }
  });
});

/** An image of half a gigabyte, which takes a daemon seconds to prepare and to send. */
async function importImage(host: string): Promise<void> {
  const tar = pack();
  const zeros = Buffer.alloc(64 * 1024 * 1024);
  for (let n = 0; n < 8; n++) tar.entry({ name: `file${n}` }, zeros);
  tar.finalize();
  const answer = await clientFor(host).importImage(Readable.from(tar), { repo: 'big', tag: 'latest' });
  expect(await text(answer)).toContain('sha256:');
}

/** Where a connection is reset, and what is then on the screen. */
const resets: readonly [where: string, reset: (daemon: ScriptedDaemon) => Promise<void>][] = [
  ['in the head of the answer', (daemon) => daemon.resetInHead()],
  [
    'in the middle of the export',
    async (daemon) => {
      await daemon.sendUpTo(0.6);
      await daemon.reset();
    },
  ],
  [
    'after the last byte, before the end of the answer',
    async (daemon) => {
      await daemon.sendAllButEnd();
      await daemon.reset();
    },
  ],
];

describe.each(resets)('a connection that is reset %s', (where, reset) => {
  const start = () => startShopDaemon({ over: 'tcp', silentOn: where.includes('head') ? ['export'] : [] });

  it('is told of in one line', async () => {
    await using daemon = await start();
    const run = runPeel(['--json', '-', 'shop'], { host: daemon.host });
    await reset(daemon);
    expectOneLine(await run, /export of shop broke off/);
    await daemon.noneWaits;
  });

  it('leaves what was read on the screen', async () => {
    await using daemon = await start();
    await using shell = await startFromShell('peel shop', { ...size, env: { DOCKER_HOST: daemon.host } });
    await shell.screen.shows('3 layers');
    await reset(daemon);
    await expectIncomplete(shell, 'peel shop', /broke off/);
  });
});
