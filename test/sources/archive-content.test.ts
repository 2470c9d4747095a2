import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PeelError } from '../../src/image/errors.ts';
import { archiveFile, ArchiveSource, archiveStream } from '../../src/sources/archive.ts';
import { sampleSource } from '../../src/sources/sample/sample-source.ts';
import { contentsOf, everyRequest, requestFor, textOfOne } from '../harness/contents.ts';
import { inPieces, pieces, rawTar, streamOf } from '../harness/raw-tar.ts';
import { BASE, configFor, layerTar, load, member, old, savedAs, sourceOf, TOP } from '../harness/saved.ts';
import { failingSink, KeepingSink } from '../harness/sinks.ts';
import { sparse, SPARSE_FORMS } from '../harness/sparse-tar.ts';

const { signal } = new AbortController();
const HOLED = { name: 'sparse', size: 100_000, map: [2, 3, 80_000, 4], data: 'abcdefg' };

/** An archive whose bytes are others each time it is opened. */
function changing(...versions: readonly Uint8Array[]): ArchiveSource {
  const left = [...versions];
  return new ArchiveSource({
    name: 'shop.tar',
    total: null,
    open: () => inPieces(left.shift() ?? new Uint8Array(0), 512),
  });
}

const archiveOf = (...layers: readonly Buffer[]) =>
  rawTar(
    ...layers.map((layer, index) => member(`l${index}`, layer)),
    member('c', configFor(...layers)),
    savedAs({ config: 'c', layers: layers.map((_, index) => `l${index}`) }),
  );

describe('the content of files', () => {
  const members = [
    member(
      'l0',
      layerTar(
        { name: 'd', type: '5' },
        { name: 'd/a', content: 'hello' },
        { name: 'd/a', content: 'again' },
        { name: 'hard', type: '1', link: 'd/a' },
        { name: 'late', content: 'late' },
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
    member('l2', zstdCompressSync(rawTar(...SPARSE_FORMS.map((form) => sparse(form, HOLED))))),
  ];
  const layers = [layerTar(), layerTar(), layerTar()];
  const bytes = rawTar(
    ...members,
    member('c', configFor(...layers)),
    savedAs({ config: 'c', layers: ['l0', 'l1', 'l2'] }),
  );

  it('is handed over whole, as it is under each layer', async () => {
    const source = sourceOf(bytes, { size: 1000 });
    const { analysis } = await load(source);
    expect(await textOfOne(source, requestFor(analysis, 'd/a'))).toBe('again');
    expect(await textOfOne(source, requestFor(analysis, 'big'))).toBe('x'.repeat(300_000));
    expect(await textOfOne(source, requestFor(analysis, 'empty'))).toBe('');
  });

  it('of a hard link is that of the file which the link led to', async () => {
    const source = sourceOf(bytes);
    const { analysis } = await load(source);
    expect(await textOfOne(source, requestFor(analysis, 'hard'))).toBe('again');
  });

  it('of a sparse file is all that it has when it is read', async () => {
    const source = sourceOf(bytes);
    const { analysis } = await load(source);
    const requests = everyRequest(analysis).filter(({ layer }) => layer === 2);
    expect(requests).toHaveLength(SPARSE_FORMS.length);
    const content = `\0\0abc${'\0'.repeat(79_995)}defg${'\0'.repeat(19_996)}`;
    for (const one of await contentsOf(source, requests)) expect(one.toString('latin1')).toBe(content);
  });

  it('comes in one pass for many files, wherever they are stored, packed as a whole or not', async () => {
    for (const whole of [bytes, gzipSync(bytes), zstdCompressSync(bytes)]) {
      let opened = 0;
      const source = new ArchiveSource({
        name: 'shop.tar',
        total: null,
        open: () => {
          opened++;
          return inPieces(whole, 1000);
        },
      });
      const { analysis } = await load(source);
      const requests = everyRequest(analysis).reverse();
      expect(requests).toHaveLength(9);
      const contents = await contentsOf(source, requests);
      expect(contents.map(({ length }) => length)).toEqual(requests.map(({ size }) => size));
      expect(opened).toBe(2);
    }
  });

  it('is asked for in vain where nothing is asked for: nothing is read', async () => {
    const source = changing(bytes);
    await load(source);
    await source.content([], () => new KeepingSink(), signal);
  });

  it('of a layer that two of an image share comes for each of them', async () => {
    const source = sourceOf(
      rawTar(
        member('l', BASE),
        member('c', configFor(BASE, BASE)),
        savedAs({ config: 'c', layers: ['l', 'l'] }),
      ),
    );
    const { analysis } = await load(source);
    const requests = ['a', 'b'].flatMap((path) => [0, 1].map((layer) => requestFor(analysis, path, layer)));
    expect(requests.map(({ layer }) => layer)).toEqual([0, 1, 0, 1]);
    expect((await contentsOf(source, requests)).map(String)).toEqual(['one', 'one', 'two', 'two']);
  });

  it('of a layer that is a link to another one is found there', async () => {
    const source = sourceOf(rawTar(...old([BASE, '../' + '0'.repeat(64) + '/layer.tar'])));
    const { analysis } = await load(source);
    expect(await textOfOne(source, requestFor(analysis, 'b', 1))).toBe('two');
  });

  it.each(['shop:1', 'shop:2'])('of %s is not that of the other image in the archive', async (image) => {
    const source = sourceOf(
      rawTar(
        ...[
          member('l1', BASE),
          member('l2', TOP),
          member('c1', configFor(BASE)),
          member('c2', configFor(TOP)),
        ],
        savedAs(
          { config: 'c1', tags: ['shop:1'], layers: ['l1'] },
          { config: 'c2', tags: ['shop:2'], layers: ['l2'] },
        ),
      ),
      { image },
    );
    const { analysis } = await load(source);
    const content = await textOfOne(source, requestFor(analysis, 'a'));
    expect(content).toBe(image === 'shop:1' ? 'one' : 'three');
  });

  it('of the built-in image is there too', async () => {
    const source = sampleSource();
    const { analysis } = await load(source);
    const requests = everyRequest(analysis);
    const contents = await contentsOf(source, requests);
    expect(contents.map(({ length }) => length)).toEqual(requests.map(({ size }) => size));
  });
});

describe('what is read for it', () => {
  /** How many bytes of an archive are asked for until these files are there. */
  async function readFor(whole: Buffer, ...paths: readonly string[]): Promise<number> {
    let read = 0;
    function* counted(): Generator<Uint8Array, void> {
      for (const piece of pieces(whole, 512)) {
        read += piece.length;
        yield piece;
      }
    }
    const streams: Readable[] = [];
    const source = new ArchiveSource({
      name: 'shop.tar',
      total: null,
      open: () => {
        const stream = streamOf(counted());
        streams.push(stream);
        return stream;
      },
    });
    const { analysis } = await load(source);
    read = 0;
    await contentsOf(
      source,
      paths.map((path) => requestFor(analysis, path)),
    );
    expect(streams[1]?.destroyed).toBe(true);
    return read;
  }

  const first = layerTar({ name: 'a', content: 'one' }, { name: 'b', content: 'b'.repeat(500_000) });
  const second = layerTar({ name: 'c', content: 'c'.repeat(300_000) }, { name: 'd', content: 'four' });

  it('ends with the last file', async () => {
    const whole = archiveOf(first, second);
    expect(await readFor(whole, 'a')).toBeLessThan(10_000);
    expect(await readFor(whole, 'a', 'd')).toBeGreaterThan(800_000);
  });

  it('leaves out what follows in a packed layer: be it damaged', async () => {
    const noise = Buffer.alloc(50_000, 'no gzip at all');
    const cut = Buffer.concat([gzipSync(first, { level: 0 }).subarray(0, 200_000), noise]);
    const sound = [gzipSync(first, { level: 0 }), gzipSync(second)].map((layer, n) => member(`l${n}`, layer));
    const documents = [member('c', configFor(first, second)), savedAs({ config: 'c', layers: ['l0', 'l1'] })];
    const source = changing(
      rawTar(...sound, ...documents),
      rawTar(member('l0', cut), member('l1', gzipSync(second)), ...documents),
    );
    const { analysis } = await load(source);
    const requests = ['a', 'd'].map((path) => requestFor(analysis, path));
    expect((await contentsOf(source, requests)).map(String)).toEqual(['one', 'four']);
  });

  it('waits for whoever takes it', async () => {
    const source = sourceOf(archiveOf(first, second), { size: 4096 });
    const { analysis } = await load(source);
    // Every fourth of them is slow, and looks whether anything comes before it is ready.
    const requests = everyRequest(analysis);
    const contents = await contentsOf(source, requests);
    expect(contents.map(({ length }) => length)).toEqual([3, 500_000, 300_000, 4]);
  });
});

describe('the content of files cannot be had', () => {
  it('before the image has been read', async () => {
    const request = { layer: 0, entry: 0, path: 'a', size: 3 };
    await expect(contentsOf(sourceOf(archiveOf(BASE)), [request])).rejects.toMatchObject({
      code: 'file',
      message: 'shop.tar has not been read to its end yet.',
    });
  });

  it('of what can be read only once, which says how to go on', async () => {
    const source = new ArchiveSource(archiveStream('standard input', inPieces(archiveOf(BASE), 1000)));
    const { analysis } = await load(source);
    await expect(contentsOf(source, [requestFor(analysis, 'a')])).rejects.toMatchObject({
      code: 'file',
      message: 'standard input: It can be read only once: save it to a file and open that.',
    });
  });

  it.each([
    ['a directory', { layer: 0, entry: 0, path: 'd', size: 0 }],
    ['another path', { layer: 0, entry: 1, path: 'd/b', size: 5 }],
    ['another size', { layer: 0, entry: 1, path: 'd/a', size: 6 }],
    ['no entry at all', { layer: 0, entry: 7, path: 'd/a', size: 5 }],
    ['no layer at all', { layer: 3, entry: 0, path: 'd/a', size: 5 }],
  ])('where the image has %s in its place by now', async (_, request) => {
    const layer = layerTar({ name: 'd', type: '5' }, { name: 'd/a', content: 'hello' });
    const source = sourceOf(archiveOf(layer));
    await load(source);
    await expect(contentsOf(source, [request])).rejects.toMatchObject({
      code: 'file',
      message: `shop.tar: /${request.path} in layer ${request.layer} is not there as it was: the image has changed since it was opened. Open it again.`,
    });
  });

  it('where the layer has gone by now', async () => {
    const source = changing(archiveOf(BASE), rawTar(member('other', BASE)));
    const { analysis } = await load(source);
    await expect(contentsOf(source, [requestFor(analysis, 'a')])).rejects.toMatchObject({ code: 'file' });
  });

  it('of an archive that was cut off, or damaged, after it had been read', async () => {
    const sound = archiveOf(layerTar({ name: 'a', content: 'x'.repeat(5000) }));
    const damaged = Buffer.from(sound).fill(0x7f, 512, 1024);
    const cut = sound.subarray(0, 3000);
    const unheard: unknown[] = [];
    const hear = (reason: unknown) => unheard.push(reason);
    process.on('unhandledRejection', hear);
    for (const broken of [damaged, cut]) {
      const source = changing(sound, broken);
      const { analysis } = await load(source);
      await expect(contentsOf(source, [requestFor(analysis, 'a')])).rejects.toMatchObject({
        name: 'PeelError',
        message: expect.stringMatching(/^shop\.tar: /) as string,
      });
    }
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', hear);
    expect(unheard).toEqual([]);
  });

  it.each([
    new Error('not today'),
    new PeelError('file', 'It is there already.'),
    Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }),
  ])('when nobody can take it: the reason is told as it is, and the archive is let go: %o', async (full) => {
    const streams: Readable[] = [];
    const open = () => {
      const stream = inPieces(gzipSync(archiveOf(BASE, TOP)), 100);
      streams.push(stream);
      return stream;
    };
    const source = new ArchiveSource({ name: 'shop.tar', total: null, open });
    const { analysis } = await load(source);
    const reading = source.content([requestFor(analysis, 'b')], () => failingSink(full), signal);
    await expect(reading).rejects.toBe(full);
    expect(streams[1]?.destroyed).toBe(true);
  });
});

describe('reading can be given up', () => {
  it('in the middle of a file, on disk', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'peel-content-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'shop.tar');
    writeFileSync(path, archiveOf(layerTar({ name: 'a', content: 'x'.repeat(5_000_000) })));
    const source = new ArchiveSource(await archiveFile(path));
    const { analysis } = await load(source);
    const controller = new AbortController();
    const begun = new KeepingSink();
    const reading = source.content(
      [requestFor(analysis, 'a')],
      () => ({
        write: (piece) => {
          begun.write(piece);
          controller.abort();
          return false;
        },
        // Whoever waits for a disk that hangs waits for ever.
        drained: () => new Promise(() => undefined),
        end: () => Promise.resolve(),
      }),
      controller.signal,
    );
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    expect(begun.bytes.length).toBeLessThan(5_000_000);
  });

  it('before it has begun, of the built-in image too', async () => {
    const source = sampleSource();
    const { analysis } = await load(source);
    const [request] = everyRequest(analysis);
    if (request === undefined) throw new Error('the sample has no file');
    const aborted = AbortSignal.abort();
    await expect(contentsOf(source, [request], aborted)).rejects.toBe(aborted.reason);
  });

  it('while nothing comes: the stream is let go', async () => {
    const silent = new Readable({ read: () => undefined });
    const left = [inPieces(archiveOf(BASE), 1000), silent];
    const source = new ArchiveSource({
      name: 'shop.tar',
      total: null,
      open: (stopped) => {
        const stream = left.shift() ?? silent;
        stopped.addEventListener('abort', () => stream.destroy(stopped.reason as Error));
        return stream;
      },
    });
    const { analysis } = await load(source);
    const controller = new AbortController();
    const reading = contentsOf(source, [requestFor(analysis, 'a')], controller.signal);
    const closed = once(silent, 'close').catch(() => undefined);
    controller.abort();
    await expect(reading).rejects.toBe(controller.signal.reason);
    await closed;
    expect(silent.destroyed).toBe(true);
  });
});
