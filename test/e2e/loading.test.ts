import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ScriptedDaemon } from '../harness/scripted-daemon.ts';
import { shopArchive, startShopDaemon } from '../harness/shop-archive.ts';
import { openPeel, openShell, prompts, type Terminal } from '../harness/terminal.ts';
import { fills, read, type Size, sizes } from './sample.ts';

describe.each(sizes)('while an export runs, at $columns x $rows', (size: Size) => {
  let daemon: ScriptedDaemon;

  beforeEach(async () => {
    daemon = await startShopDaemon();
  });

  afterEach(async () => {
    await daemon[Symbol.asyncDispose]();
  });

  const open = (): Terminal => openPeel(['shop'], { ...size, env: { DOCKER_HOST: daemon.host } });

  it('the layers stand before the first byte has come', async () => {
    await using peel = open();
    await daemon.exportAsked;
    await peel.screen.shows('the daemon prepares the export');
    await peel.screen.shows('step 2');
    await peel.screen.shows('3 layers');
    expect(peel.screen.line(0)).toContain('shop:latest');
    await peel.screen.shows('This layer has not been read yet.');
    await peel.screen.shows('Esc cancel');
  });

  it('the bytes are counted, and a layer can be browsed as soon as it has been read', async () => {
    await using peel = open();
    await daemon.sendUpTo(0.6);
    await peel.screen.shows(/reading 2\.0 MB of ~3\.3 MB/);
    await peel.screen.shows('base');
    await peel.step('j', 'j');
    await peel.screen.shows('This layer has not been read yet.');
    await peel.step('k', 'k', 'tab', '+', 'G');
    await peel.screen.selects('gone');
    expect(peel.screen.selected()).not.toContain('deleted');

    await daemon.sendUpTo(1);
    await peel.screen.shows(read);
    await peel.screen.selects(/gone .*✗ deleted in 2/);
    await peel.screen.hides('reading');
  });

  it('keys and resizing work all the while', async () => {
    await using peel = open();
    await daemon.sendUpTo(0.6);
    await peel.screen.shows('base');
    await peel.step('j');
    await peel.screen.shows('This instruction makes no layer');
    await peel.resize(90, 20);
    await fills(peel.screen);
    await peel.resize(50, 10);
    await peel.screen.shows('peel needs 60x15');
    await daemon.sendUpTo(1);
    await peel.resize(size.columns, size.rows);
    await peel.screen.shows(read);
    await peel.screen.shows('This instruction makes no layer');
  });

  it('Esc cancels it: the daemon is told, and the picker opens', async () => {
    await using peel = open();
    await daemon.sendUpTo(0.6);
    await peel.screen.shows('base');
    peel.press('escape');
    await peel.screen.shows('Esc again cancels reading the image.');
    peel.press('escape');
    await daemon.exportAborted;
    await peel.screen.shows('Cancelled.');
    await peel.screen.shows('shop:latest');
  });

  it.each([
    ['q', 0],
    ['ctrl-c', 130],
  ])('%s leaves peel, and the daemon is told', async (key, status) => {
    await using peel = open();
    await daemon.sendUpTo(0.6);
    await peel.screen.shows('base');
    peel.press(key);
    await daemon.exportAborted;
    expect(await peel.exit()).toMatchObject({ status });
    expect(peel.screen.buffer).toBe('normal');
  });

  it('what was read stays on the screen when the export ends in an error, with the daemon’s words', async () => {
    await using peel = open();
    await daemon.sendUpTo(0.6);
    await peel.screen.shows('base');
    await daemon.failWith('no space left on device');
    await peel.screen.shows('incomplete');
    await peel.screen.shows('no space left on device');
    await peel.step('j');
    await peel.screen.shows('step 2');
  });

  it('and when the connection breaks off', async () => {
    await using peel = open();
    await daemon.sendUpTo(0.6);
    await peel.screen.shows('base');
    await daemon.breakOff();
    await peel.screen.shows('incomplete');
    await peel.screen.shows('3 layers');
  });
});

describe('an image on standard input', () => {
  it('is explored with the keys of the terminal', async () => {
    await using shell = await openShell({ columns: 80, rows: 24 });
    writeFileSync(join(shell.home, 'shop.tar'), await shopArchive());
    shell.type('cat shop.tar | peel -\n');
    await shell.screen.shows(read);
    await shell.step('j', 'j');
    await shell.screen.selects('step 1');
    shell.press('q');
    await prompts(shell);
    expect(shell.screen.text()).toContain('$ cat shop.tar | peel -');
    shell.type('echo still echoing\n');
    await shell.screen.shows(/^still echoing$/m);
  });
});
