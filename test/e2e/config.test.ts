import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runPeel } from '../harness/built-peel.ts';
import { openPeel, type Terminal } from '../harness/terminal.ts';
import { read } from './sample.ts';

const SIZE = { columns: 120, rows: 40 };
const CONFIG = '.config/peel/config.toml';

async function openWith(config: string, env: Record<string, string> = {}): Promise<Terminal> {
  const peel = openPeel(['--sample'], { ...SIZE, env, files: { [CONFIG]: config } });
  await peel.screen.shows(read);
  return peel;
}

describe('a configuration file', () => {
  it('gives commands other keys, which the screen names', async () => {
    await using peel = await openWith(
      '[keys]\nhelp = "H"\ndown = "ctrl+n"\nwaste-screen = "Z"\nquit = ["X", "q"]\n',
    );
    expect(peel.screen.line(-1)).toMatch(/H keys$/);
    expect(peel.screen.line(0)).toMatch(/Z Waste/);
    await peel.step('H');
    await peel.screen.shows(/^. {3}\^N +one row down/m);
    await peel.step('G');
    await peel.screen.shows(/^. {3}X q +leave peel/m);
    await peel.step('escape', '?');
    await peel.screen.shows('? does nothing here; H shows every key.');
    await peel.step('\u000e');
    await peel.screen.selects('ENV LANG');
    peel.press('X');
    expect(await peel.exit()).toMatchObject({ status: 0 });
  });

  it('says how the files pane begins', async () => {
    await using peel = await openWith('[files]\ncolumns = ["mode"]\nsort = "name"\nmode = "everything"\n');
    await peel.screen.shows('everything up to layer 0');
    await peel.screen.shows('by name');
    expect(peel.screen.text()).toMatch(/ mode +path/);
    expect(peel.screen.text()).not.toMatch(/owner +path|fate┃|size mode/);
  });

  it('may keep the screen to ASCII', async () => {
    await using peel = await openWith('ascii = true');
    expect(peel.screen.text()).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it('may choose every colour', async () => {
    await using peel = await openWith('theme = "dark"\n[colors]\nlive = "#010203"\n');
    const colours = new Set(peel.screen.styles().flatMap((row) => row.map(({ fg }) => fg)));
    expect(colours).toContain('palette 80');
  });

  it.each([
    ['theme = "drak"', /config\.toml:1: theme is "drak"; it can be "auto"/],
    ['[keys]\nquit = []', /config\.toml:2: no key would be left for quit/],
    ['[[', /config\.toml:1:\d+: this is no TOML/],
  ])('that is wrong is one line and status 2 before any screen: %j', async (config, message) => {
    await using peel = openPeel(['--sample'], { ...SIZE, files: { [CONFIG]: config } });
    expect(await peel.exit()).toMatchObject({ status: 2 });
    expect(peel.screen.buffer).toBe('normal');
    expect(peel.screen.received).not.toContain('\u001b');
    expect(peel.screen.text().replaceAll('\n', '')).toMatch(message);
  });
});

describe('without a screen', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'peel-config-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const peel = (args: readonly string[], env: Record<string, string> = {}) =>
    runPeel(args, { host: null, env: { HOME: folder, ...env } });

  function put(path: string, text: string): string {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
    return join(folder, path);
  }

  it('peel config prints the settings in effect, and says that there is no file', async () => {
    const { status, stdout } = await peel(['config']);
    expect(status).toBe(0);
    expect(stdout).toContain(`no file ${join(folder, CONFIG)}`);
    expect(stdout).toContain('theme = "auto" # default');
  });

  it('the file is named, or in PEEL_CONFIG, or in XDG_CONFIG_HOME, or in ~/.config', async () => {
    const home = put(CONFIG, 'theme = "16"');
    expect((await peel(['config'])).stdout).toContain('theme = "16" # from the file');
    const xdg = put('xdg/peel/config.toml', 'theme = "mono"');
    const env = { XDG_CONFIG_HOME: join(folder, 'xdg') };
    expect((await peel(['config'], env)).stdout).toContain('theme = "mono"');
    const own = put('own.toml', 'theme = "dark"');
    const both = { ...env, PEEL_CONFIG: own };
    expect((await peel(['config'], both)).stdout).toContain('theme = "dark"');
    const named = put('named.toml', 'theme = "light"');
    expect((await peel(['config', '--config', named], both)).stdout).toContain('theme = "light"');

    expect((await peel(['config', '--path'])).stdout).toBe(`${home}\n`);
    expect((await peel(['config', '--path'], env)).stdout).toBe(`${xdg}\n`);
    expect((await peel(['config', '--path'], { XDG_CONFIG_HOME: 'relative' })).stdout).toBe(`${home}\n`);
    expect((await peel(['config', '--path'], both)).stdout).toBe(`${own}\n`);
  });

  it('a file that is named must be there, whatever it is named for', async () => {
    const gone = join(folder, 'gone.toml');
    for (const args of [
      ['config', '--config', gone],
      ['--sample', '--config', gone],
    ]) {
      const { status, stderr } = await peel(args);
      expect(status).toBe(2);
      expect(stderr).toMatch(/^peel: The configuration cannot be read: ENOENT.*gone\.toml.*\n$/);
    }
    expect((await peel(['config'], { PEEL_CONFIG: gone })).status).toBe(2);
  });

  it('a summary does not ask for it, and is not kept by what is wrong there', async () => {
    put(CONFIG, 'theme = "drak"');
    expect((await peel(['--sample'])).status).toBe(0);
    expect((await peel(['config'])).stderr).toMatch(/config\.toml:1: theme is "drak"/);
  });

  it('what is no text is no configuration', async () => {
    writeFileSync(join(folder, 'bytes'), Uint8Array.of(0xff, 0xfe));
    const { status, stderr } = await peel(['config', '--config', join(folder, 'bytes')]);
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/^peel: .*bytes: this is no UTF-8/) as string,
    ]);
    const large = put('large', '#'.repeat(1024 * 1024 + 1));
    expect((await peel(['config', '--config', large])).stderr).toMatch(
      /no configuration has more than 1048576 bytes/,
    );
    expect((await peel(['config', '--config', folder])).stderr).toMatch(
      /^peel: The configuration cannot be read: EISDIR/,
    );
  });
});

describe('somebody who is here for the first time', () => {
  const HINT = /^ \? shows every key · Tab goes between panes · Enter opens /m;
  const newcomer = { ...SIZE, isNewcomer: true };

  it('is told the first keys until one is pressed, and never again', async () => {
    const state = mkdtempSync(join(tmpdir(), 'peel-state-'));
    try {
      const env = { XDG_STATE_HOME: state };
      await using peel = openPeel(['--sample'], { ...newcomer, env });
      await peel.screen.shows(read);
      expect(peel.screen.line(-1)).toMatch(HINT);
      await peel.step('j');
      expect(peel.screen.line(-1)).not.toMatch(HINT);
      expect(existsSync(join(state, 'peel/welcomed'))).toBe(true);
      await using again = openPeel(['--sample'], { ...newcomer, env });
      await again.screen.shows(read);
      expect(again.screen.line(-1)).not.toMatch(HINT);
    } finally {
      rmSync(state, { recursive: true, force: true });
    }
  });

  it('is told so among the layers, not in the list of images, where these are other keys', async () => {
    const state = mkdtempSync(join(tmpdir(), 'peel-state-'));
    try {
      const env = { DOCKER_HOST: 'unix:///nowhere', XDG_STATE_HOME: state };
      await using peel = openPeel([], { ...newcomer, env });
      await peel.screen.shows('1 image; any letter but q filters');
      await peel.step('down', '/', 'escape');
      expect(peel.screen.line(-1)).not.toMatch(HINT);
      expect(existsSync(join(state, 'peel/welcomed'))).toBe(false);
      await peel.step('enter');
      await peel.screen.shows(HINT);
      expect(existsSync(join(state, 'peel/welcomed'))).toBe(true);
    } finally {
      rmSync(state, { recursive: true, force: true });
    }
  });

  it('is told all of it on 80 columns', async () => {
    await using peel = openPeel(['--sample'], { ...newcomer, columns: 80, rows: 24 });
    await peel.screen.shows(/^ \? shows every key · Tab goes between panes · Enter opens *$/m);
  });

  it('is told nothing with hints = false', async () => {
    await using peel = openPeel(['--sample'], { ...newcomer, files: { [CONFIG]: 'hints = false' } });
    await peel.screen.shows(read);
    expect(peel.screen.line(-1)).not.toMatch(HINT);
    expect(existsSync(join(peel.home, '.local/state/peel'))).toBe(false);
  });

  it.each(['/dev/null', '/proc/nowhere'])('is none where nothing can be kept: %s', async (place) => {
    await using peel = openPeel(['--sample'], { ...newcomer, env: { XDG_STATE_HOME: place } });
    await peel.screen.shows(read);
    expect(peel.screen.line(-1)).not.toMatch(HINT);
  });
});
