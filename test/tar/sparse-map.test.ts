/** Sparse files, in every form there is: what a reader hands on is the file as it will be unpacked. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_HOLE_BYTES } from '../../src/tar/holes.ts';
import { TarReader } from '../../src/tar/tar-reader.ts';
import { BLOCK, member, pax, pieces, rawTar, type RawMember } from '../harness/raw-tar.ts';
import { sparse, SPARSE_FORMS, type SparseFile, type SparseForm } from '../harness/sparse-tar.ts';
import { announceSkip } from '../harness/vectors.ts';

interface Told {
  readonly name: string;
  readonly size: number;
  content: string;
}

/** What a reader tells of a tar that comes in pieces of `size` bytes. */
function read(tar: Uint8Array, size = tar.length): Told[] {
  const told: Told[] = [];
  const reader = new TarReader({
    begin: (one) => void told.push({ name: one.name, size: one.size, content: '' }),
    data: (piece) => {
      const last = told.at(-1);
      if (last !== undefined) last.content += piece.toString('latin1');
    },
    finish: () => undefined,
  });
  for (const piece of pieces(tar, size)) reader.write(piece);
  reader.end();
  return told;
}

const AFTER: RawMember = { name: 'after', content: 'x' };
const ALSO_AFTER: Told = { name: 'after', size: 1, content: 'x' };

/** A sparse file is told right only if what follows it is, too. */
function readOne(form: SparseForm, file: SparseFile, size?: number): Told | undefined {
  const [one, ...rest] = read(rawTar(sparse(form, file), AFTER), size);
  expect(rest).toEqual([ALSO_AFTER]);
  return one;
}

/** The content of a file, put together the plain way. */
function expanded(size: number, map: readonly number[], data: string): string {
  const bytes = Buffer.alloc(size);
  let taken = 0;
  for (let index = 0; index < map.length; index += 2) {
    const [offset = 0, length = 0] = map.slice(index);
    bytes.write(data.slice(taken, taken + length), offset, 'latin1');
    taken += length;
  }
  return bytes.toString('latin1');
}

/** Stretches of zeros and data in turn: any of them may be empty, and there may be more than a header has room for. */
const FILE = fc
  .array(fc.tuple(fc.nat({ max: 700 }), fc.oneof(fc.nat({ max: 5 }), fc.nat({ max: 1500 }))), {
    minLength: 1,
    maxLength: 60,
  })
  .chain((stretches) => fc.tuple(fc.constant(stretches), fc.nat({ max: 2000 })))
  .map(([stretches, last]) => {
    let end = 0;
    const map = stretches.flatMap(([zeros, length]) => {
      const offset = end + zeros;
      end = offset + length;
      return [offset, length];
    });
    const stored = stretches.reduce((total, [, length]) => total + length, 0);
    const data = 'abcdefghijklmnopqrstuvwxyz'.repeat(Math.ceil(stored / 26)).slice(0, stored);
    return { map, data, size: end + last };
  });

const refused = (fault: string) => expect.objectContaining({ fault }) as Error;

describe.each(SPARSE_FORMS)('a sparse file in the form %s', (form) => {
  it('is handed on whole, its holes as zeros', () => {
    const file = { name: 'd/file', size: 20, map: [2, 5, 12, 3], data: 'abcdefgh' };
    expect(readOne(form, file)).toEqual({
      name: 'd/file',
      size: 20,
      content: '\0\0abcde\0\0\0\0\0fgh\0\0\0\0\0',
    });
  });

  it('has the content that its map says, whatever pieces it comes in', () => {
    fc.assert(
      fc.property(FILE, fc.integer({ min: 1, max: 3000 }), ({ size, map, data }, piece) => {
        const content = expanded(size, map, data);
        expect(readOne(form, { name: 'file', size, map, data }, piece)).toEqual({
          name: 'file',
          size,
          content,
        });
      }),
    );
  });

  it.each([
    ['nothing but a hole', { size: 300_000, map: [300_000, 0], data: '' }],
    ['no hole at all', { size: 5, map: [0, 5], data: 'hello' }],
    ['nothing at all', { size: 0, map: [0, 0], data: '' }],
    ['data without a hole between', { size: 6, map: [0, 2, 2, 4], data: 'abcdef' }],
  ])('may have %s', (_, { size, map, data }) => {
    const content = expanded(size, map, data);
    expect(readOne(form, { name: 'file', size, map, data })).toEqual({ name: 'file', size, content });
  });

  it.each<[string, Partial<SparseFile>]>([
    ['data that overlap', { map: [0, 4, 3, 4] }],
    ['data out of order', { map: [8, 4, 0, 4] }],
    ['data beyond the end', { map: [0, 4, 17, 4] }],
    ['an end before its data', { size: 7 }],
    ['empty data out of order', { map: [4, 8, 2, 0] }],
    ['data of a length that no file has', { map: [0, Number.MAX_SAFE_INTEGER] }],
    ['data at an offset that no file has', { map: [0, 8, Number.MAX_SAFE_INTEGER, 0] }],
    ['an offset that is no number', { map: ['lots', 8] }],
    ['a length that is no number', { map: [0, 'lots'] }],
    ['a negative offset', { map: ['-1', 8] }],
    ['a size that is no number', { size: 'lots' }],
    ['a negative size', { size: '-1' }],
    ['more data than its payload', { map: [0, 9] }],
    ['less data than its payload', { map: [0, 7] }],
  ])('is damaged when it has %s', (_, spoilt) => {
    const file = { name: 'file', size: 20, map: [0, 8], data: 'abcdefgh', ...spoilt };
    expect(() => readOne(form, file)).toThrow(refused('damaged'));
  });

  it('that leaves out more zeros than anybody would unpack is hostile, before one is made', () => {
    const file = { name: 'file', size: MAX_HOLE_BYTES + 9, map: [0, 8], data: 'abcdefgh' };
    expect(() => readOne(form, file)).toThrow(
      expect.objectContaining({ code: 'hostile', message: expect.stringContaining('16 GiB') as string }),
    );
  });

  it('may be cut off anywhere: its tar then ends too early', () => {
    const map = Array.from({ length: 60 }, (_, n) => (n % 2 === 0 ? n * 4 : 1));
    const tar = sparse(form, { name: 'file', size: 300, map, data: 'x'.repeat(30) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: tar.length - 1 }), (at) => {
        // An extended header alone is a tar that ends between two members.
        fc.pre(form === 'gnu' || at !== tar.length - (form === 'pax 1.0' ? 3 : 2) * BLOCK);
        expect(() => read(tar.subarray(0, at))).toThrow(refused('truncated'));
      }),
    );
  });
});

describe.each(['pax 0.0', 'pax 0.1', 'pax 1.0'] as const)('a sparse file in the form %s', (form) => {
  const FILE_OF_8 = { name: 'file', size: 20, map: [0, 8], data: 'abcdefgh' };

  it.each([0, 2, '', 'many', '-1', 2 ** 62])(
    'is damaged when it says that its one entry is %j',
    (entries) => {
      expect(() => readOne(form, { ...FILE_OF_8, entries })).toThrow(refused('damaged'));
    },
  );

  it('is damaged where it is a directory or a link', () => {
    for (const type of ['1', '2', '5']) {
      const tar = sparse(form, { ...FILE_OF_8, map: [20, 0], data: '', type });
      expect(() => read(rawTar(tar))).toThrow(refused('damaged'));
    }
  });
});

describe('a sparse file of pax', () => {
  const records = { 'GNU.sparse.size': '4', 'GNU.sparse.numblocks': '1', 'GNU.sparse.map': '2,2' };
  const one = (more: Readonly<Record<string, string>>) =>
    read(rawTar(pax({ ...records, ...more }), { name: 'a', content: 'xy' }))[0];

  it('need not have a version', () => {
    expect(one({})).toEqual({ name: 'a', size: 4, content: '\0\0xy' });
    expect(one({ 'GNU.sparse.major': '0', 'GNU.sparse.minor': '0' })?.content).toBe('\0\0xy');
  });

  it('of a version that nobody knows is a plain one', () => {
    for (const major of ['1', '2']) {
      expect(one({ 'GNU.sparse.major': major, 'GNU.sparse.minor': '1' })).toEqual({
        name: 'a',
        size: 2,
        content: 'xy',
      });
    }
  });

  it('has its own name before any other', () => {
    const long = member({ name: '././@LongLink', type: 'L', content: 'long\0' });
    const header = pax({ ...records, path: 'path', 'GNU.sparse.name': 'real' });
    expect(read(rawTar(long, header, { name: 'a', content: 'xy' }))[0]?.name).toBe('real');
  });

  it('is as long as its payload where nothing else is said', () => {
    expect(one({ 'GNU.sparse.size': '', 'GNU.sparse.map': '0,2' })?.size).toBe(2);
  });

  it.each([
    ['a length without its offset', [['numbytes', '2']]],
    [
      'an offset after another',
      [
        ['offset', '0'],
        ['offset', '1'],
      ],
    ],
    [
      'several numbers in one',
      [
        ['offset', '0,2,2'],
        ['numbytes', '0'],
      ],
    ],
  ])('is damaged when its map of 0.0 has %s', (_, map) => {
    const content = map.map(([key, value]) => `GNU.sparse.${key}=${value}\n`);
    const lines = content.map((line) => `${line.length + 3} ${line}`).join('');
    const header = member({ name: 'x', type: 'x', content: lines });
    expect(() => read(rawTar(header, { name: 'a', content: 'xy' }))).toThrow(refused('damaged'));
  });

  it('is damaged when the map of 1.0 is longer than the payload', () => {
    const header = pax({ 'GNU.sparse.major': '1', 'GNU.sparse.minor': '0', 'GNU.sparse.realsize': '0' });
    for (const content of ['', '0\n', '2\n'.padEnd(BLOCK, '\0'), 'no line'.padEnd(BLOCK, '\0')]) {
      expect(() => read(rawTar(header, { name: 'a', content }, { name: 'b' }))).toThrow(refused('damaged'));
    }
  });
});

describe('a sparse file of star', () => {
  it('is refused: it has another layout', () => {
    const header = member({ name: 'a', type: 'S', content: 'xy' });
    expect(() => read(rawTar(header))).toThrow(refused('damaged'));
  });
});

describe('a sparse file’s map', () => {
  const LIMIT = 1024 * 1024;
  const tooLong = expect.objectContaining({
    fault: 'damaged',
    message: expect.stringContaining('1 MiB') as string,
  }) as Error;

  it('of GNU tar goes on in blocks, but not for ever', () => {
    const most = 8 + 42 * (LIMIT / BLOCK - 1);
    const mapOf = (numbers: number) => Array.from({ length: numbers }, () => 0);
    const file = (numbers: number) => ({ name: 'a', size: 3, map: mapOf(numbers), data: '' });
    expect(readOne('gnu', file(most))).toEqual({ name: 'a', size: 3, content: '\0\0\0' });
    expect(() => readOne('gnu', file(most + 2))).toThrow(tooLong);
  });

  it('of pax 1.0 takes no more than its limit of the payload', () => {
    const file = (entries: number) => {
      const map = Array.from({ length: 2 * entries }, () => 0);
      return { name: 'a', size: 3, map, data: '' };
    };
    const most = (LIMIT - '262142\n'.length) / 4;
    expect(readOne('pax 1.0', file(Math.floor(most)))).toEqual({ name: 'a', size: 3, content: '\0\0\0' });
    expect(() => readOne('pax 1.0', file(Math.ceil(most) + BLOCK))).toThrow(tooLong);
  });
});

describe('a hole', () => {
  it('waits for a visitor that has paused, though no more bytes may come', () => {
    const tar = sparse('pax 1.0', { name: 'a', size: 200_000, map: [0, 3], data: 'abc' });
    let come = 0;
    let isWhole = false;
    const reader = new TarReader({
      begin: () => undefined,
      data: ({ length }) => {
        come += length;
        reader.pause();
      },
      finish: () => void (isWhole = true),
    });
    expect(reader.write(tar)).toBeLessThan(tar.length);
    expect(come).toBe(3);
    for (let turn = 0; turn < 4; turn++) {
      expect(isWhole).toBe(false);
      expect(reader.write(Buffer.alloc(0))).toBe(0);
    }
    expect([come, isWhole]).toEqual([200_000, true]);
  });
});

/** Written by GNU tar 1.34: `tar --sparse`, with `--format=gnu` and `--format=posix --sparse-version=…`. */
const BY_GNU_TAR = {
  gnu: 'H4sIAAAAAAACA+3TSQoCMRAF0PYmfYSkje1BPIEjLgTB4f6KCjZKlipS721S/EUqBP52v1sfm89KV30pt/Pq5exvcx5Pu2nJ97xL45yadtZ8wfl4mh/atvmZ9PSY82DuKnmp5P1bPrrPJU+6VNmeK9tzZfvjsuHL+U9zQtMAAACAGBaEpgEAAAAxLAlNAwAAAGJYEZoGAAAAxLAmNA0AAACIYfMFfhkAAAAAfuMCuL9QFABoAAA=',
  'pax 0.0':
    'H4sIAAAAAAACA+3TwU6DMBzH8Z55Cp6AtaW07MBZT8aLD8C2Eo2bGMqS6dPL5g6TLCYkbmbp93Mp4Z8fKW1+2eyx3t37euW7MHtu1z6IPycH1pjDOhiv0hZGqNxpZ9T3e6XyXIl0J65gG/q6G7Yi4qSL9O7hKQvvdRd8Fl4+fVXsLyHR9nTwtt0s1u3yNVQu0fnppG2a4PtqCJTjwEfvQ2Xk3I4+doyUaq5/T7kzKWXz0kyPaVM4Oz2Wa2fL6bH9RE6PHU++OBuTySXu/0KVn9B/e3j+2X+prROpvKX+j3/uRtSImgAAAAAARGGBqNEAAAAAAIjDElGjAQAAAAAQhxWiRgMAAAAAIA4eUaMBAAAAABCH5go4ZQAAAAAAAOB/fAET7hj3AGoAAA==',
  'pax 0.1':
    'H4sIAAAAAAACA+3UvW6DMBSGYc9cBReAwNjGkIG17VRVqnoBTuKqUX6FGynq1ZdAhyRDpzRV5PcZ8BGWJZvD57x4cYcn7+a+C8XHduWDuDrZs8YMY+9ylMpoUepa1aYc35elVlqkB3ED+/Dpun4rIk6qSh+f3/Kwc13weVh8+bY6NiFR9nRis19PV9vZMrR1cr5k49a+HX6cpKlPJ9Zu18rMyInNmnKixqq0ujFjqUxV27HUqrbNWB4fP6uGfWQyEfg7edG37HXo2MNi5XMt++xd+SL4Pf92qM/zryupRCrvKf+Xh7sTDlHjBgQAAACAOEwRNRIAAAAAAHGYIWokAAAAAADiMEfUSAAAAAAAxMEjaiQAAAAAAOLwfgN8ZQAAAAAAAOB/fAOWN1BdAGoAAA==',
  'pax 1.0':
    'H4sIAAAAAAACA+3UzU6EMBSG4a57FVwBtKUUWLBVV8bEeAHVqXEmzIwBTSZevfy4mLBwNRklfZ9Fe3IICfTwkWYP/nQX/CZ0ffZ2bEMvLk4NnLXTPljuSlsjdF6a0uq5r3VutEhO4go++w/fDY8i4mRMcnv/lPbvvutDuve7Y9douehuD0NXSVOcdw9+H5rpi5GmPr/QBd/226/QFOM0pcA/lmbD5B6nwd1s25DmakjihX8Ev+ffjaFf5D8vtBKJWlP+ly+3EqVU0qrayUrXZq60yys7l8YWpZvL3JSumstx+blrjjghXy2PqJEAAAAAAIjDM6JGAgAAAAAgDi+IGgkAAAAAgDhsEDUSAAAAAABxCIgaCQAAAACAOLxeAacMAAAAAAAA/I1v3J+HUQBsAAA=',
} as const satisfies Record<SparseForm, string>;

describe('what GNU tar writes', () => {
  const content = expanded(
    50_000,
    [0, 512, 8192, 512, 16_384, 512, 24_576, 512, 32_768, 512, 40_960, 100],
    Array.from('abcde', (letter) => letter.repeat(512)).join('') + 'f'.repeat(100),
  );

  it.each(SPARSE_FORMS)('in the form %s is read', (form) => {
    const tar = gunzipSync(Buffer.from(BY_GNU_TAR[form], 'base64'));
    for (const size of [1, 700, tar.length])
      expect(read(tar, size)).toEqual([{ name: 'holes', size: 50_000, content }]);
  });

  const version = (): string => {
    try {
      return execFileSync('tar', ['--version'], { encoding: 'utf8' });
    } catch {
      return 'none';
    }
  };
  const hasGnuTar = version().includes('GNU tar');
  if (!hasGnuTar) announceSkip('what GNU tar writes here', 'no GNU tar on this machine');

  it.skipIf(!hasGnuTar).each(SPARSE_FORMS)('here in the form %s is what it was made of', (form) => {
    const folder = mkdtempSync(join(tmpdir(), 'peel-sparse-'));
    try {
      const files = ['one hole', 'two holes', 'none'];
      writeFileSync(join(folder, 'one hole'), '');
      writeFileSync(join(folder, 'two holes'), 'y'.repeat(5000));
      truncateSync(join(folder, 'two holes'), 1_000_000);
      writeFileSync(join(folder, 'two holes'), 'z'.repeat(5000), { flag: 'a' });
      truncateSync(join(folder, 'two holes'), 1_500_000);
      truncateSync(join(folder, 'one hole'), 100_000);
      writeFileSync(join(folder, 'none'), 'x'.repeat(3000));
      const format =
        form === 'gnu' ? ['--format=gnu'] : ['--format=posix', `--sparse-version=${form.slice(4)}`];
      const tar = execFileSync('tar', ['-C', folder, '--sparse', ...format, '-cf', '-', ...files]);
      expect(read(tar)).toEqual(
        files.map((name) => {
          const made = readFileSync(join(folder, name), 'latin1');
          return { name, size: made.length, content: made };
        }),
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
