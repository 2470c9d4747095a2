import type { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/image/entry.ts';
import { pump } from '../../src/tar/byte-sink.ts';
import { PayloadChecksum } from '../../src/tar/checksum.ts';
import { HoleAllowance, MAX_HOLE_BYTES } from '../../src/tar/holes.ts';
import { layerSink } from '../../src/tar/read-layer.ts';
import { BLOCK, inPieces, member, pieces, rawTar, streamOf } from '../harness/raw-tar.ts';
import { sparse, SPARSE_FORMS } from '../harness/sparse-tar.ts';

async function entriesOf(stream: Readable): Promise<Entry[]> {
  const entries: Entry[] = [];
  await pump(stream, layerSink({ add: (entry) => void entries.push(entry) }));
  return entries;
}

/** Taken of the whole payload at once. */
function checksum(content: string): string {
  return Buffer.from(new PayloadChecksum().of(Buffer.from(content, 'latin1'))).toString('hex');
}

const hex = ({ checksum: sum }: Entry): string | null =>
  sum === null ? null : Buffer.from(sum).toString('hex');

const CONTENTS = [
  '',
  'x',
  'hello\n',
  'y'.repeat(BLOCK),
  'z'.repeat(3 * BLOCK + 1),
  '\xff\0\xfe'.repeat(9000),
];
const TAR = rawTar(...CONTENTS.map((content, index) => ({ name: `f${index}`, content })));

describe('a layer that is read', () => {
  it('gives its entries in the order of the tar', async () => {
    const entries = await entriesOf(inPieces(TAR, 1 << 20));
    expect(entries.map(({ path }) => path)).toEqual(['f0', 'f1', 'f2', 'f3', 'f4', 'f5']);
    expect(entries.map(({ size }) => size)).toEqual(CONTENTS.map((content) => content.length));
  });

  it.each([1, 7, 511, 512, 513, 4096, 1 << 20])(
    'has the checksum of each payload, when it comes in pieces of %d bytes',
    async (size) => {
      expect((await entriesOf(inPieces(TAR, size))).map(hex)).toEqual(CONTENTS.map(checksum));
    },
  );

  it('has a checksum for regular files only', async () => {
    const tar = rawTar({ name: 'd', type: '5' }, { name: 'l', type: '2', link: 'd' }, { name: 'f' });
    expect((await entriesOf(inPieces(tar, 600))).map(hex)).toEqual([null, null, checksum('')]);
  });

  it('may have nothing in it', async () => {
    expect(await entriesOf(inPieces(rawTar(), 512))).toEqual([]);
  });

  it('may be followed by any number of empty blocks', async () => {
    const padded = Buffer.concat([TAR, Buffer.alloc(20 * BLOCK)]);
    expect(await entriesOf(inPieces(padded, 1000))).toHaveLength(CONTENTS.length);
  });
});

describe('a sparse file of a layer', () => {
  const contentOf = (size: number) => `${'x'.repeat(1000)}${'\0'.repeat(size - 2000)}${'y'.repeat(1000)}`;
  const sparseTar = (form: (typeof SPARSE_FORMS)[number], size: number) =>
    rawTar(
      sparse(form, {
        name: 'd/file',
        size,
        map: [0, 1000, size - 1000, 1000],
        data: `${'x'.repeat(1000)}${'y'.repeat(1000)}`,
      }),
    );

  it.each(SPARSE_FORMS)('has the size and the checksum of a plain one, in the form %s', async (form) => {
    for (const size of [2001, 4096, 4097, 1_000_000]) {
      const [entry, ...others] = await entriesOf(inPieces(sparseTar(form, size), 700));
      expect(others).toEqual([]);
      expect(entry).toMatchObject({ path: 'd/file', type: 'file', size });
      expect(entry && hex(entry)).toBe(checksum(contentOf(size)));
    }
  });

  it('of nothing but a hole is the same as so many zeros', async () => {
    for (const size of [1, 4096, 200_000]) {
      const tar = rawTar(sparse('gnu', { name: 'file', size, map: [], data: '' }));
      expect((await entriesOf(inPieces(tar, 512))).map(hex)).toEqual([checksum('\0'.repeat(size))]);
    }
    const none = rawTar(sparse('gnu', { name: 'file', size: 0, map: [], data: '' }));
    expect((await entriesOf(inPieces(none, 512))).map(hex)).toEqual([checksum('')]);
  });

  it('with a large hole is read in several turns, so that keys are heard meanwhile', async () => {
    const size = 200 * 1024 * 1024;
    const entries: Entry[] = [];
    const sink = layerSink({ add: (entry) => void entries.push(entry) });
    expect(sink.write(rawTar(sparse('gnu', { name: 'a', size, map: [], data: '' })))).toBe(false);
    expect(entries).toEqual([]);
    await sink.end();
    expect(entries).toMatchObject([{ path: 'a', size }]);
  });

  it('is given up in mid-hole when nobody waits for it any more', async () => {
    const entries: Entry[] = [];
    const sink = layerSink({ add: (entry) => void entries.push(entry) });
    sink.write(rawTar(sparse('gnu', { name: 'a', size: MAX_HOLE_BYTES, map: [], data: '' })));
    const drained = sink.drained();
    sink.cancel?.();
    await drained;
    expect(entries).toEqual([]);
  });

  it('counts against what all layers of an image may leave out together', async () => {
    const holes = new HoleAllowance();
    const layer = (size: number) =>
      inPieces(rawTar(sparse('gnu', { name: 'a', size, map: [], data: '' })), 512);
    const sink = () => layerSink({ add: () => undefined }, holes);
    await pump(layer(1000), sink());
    await expect(pump(layer(MAX_HOLE_BYTES - 999), sink())).rejects.toMatchObject({ code: 'hostile' });
  });
});

describe('reading a layer fails', () => {
  it('where the tar ends within a header or a payload, wherever that is', async () => {
    const tar = Buffer.concat([
      member({ name: 'a', content: 'x'.repeat(700) }),
      member({ name: 'b', content: 'y' }),
    ]);
    const cut = fc.integer({ min: 1, max: tar.length - 1 }).filter((at) => at !== 3 * BLOCK);
    await fc.assert(
      fc.asyncProperty(cut, fc.integer({ min: 1, max: 2000 }), async (at, size) => {
        await expect(entriesOf(inPieces(tar.subarray(0, at), size))).rejects.toThrow(/unexpected end/i);
      }),
    );
  });

  it('where the bytes are no tar', async () => {
    await expect(entriesOf(inPieces(Buffer.alloc(2048, 'no tar '), 512))).rejects.toThrow(/tar header/i);
  });

  it('with the error of the stream, as it is', async () => {
    const broken = new Error('the cable was pulled');
    function* breaking(): Generator<Uint8Array, void> {
      yield* pieces(TAR.subarray(0, 1000), 100);
      throw broken;
    }
    await expect(entriesOf(streamOf(breaking()))).rejects.toBe(broken);
  });

  it('with the error of the entries’ sink', async () => {
    const full = new Error('no more room');
    const taken: string[] = [];
    const sink = layerSink({
      add: ({ path }) => {
        if (path === 'd') throw full;
        taken.push(path);
      },
    });
    const tar = rawTar({ name: 'f', content: 'x' }, { name: 'd', type: '5' }, { name: 'after' });
    await expect(pump(inPieces(tar, 512), sink)).rejects.toBe(full);
    expect(taken).toEqual(['f']);
  });
});
