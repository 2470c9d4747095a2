import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/image/entry.ts';
import { HoleAllowance } from '../../src/tar/holes.ts';
import { layerSink } from '../../src/tar/read-layer.ts';
import { checksumsAt, LayerIndexing } from '../../src/tar/sought-layer.ts';
import { TarError } from '../../src/tar/tar-error.ts';
import { BLOCK, END, member, pax, rawTar } from '../harness/raw-tar.ts';
import { sparse } from '../harness/sparse-tar.ts';

/** All that a stop must not fall into: headers before headers, payloads of every size, a map in blocks. */
const TAR = rawTar(
  { name: 'empty' },
  pax({ path: 'p'.repeat(150), 'SCHILY.xattr.user.a': 'b' }),
  { name: 'paxed', content: 'x'.repeat(BLOCK + 1) },
  { name: 'dir/', type: '5' },
  pax({ path: 'nobody' }),
  member({ name: 'global', type: 'g', content: '' }),
  { name: 'large', content: 'y'.repeat(20_000) },
  sparse('gnu', { name: 'sparse', size: 50_000, map: [0, 4, 40_000, 4], data: 'datadata' }),
  { name: 'last', content: 'z' },
);

interface Read {
  readonly entries: Entry[];
  readonly places: number[];
}

/** Reads from a place on, and stops once so many entries have come; returns where to go on. */
function read(tar: Buffer, from: number, most: number, { entries, places }: Read, looksAtSmall: boolean) {
  let left = most;
  const add = (entry: Entry, place: number) => {
    entries.push(entry);
    places.push(place);
    if (--left === 0) indexing.stop();
  };
  const indexing = new LayerIndexing(
    (into, at) => tar.copy(into, 0, at),
    { start: 0, end: tar.length },
    { add },
    { holes: new HoleAllowance(), looksAtSmall, key: Buffer.alloc(16) },
  );
  if (most === 0) indexing.stop();
  const work = indexing.work(from);
  for (let step = work.next(); ; step = work.next()) if (step.done === true) return step.value;
}

describe.each([true, false])('a layer whose small files are looked at: %s', (looksAtSmall) => {
  it('can be left behind any member, and gone on with', () => {
    const whole: Read = { entries: [], places: [] };
    expect(read(TAR, 0, Infinity, whole, looksAtSmall)).toBeNull();
    expect(whole.entries.map(({ path }) => path)).toEqual(
      ['empty', 'p'.repeat(150), 'dir', 'large', 'sparse', 'last'].toSpliced(3, 0),
    );
    for (let most = 1; most <= whole.entries.length; most++) {
      const parts: Read = { entries: [], places: [] };
      const from = read(TAR, 0, most, parts, looksAtSmall);
      expect(parts.entries).toHaveLength(most);
      expect(from).not.toBeNull();
      expect(read(TAR, from ?? 0, Infinity, parts, looksAtSmall)).toBeNull();
      expect(parts).toEqual(whole);
    }
  });

  it('is left behind one member after the other where nobody wants to go on', () => {
    const whole: Read = { entries: [], places: [] };
    read(TAR, 0, Infinity, whole, looksAtSmall);
    const parts: Read = { entries: [], places: [] };
    for (let from: number | null = 0; from !== null;) from = read(TAR, from, 1, parts, looksAtSmall);
    expect(parts).toEqual(whole);
  });

  it('is not left in the middle of its end', () => {
    const parts: Read = { entries: [], places: [] };
    expect(read(END, 0, 0, parts, looksAtSmall)).toBeNull();
  });
});

describe('checksums of a layer’s files', () => {
  const key = Buffer.alloc(16, 7);
  const files = rawTar(
    { name: 'small', content: 'abc' },
    { name: 'old', type: '\0', content: 'abcd', format: 'v7' },
    pax({ path: 'p'.repeat(150) }),
    { name: 'paxed', content: 'small behind an extended header' },
    pax({ size: '5' }),
    { name: 'sized', content: 'abcde', size: 3 },
    { name: 'fills a window', content: 'w'.repeat(2048 - BLOCK) },
    { name: 'one too many', content: 'w'.repeat(2048 - BLOCK + 1) },
    { name: 'large', content: 'y'.repeat(20_000) },
    { name: 'told in base 256', content: 'base 256', base256: true },
    { name: 'contiguous', type: '7', content: 'contiguous' },
    { name: '././@LongLink', type: 'L', content: `${'l'.repeat(120)}\0` },
    { name: 'l', content: 'behind a long name' },
    { name: 'empty' },
    sparse('gnu', { name: 'sparse', size: 50_000, map: [0, 4, 40_000, 4], data: 'datadata' }),
    sparse('pax 1.0', { name: 'sparse too', size: 1000, map: [512, 4], data: 'data' }),
    { name: 'last', content: 'z' },
  );
  const from = (tar: Buffer) => (into: Uint8Array, at: number) => tar.copy(into, 0, at);
  const checksumsIn = (tar: Buffer, places: readonly number[]) => {
    const taken: string[] = [];
    const take = (checksum: Uint8Array, index: number) => void (taken[index] = hex(checksum));
    for (const _ of checksumsAt(from(tar), { start: 0, end: tar.length }, places, take, key));
    return taken;
  };
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

  it('are the same whether the files are read where they stand or as all goes by', async () => {
    const entries: Entry[] = [];
    const sink = layerSink({ add: (entry) => void entries.push(entry) }, undefined, key);
    sink.write(files);
    await sink.end();
    const { places } = placesOf(files);
    expect(places).toHaveLength(entries.length);
    const expected = entries.map(({ checksum }) => (checksum === null ? null : hex(checksum)));
    expect(checksumsIn(files, places)).toEqual(expected);
    expect(checksumsIn(files, [...places, ...places])).toEqual([...expected, ...expected]);
    expect(new Set(expected).size).toBe(entries.length);
  });

  it.each([
    ['in its payload', { name: 'a', content: 'x'.repeat(100) }, BLOCK + 50],
    ['in its header', { name: 'a', content: 'x' }, BLOCK - 1],
    ['in a large payload', { name: 'a', content: 'x'.repeat(9000) }, 5000],
    ['before it has begun', { name: 'a', content: 'x' }, 0],
  ])('are not to be had of a file that is cut off %s', (_, described, length) => {
    const cut = member(described).subarray(0, length);
    expect(() => checksumsIn(cut, [0])).toThrow(
      new TarError('truncated', 'Unexpected end of data within a tar.'),
    );
  });

  function placesOf(tar: Buffer): Read {
    const whole: Read = { entries: [], places: [] };
    read(tar, 0, Infinity, whole, false);
    return whole;
  }
});
