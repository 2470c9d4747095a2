import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ArchiveSource, archiveStream } from '../../src/sources/archive.ts';
import { inPieces, rawTar } from '../harness/raw-tar.ts';
import { configFor, layerTar, load, member, savedAs, sourceOf } from '../harness/saved.ts';
import { sparse, SPARSE_FORMS } from '../harness/sparse-tar.ts';

const HOLED = { name: 'sparse', size: 100_000, map: [2, 3, 80_000, 4], data: 'abcdefg' };

it('of an archive that was damaged after it had been indexed fails where it is asked for, and nowhere else', async () => {
  const layer = layerTar({ name: 'a', content: 'hello' });
  const sound = rawTar(
    member('l', layer),
    member('c', configFor(layer)),
    savedAs({ config: 'c', layers: ['l'] }),
  );
  const damaged = Buffer.from(sound).fill(0x7f, 512, 1024);
  const bytes = [sound, damaged];
  const source = new ArchiveSource({
    name: 'shop.tar',
    total: null,
    open: () => inPieces(bytes.shift() ?? sound, 512),
  });
  await load(source);
  const unheard: unknown[] = [];
  const hear = (reason: unknown) => unheard.push(reason);
  process.on('unhandledRejection', hear);
  const { signal } = new AbortController();
  await expect(source.content({ layer: 0, entry: 0 }, () => undefined, signal)).rejects.toMatchObject({
    name: 'PeelError',
  });
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', hear);
  expect(unheard).toEqual([]);
});

describe('the content of a file', () => {
  const members = [
    member(
      'l0',
      layerTar(
        { name: 'd', type: '5' },
        { name: 'd/a', content: 'hello' },
        { name: 'd/a', content: 'again' },
      ),
    ),
    member(
      'l1',
      gzipSync(
        layerTar(
          { name: 'big', content: 'x'.repeat(300_000) },
          { name: 'empty' },
          { name: 'l', type: '2', link: 'big' },
        ),
      ),
    ),
    member('l2', rawTar(...SPARSE_FORMS.map((form) => sparse(form, HOLED)))),
  ];
  const layers = [layerTar(), layerTar(), layerTar()];
  const bytes = rawTar(
    ...members,
    member('c', configFor(...layers)),
    savedAs({ config: 'c', layers: ['l0', 'l1', 'l2'] }),
  );

  async function contentOf(layer: number, entry: number): Promise<string> {
    const source = sourceOf(bytes, { size: 1000 });
    await load(source);
    const pieces: Buffer[] = [];
    await source.content(
      { layer, entry },
      (piece) => pieces.push(Buffer.from(piece)),
      new AbortController().signal,
    );
    return Buffer.concat(pieces).toString();
  }

  it('is handed over whole, by layer and entry', async () => {
    expect(await contentOf(0, 1)).toBe('hello');
    expect(await contentOf(0, 2)).toBe('again');
    expect(await contentOf(1, 0)).toBe('x'.repeat(300_000));
    expect(await contentOf(1, 1)).toBe('');
  });

  it('of a sparse file is all that it has when it is read', async () => {
    const content = `\0\0abc${'\0'.repeat(79_995)}defg${'\0'.repeat(19_996)}`;
    for (const entry of SPARSE_FORMS.keys()) expect(await contentOf(2, entry)).toBe(content);
  });

  it.each([
    ['a directory', 0, 0],
    ['a symlink', 1, 2],
    ['no entry at all', 1, 3],
    ['no layer at all', 3, 0],
  ])('is refused for %s', async (_, layer, entry) => {
    await expect(contentOf(layer, entry)).rejects.toMatchObject({ code: 'file' });
  });

  it('cannot be had before the index, nor from what can be read only once', async () => {
    const none = () => undefined;
    const { signal } = new AbortController();
    await expect(sourceOf(bytes).content({ layer: 0, entry: 1 }, none, signal)).rejects.toMatchObject({
      code: 'file',
    });
    const pipe = archiveStream('standard input', inPieces(bytes, 1000));
    pipe.open(signal).destroy();
    expect(() => pipe.open(signal)).toThrow(expect.objectContaining({ code: 'file' }));
  });
});
