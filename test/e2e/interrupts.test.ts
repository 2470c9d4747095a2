// However peel is told to leave, and whenever: it leaves at once, the terminal is whole, no daemon goes on working, and
// no program that peel has started stays.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type RunningPeel, startPeel } from '../harness/built-peel.ts';
import { type FakeSsh, hangingSsh, stayingSsh } from '../harness/daemon-doors.ts';
import type { ScriptedDaemon, Silence } from '../harness/scripted-daemon.ts';
import { startShopDaemon } from '../harness/shop-archive.ts';
import { openPeel, prompts, type Terminal } from '../harness/terminal.ts';
import { emptyDirectory } from '../harness/layouts.ts';
import { expectWhole, startFromShell } from './from-shell.ts';
import { read } from './sample.ts';

interface Stage {
  readonly when: string;
  readonly silentOn: readonly Silence[];
  /** Brings it about, as far as the daemon has a part in it. */
  readonly reached: (daemon: ScriptedDaemon) => Promise<void>;
  /** And waits until it shows. */
  readonly shown: (peel: Terminal) => Promise<void>;
}

const stages: readonly Stage[] = [
  {
    when: 'before the daemon says what the image is',
    silentOn: ['inspect', 'export'],
    reached: (daemon) => daemon.inspectAsked,
    shown: (peel) => peel.screen.shows('waiting for the first bytes'),
  },
  {
    when: 'while the daemon prepares the export',
    silentOn: ['export'],
    reached: (daemon) => daemon.exportAsked,
    shown: (peel) => peel.screen.shows('the daemon prepares the export'),
  },
  {
    when: 'in the middle of an export that has come to a halt',
    silentOn: [],
    reached: (daemon) => daemon.sendUpTo(0.6),
    shown: (peel) => peel.screen.shows('base'),
  },
  {
    when: 'in the middle of an export of a few bytes now and then',
    silentOn: [],
    reached: async (daemon) => {
      await daemon.sendUpTo(0.6);
      await daemon.trickle();
    },
    shown: (peel) => peel.screen.shows('base'),
  },
  {
    when: 'when all has come but the end of the answer',
    silentOn: [],
    reached: (daemon) => daemon.sendAllButEnd(),
    shown: (peel) => peel.screen.shows('base'),
  },
];

describe.each(stages)('$when', ({ silentOn, reached, shown }) => {
  const size = { columns: 100, rows: 30 };

  async function inShell(daemon: ScriptedDaemon): Promise<Terminal> {
    const shell = await startFromShell('peel shop', { ...size, env: { DOCKER_HOST: daemon.host } });
    await reached(daemon);
    await shown(shell);
    return shell;
  }

  it.each([
    ['q', 0],
    ['ctrl-c', 130],
  ] as const)('%s gives the terminal back whole, and the daemon sees its client go', async (key, status) => {
    await using daemon = await startShopDaemon({ silentOn });
    await using shell = await inShell(daemon);
    shell.press(key);
    await daemon.noneWaits;
    await expectWhole(shell, status, 'peel shop');
  });

  it('so does SIGTERM', async () => {
    await using daemon = await startShopDaemon({ silentOn });
    await using shell = await inShell(daemon);
    shell.signalPeel('SIGTERM');
    await daemon.noneWaits;
    await expectWhole(shell, 143, 'peel shop');
  });

  it('Esc goes to the images, and the daemon sees its client go', async () => {
    await using daemon = await startShopDaemon({ silentOn });
    await using peel = openPeel(['--source', 'export', 'shop'], {
      ...size,
      env: { DOCKER_HOST: daemon.host },
    });
    await reached(daemon);
    await shown(peel);
    peel.press('escape');
    await peel.screen.shows('Esc again cancels reading the image.');
    peel.press('escape');
    await daemon.exportAborted;
    await daemon.noneWaits;
    await peel.screen.shows('Cancelled.');
    peel.press('q');
    expect(await peel.exit()).toMatchObject({ status: 0 });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s ends it without a terminal too, and no file is left',
    async (signal) => {
      await using daemon = await startShopDaemon({ silentOn });
      const folder = emptyDirectory();
      const peel = startPeel(['--json', join(folder, 'report.json'), 'shop'], { host: daemon.host });
      await reached(daemon);
      peel.kill(signal);
      await daemon.noneWaits;
      expect(await peel.ended).toMatchObject({ signal, stdout: '', stderr: '' });
      expect(readdirSync(folder)).toEqual([]);
    },
  );
});

describe('every ssh ends with peel', () => {
  const within = { timeout: 30_000 };
  const over = (ssh: FakeSsh) => ({ PATH: `${ssh.folder}:${process.env['PATH'] ?? ''}` });
  const host = 'ssh://me@over.there';

  describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('that %s ends without a screen', (signal) => {
    async function expectAllEnded(ssh: FakeSsh, peel: RunningPeel): Promise<void> {
      expect(ssh.running()).not.toEqual([]);
      peel.kill(signal);
      expect(await peel.ended).toMatchObject({ signal, stdout: '', stderr: '' });
      await expect.poll(() => ssh.running(), within).toEqual([]);
    }

    it('while ssh does not get through', async () => {
      using ssh = hangingSsh();
      const peel = startPeel(['shop'], { host, env: over(ssh) });
      await expect.poll(() => ssh.runs().length, within).toBeGreaterThan(0);
      await expectAllEnded(ssh, peel);
    });

    it('in the middle of an export, and no half report is left', async () => {
      await using daemon = await startShopDaemon();
      using ssh = stayingSsh(daemon.host);
      const folder = emptyDirectory();
      const peel = startPeel(['--json', join(folder, 'report.json'), 'shop'], { host, env: over(ssh) });
      await daemon.sendUpTo(0.6);
      await expectAllEnded(ssh, peel);
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  it.each([
    ['q', 0],
    ['ctrl-c', 130],
    ['SIGHUP', 129],
    ['SIGTERM', 143],
  ] as const)('that %s takes from the screen', async (how, status) => {
    using ssh = hangingSsh();
    await using shell = await startFromShell('peel shop', { env: { DOCKER_HOST: host, ...over(ssh) } });
    await shell.screen.shows('waiting for the first bytes');
    await expect.poll(() => ssh.running(), within).not.toEqual([]);
    if (how === 'q' || how === 'ctrl-c') shell.press(how);
    else shell.signalPeel(how);
    await expectWhole(shell, status, 'peel shop');
    await expect.poll(() => ssh.running(), within).toEqual([]);
  });
});

describe('the terminal is whole', () => {
  it('after ^C in the first moment, before there is a screen', async () => {
    await using daemon = await startShopDaemon({ silentOn: ['inspect', 'export'] });
    await using shell = await startFromShell('peel shop', { env: { DOCKER_HOST: daemon.host } });
    await daemon.inspectAsked;
    shell.press('ctrl-c');
    await daemon.noneWaits;
    await prompts(shell);
    shell.type('echo "status $?"\n');
    await shell.screen.shows(/^status 130$/m);
    expect(shell.screen.modes).toEqual([]);
  });

  it.each(['ctrl-c', 'SIGTERM'] as const)('after %s while the last layers are stacked', async (how) => {
    await using daemon = await startShopDaemon();
    await using shell = await startFromShell('peel shop', { env: { DOCKER_HOST: daemon.host } });
    await shell.screen.shows('the daemon prepares the export');
    await daemon.sendUpTo(1);
    if (how === 'ctrl-c') shell.press(how);
    else shell.signalPeel(how);
    await daemon.noneWaits;
    await expectWhole(shell, how === 'ctrl-c' ? 130 : 143, 'peel shop');
  });

  it.each(['ctrl-c', 'SIGTERM', 'SIGINT'] as const)(
    'after %s while the screen is closing',
    async (second) => {
      await using shell = await startFromShell('peel --sample', {});
      await shell.screen.shows(read);
      shell.press('q');
      // What comes before peel has heard the key would leave the key to the shell.
      await shell.screen.until('the screen closes', () => shell.screen.buffer === 'normal');
      if (second === 'ctrl-c') shell.press(second);
      else signalIfThere(shell, second);
      await prompts(shell);
      await expectWhole(shell, second === 'SIGTERM' ? [0, 143] : [0, 130]);
    },
  );
});

/** By now peel may be gone, as it should. */
function signalIfThere(shell: Terminal, signal: NodeJS.Signals): void {
  try {
    shell.signalPeel(signal);
  } catch (error) {
    expect(error).toMatchObject({ code: 'ESRCH' });
  }
}
