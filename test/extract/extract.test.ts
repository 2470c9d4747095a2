import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { extract, type Extraction, type ExtractProgress } from '../../src/extract/extract.ts';
import { PART_PREFIX } from '../../src/extract/part-file.ts';
import { PlacesTaken } from '../../src/extract/taken.ts';
import { ArchiveSource } from '../../src/sources/archive.ts';
import { ROOT } from '../../src/tree/path-table.ts';
import { emptyDirectory } from '../harness/layouts.ts';
import { inPieces, pax, rawTar, type RawMember } from '../harness/raw-tar.ts';
import { configFor, load, member, savedAs } from '../harness/saved.ts';
import { sparse } from '../harness/sparse-tar.ts';
import { nodeOf } from '../harness/tree.ts';

type Wish = Partial<Omit<Extraction, 'analysis' | 'node'>> & { readonly signal?: AbortSignal };

/** An image of these layers that is read from memory; `later` are its bytes when it is read again. */
async function imageOf(layers: readonly Buffer[], later?: (bytes: Buffer) => Buffer) {
  const bytes = rawTar(
    ...layers.map((layer, index) => member(`l${index}`, layer)),
    member('c', configFor(...layers)),
    savedAs({ config: 'c', layers: layers.map((_, index) => `l${index}`) }),
  );
  let opened = 0;
  const source = new ArchiveSource({
    name: 'shop.tar',
    total: null,
    open: () => inPieces(opened++ === 0 ? bytes : (later?.(bytes) ?? bytes), 4096),
  });
  const { analysis } = await load(source);
  const top = layers.length - 1;
  const take = (path: string, { signal, ...wish }: Wish = {}) =>
    extract(
      {
        analysis,
        layer: top,
        node: path === '/' ? ROOT : nodeOf(analysis, path),
        destination: emptyDirectory(),
        ...wish,
      },
      source,
      signal ?? new AbortController().signal,
    );
  return { analysis, source, take };
}

const image = (...members: (RawMember | Buffer)[]) => imageOf([rawTar(...members)]);

/** Everything below a directory, with what a file holds or where a link leads. No link is followed. */
function contents(directory: string, within = ''): Record<string, string | null> {
  const found = new Map<string, string | null>();
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    const name = `${within}${entry.name}`;
    if (entry.isSymbolicLink()) found.set(name, `-> ${readlinkSync(path)}`);
    else found.set(name, entry.isFile() ? readFileSync(path, 'utf8') : null);
    if (!entry.isDirectory()) continue;
    for (const [below, content] of Object.entries(contents(path, `${name}/`))) found.set(below, content);
  }
  return Object.fromEntries(found);
}

const modeOf = (...path: string[]) => lstatSync(join(...path)).mode & 0o7777;

describe('what is extracted', () => {
  const layers = [
    rawTar(
      { name: 'etc', type: '5', mode: 0o755, mtime: 1_000_000 },
      { name: 'etc/passwd', content: 'root\n', mode: 0o644, mtime: 1_500_000_000 },
      { name: 'etc/shadow', content: 'secret\n', mode: 0o640 },
      { name: 'etc/app', type: '5', mode: 0o555, mtime: 1_600_000_000 },
      { name: 'etc/app/conf', content: 'a=1\n', mode: 0o400 },
      { name: 'etc/app/empty' },
      { name: 'etc/mtab', type: '2', link: '/proc/mounts', mtime: 1_400_000_000 },
    ),
    rawTar(
      { name: 'etc/passwd', content: 'root\nme\n', mode: 0o600 },
      { name: 'etc/.wh.shadow' },
      { name: 'etc/new/deep/file', content: 'deep' },
    ),
  ];

  it('is a directory under its own name, as all layers up to the chosen one have made it', async () => {
    const { take } = await imageOf(layers);
    const destination = join(emptyDirectory(), 'not', 'there yet');
    const report = await take('etc', { destination });
    expect(contents(destination)).toEqual({
      etc: null,
      'etc/app': null,
      'etc/app/conf': 'a=1\n',
      'etc/app/empty': '',
      'etc/mtab': '-> /proc/mounts',
      'etc/new': null,
      'etc/new/deep': null,
      'etc/new/deep/file': 'deep',
      'etc/passwd': 'root\nme\n',
    });
    expect(report).toEqual({
      destination,
      files: 4,
      links: 0,
      directories: 4,
      symlinks: 1,
      bytes: 16,
      leftOut: { devices: 0, fifos: 0, deadLinks: 0, names: 0 },
    });
    const below = emptyDirectory();
    await take('etc', { destination: below, layer: 0 });
    expect(contents(below)).toMatchObject({ 'etc/passwd': 'root\n', 'etc/shadow': 'secret\n' });
  });

  it('is a file, from however deep', async () => {
    const { take } = await imageOf(layers);
    const destination = emptyDirectory();
    await take('etc/new/deep/file', { destination });
    await take('etc/mtab', { destination });
    expect(contents(destination)).toEqual({ file: 'deep', mtab: '-> /proc/mounts' });
  });

  it('is the content of the root itself, without a name', async () => {
    const { take } = await imageOf(layers);
    const destination = emptyDirectory();
    await take('/', { destination });
    expect(Object.keys(contents(destination))).toContain('etc/new/deep/file');
  });

  it('keeps permissions and times, those of directories too', async () => {
    const { take } = await imageOf(layers);
    const destination = emptyDirectory();
    await take('etc', { destination });
    const seconds = (...path: string[]) => lstatSync(join(destination, ...path)).mtimeMs / 1000;
    expect(modeOf(destination, 'etc/passwd')).toBe(0o600);
    expect(modeOf(destination, 'etc/app')).toBe(0o555);
    expect(modeOf(destination, 'etc/app/conf')).toBe(0o400);
    expect(modeOf(destination, 'etc/new/deep')).toBe(0o755);
    expect(seconds('etc')).toBe(1_000_000);
    expect(seconds('etc/app')).toBe(1_600_000_000);
    expect(seconds('etc/mtab')).toBe(1_400_000_000);
  });

  it('keeps times that no clock has shown, as far as a file system knows them', async () => {
    const times = { before: -305_078_400, absurd: 1e15, none: 0 };
    const { take } = await image(
      ...Object.entries(times).flatMap(([name, mtime]) => [
        pax({ mtime: String(mtime) }),
        { name: `d/${name}`, content: name },
      ]),
    );
    const destination = emptyDirectory();
    await take('d', { destination });
    const seconds = (name: string) => lstatSync(join(destination, 'd', name)).mtimeMs / 1000;
    expect([seconds('before'), seconds('none')]).toEqual([-305_078_400, 0]);
    expect(seconds('absurd')).toBeGreaterThan(4_000_000_000);
  });

  it('does not keep what would lend the rights of whoever extracts, unless that is asked for', async () => {
    const { take } = await image(
      { name: 'd', type: '5', mode: 0o7777 },
      { name: 'd/su', content: 'x', mode: 0o6755 },
    );
    const [as, root] = [emptyDirectory(), emptyDirectory()];
    await take('d', { destination: as });
    expect([modeOf(as, 'd'), modeOf(as, 'd/su')]).toEqual([0o1777, 0o755]);
    await take('d', { destination: root, keepsSpecialBits: true });
    expect([modeOf(root, 'd'), modeOf(root, 'd/su')]).toEqual([0o7777, 0o6755]);
  });

  it('are hard links to what is extracted too; to anything else they are files of their own', async () => {
    const { take } = await image(
      { name: 'd/a', content: 'one' },
      { name: 'd/b', type: '1', link: 'd/a' },
      { name: 'd/c', type: '1', link: 'd/a' },
      { name: 'e/x', type: '1', link: 'd/a' },
      { name: 'e/y', type: '1', link: 'd/a' },
    );
    const destination = emptyDirectory();
    expect(await take('d', { destination })).toMatchObject({ files: 1, links: 2, bytes: 3 });
    expect(await take('e', { destination })).toMatchObject({ files: 1, links: 1, bytes: 3 });
    const inode = (path: string) => lstatSync(join(destination, path)).ino;
    expect(new Set(['d/a', 'd/b', 'd/c'].map(inode)).size).toBe(1);
    expect(inode('e/x')).toBe(inode('e/y'));
    expect(inode('e/x')).not.toBe(inode('d/a'));
  });

  it('leaves holes as holes', async () => {
    const size = 50_000_000;
    const { take } = await image(sparse('pax 1.0', { name: 'holed', size, map: [4096, 4], data: 'data' }));
    const destination = emptyDirectory();
    expect(await take('holed', { destination })).toMatchObject({ bytes: size });
    const stats = statSync(join(destination, 'holed'));
    expect(stats.size).toBe(size);
    expect(stats.blocks * 512).toBeLessThan(1_000_000);
    expect(readFileSync(join(destination, 'holed')).subarray(4090, 4106).toString('latin1')).toBe(
      '\0'.repeat(6) + 'data' + '\0'.repeat(6),
    );
  });

  it('has names of any bytes', async () => {
    const { take } = await image(
      { name: 'd/gr\xf6\xdfe\n', content: 'x' },
      { name: 'd/日'.normalize(), content: '' },
    );
    const destination = emptyDirectory();
    await take('d', { destination });
    const names = readdirSync(Buffer.from(join(destination, 'd')), { encoding: 'buffer' });
    expect(names.map((name) => name.toString('latin1'))).toContain('gr\xf6\xdfe\n');
  });

  it('are no devices, fifos, dead links and impossible names: they are counted', async () => {
    const { take } = await image(
      { name: 'd/null', type: '3', device: [1, 3] },
      { name: 'd/disk', type: '4', device: [8, 0] },
      { name: 'd/pipe', type: '6' },
      { name: 'd/dead', type: '1', link: 'none' },
      { name: 'd/empty', type: '2', link: '' },
      pax({ path: 'd/a\0b' }),
      { name: 'x', content: 'x' },
      { name: 'd/file', content: 'x' },
    );
    const destination = emptyDirectory();
    const { leftOut } = await take('d', { destination });
    expect(leftOut).toMatchObject({ devices: 2, fifos: 1, deadLinks: 1 });
    expect(leftOut.names).toBeGreaterThanOrEqual(1);
    expect(contents(destination)).toMatchObject({ 'd/file': 'x' });
  });

  it('is told of as it goes', async () => {
    const { take } = await imageOf(layers);
    const told: ExtractProgress[] = [];
    await take('etc', { onProgress: (progress) => told.push(progress) });
    expect(told.at(-1)).toEqual({ files: 4, bytes: 16, totalFiles: 4, totalBytes: 16 });
    expect(told.map(({ bytes }) => bytes)).toEqual(told.map(({ bytes }) => bytes).sort((a, b) => a - b));
  });

  it('is not what is not there', async () => {
    const { take } = await imageOf(layers);
    await expect(take('etc/shadow')).rejects.toMatchObject({
      code: 'file',
      message: '/etc/shadow is not there in layer 1.',
    });
  });
});

describe('what is there already', () => {
  const members = [
    { name: 'd/a', content: 'new a' },
    { name: 'd/b', type: '1', link: 'd/a' },
    { name: 'd/l', type: '2', link: 'a' },
    { name: 'd/s/c', content: 'new c' },
  ];

  it('is not touched unasked: nothing at all is written, and every place is named', async () => {
    const { take } = await image(...members);
    const destination = emptyDirectory();
    mkdirSync(join(destination, 'd/s'), { recursive: true });
    for (const name of ['d/a', 'd/l', 'd/s/c', 'd/other']) writeFileSync(join(destination, name), 'old');
    const before = contents(destination);
    const refused: unknown = await take('d', { destination }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(PlacesTaken);
    expect(refused).toMatchObject({
      code: 'exists',
      canReplace: true,
      message: `3 files are there already: ${['d/a', 'd/s/c', 'd/l'].map((name) => join(destination, name)).join(', ')}.`,
    });
    expect(contents(destination)).toEqual(before);
  });

  it('is replaced where that is asked for, and everything else stays', async () => {
    const { take } = await image(...members);
    const destination = emptyDirectory();
    await take('d', { destination });
    writeFileSync(join(destination, 'd/a'), 'old');
    writeFileSync(join(destination, 'd/other'), 'old');
    await take('d', { destination, overwrite: true });
    expect(contents(destination)).toEqual({
      d: null,
      'd/a': 'new a',
      'd/b': 'new a',
      'd/l': '-> a',
      'd/other': 'old',
      'd/s': null,
      'd/s/c': 'new c',
    });
    expect(lstatSync(join(destination, 'd/a')).ino).toBe(lstatSync(join(destination, 'd/b')).ino);
  });

  it.each([
    ['a directory where a file goes', 'd/a/x', undefined],
    ['a file where a directory goes', 'd/s', undefined],
    ['a symlink where a directory goes', 'd/s', '/tmp'],
  ])('stays where it is %s, whatever is asked for', async (_, path, link) => {
    const { take } = await image(...members);
    const destination = emptyDirectory();
    mkdirSync(join(destination, path, '..'), { recursive: true });
    if (link === undefined) writeFileSync(join(destination, path), 'old');
    else symlinkSync(link, join(destination, path));
    const before = contents(destination);
    await expect(take('d', { destination, overwrite: true })).rejects.toMatchObject({
      code: 'exists',
      canReplace: false,
    });
    expect(contents(destination)).toEqual(before);
  });

  it('are directories: they are filled, and keep their permissions', async () => {
    const { take } = await image({ name: 'd', type: '5', mode: 0o755 }, ...members);
    const destination = emptyDirectory();
    mkdirSync(join(destination, 'd'));
    chmodSync(join(destination, 'd'), 0o700);
    expect(await take('d', { destination })).toMatchObject({ directories: 1 });
    expect(modeOf(destination, 'd')).toBe(0o700);
    expect(contents(destination)).toMatchObject({ 'd/s/c': 'new c' });
  });
});

describe('nothing is written outside', () => {
  it('by a link that the image has, whichever way it leads', async () => {
    const outside = emptyDirectory();
    const { take } = await imageOf([
      rawTar(
        { name: 'd/link', type: '2', link: outside },
        { name: 'd/up', type: '2', link: '../..' },
        { name: 'd/file', type: '2', link: `${outside}/file` },
      ),
      // Unpacked one by one, the second layer would write through the links of the first.
      rawTar(
        { name: 'd/link/written', content: 'x' },
        { name: 'd/up/written', content: 'x' },
        { name: 'd/file', content: 'x' },
      ),
    ]);
    const destination = emptyDirectory();
    await take('/', { destination });
    expect(readdirSync(outside)).toEqual([]);
    expect(contents(destination)).toMatchObject({
      'd/link/written': 'x',
      'd/up/written': 'x',
      'd/file': 'x',
    });
    // And those of the first layer are links, last of all.
    const below = emptyDirectory();
    await take('/', { destination: below, layer: 0 });
    expect(contents(below)).toMatchObject({ 'd/link': `-> ${outside}` });
    // What is written there now would go through them.
    await expect(take('/', { destination: below, overwrite: true })).rejects.toMatchObject({
      code: 'exists',
    });
    expect(readdirSync(outside)).toEqual([]);
  });

  it('by a symlink that stands where a file goes: it is replaced itself', async () => {
    const outside = join(emptyDirectory(), 'precious');
    writeFileSync(outside, 'precious');
    const { take } = await image({ name: 'd/a', content: 'new' });
    const destination = emptyDirectory();
    mkdirSync(join(destination, 'd'));
    symlinkSync(outside, join(destination, 'd/a'));
    await expect(take('d', { destination })).rejects.toMatchObject({ code: 'exists', canReplace: true });
    await take('d', { destination, overwrite: true });
    expect(readFileSync(outside, 'utf8')).toBe('precious');
    expect(lstatSync(join(destination, 'd/a')).isFile()).toBe(true);
  });
});

describe('what cannot be written whole', () => {
  const members = ['a', 'b', 'c'].map((name) => ({ name: `d/${name}`, content: name.repeat(200_000) }));
  const leftovers = (directory: string) =>
    readdirSync(directory, { recursive: true }).filter((name) => String(name).includes(PART_PREFIX));

  it('is not there; what is whole stays, and the line says how much that is', async () => {
    const layer = rawTar(...members);
    const { take } = await imageOf([layer], (bytes) =>
      bytes.subarray(0, bytes.indexOf('b'.repeat(1000)) + 5000),
    );
    const destination = emptyDirectory();
    await expect(take('d', { destination })).rejects.toMatchObject({
      code: 'broken-stream',
      message: 'shop.tar: It ends too early: the archive was cut off. 1 of 3 files have been written.',
    });
    expect(contents(destination)).toEqual({ d: null, 'd/a': 'a'.repeat(200_000) });
    expect(modeOf(destination, 'd')).toBe(0o755);
  });

  it('is given up at once when nobody wants it any more', async () => {
    const { take } = await image(...members);
    const destination = emptyDirectory();
    const controller = new AbortController();
    const onProgress = ({ bytes }: ExtractProgress) => {
      if (bytes > 250_000) controller.abort();
    };
    const taking = take('d', { destination, onProgress, signal: controller.signal });
    await expect(taking).rejects.toMatchObject({ name: 'AbortError' });
    expect(leftovers(destination)).toEqual([]);
    expect(contents(destination)).toEqual({ d: null, 'd/a': 'a'.repeat(200_000) });
  });

  it.each([
    ['a destination that is a file', (path: string) => writeFileSync(path, 'x'), /is no directory|EEXIST/],
  ])('is refused in one line: %s', async (_, prepare, message) => {
    const { take } = await image(...members);
    const destination = join(emptyDirectory(), 'here');
    prepare(destination);
    await expect(take('d', { destination })).rejects.toMatchObject({
      code: 'file',
      message: expect.stringMatching(message) as string,
    });
  });

  it('has no directory that a file system will not have made', async () => {
    const { take } = await image(...members);
    await expect(take('d', { destination: '/proc/nope/deeper' })).rejects.toMatchObject({
      code: 'file',
      message: 'Cannot make /proc/nope: the file system takes no directory there.',
    });
  });

  it('leaves no directory behind that was made for it, where nothing has been written', async () => {
    const cut = await imageOf([rawTar(...members)], (bytes) => bytes.subarray(0, 700));
    const here = emptyDirectory();
    await expect(cut.take('d', { destination: join(here, 'not', 'there yet') })).rejects.toMatchObject({
      code: 'broken-stream',
    });
    expect(readdirSync(here)).toEqual([]);
    const { take } = await image(...members);
    const controller = new AbortController();
    const onProgress = () => controller.abort();
    const taking = take('d', { destination: join(here, 'new'), onProgress, signal: controller.signal });
    await expect(taking).rejects.toMatchObject({ name: 'AbortError' });
    expect(readdirSync(here)).toEqual([]);
  });

  it('leaves a directory that was there, though nothing has been written into it', async () => {
    const { take } = await imageOf([rawTar(...members)], (bytes) => bytes.subarray(0, 700));
    const destination = emptyDirectory();
    await expect(take('d', { destination })).rejects.toMatchObject({ code: 'broken-stream' });
    expect(readdirSync(destination)).toEqual([]);
  });

  it('goes into no directory by a link that leads nowhere', async () => {
    const { take } = await image(...members);
    const destination = join(emptyDirectory(), 'link');
    symlinkSync('nowhere', destination);
    await expect(take('d', { destination })).rejects.toMatchObject({
      code: 'exists',
      message: `${destination} is in the way: nothing but a file is replaced.`,
    });
  });

  it('is not written into a working directory that has been taken away, nor is that made anew', async () => {
    const { take } = await image(...members);
    const gone = join(emptyDirectory(), 'gone');
    const working = vi.spyOn(process, 'cwd').mockReturnValue(gone);
    try {
      await expect(take('d', { destination: '.' })).rejects.toMatchObject({
        code: 'file',
        message: 'Cannot write there: the working directory is not there any more.',
      });
    } finally {
      working.mockRestore();
    }
    expect(existsSync(gone)).toBe(false);
  });

  it('has a path that is too long for any file system: nothing is written', async () => {
    const deep = Array.from({ length: 18 }, () => 'd'.repeat(200)).join('/');
    const { take } = await image(pax({ path: `${deep}/file` }), { name: 'x', content: 'x' }, { name: 'y' });
    const destination = join(emptyDirectory(), ...Array.from({ length: 5 }, () => 'e'.repeat(100)));
    mkdirSync(destination, { recursive: true });
    await expect(take('/', { destination })).rejects.toMatchObject({
      code: 'file',
      message: expect.stringMatching(/is a path of \d+ bytes there; 4095 is the limit\.$/) as string,
    });
    expect(readdirSync(destination)).toEqual([]);
  });

  it('has a name that is too long for this file system', async () => {
    const { take } = await image(pax({ path: `d/${'n'.repeat(300)}` }), { name: 'x', content: 'x' });
    await expect(take('d')).rejects.toMatchObject({
      code: 'file',
      message: expect.stringMatching(/the path is too long for the file system\.$/) as string,
    });
  });

  it('leaves a full disk with what fits, whole', (test) => {
    if (spawnSync('unshare', ['--mount', 'true']).status !== 0) test.skip('no mount namespace can be made');
    const folder = emptyDirectory();
    const layer = rawTar(...members, { name: 'd/z', content: 'z'.repeat(900_000) });
    const archive = join(folder, 'shop.tar.gz');
    writeFileSync(
      archive,
      gzipSync(
        rawTar(member('l', layer), member('c', configFor(layer)), savedAs({ config: 'c', layers: ['l'] })),
      ),
    );
    const at = (path: string) =>
      JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../src', path)).href);
    const program = `
      const { extract } = await import(${at('extract/extract.ts')});
      const { archiveFile, ArchiveSource } = await import(${at('sources/archive.ts')});
      const { loadImage } = await import(${at('cli/load-image.ts')});
      const { signal } = new AbortController();
      const source = new ArchiveSource(await archiveFile(process.argv[1]));
      const { analysis } = await loadImage(source, () => undefined, signal);
      const wish = { analysis, layer: 0, node: 0, destination: process.argv[2] };
      await extract(wish, source, signal).catch((error) => console.log(error.code, error.message));
    `;
    const script = `
      set -e
      mkdir "$2/disk"
      mount -t tmpfs -o size=1m tmpfs "$2/disk"
      "$3" --input-type=module -e "$4" "$1" "$2/disk"
      find "$2/disk" -type f -printf '%f %s\\n' | sort
    `;
    const args = ['--mount', 'sh', '-c', script, 'sh', archive, folder, process.execPath, program];
    const { stdout, stderr } = spawnSync('unshare', args, { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout.trimEnd().split('\n')).toEqual([
      `file Cannot write ${folder}/disk/d/z: no space is left on the disk. 3 of 4 files have been written.`,
      ...['a', 'b', 'c'].map((name) => `${name} 200000`),
    ]);
  });
});

it('the same files come out of an archive as GNU tar unpacks them', async () => {
  const layer = rawTar(
    { name: 'top', type: '5', mode: 0o750, mtime: 1_700_000_000 },
    { name: 'top/run', content: '#!/bin/sh\n', mode: 0o755, mtime: 1_700_000_001 },
    { name: 'top/again', type: '1', link: 'top/run' },
    { name: 'top/link', type: '2', link: 'run', mtime: 1_700_000_002 },
    { name: 'top/private', content: 'x', mode: 0o600 },
    { name: 'top/open', content: 'x'.repeat(3000), mode: 0o666, mtime: 12 },
  );
  const { take } = await imageOf([layer]);
  const [ours, theirs] = [emptyDirectory(), emptyDirectory()];
  await take('/', { destination: ours });
  execFileSync('tar', ['-x', '--no-same-owner', '-p', '-C', theirs], { input: layer });
  const listed = (directory: string) =>
    execFileSync('find', ['.', '-mindepth', '1', '-printf', '%p %y %m %n %s %T@ %l\\n'], {
      cwd: directory,
      encoding: 'utf8',
    })
      .replaceAll(/ d (\d+) (\d+) \d+ /g, ' d $1 $2 ')
      .split('\n')
      .sort();
  expect(listed(ours)).toEqual(listed(theirs));
  expect(existsSync(join(ours, 'top/run'))).toBe(true);
});
