// An image of so many entries that a second thread reads them: the program as it is bundled finds that thread's part of it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtReport, runPeel } from '../harness/built-peel.ts';
import { rawTar } from '../harness/raw-tar.ts';
import { configFor, layerTar, member, savedAs } from '../harness/saved.ts';

const LAYERS = 6;
const ENTRIES = 40_000;
const folder = mkdtempSync(join(tmpdir(), 'peel-many-'));
const archive = join(folder, 'many.tar');

/** Files that the layer below has as well: every tenth with other content, of the same size. */
const layer = (index: number) =>
  layerTar(
    ...Array.from({ length: ENTRIES }, (_, n) => ({
      name: `d${n % 50}/f${n + index * (ENTRIES / 2)}`,
      content: n % 10 === 0 ? String(index) : n % 10 === 1 ? 'x' : '',
    })),
  );

beforeAll(() => {
  const layers = Array.from({ length: LAYERS }, (_, index) => layer(index));
  const members = layers.map((bytes, index) => member(`l${index}`, bytes));
  const saved = savedAs({ config: 'c', layers: layers.map((_, index) => `l${index}`) });
  writeFileSync(archive, rawTar(...members, member('c', configFor(...layers)), saved));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('an archive of very many entries', () => {
  it('gives the report that its stream gives', async () => {
    const sought = await builtReport(['--no-cache', '--verify', archive], { host: null });
    const streamed = await builtReport(['--no-cache', '-'], { host: null, input: readFileSync(archive) });
    const { source: _, reference: __, ...image } = streamed.image;
    expect(sought).toMatchObject({ ...streamed, image });
    expect(sought.totals).toMatchObject({ layerBytes: (LAYERS * ENTRIES) / 5, files: (ENTRIES / 2) * 7 });
    expect(sought.totals.overwrittenBytes).toBe(sought.totals.repeatedBytes);
  });

  it('is read by two threads', async () => {
    const told = join(folder, 'tell-of-threads.cjs');
    writeFileSync(told, "if (!require('node:worker_threads').isMainThread) console.error('another thread');");
    const env = { NODE_OPTIONS: `--require ${told}` };
    const { stderr, status } = await runPeel(['--no-cache', '--json', '/dev/null', archive], {
      host: null,
      env,
    });
    expect({ stderr, status }).toEqual({ stderr: 'another thread\n', status: 0 });
  });
});
