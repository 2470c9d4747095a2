/** What tar writers put into headers, and what of it reaches an entry. */
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/image/entry.ts';
import { pump } from '../../src/tar/byte-sink.ts';
import { layerSink } from '../../src/tar/read-layer.ts';
import { inPieces, member, pax, rawTar, type RawMember } from '../harness/raw-tar.ts';

async function entriesOf(...parts: readonly (RawMember | Buffer)[]): Promise<Entry[]> {
  const entries: Entry[] = [];
  await pump(inPieces(rawTar(...parts), 1 << 20), layerSink({ add: (entry) => void entries.push(entry) }));
  return entries;
}

async function entryOf(...parts: readonly (RawMember | Buffer)[]): Promise<Entry> {
  const [entry, ...others] = await entriesOf(...parts);
  if (entry === undefined || others.length > 0) throw new Error('not one entry');
  return entry;
}

describe('the type of an entry', () => {
  it.each([
    ['0', 'file'],
    ['\0', 'file'],
    ['7', 'file'],
    ['1', 'hardlink'],
    ['2', 'symlink'],
    ['3', 'char'],
    ['4', 'block'],
    ['5', 'directory'],
    ['6', 'fifo'],
    ['Z', 'file'],
  ])('of flag %j is %s', async (flag, type) => {
    expect(await entryOf({ name: 'a', type: flag, link: 'b' })).toMatchObject({ path: 'a', type });
  });

  it('is read in a tar of before ustar too', async () => {
    expect(await entryOf({ name: 'a', content: 'xyz', format: 'v7' })).toMatchObject({
      type: 'file',
      size: 3,
    });
  });
});

describe('the size of an entry', () => {
  it('is that of its payload', async () => {
    expect(await entryOf({ name: 'a', content: 'hello' })).toMatchObject({ size: 5 });
  });

  it('is nothing for all but regular files, whatever the header says', async () => {
    for (const type of ['1', '2', '5', '6']) {
      const [entry, next] = await entriesOf({ name: 'a', type, link: 'b' }, { name: 'after', content: 'x' });
      expect(entry).toMatchObject({ size: 0, checksum: null });
      expect(next).toMatchObject({ path: 'after', size: 1 });
    }
  });

  it('may be written in base 256', async () => {
    expect(await entryOf({ name: 'a', content: 'hello', base256: true })).toMatchObject({ size: 5 });
  });

  it('may stand in a pax header', async () => {
    const { size } = await entryOf(pax({ size: '600' }), {
      name: 'a',
      content: 'x'.repeat(600),
      size: 0,
    });
    expect(size).toBe(600);
  });
});

describe('owner, mode and time', () => {
  it('are those of the header', async () => {
    const entry = await entryOf({ name: 'a', mode: 0o4755, uid: 1000, gid: 33, mtime: 1_600_000_000 });
    expect(entry).toMatchObject({ mode: 0o4755, uid: 1000, gid: 33, mtime: 1_600_000_000 });
  });

  it('leave the type out of the mode', async () => {
    expect(await entryOf({ name: 'a', mode: 0o100644 })).toMatchObject({ mode: 0o644 });
  });

  it('may be written in base 256', async () => {
    const owner = { uid: 3_000_000_000, gid: 4_294_967_294 };
    expect(await entryOf({ name: 'a', ...owner, mtime: 1_700_000_000, base256: true })).toMatchObject({
      ...owner,
      mtime: 1_700_000_000,
    });
  });

  it('are those of a pax header where it gives them, fractions of a second too', async () => {
    const entry = await entryOf(pax({ uid: '2000000', gid: '2000001', mtime: '1600000000.25' }), {
      name: 'a',
      uid: 1,
      gid: 2,
      mtime: 3,
    });
    expect(entry).toMatchObject({ uid: 2_000_000, gid: 2_000_001, mtime: 1_600_000_000.25 });
  });

  it('fall back on the header where pax gives no number', async () => {
    const entry = await entryOf(pax({ uid: '', gid: 'staff', mtime: 'never' }), {
      name: 'a',
      uid: 1,
      gid: 2,
      mtime: 3,
    });
    expect(entry).toMatchObject({ uid: 1, gid: 2, mtime: 3 });
  });
});

describe('names', () => {
  it('are bytes, kept one by one', async () => {
    expect(await entryOf({ name: 'caf\xe9/\xff\xfe' })).toMatchObject({ path: 'caf\xe9/\xff\xfe' });
    expect(await entryOf({ name: 'gr\xc3\xb6\xc3\x9fe' })).toMatchObject({ path: 'gr\xc3\xb6\xc3\x9fe' });
  });

  it('of a pax header are the same bytes as those of a plain one', async () => {
    const spelt = await entryOf(pax({ path: 'gr\xc3\xb6\xc3\x9fe' }), { name: 'short' });
    expect(spelt.path).toBe((await entryOf({ name: 'gr\xc3\xb6\xc3\x9fe' })).path);
  });

  it('of GNU long-name headers are bytes too', async () => {
    const long = `${'d\xe9/'.repeat(40)}end`;
    const header = member({ name: '././@LongLink', type: 'L', content: `${long}\0` });
    expect(await entryOf(header, { name: 'cut off' })).toMatchObject({ path: long });
  });

  it('come in their normal form', async () => {
    expect(await entryOf({ name: './usr/', type: '5' })).toMatchObject({ path: 'usr' });
  });

  it('that climb out end the reading', async () => {
    await expect(entriesOf({ name: 'a' }, { name: '../b' })).rejects.toMatchObject({ code: 'hostile' });
    await expect(entriesOf({ name: 'a', type: '1', link: '../../b' })).rejects.toMatchObject({
      code: 'hostile',
    });
  });
});

describe('a link', () => {
  it('of a symlink is kept as written', async () => {
    const entry = await entryOf({ name: 'a', type: '2', link: './../b//c/' });
    expect(entry).toMatchObject({ link: './../b//c/' });
  });

  it('of a hard link is a name, in its normal form', async () => {
    expect(await entryOf({ name: 'a', type: '1', link: './b/c' })).toMatchObject({ link: 'b/c' });
  });

  it('may be longer than a header has room for', async () => {
    const long = `caf\xc3\xa9/${'x'.repeat(150)}`;
    expect(await entryOf(pax({ linkpath: long }), { name: 'a', type: '2', link: 'cut' })).toMatchObject({
      link: long,
    });
  });

  it('of a device is its numbers', async () => {
    const entry = await entryOf({ name: 'null', type: '3', device: [1, 3], link: 'x' });
    expect(entry).toMatchObject({ type: 'char', link: '1:3' });
    expect(await entryOf({ name: 'sda', type: '4', device: [8, 16] })).toMatchObject({ link: '8:16' });
  });

  it('of all else is empty, whatever the header says', async () => {
    expect(await entryOf({ name: 'a', link: 'b' })).toMatchObject({ link: '' });
    expect(await entryOf({ name: 'a', type: '6', link: 'b' })).toMatchObject({ link: '' });
  });
});

describe('extended attributes', () => {
  const xattrs = async (records: Record<string, string>) =>
    (await entryOf(pax({ ...records, mtime: '1' }), { name: 'a' })).xattrs;

  it('are none where there are none', async () => {
    expect((await entryOf({ name: 'a' })).xattrs).toBe('');
    expect(await xattrs({})).toBe('');
  });

  it('are equal where the same ones come in another order', async () => {
    const one = { 'SCHILY.xattr.user.a': '1', 'SCHILY.xattr.user.b': '2' };
    const other = { 'SCHILY.xattr.user.b': '2', 'SCHILY.xattr.user.a': '1' };
    expect(await xattrs(one)).toBe(await xattrs(other));
  });

  it('differ where a name or a value does', async () => {
    const all = await Promise.all([
      xattrs({ 'SCHILY.xattr.user.a': '1' }),
      xattrs({ 'SCHILY.xattr.user.a': '2' }),
      xattrs({ 'SCHILY.xattr.user.b': '1' }),
      xattrs({ 'SCHILY.xattr.user.a': '1', 'SCHILY.xattr.user.b': '1' }),
    ]);
    expect(new Set(all).size).toBe(all.length);
  });

  it('are not those of the member before', async () => {
    const entries = await entriesOf(pax({ 'SCHILY.xattr.user.a': '1' }), { name: 'a' }, { name: 'b' });
    expect(entries.map(({ xattrs: text }) => text === '')).toEqual([false, true]);
  });
});
