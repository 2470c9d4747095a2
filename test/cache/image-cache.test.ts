import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.ts';
import { CacheFolder } from '../../src/cache/cache-folder.ts';
import { ImageCache } from '../../src/cache/image-cache.ts';
import type { ImageFacts, Warrant } from '../../src/image/source.ts';
import { reportOf } from '../../src/report/report.ts';
import { loadImage } from '../../src/cli/load-image.ts';
import { sampleSource } from '../../src/sources/sample/sample-source.ts';
import type { Column } from '../../src/tree/growable.ts';
import { ImageTables, LayerEntries } from '../../src/tree/layer-entries.ts';
import { dockerArchive } from '../harness/archive.ts';
import { loadWhole } from '../harness/load-whole.ts';
import { randomImage } from '../harness/random-image.ts';
import { sourceOf } from '../harness/saved.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'peel-images-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const cache = () => new ImageCache(new CacheFolder(join(root, 'peel'), 100_000_000));
const files = () => readdirSync(join(root, 'peel')).filter((name) => name.endsWith('.snapshot'));

function sample() {
  return loadImage(sampleSource(), () => undefined, new AbortController().signal);
}

/** A column with one number more. */
function lengthened<C extends Column>(column: C): C {
  const Kind = column.constructor as new (length: number) => C;
  const longer = new Kind(column.length + 1);
  longer.set(column);
  return longer;
}

/** An image as it stands in memory when all has been read. */
async function read() {
  const { image, analysis, blobs } = await sample();
  const kept = { image, analysis, blobs, tellsDuplicates: true };
  return { image, kept, report: reportOf({ image, analysis, blobs }, true) };
}

describe('an image that was kept', () => {
  it('is the same to the last byte of the report', async () => {
    const { image, kept, report } = await read();
    await cache().keep(image, 'daemon', kept);
    const found = await cache().find(image, 'daemon');
    if (found === null) throw new Error('It was not kept.');
    expect(reportOf(found, true)).toEqual(report);
  });

  it('is the same, whatever its layers', async () => {
    await fc.assert(
      fc.asyncProperty(randomImage, async (description) => {
        const read = await loadWhole(
          sourceOf(await dockerArchive(description, { layout: 'today', layers: 'plain' })),
        );
        await cache().keep(read.image, 'daemon', { ...read, tellsDuplicates: true });
        const found = await cache().find(read.image, 'daemon');
        expect(found && reportOf(found, true)).toEqual(reportOf(read, true));
      }),
      { numRuns: 50 },
    );
  });

  it('is none where its blobs are not as many as its layers', async () => {
    const { image, kept } = await read();
    await cache().keep(image, 'daemon', { ...kept, blobs: kept.blobs.slice(1) });
    expect(await cache().find(image, 'daemon')).toBeNull();
  });

  it('is none where a column has another length', async () => {
    const { image, kept } = await read();
    for (const [name, column] of kept.analysis.columns()) {
      const columns = new Map(kept.analysis.columns()).set(name, lengthened(column));
      const analysis = Object.assign(new Analysis(kept.analysis.tables, kept.analysis.stack), {
        columns: () => columns,
      });
      await cache().keep(image, 'daemon', { ...kept, analysis });
      expect(await cache().find(image, 'daemon'), name).toBeNull();
    }
    await cache().keep(image, 'daemon', kept);
    expect(await cache().find(image, 'daemon')).not.toBeNull();
  });

  it('can be looked up by path, and grow', async () => {
    const { image, kept } = await read();
    await cache().keep(image, 'daemon', kept);
    const paths = (await cache().find(image, 'daemon'))?.analysis.tables.paths;
    const { tables } = kept.analysis;
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

describe('layers of an image that was kept', () => {
  const other = (image: ImageFacts): ImageFacts => ({ ...image, id: 'sha256:0' });
  const keysOf = ({ layers }: ImageFacts) => layers.map((_, index) => `key ${index}`);

  /** What another image of the same place has of the kept one's layers: which, by their numbers. */
  async function knownOf(keys: readonly (string | null)[], warrant: Warrant = 'daemon') {
    const { image } = await read();
    const known = await cache().known(other(image), warrant, keys);
    return known.flatMap((layer, index) => (layer === null ? [] : [index]));
  }

  it('are known by their keys, in whatever order, as often as they are asked for', async () => {
    const { image, kept } = await read();
    await cache().keep(image, 'daemon', kept, keysOf(image));
    expect(await knownOf(['key 1', 'no such key', 'key 0', null, 'key 1'])).toEqual([0, 2, 4]);
    const [layer] = await cache().known(other(image), 'daemon', ['key 1']);
    const entries = new LayerEntries(new ImageTables());
    for (const _ of layer?.replay(entries) ?? []);
    expect(entries.length).toBe(kept.analysis.stack.entries.layers[1]?.length);
    expect(layer?.blobBytes).toBe(kept.blobs[1]?.blobBytes);
  });

  it('are not known where they have no key, or files that nobody has looked at', async () => {
    const { image, kept } = await read();
    await cache().keep(image, 'daemon', kept, [null, 'key 1', 'key 2']);
    const [, second] = kept.analysis.stack.entries.layers;
    expect(await knownOf(['key 0', 'key 1', 'key 2'])).toEqual([1, 2]);
    if (second === undefined) throw new Error('There is no second layer.');
    second.unread = 1;
    await cache().keep(image, 'daemon', kept, keysOf(image));
    expect(await knownOf(['key 0', 'key 1', 'key 2'])).toEqual([0, 2]);
  });

  it('belong to their place', async () => {
    const { image, kept } = await read();
    await cache().keep(image, { files: 'one', place: '/a' }, kept, keysOf(image));
    expect(await knownOf(['key 0'], { files: 'two', place: '/a' })).toEqual([0]);
    expect(await knownOf(['key 0'], { files: 'two', place: '/b' })).toEqual([]);
    expect(await knownOf(['key 0'], 'daemon')).toEqual([]);
    expect(await knownOf(['key 0'], null)).toEqual([]);
  });

  it('are had from another image where the nearest one is damaged', async () => {
    const { image, kept } = await read();
    await cache().keep(image, 'daemon', kept, ['key 0']);
    const [sound = ''] = files();
    await cache().keep({ ...image, id: 'sha256:1' }, 'daemon', kept, keysOf(image));
    for (const name of files()) {
      if (name === sound) continue;
      const path = join(root, 'peel', name);
      writeFileSync(path, readFileSync(path).subarray(0, -8));
    }
    expect(await knownOf(['key 0', 'key 1'])).toEqual([0]);
  });

  it('are known of an image of which very much is told', async () => {
    const { image, kept } = await read();
    const long = { ...image, reference: 'x'.repeat(100_000) };
    await cache().keep(image, 'daemon', { ...kept, image: long }, keysOf(image));
    expect(await knownOf(['key 0'])).toEqual([0]);
    expect((await cache().list())[0]?.facts?.image).toEqual(long);
  });
});
