// An image that was not kept, and has layers of one that was.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { reportOf } from '../../src/report/report.ts';
import { LayoutSource } from '../../src/sources/layout.ts';
import { SoughtFile } from '../../src/sources/sought-file.ts';
import { type LayerEntry, tarOfLayer } from '../harness/archive.ts';
import { digestsOf, everyRequest, requestFor, textOfOne } from '../harness/contents.ts';
import { everyEntry, openKept, withItsSecret } from '../harness/kept.ts';
import { emptyDirectory, indexOf, laidOut, loadLayout, tagged } from '../harness/layouts.ts';
import { randomImage } from '../harness/random-image.ts';
import type { RawMember } from '../harness/raw-tar.ts';
import { layerTar } from '../harness/saved.ts';

afterEach(() => vi.restoreAllMocks());

/** One way to pack a layer. */
type Packing = 'gzip' | 'zstd' | 'none';

interface StoredLayer {
  readonly tar: Buffer;
  readonly packing: Packing;
}

const PACK: Readonly<Record<Packing, (tar: Buffer) => Buffer>> = {
  gzip: (tar) => gzipSync(tar),
  zstd: (tar) => zstdCompressSync(tar),
  none: (tar) => tar,
};

/** Writes an image to a layout as builders do: what is there already stays, but for the index. */
function write(path: string, ...layers: readonly StoredLayer[]): LayoutSource {
  const image = laidOut(
    layers.map(({ tar }) => tar),
    { stored: layers.map(({ tar, packing }) => PACK[packing](tar)) },
  );
  const put = ({ name, content = '' }: RawMember, isNew: boolean) => {
    const file = join(path, name);
    mkdirSync(dirname(file), { recursive: true });
    if (isNew || !existsSync(file)) writeFileSync(file, content, 'latin1');
  };
  for (const each of image.members) put(each, false);
  for (const each of indexOf(tagged(image, 'shop:1'))) put(each, true);
  return sourceAt(path);
}

const sourceAt = (path: string) => new LayoutSource({ path, kind: 'oci' });

const gzipped = (tar: Buffer): StoredLayer => ({ tar, packing: 'gzip' });

/** More than is hashed at once. */
const LARGE = 'large '.repeat(2000);

const BASE = gzipped(layerTar({ name: 'a', content: 'one' }, { name: 'large', content: LARGE }));
const MIDDLE = gzipped(layerTar({ name: 'b', content: 'two' }, { name: '.wh.a' }));
const TOP = gzipped(layerTar({ name: 'a', content: 'one' }, { name: 'large', content: LARGE }));
const NEW = gzipped(layerTar({ name: 'c', content: 'three' }, { name: 'again', content: LARGE }));

/** How many layers have been unpacked since: each is so small that it is read in one piece. */
function unpacking(): () => number {
  const { mock } = vi.spyOn(SoughtFile.prototype, 'readLater');
  return () => mock.calls.length;
}

/** A layout and a folder for what is kept. */
function places(): { layout: string; folder: string } {
  return { layout: emptyDirectory(), folder: join(emptyDirectory(), 'images') };
}

describe('an image that has layers of one that was kept', () => {
  it('has only the others read, and the report that reading all gives', async () => {
    const { layout, folder } = places();
    await openKept(write(layout, BASE, MIDDLE, TOP), folder);
    const unpacked = unpacking();
    const { loaded } = await openKept(write(layout, BASE, MIDDLE, NEW), folder);
    expect(unpacked()).toBe(1);
    const alone = await openKept(sourceAt(layout), withItsSecret(folder));
    expect(everyEntry(loaded)).toEqual(everyEntry(alone.loaded));
    expect(JSON.stringify(reportOf(loaded, true))).toBe(JSON.stringify(reportOf(alone.loaded, true)));
    expect(reportOf(loaded, true).duplicates).not.toEqual([]);
  });

  it('counts what need not be read as read', async () => {
    const { layout, folder } = places();
    await openKept(write(layout, BASE, MIDDLE), folder);
    const { events } = await openKept(write(layout, BASE, MIDDLE, NEW), folder);
    const progress = events.filter((event) => event.type === 'progress');
    const total = progress[0]?.total;
    expect(progress.at(-1)).toMatchObject({ bytes: total, total });
    const bytes = progress.map((event) => event.bytes);
    expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
  });

  it('is kept in turn, and its layers for the next one', async () => {
    const { layout, folder } = places();
    await openKept(write(layout, BASE), folder);
    await openKept(write(layout, BASE, MIDDLE), folder);
    const unpacked = unpacking();
    await openKept(write(layout, BASE, MIDDLE, NEW), folder);
    expect(unpacked()).toBe(1);
    await openKept(sourceAt(layout), folder);
    expect(unpacked()).toBe(1);
  });

  it('has its files handed out, whichever layers were read, and no layer unpacked but theirs', async () => {
    const { layout, folder } = places();
    await openKept(write(layout, BASE, MIDDLE), folder);
    const image = write(layout, BASE, MIDDLE, NEW);
    const first = await openKept(image, folder);
    const again = await openKept(sourceAt(layout), folder);
    for (const { loaded, source } of [first, again]) {
      const unpacked = unpacking();
      expect(await textOfOne(source, requestFor(loaded.analysis, 'large'))).toBe(LARGE);
      expect(await textOfOne(source, requestFor(loaded.analysis, 'c'))).toBe('three');
      expect(unpacked()).toBe(2);
      vi.restoreAllMocks();
    }
  });

  it('is the same whatever the layers are, and however they are packed', async () => {
    const packing = fc.constantFrom<Packing>('gzip', 'gzip', 'zstd', 'none');
    const picks = fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 6 });
    const isLarge = fc.boolean();
    await fc.assert(
      fc.asyncProperty(
        randomImage,
        fc.array(packing, { minLength: 6, maxLength: 6 }),
        picks,
        picks,
        fc.boolean(),
        isLarge,
        async ({ layers }, packings, first, second, wantsChecksums, large) => {
          const { layout, folder } = places();
          const stored = await Promise.all(
            layers.map(async (entries, index): Promise<StoredLayer> => {
              const tar = await tarOfLayer(large ? entries.map(enlarged) : entries);
              return { tar, packing: packings[index] ?? 'gzip' };
            }),
          );
          const chosen = (numbers: readonly number[]) =>
            numbers.flatMap((number) => stored[number % stored.length] ?? []);
          await openKept(write(layout, ...chosen(first)), folder, wantsChecksums);
          const { loaded, source } = await openKept(write(layout, ...chosen(second)), folder);
          const alone = await openKept(sourceAt(layout), withItsSecret(folder));
          const entries = [loaded, alone.loaded].map((each) => everyEntry(each, wantsChecksums));
          expect(entries[0]).toEqual(entries[1]);
          const report = reportOf(loaded, true);
          expect(report).toEqual(reportOf(alone.loaded, true));
          const unkept = reportOf({ ...(await loadLayout(layout)), blobs: loaded.blobs }, true);
          expect(report).toEqual(unkept);
          const requests = everyRequest(loaded.analysis);
          expect(await digestsOf(source, requests)).toEqual(await digestsOf(alone.source, requests));
        },
      ),
      { numRuns: 40 },
    );
  });
});

/** The same with more bytes in it, some of them more than are hashed at once. */
const enlarged = (entry: LayerEntry): LayerEntry => ({ ...entry, content: entry.content.repeat(10) });

describe('a layer is read', () => {
  it('when its file has been written anew, though it is called the same', async () => {
    const { layout, folder } = places();
    const source = write(layout, BASE, MIDDLE);
    await openKept(source, folder);
    for (const name of readdirSync(join(layout, 'blobs/sha256'))) {
      const file = join(layout, 'blobs/sha256', name);
      utimesSync(file, 1, 1);
    }
    const unpacked = unpacking();
    await openKept(write(layout, BASE, MIDDLE, NEW), folder);
    expect(unpacked()).toBe(3);
  });

  it('when it is not packed: its places are not kept', async () => {
    const { layout, folder } = places();
    const plain: StoredLayer = { ...BASE, packing: 'none' };
    await openKept(write(layout, plain, MIDDLE), folder);
    const { loaded, source } = await openKept(write(layout, plain, MIDDLE, NEW), folder);
    expect(await textOfOne(source, requestFor(loaded.analysis, 'large'))).toBe(LARGE);
  });

  it.each<[string, (folder: string) => void]>([
    [
      'is damaged',
      (folder) => {
        for (const file of snapshots(folder)) writeFileSync(file, 'damaged', { flag: 'r+' });
      },
    ],
    [
      'was cut off',
      (folder) => {
        for (const file of snapshots(folder)) renameSync(file, `${file}.00.part`);
      },
    ],
    ['was let go of', (folder) => rmSync(folder, { recursive: true })],
    ['has lost the secret of its checksums', (folder) => rmSync(join(folder, 'secret'))],
    ['was taken under another secret', (folder) => writeFileSync(join(folder, 'secret'), Buffer.alloc(16))],
  ])('when what was kept %s', async (_what, spoil) => {
    const { layout, folder } = places();
    await openKept(write(layout, BASE, MIDDLE), folder);
    spoil(folder);
    const unpacked = unpacking();
    const { loaded } = await openKept(write(layout, BASE, MIDDLE, NEW), folder);
    expect(unpacked()).toBe(3);
    const alone = await openKept(sourceAt(layout), join(emptyDirectory(), 'images'));
    expect(reportOf(loaded, true)).toEqual(reportOf(alone.loaded, true));
  });

  it('and all is well, when two read at once what nobody has kept, or one clears meanwhile', async () => {
    const { layout, folder } = places();
    const alone = reportOf(await read(write(layout, BASE, MIDDLE, NEW)), true);
    const opened = await Promise.all([
      openKept(sourceAt(layout), folder),
      openKept(sourceAt(layout), folder),
      openKept(sourceAt(layout), folder).then(
        (other) => (rmSync(folder, { recursive: true, force: true }), other),
      ),
    ]);
    for (const { loaded } of opened) expect(reportOf(loaded, true)).toEqual(alone);
    const again = await openKept(write(layout, BASE, MIDDLE, TOP), folder);
    const whole = await openKept(sourceAt(layout), join(emptyDirectory(), 'images'));
    expect(reportOf(again.loaded, true)).toEqual(reportOf(whole.loaded, true));
  });
});

const read = async (source: LayoutSource) =>
  (await openKept(source, join(emptyDirectory(), 'images'))).loaded;

const snapshots = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.snapshot'))
    .map((name) => join(folder, name));
