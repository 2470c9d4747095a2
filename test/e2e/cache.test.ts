import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runPeel } from '../harness/built-peel.ts';
import { shopArchive } from '../harness/shop-archive.ts';
import { openPeel } from '../harness/terminal.ts';

describe('images that are kept', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'peel-kept-'));
    file = join(folder, 'shop.tar');
    writeFileSync(file, await shopArchive());
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const peel = (...args: string[]) => runPeel(args, { host: null, env: { XDG_CACHE_HOME: folder } });
  /** All that lies in the folder, but for the secret of checksums. */
  const kept = () => readdirSync(join(folder, 'peel', 'images')).filter((name) => name !== 'secret');

  it('are listed by peel cache, and let go of by peel cache --clear', async () => {
    expect((await peel('cache')).stdout).toBe(`${folder}/peel/images: 0 images, 0 B of 1.00 GB\n`);
    await peel(file);
    const { status, stdout } = await peel('cache');
    expect(status).toBe(0);
    expect(stdout).toMatch(/: 1 image, \d+\.\d kB of 1\.00 GB\n\n +kept .*\n.* test\/image:latest/);
    expect((await peel('cache', '--clear')).stdout).toMatch(/: \d+\.\d kB given back\n$/);
    expect(kept()).toEqual([]);
  });

  it('have the same report and summary as the first time', async () => {
    const first = await peel(file, '--files', '--json', '-');
    expect(kept()).toHaveLength(1);
    expect(await peel(file, '--files', '--json', '-')).toEqual(first);
    expect((await peel(file)).stdout).toBe((await peel(file, '--no-cache')).stdout);
  });

  it('are not used to verify an image, nor kept by it', async () => {
    await peel(file, '--verify');
    expect(() => kept()).toThrow(/ENOENT/);
  });

  it('are neither kept nor had again where the configuration says so, whatever the image is read for', async () => {
    const named = (text: string) => {
      const path = join(folder, 'config.toml');
      writeFileSync(path, text);
      return { XDG_CACHE_HOME: folder, PEEL_CONFIG: path };
    };
    const off = named('cache = false');
    for (const args of [[file], [file, '--json', '-']]) {
      expect(await runPeel(args, { host: null, env: off })).toMatchObject({ status: 0, stderr: '' });
      expect(() => kept()).toThrow(/ENOENT/);
    }
    const on = named('cache = true');
    await runPeel([file, '--no-cache'], { host: null, env: on });
    expect(() => kept()).toThrow(/ENOENT/);
    await runPeel([file], { host: null, env: on });
    expect(kept()).toHaveLength(1);
  });

  it('are not kept where what the configuration wants cannot be told', async () => {
    const env = { XDG_CACHE_HOME: folder, XDG_CONFIG_HOME: folder };
    mkdirSync(join(folder, 'peel'));
    writeFileSync(join(folder, 'peel', 'config.toml'), 'cache = "off"');
    expect(await runPeel([file], { host: null, env })).toMatchObject({ status: 0, stderr: '' });
    expect(() => kept()).toThrow(/ENOENT/);
  });

  it('are not kept by a screen either where the configuration says so', async () => {
    const files = { '.config/peel/config.toml': 'cache = false' };
    for (const [wanted, count] of [
      [files, 0],
      [{}, 1],
    ] as const) {
      await using terminal = openPeel([file], { env: { XDG_CACHE_HOME: folder }, files: wanted });
      await terminal.screen.shows(/wasted \d/);
      terminal.press('q');
      expect(await terminal.exit()).toMatchObject({ status: 0 });
      expect(existsSync(join(folder, 'peel')) ? kept() : []).toHaveLength(count);
    }
  });

  it('are read anew where what was kept is damaged', async () => {
    const first = await peel(file, '--json', '-');
    const [name = ''] = kept();
    writeFileSync(join(folder, 'peel', 'images', name), 'damaged');
    expect(await peel(file, '--json', '-')).toEqual(first);
  });

  it('need not be kept: a folder that cannot be written to is no failure', async () => {
    const { status, stderr } = await runPeel([file], { host: null, env: { XDG_CACHE_HOME: '/dev/null' } });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

describe('the explorer’s code, once compiled', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'peel-compiled-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const compiled = () => join(folder, 'peel', 'compiled');
  const pathsIn = (path: string) =>
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
  /** Every file that is kept, by its path, with what tells whether it has been written anew. */
  const kept = () => new Map(pathsIn(compiled()).map((path) => [path, statSync(path).ino]));

  async function explore(args: readonly string[], files: Record<string, string> = {}): Promise<void> {
    await using terminal = openPeel(['--sample', ...args], { env: { XDG_CACHE_HOME: folder }, files });
    await terminal.screen.shows(/wasted \d/);
    terminal.press('q');
    expect(await terminal.exit()).toMatchObject({ status: 0 });
  }

  it('is kept for the next time, and let go of by peel cache --clear', async () => {
    await explore([]);
    const first = kept();
    expect(first.size).toBeGreaterThan(0);
    await explore([]);
    expect(kept()).toEqual(first);
    const { stdout } = await runPeel(['cache', '--clear'], { host: null, env: { XDG_CACHE_HOME: folder } });
    expect(stdout).toMatch(/^[^:]+\/peel: \d.* given back\n$/);
    expect(stdout).not.toContain(': 0 B');
    expect(existsSync(compiled())).toBe(false);
  });

  it('is made anew where what was kept is damaged', async () => {
    await explore([]);
    const paths = [...kept().keys()];
    for (const path of paths) writeFileSync(path, 'damaged');
    await explore([]);
    for (const path of paths) expect(readFileSync(path, 'latin1')).not.toBe('damaged');
  });

  it('of another version of Node is let go of', async () => {
    const other = join(compiled(), 'v22.15.0-x64-00000000-0');
    mkdirSync(other, { recursive: true, mode: 0o700 });
    writeFileSync(join(other, '1234'), 'code');
    await explore([]);
    expect(existsSync(other)).toBe(false);
    expect(kept().size).toBeGreaterThan(0);
  });

  it.each(['peel', 'peel/compiled'])('is not kept where others may write to %s', async (open) => {
    mkdirSync(compiled(), { recursive: true, mode: 0o700 });
    chmodSync(join(folder, open), 0o770);
    await explore([]);
    expect(pathsIn(compiled())).toEqual([]);
  });

  it('is not kept where nothing shall be', async () => {
    await explore(['--no-cache']);
    await explore([], { '.config/peel/config.toml': 'cache = false' });
    expect(existsSync(compiled())).toBe(false);
  });

  it('is of no use to a summary, which keeps none', async () => {
    await runPeel(['--sample'], { host: null, env: { XDG_CACHE_HOME: folder } });
    expect(existsSync(compiled())).toBe(false);
  });
});
