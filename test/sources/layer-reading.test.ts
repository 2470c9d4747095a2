/** Layers that are read by this thread, by another, or by one after the other: it makes no difference. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EntrySink } from '../../src/image/entry.ts';
import { LayerReading } from '../../src/sources/layer-reading.ts';
import { SoughtFile } from '../../src/sources/sought-file.ts';
import { HoleAllowance } from '../../src/tar/holes.ts';
import type { Places } from '../../src/tar/places.ts';
import { emptyDirectory } from '../harness/layouts.ts';
import { rawTar } from '../harness/raw-tar.ts';

const { signal } = new AbortController();
const COUNT = 3000;
const NAMES = Array.from({ length: COUNT }, (_, n) => `d${n % 7}/f${n}`);
const TAR = rawTar(...NAMES.map((name, n) => ({ name, content: 'x'.repeat(n % 5) })));

async function withFile(bytes: Buffer, use: (file: SoughtFile) => Promise<void>): Promise<void> {
  const path = join(emptyDirectory(), 'layer.tar');
  writeFileSync(path, bytes);
  const file = await SoughtFile.open(path);
  try {
    await use(file);
  } finally {
    await file.close();
  }
}

/** Reads layers of so many bytes in all, and reckons from so many entries how many will follow. */
const readingOf = (bytes: number, sample = 1) =>
  new LayerReading({ holes: new HoleAllowance(), looksAtSmall: false, key: Buffer.alloc(16) }, bytes, sample);

/** Many times as many entries as a thread is worth. */
const MANY = 1_000_000 * TAR.length;

/** Notes the names of entries, and whether they came one by one or in rows. */
class Noted implements EntrySink {
  readonly names: string[] = [];
  rows = 0;

  add({ path }: { path: string }): void {
    this.names.push(path);
  }

  addRows(rows: Parameters<NonNullable<EntrySink['addRows']>>[0]): void {
    this.rows += rows.length;
    for (let row = 0; row < rows.length; row++) {
      this.names.push(rows.texts.toString('latin1', rows.textEnds[3 * row - 1] ?? 0, rows.textEnds[3 * row]));
    }
  }
}

const placesIn = (places: Places) => Array.from({ length: places.length }, (_, index) => places.at(index));

/** Reads a layer again and again, until a thread has read some of it, and at last all of it. */
async function readUntilElsewhere(reading: LayerReading, file: SoughtFile): Promise<Noted[]> {
  const read: Noted[] = [];
  while ((read.at(-1)?.rows ?? 0) < COUNT) {
    const entries = new Noted();
    const layer = { file, extent: { start: 0, end: TAR.length } };
    const places = await reading.index(layer, { entries, passed: () => undefined }, signal);
    expect(places.length).toBe(COUNT);
    read.push(entries);
  }
  return read;
}

describe('layers that are read', () => {
  it('are read in this thread as long as their entries are few', () =>
    withFile(TAR, async (file) => {
      const reading = readingOf(TAR.length);
      const entries = new Noted();
      const layer = { file, extent: { start: 0, end: TAR.length } };
      const places = await reading.index(layer, { entries, passed: () => undefined }, signal);
      expect(entries.names).toEqual(NAMES);
      expect(entries.rows).toBe(0);
      expect(placesIn(places).slice(0, 4)).toEqual([0, 512, 1536, 2560]);
      await reading.end();
    }));

  it('are read in this thread until it can be reckoned that their entries are many', () =>
    withFile(TAR, async (file) => {
      const reading = readingOf(MANY, COUNT + 1);
      const entries = new Noted();
      const layer = { file, extent: { start: 0, end: TAR.length } };
      await reading.index(layer, { entries, passed: () => undefined }, signal);
      expect(entries.rows).toBe(0);
      await readUntilElsewhere(reading, file);
      await reading.end();
    }));

  it('are read in another one when many have come, however few were reckoned', () =>
    withFile(TAR, async (file) => {
      const reading = readingOf(TAR.length);
      const layer = { file, extent: { start: 0, end: TAR.length } };
      for (let entries = 0; entries < 200_000; entries += COUNT) {
        const noted = new Noted();
        await reading.index(layer, { entries: noted, passed: () => undefined }, signal);
        expect(noted.rows).toBe(0);
      }
      await readUntilElsewhere(reading, file);
      await reading.end();
    }));

  it('are gone on with in another one where they are many, with nothing missed and nothing twice', () =>
    withFile(TAR, async (file) => {
      const reading = readingOf(MANY);
      const read = await readUntilElsewhere(reading, file);
      for (const { names } of read) expect(names).toEqual(NAMES);
      expect(read[0]?.rows).toBeLessThan(COUNT);
      await reading.end();
    }));

  it('have the same checksums whether there is a thread or not', () =>
    withFile(TAR, async (file) => {
      const layer = { file, extent: { start: 0, end: TAR.length } };
      const places = [512, 1536, 2560];
      const checksumsFrom = async (reading: LayerReading) => {
        const taken: string[] = [];
        const take = (checksum: Uint8Array, index: number) =>
          void (taken[index] = Buffer.from(checksum).toString('hex'));
        await reading.checksums(layer, places, take, signal);
        return taken;
      };
      const alone = await checksumsFrom(readingOf(0));
      const reading = readingOf(MANY);
      await readUntilElsewhere(reading, file);
      expect(await checksumsFrom(reading)).toEqual(alone);
      await reading.end();
      expect(await checksumsFrom(reading)).toEqual(alone);
      expect(new Set(alone).size).toBe(3);
    }));

  it('are not read where they are larger than any layer', () =>
    withFile(TAR, async (file) => {
      const layer = { file, extent: { start: 512, end: 2 ** 41 + 1024 } };
      const reading = readingOf(0).index(layer, { entries: new Noted(), passed: () => undefined }, signal);
      await expect(reading).rejects.toThrow('A layer has 2199023256064 bytes; 2 TiB is the limit.');
    }));

  it('end with what is wrong with them, wherever they are read', async () => {
    const broken = Buffer.concat([TAR.subarray(0, TAR.length - 1024), Buffer.alloc(512, 'x')]);
    await withFile(broken, async (file) => {
      const layer = { file, extent: { start: 0, end: broken.length } };
      const failure = async (reading: LayerReading) =>
        reading.index(layer, { entries: new Noted(), passed: () => undefined }, signal).catch(String);
      const elsewhere = readingOf(MANY);
      await withFile(TAR, async (whole) => {
        await readUntilElsewhere(elsewhere, whole);
      });
      expect(await failure(elsewhere)).toBe(await failure(readingOf(0)));
      expect(await failure(readingOf(0))).toMatch(/^TarError: Invalid tar header/);
      await elsewhere.end();
    });
  });
});
