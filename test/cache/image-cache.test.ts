import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.ts';
import { CacheFolder } from '../../src/cache/cache-folder.ts';
import { ImageCache } from '../../src/cache/image-cache.ts';
import type { ImageFacts } from '../../src/image/source.ts';
import { reportOf } from '../../src/report/report.ts';
import { loadImage } from '../../src/cli/load-image.ts';
import { sampleSource } from '../../src/sources/sample/sample-source.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'peel-images-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const cache = () => new ImageCache(new CacheFolder(join(root, 'peel'), 100_000_000));
const files = () => readdirSync(join(root, 'peel'));

function sample() {
  return loadImage(sampleSource(), () => undefined, new AbortController().signal);
}

/** An image as it stands in memory when all has been read. */
async function read() {
  const { image, analysis, blobs } = await sample();
  const kept = {
    image,
    tables: analysis.tables,
    layers: analysis.stack.entries.layers,
    blobs,
    tellsDuplicates: true,
  };
  return { image, kept, report: reportOf({ image, analysis, blobs }, true) };
}

describe('an image that was kept', () => {
  it('is the same to the last byte of the report', async () => {
    const { image, kept, report } = await read();
    await cache().keep(image, 'daemon', kept);
    const found = await cache().find(image, 'daemon');
    if (found === null) throw new Error('It was not kept.');
    const analysis = new Analysis(found.tables);
    for (const layer of found.layers) analysis.addLayer(layer);
    expect(reportOf({ image, analysis, blobs: found.blobs }, true)).toEqual(report);
  });

  it('can be looked up by path, and grow', async () => {
    const { image, kept } = await read();
    await cache().keep(image, 'daemon', kept);
    const paths = (await cache().find(image, 'daemon'))?.tables.paths;
    const { tables } = kept;
    for (let node = 0; node < tables.paths.size; node++)
      expect(paths?.find(tables.paths.path(node))).toBe(node);
    expect(paths?.intern('a/new/path')).toBe(tables.paths.size + 2);
  });

  it.each<[string, (image: ImageFacts) => ImageFacts]>([
    ['another ID', (image) => ({ ...image, id: 'sha256:0' })],
    ['another digest', (image) => ({ ...image, digest: 'sha256:0' })],
    ['another kind of source', (image) => ({ ...image, source: 'layout' })],
    ['other layers', (image) => ({ ...image, layers: image.layers.toReversed() })],
  ])('is none for an image with %s', async (_what, other) => {
    const { image, kept } = await read();
    await cache().keep(image, 'daemon', kept);
    expect(await cache().find(other(image), 'daemon')).toBeNull();
  });

  it('belongs to the files that it was read from', async () => {
    const { image, kept } = await read();
    await cache().keep(image, { files: 'one', place: '/a' }, kept);
    expect(await cache().find(image, { files: 'one', place: '/a' })).not.toBeNull();
    expect(await cache().find(image, { files: 'two', place: '/a' })).toBeNull();
    expect(await cache().find(image, 'daemon')).toBeNull();
  });

  it('gives way to what its files have become', async () => {
    const { image, kept } = await read();
    await cache().keep(image, { files: 'one', place: '/a' }, kept);
    await cache().keep({ ...image, id: 'sha256:0' }, { files: 'one', place: '/a' }, kept);
    await cache().keep(image, { files: 'one', place: '/b' }, kept);
    expect(await cache().list()).toHaveLength(3);
    await cache().keep(image, { files: 'two', place: '/a' }, kept);
    expect(await cache().list()).toHaveLength(2);
    expect(await cache().find(image, { files: 'one', place: '/b' })).not.toBeNull();
  });

  it('is not kept where nothing stands for it', async () => {
    const { image, kept } = await read();
    await cache().keep(image, null, kept);
    await cache().keep({ ...image, id: null }, 'daemon', kept);
    expect(await cache().list()).toEqual([]);
  });

  it('is none when its file is damaged', async () => {
    const { image, kept } = await read();
    await cache().keep(image, 'daemon', kept);
    const [name = ''] = files();
    const path = join(root, 'peel', name);
    const whole = readFileSync(path);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const damaged = Buffer.from(whole);
        damaged.writeUInt8(damaged.readUInt8(at) ^ by, at);
        writeFileSync(path, damaged);
        expect(await cache().find(image, 'daemon')).toBeNull();
      }),
      { numRuns: 50 },
    );
    writeFileSync(path, whole.subarray(0, whole.length / 2));
    expect(await cache().find(image, 'daemon')).toBeNull();
  });

  it('tells what it is where images are listed', async () => {
    const { image, kept } = await read();
    await cache().keep(image, 'daemon', kept);
    const [listed] = await cache().list();
    expect(listed?.facts?.image).toEqual(image);
  });
});
