/** Archives that are read from wherever one likes: the same image as from a stream, with little of it read. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadWhole } from '../harness/load-whole.ts';
import type { LoadEvent } from '../../src/cli/load-image.ts';
import { loadImage } from '../../src/cli/load-image.ts';
import type { ImageSource } from '../../src/image/source.ts';
import { type Report, reportOf } from '../../src/report/report.ts';
import { archiveFile, ArchiveSource } from '../../src/sources/archive.ts';
import { dockerArchive } from '../harness/archive.ts';
import { contentsOf, everyRequest, requestFor, textOfOne } from '../harness/contents.ts';
import { emptyDirectory } from '../harness/layouts.ts';
import { randomImage } from '../harness/random-image.ts';
import { rawTar } from '../harness/raw-tar.ts';
import { BASE, configFor, layerTar, member, old, savedAs, sourceOf, TOP } from '../harness/saved.ts';
import { sparse, SPARSE_FORMS } from '../harness/sparse-tar.ts';

const { signal } = new AbortController();

async function reportFrom(source: ImageSource): Promise<Report> {
  return reportOf(await loadWhole(source), true);
}

/** An archive as a file. */
function laidDown(bytes: Uint8Array): string {
  const path = join(emptyDirectory(), 'shop.tar');
  writeFileSync(path, bytes);
  return path;
}

const sought = async (bytes: Uint8Array) => new ArchiveSource(await archiveFile(laidDown(bytes)));

const messageFrom = (source: ImageSource) =>
  reportFrom(source).then(
    () => 'a report',
    (error: unknown) => (error as Error).message.replace(/^\S+shop\.tar/, 'shop.tar'),
  );

/** Writers put documents last; each layer here is a member of its own. */
const archiveOf = (...layers: readonly Buffer[]) =>
  rawTar(
    ...layers.map((layer, index) => member(`l${index}`, layer)),
    member('c', configFor(...layers)),
    savedAs({ config: 'c', layers: layers.map((_, index) => `l${index}`) }),
  );

describe('an archive in a file', () => {
  it('gives the report that its stream gives', { timeout: 120_000 }, async () => {
    const path = laidDown(Buffer.alloc(0));
    await fc.assert(
      fc.asyncProperty(
        randomImage,
        fc.constantFrom('today', 'yesterday'),
        fc.constantFrom('plain', 'gzip'),
        async (image, layout, layers) => {
          const bytes = await dockerArchive(image, { layout, layers });
          writeFileSync(path, bytes);
          const source = new ArchiveSource(await archiveFile(path));
          expect(await reportFrom(source)).toEqual(await reportFrom(sourceOf(bytes)));
        },
      ),
      { numRuns: 100, seed: 20_261_123 },
    );
  });

  it('may mix layers that are packed with layers that are not', async () => {
    const other = layerTar({ name: 'c', content: 'three' }, { name: 'a', content: 'three' });
    const bytes = rawTar(
      ...[member('l0', gzipSync(BASE)), member('l1', TOP), member('l2', zstdCompressSync(other))],
      member('c', configFor(BASE, TOP, other)),
      savedAs({ config: 'c', layers: ['l0', 'l1', 'l2'] }),
    );
    const report = await reportFrom(await sought(bytes));
    expect(report).toEqual(await reportFrom(sourceOf(bytes)));
    expect(report.totals.repeatedBytes).toBe('three'.length);
    expect(report.duplicates).toEqual([{ bytes: 5, savable: 5, paths: ['/a', '/c'] }]);
  });

  it('may have sparse files in its layers, and be one itself', async () => {
    const holed = SPARSE_FORMS.flatMap((form) => {
      const described = { name: form, size: 100_000, map: [2, 3, 80_000, 4], data: 'abcdefg' };
      return [sparse(form, described)];
    });
    const bytes = archiveOf(rawTar(...holed), rawTar(...holed));
    expect(await reportFrom(await sought(bytes))).toEqual(await reportFrom(sourceOf(bytes)));
    const layer = Buffer.concat([layerTar({ name: 'c', content: '\0'.repeat(90_000) }), Buffer.alloc(5000)]);
    const data = layer.toString('latin1', 0, 512);
    const member0 = sparse('pax 1.0', { name: 'l0', size: layer.length, map: [0, 512], data });
    const outer = rawTar(member0, member('c', configFor(layer)), savedAs({ config: 'c', layers: ['l0'] }));
    expect(await reportFrom(await sought(outer))).toEqual(await reportFrom(sourceOf(outer)));
  });

  it('that is packed as a whole is read as a stream', async () => {
    const bytes = gzipSync(rawTar(...old([BASE, TOP])));
    const report = await reportFrom(await sought(bytes));
    expect(report).toEqual(await reportFrom(sourceOf(bytes)));
  });

  it('tells of the image before its layers, which come base first', async () => {
    const events: LoadEvent[] = [];
    const bytes = rawTar(...old([BASE, TOP, BASE]));
    await loadImage(await sought(bytes), (event) => events.push(event), signal);
    const order = events.filter(({ type }) => type !== 'progress').map(({ type }) => type);
    expect(order).toEqual(['image', 'layer', 'layer', 'layer']);
    const total = BASE.length + TOP.length + BASE.length;
    const read = events.filter((event) => event.type === 'progress' && event.phase === 'reading');
    expect(read.at(-1)).toMatchObject({ bytes: total, total });
  });

  it('has been verified by nobody unless somebody asks', async () => {
    const members = old([BASE, TOP]).map((each, index) => (index === 0 ? member(each.name, TOP) : each));
    const source = await sought(rawTar(...members));
    const { blobs } = await loadImage(source, () => undefined, signal);
    expect(blobs.map(({ mismatches }) => mismatches)).toEqual([null, null]);
    const told: (number | undefined)[][] = [];
    await source.verify((layer, mismatches) => told.push([layer, mismatches?.length]), signal);
    expect(told).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });
});

describe('what is wrong with an archive in a file', () => {
  const whole = rawTar(...old([BASE, TOP]));

  it('is told as of a stream, wherever it was cut off', async () => {
    const path = laidDown(whole);
    for (let at = 0; at < whole.length; at += 700) {
      const bytes = whole.subarray(0, at);
      writeFileSync(path, bytes);
      const source = new ArchiveSource(await archiveFile(path));
      expect(await messageFrom(source), `cut at ${at}`).toBe(await messageFrom(sourceOf(bytes)));
    }
  });

  it.each([
    ['a text', Buffer.from('just some words, not an image\n'.repeat(100))],
    ['a short text', Buffer.from('hi\n')],
    ['a tar that is no image', rawTar({ name: 'README', content: 'hello' })],
    ['a damaged layer', archiveOf(BASE, Buffer.from(BASE).fill(0x7f, 1024, 1124))],
    ['a layer that was cut off', archiveOf(BASE, BASE.subarray(0, 600))],
    ['a layer whose names climb out', archiveOf(layerTar({ name: '../x', content: 'x' }))],
    ['a packed layer that was cut off', archiveOf(gzipSync(BASE).subarray(0, 60))],
    ['a member that is larger than any file', rawTar({ name: 'l0', size: 2 ** 50 })],
    ['a file that is larger than its layer', archiveOf(layerTar({ name: 'a', size: 2 ** 33 }))],
  ])('is told as of a stream: %s', async (_, bytes) => {
    const message = await messageFrom(await sought(bytes));
    expect(message).toBe(await messageFrom(sourceOf(bytes)));
    expect(message).toMatch(/^shop\.tar: [^\n]+$/);
  });

  it('does not matter in a layer of another image', async () => {
    const bytes = rawTar(
      ...[member('l0', BASE), member('l1', BASE.subarray(0, 600)), member('c', configFor(BASE))],
      savedAs({ config: 'c', layers: ['l0'] }),
    );
    expect(await messageFrom(await sought(bytes))).toBe('a report');
  });

  it('is that it is written to while it is read', async () => {
    const path = laidDown(rawTar(...old([BASE, TOP])));
    const source = new ArchiveSource(await archiveFile(path));
    const change = (event: LoadEvent) => {
      if (event.type === 'image') writeFileSync(path, readFileSync(path));
    };
    await expect(loadImage(source, change, signal)).rejects.toMatchObject({
      code: 'file',
      message: expect.stringMatching(
        /shop\.tar: It has changed since it was opened\. Open it again\.$/,
      ) as string,
    });
  });

  it('is that it has been written to since', async () => {
    const path = laidDown(rawTar(...old([BASE, TOP])));
    const source = new ArchiveSource(await archiveFile(path));
    const { analysis } = await loadImage(source, () => undefined, signal);
    writeFileSync(path, rawTar(...old([TOP, BASE])));
    const changed = { code: 'file', message: expect.stringContaining('has changed since') as string };
    await expect(textOfOne(source, requestFor(analysis, 'a'))).rejects.toMatchObject(changed);
    await expect(source.verify(() => undefined, signal)).rejects.toMatchObject(changed);
    const wishes = [{ layer: 0, entries: [0] }];
    await expect(source.checksums(wishes, () => undefined, signal)).rejects.toMatchObject(changed);
  });
});

describe('the content of files in an archive that is one itself', () => {
  it('is what was put in, of every file and in any order', async () => {
    const big = 'x'.repeat(700_000);
    const lower = layerTar({ name: 'a', content: 'one' }, { name: 'big', content: big }, { name: 'e' });
    const holed = sparse('pax 1.0', { name: 'h', size: 90_000, map: [3, 3], data: 'abc' });
    const source = await sought(archiveOf(lower, rawTar(holed, { name: 'z', content: 'last' })));
    const { analysis } = await loadImage(source, () => undefined, signal);
    const requests = everyRequest(analysis).reverse();
    const contents = await contentsOf(source, requests);
    expect(contents.map((content) => content.length)).toEqual(requests.map(({ size }) => size));
    expect(await textOfOne(source, requestFor(analysis, 'z'))).toBe('last');
    expect(await textOfOne(source, requestFor(analysis, 'big'))).toBe(big);
    expect(await textOfOne(source, requestFor(analysis, 'h'))).toBe(`\0\0\0abc${'\0'.repeat(89_994)}`);
  });
});
