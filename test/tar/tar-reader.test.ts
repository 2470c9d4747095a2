import fc from 'fast-check';
import { extract } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { MAX_EXTENDED_BYTES } from '../../src/tar/extended-headers.ts';
import { TarReader } from '../../src/tar/tar-reader.ts';
import type { Member } from '../../src/tar/visitor.ts';
import { BLOCK, END, member, pax, pieces, rawTar, type RawMember } from '../harness/raw-tar.ts';

/** What a reader tells of a tar: each member's name, and its payload. */
function read(tar: Uint8Array, size = tar.length, isReused = false): [name: string, payload: string][] {
  const told: [string, string][] = [];
  const reader = new TarReader({
    begin: ({ name }) => void told.push([name, '']),
    data: (piece) => {
      const last = told.at(-1);
      if (last !== undefined) last[1] += piece.toString('latin1');
    },
    finish: () => undefined,
  });
  const memory = Buffer.alloc(size);
  for (const piece of pieces(tar, size)) {
    memory.set(piece);
    reader.write(isReused ? memory.subarray(0, piece.length) : piece);
    memory.fill(0xff);
  }
  reader.end();
  return told;
}

function firstOf(tar: Uint8Array): Member {
  const members: Member[] = [];
  const reader = new TarReader({
    begin: (one) => void members.push(one),
    data: () => undefined,
    finish: () => undefined,
  });
  reader.write(tar);
  const [first] = members;
  if (first === undefined) throw new Error('no member');
  return first;
}

describe('a reader of what can be sought', () => {
  const tar = rawTar(
    pax({ path: 'long' }),
    { name: 'x', content: 'x'.repeat(3000) },
    { name: 'empty' },
    { name: 'y', content: 'yes' },
  );

  it('leaves out what its visitor does not want: the rest can be jumped over', () => {
    const places: [name: string, memberAt: number, payloadAt: number][] = [];
    const reader: TarReader = new TarReader({
      begin: ({ name }) => {
        places.push([name, reader.memberAt, reader.payloadAt]);
        reader.leaveOut();
      },
      data: () => expect.unreachable(),
      finish: () => expect.unreachable(),
    });
    let seen = 0;
    for (let at = 0; at < tar.length && !reader.hasEnded(); at += reader.jump()) {
      reader.write(tar.subarray(at, at + BLOCK));
      at += BLOCK;
      seen++;
    }
    expect(places).toEqual([
      ['long', 0, 3 * BLOCK],
      ['empty', 9 * BLOCK, 10 * BLOCK],
      ['y', 10 * BLOCK, 11 * BLOCK],
    ]);
    expect(seen).toBe(7);
  });

  it('may be left in the middle of a payload, and reads a member again from where it began', () => {
    let text = '';
    const reader: TarReader = new TarReader({
      begin: ({ name }) => void (text += `${name}:`),
      data: (piece) => {
        text += piece.toString('latin1').slice(0, 3);
        reader.leaveOut();
      },
      finish: () => void (text += ';'),
    });
    reader.write(tar);
    expect(text).toBe('long:xxxempty:;y:yes');
    text = '';
    reader.restart(0);
    reader.write(tar.subarray(0, 4 * BLOCK));
    reader.restart(10 * BLOCK);
    reader.write(tar.subarray(10 * BLOCK));
    expect(text).toBe('long:xxxy:yes');
  });
});

/** The same, by another reader. */
async function readByTarStream(tar: Uint8Array): Promise<[name: string, payload: string][]> {
  const told: [string, string][] = [];
  const reader = extract();
  reader.on('entry', (header, body, next) => {
    const parts: Buffer[] = [];
    body.on('data', (part) => parts.push(Buffer.from(part as Uint8Array)));
    body.on('end', () => {
      told.push([header.name, Buffer.concat(parts).toString('latin1')]);
      next();
    });
  });
  await new Promise((resolve, reject) => {
    reader.on('finish', () => resolve(undefined)).on('error', reject);
    reader.end(tar);
  });
  return told;
}

const NAME = fc.stringMatching(/^[a-z][a-z/]{0,90}[a-z]$/);
const MEMBER = fc.record({
  name: NAME,
  content: fc.oneof(
    fc.string({ unit: 'binary-ascii', maxLength: 40 }),
    fc.constantFrom('x'.repeat(BLOCK), 'y'.repeat(1300)),
  ),
  longName: fc.option(fc.stringMatching(/^[a-z]{101,300}$/), { nil: undefined }),
  isPax: fc.boolean(),
});

function tarOf(
  members: readonly { name: string; content: string; longName: string | undefined; isPax: boolean }[],
) {
  return rawTar(
    ...members.flatMap(({ name, content, longName, isPax }): (Buffer | RawMember)[] => [
      ...(longName === undefined
        ? []
        : [
            isPax
              ? pax({ path: longName })
              : member({ name: '././@LongLink', type: 'L', content: `${longName}\0` }),
          ]),
      { name, content },
    ]),
  );
}

describe('a tar', () => {
  it('holds what another reader finds in it, whatever pieces it comes in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(MEMBER, { maxLength: 6 }),
        fc.integer({ min: 1, max: 3000 }),
        async (members, size) => {
          const tar = tarOf(members);
          expect(read(tar, size)).toEqual(await readByTarStream(tar));
        },
      ),
    );
  });

  it('may come in memory that is filled anew for each piece', () => {
    fc.assert(
      fc.property(fc.array(MEMBER, { maxLength: 6 }), fc.integer({ min: 1, max: 3000 }), (members, size) => {
        const tar = tarOf(members);
        expect(read(tar, size, true)).toEqual(read(tar));
      }),
    );
  });

  it('ends with two blocks of zeros, whatever follows them', () => {
    const tar = Buffer.concat([rawTar({ name: 'a' }), member({ name: 'b' }), Buffer.from('no tar')]);
    expect(read(tar, 700)).toEqual([['a', '']]);
  });

  it('goes on after a single one', () => {
    const tar = Buffer.concat([member({ name: 'a' }), Buffer.alloc(BLOCK), member({ name: 'b' }), END]);
    expect(read(tar)).toEqual([
      ['a', ''],
      ['b', ''],
    ]);
  });

  it('may go without them', () => {
    expect(read(member({ name: 'a', content: 'x' }))).toEqual([['a', 'x']]);
  });
});

describe('an extended header', () => {
  it('speaks of the next member only', () => {
    expect(read(rawTar(pax({ path: 'long' }), { name: 'a' }, { name: 'b' }))).toEqual([
      ['long', ''],
      ['b', ''],
    ]);
  });

  it('keeps names and attributes that are no UTF-8 as they are', () => {
    const one = firstOf(rawTar(pax({ path: 'caf\xe9', 'SCHILY.xattr.user.x': '\0\xff\n=' }), { name: 'a' }));
    expect(one.name).toBe('caf\xe9');
    expect(one.pax.get('SCHILY.xattr.user.x')).toBe('\0\xff\n=');
  });

  it('is none where it is empty', () => {
    const long = member({ name: '././@LongLink', type: 'L', content: '\0' });
    expect(read(rawTar(long, { name: 'a' }))).toEqual([['a', '']]);
  });

  it('that is larger than any real one is refused', () => {
    const header = member({ name: 'x', type: 'x', size: MAX_EXTENDED_BYTES + 1 });
    expect(() => read(header)).toThrow(expect.objectContaining({ code: 'hostile' }));
  });

  it.each(['5 a', '7 path\n', '99 path=a\n', 'x path=a\n', '0 path=a\n', '9 path=ab'])(
    'that holds %j is damaged',
    (content) => {
      const header = member({ name: 'x', type: 'x', content });
      expect(() => read(rawTar(header, { name: 'a' }))).toThrow(
        expect.objectContaining({ fault: 'damaged' }),
      );
    },
  );
});

describe('an extended header that speaks of all that follow', () => {
  const global = member({ name: 'g', type: 'g', content: '18 path=elsewhere\n' });

  it('is read over', () => {
    expect(read(rawTar(global, { name: 'a', content: 'x' }, global, { name: 'b' }))).toEqual([
      ['a', 'x'],
      ['b', ''],
    ]);
  });

  it('takes those before it along, as in Docker: they spoke of what comes next', () => {
    const long = member({ name: '././@LongLink', type: 'L', content: 'long\0' });
    const longLink = member({ name: '././@LongLink', type: 'K', content: 'long\0' });
    expect(read(rawTar(long, global, { name: 'a' }))).toEqual([['a', '']]);
    expect(read(rawTar(pax({ path: 'long' }), global, { name: 'a' }))).toEqual([['a', '']]);
    const link = { name: 'a', type: '2', link: 'target' };
    expect(firstOf(rawTar(longLink, pax({ linkpath: 'long' }), global, link)).linkname).toBe('target');
    expect(read(rawTar(global, pax({ path: 'long' }), { name: 'a' }))).toEqual([['long', '']]);
  });

  it('that holds something else than records is damaged', () => {
    const damaged = member({ name: 'g', type: 'g', content: 'rubbish' });
    expect(() => read(rawTar(damaged, { name: 'a' }))).toThrow(expect.objectContaining({ fault: 'damaged' }));
  });
});

describe('a header', () => {
  /** A header with some bytes written over, its checksum made right again. */
  function patched(at: number, bytes: string): Buffer {
    const block = member({ name: 'name' });
    block.write(bytes, at, 'latin1');
    block.fill(' ', 148, 156);
    const sum = block.reduce((total, byte) => total + byte, 0);
    block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    return block;
  }

  it('of ustar has the first part of a long name apart', () => {
    expect(firstOf(patched(345, 'some/where')).name).toBe('some/where/name');
  });

  it('of GNU tar has other things there', () => {
    const block = patched(345, 'some/where');
    block.write('ustar  \0', 257, 'latin1');
    block.fill(' ', 148, 156);
    const sum = block.reduce((total, byte) => total + byte, 0);
    block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    expect(firstOf(block).name).toBe('name');
  });

  it.each([
    ['a size that is no number', 124, 'lots'],
    ['a negative size', 124, '\xff'.repeat(12)],
    ['a size beyond all disks', 124, `\x80${'\x7f'.repeat(11)}`],
    ['an owner that is no number', 108, 'root'],
  ])('with %s is damaged', (_, at, bytes) => {
    expect(() => firstOf(patched(at, bytes))).toThrow(expect.objectContaining({ fault: 'damaged' }));
  });

  it.each(['0x3', '3.0', '3e0', ' 3', 'three', '-3', '9007199254740993'])(
    'of pax with the size %j is damaged',
    (size) => {
      const tar = rawTar(pax({ size }), { name: 'a', content: 'abc' });
      expect(() => read(tar)).toThrow(expect.objectContaining({ fault: 'damaged' }));
    },
  );

  it('with a time before 1970 is fine', () => {
    expect(firstOf(patched(136, `${'\xff'.repeat(11)}\xfe`)).block.mtime).toBe(-2);
  });

  it('whose checksum is wrong is none', () => {
    const block = member({ name: 'a' });
    block[0] = 0x62;
    expect(() => read(block)).toThrow(expect.objectContaining({ fault: 'no-tar' }));
  });
});
