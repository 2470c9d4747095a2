import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CacheFolder } from '../../src/cache/cache-folder.ts';

let root: string;
let path: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'peel-cache-'));
  path = join(root, 'a', 'b');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const piece = (length: number, value = 1) => new Uint8Array(length).fill(value);

/** Says when a file was used last, in seconds since 1970. */
function usedAt(name: string, seconds: number): void {
  utimesSync(join(path, `${name}.snapshot`), seconds, seconds);
}

/** The bytes that a file holds. */
const held = async (folder: CacheFolder, name: string) =>
  Array.from(new Uint8Array((await folder.read(name)) ?? new ArrayBuffer(0)));

const names = async (folder: CacheFolder) => (await folder.list()).map(({ name }) => name);

describe('a cache folder', () => {
  it('gives back what it keeps, and nothing where it keeps nothing', async () => {
    const folder = new CacheFolder(path, 1000);
    await folder.write('one', [piece(3, 7), piece(2, 8)]);
    expect(await held(folder, 'one')).toEqual([7, 7, 7, 8, 8]);
    expect(await folder.read('two')).toBeNull();
    expect(await folder.peek('one', 4)).toEqual(Uint8Array.of(7, 7, 7, 8));
    expect(await folder.peek('two', 4)).toEqual(new Uint8Array(0));
  });

  it('is for its owner alone', async () => {
    await new CacheFolder(path, 1000).write('one', [piece(1)]);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(statSync(join(path, 'one.snapshot')).mode & 0o777).toBe(0o600);
  });

  it('lets go of what has not been used for longest', async () => {
    const folder = new CacheFolder(path, 100);
    for (const name of ['one', 'two', 'three']) await folder.write(name, [piece(30)]);
    usedAt('one', 1000);
    usedAt('two', 2000);
    usedAt('three', 3000);
    await folder.read('one');
    await folder.write('four', [piece(30)]);
    expect((await names(folder)).sort()).toEqual(['four', 'one', 'three']);
  });

  it('does not keep what is too large by itself, and lets go of nothing for it', async () => {
    const folder = new CacheFolder(path, 100);
    await folder.write('one', [piece(60)]);
    await folder.write('two', [piece(101)]);
    expect(await names(folder)).toEqual(['one']);
  });

  it('keeps the latest of one name, which does not count twice', async () => {
    const folder = new CacheFolder(path, 100);
    await folder.write('one', [piece(60)]);
    await folder.write('two', [piece(40)]);
    await folder.write('one', [piece(60, 2)]);
    expect((await names(folder)).sort()).toEqual(['one', 'two']);
    expect((await held(folder, 'one'))[0]).toBe(2);
  });

  it('shows nothing of a file that was never completed, and removes it when it is an hour old', async () => {
    const folder = new CacheFolder(path, 100);
    await folder.write('one', [piece(10)]);
    const old = join(path, 'three.00.part');
    writeFileSync(join(path, 'two.00.part'), 'x');
    writeFileSync(old, 'x');
    utimesSync(old, 1000, 1000);
    expect(await names(folder)).toEqual(['one']);
    await folder.write('four', [piece(10)]);
    expect(readdirSync(path).sort()).toEqual(['four.snapshot', 'one.snapshot', 'two.00.part']);
  });

  it('holds together when several write at once', async () => {
    const folders = Array.from({ length: 8 }, () => new CacheFolder(path, 100));
    await Promise.all(
      folders.map((folder, number) => folder.write('one', [piece(20, number), piece(20, number)])),
    );
    const bytes = await held(new CacheFolder(path, 100), 'one');
    expect(bytes).toHaveLength(40);
    expect(new Set(bytes).size).toBe(1);
    expect(readdirSync(path)).toEqual(['one.snapshot']);
  });

  it('is cleared, and tells how many bytes that were', async () => {
    const folder = new CacheFolder(path, 100);
    await folder.write('one', [piece(10)]);
    writeFileSync(join(path, 'two.00.part'), 'xx');
    writeFileSync(join(path, 'not ours'), 'stays');
    expect(await folder.clear()).toBe(12);
    expect(readdirSync(path)).toEqual(['not ours']);
    expect(await new CacheFolder(join(root, 'nowhere'), 100).clear()).toBe(0);
  });

  it('keeps a secret, one and the same for all, until it is cleared', async () => {
    const folder = new CacheFolder(path, 1000);
    expect(await folder.secret(16)).toBeNull();
    await folder.keepSecret(piece(16, 1));
    await new CacheFolder(path, 1000).keepSecret(piece(16, 2));
    expect(Array.from((await folder.secret(16)) ?? [])).toEqual(Array.from(piece(16, 1)));
    expect(statSync(join(path, 'secret')).mode & 0o777).toBe(0o600);
    expect(await folder.list()).toEqual([]);
    await folder.clear();
    expect(await folder.secret(16)).toBeNull();
    expect(readdirSync(path)).toEqual([]);
  });

  it('takes a secret that is not whole for none', async () => {
    const folder = new CacheFolder(path, 1000);
    await folder.keepSecret(piece(5, 1));
    expect(await folder.secret(16)).toBeNull();
    await folder.keepSecret(piece(16, 2));
    expect(Array.from((await folder.secret(16)) ?? [])).toEqual(Array.from(piece(16, 2)));
  });

  it('has one whole secret when several write theirs at once', async () => {
    const folders = Array.from({ length: 8 }, () => new CacheFolder(path, 100));
    await Promise.all(folders.map((folder, number) => folder.keepSecret(piece(16, number))));
    const bytes = Array.from((await new CacheFolder(path, 100).secret(16)) ?? []);
    expect(bytes).toHaveLength(16);
    expect(new Set(bytes).size).toBe(1);
    expect(readdirSync(path)).toEqual(['secret']);
  });

  it('lists those of one beginning alone where that is asked', async () => {
    const folder = new CacheFolder(path, 1000);
    for (const name of ['a-one', 'a-two', 'b-one']) await folder.write(name, [piece(1)]);
    expect((await folder.list('a-')).map(({ name }) => name).sort()).toEqual(['a-one', 'a-two']);
  });

  it('leaves nothing behind when a file cannot be written', async () => {
    writeFileSync(join(root, 'file'), '');
    await expect(new CacheFolder(join(root, 'file', 'x'), 100).write('one', [piece(1)])).rejects.toThrow();
    expect(readdirSync(root)).toEqual(['file']);
  });
});
