import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LoadEvent, loadImage } from '../../src/cli/load-image.ts';
import { CHECKSUM_BYTES, type EntrySink } from '../../src/image/entry.ts';
import type { ImageSource, IndexReader } from '../../src/image/source.ts';
import { reportOf } from '../../src/report/report.ts';
import { file, whiteout } from '../harness/archive.ts';
import { factsFor } from '../harness/explorer.ts';
import { randomImage } from '../harness/random-image.ts';
import { entryOf, type Layers } from '../harness/tree.ts';

const SHOP: Layers = [[file('a', 'one'), file('b', 'two')], [file('a', 'three')], [whiteout('b')]];
const { signal } = new AbortController();

/** A source that tells of its layers in the given order; all are read before the first is told of. */
function sourceOf(layers: Layers, order: readonly number[], hasImage = true): ImageSource {
  return {
    index<L extends EntrySink>(reader: IndexReader<L>) {
      if (hasImage) reader.on({ type: 'image', image: factsFor(layers.length) });
      // Sinks are made and filled in the same order, as an archive does.
      const read = order.map((index) => {
        const entries = reader.newLayer();
        for (const entry of layers[index] ?? []) entries.add(entryOf(entry));
        return { index, entries };
      });
      for (const { index, entries } of read) {
        const blob = { digest: `sha256:${index}`, blobBytes: index * 100, mismatches: null };
        reader.on({ type: 'layer', index, entries, ...blob });
      }
      return Promise.resolve();
    },
    content: () => Promise.reject(new Error('not asked for')),
  };
}

const reportFor = async (layers: Layers, order: readonly number[]) =>
  reportOf(await loadImage(sourceOf(layers, order), () => undefined, signal), true);

describe('an image that is loaded', () => {
  it('gives the same report in whatever order its layers come', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomImage,
        fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
        async ({ layers }, keys) => {
          const order = layers
            .map((_, index) => ({ index, key: keys[index] ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ index }) => index);
          expect(await reportFor(layers, order)).toEqual(await reportFor(layers, [...layers.keys()]));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('stacks each layer as soon as all below it are there, base first', async () => {
    const told: string[] = [];
    const hear = (event: LoadEvent) => {
      told.push(
        event.type === 'layer' ? `${event.analysis.layers.length} ${event.blobs.at(-1)?.digest}` : event.type,
      );
    };
    await loadImage(sourceOf(SHOP, [2, 0, 1]), hear, signal);
    expect(told).toEqual(['image', '1 sha256:0', '2 sha256:1', '3 sha256:2']);
  });

  it('has the blob of each layer beside it', async () => {
    const { blobs } = await loadImage(sourceOf(SHOP, [1, 2, 0]), () => undefined, signal);
    expect(blobs.map(({ blobBytes }) => blobBytes)).toEqual([0, 100, 200]);
  });

  it('reads what decides something of one layer while another waits, and stacks them in their order', async () => {
    const contents: Layers = [[file('a', 'one')], [file('a', 'two')], [file('a', 'two')]];
    const asked: { layer: number; answer: () => void }[] = [];
    const source: ImageSource = {
      ...sourceOf(contents, [0, 1, 2]),
      async index<L extends EntrySink>(reader: IndexReader<L>) {
        reader.on({ type: 'image', image: factsFor(3) });
        contents.forEach((layer, index) => {
          const entries = reader.newLayer();
          for (const entry of layer) entries.add({ ...entryOf(entry), checksum: null });
          reader.on({ type: 'layer', index, entries, digest: null, blobBytes: null, mismatches: null });
        });
        // Layer 1 has 0 and itself read, layer 2 itself alone; who was asked last answers first.
        expect(asked.map(({ layer }) => layer)).toEqual([0, 1, 2]);
        for (const { answer } of asked.toReversed()) answer();
        await reader.settled?.();
        settled = stacked.length;
      },
      checksums: async (wishes, take) => {
        const answers: Promise<void>[] = [];
        for (const { layer } of wishes) {
          const { promise, resolve } = Promise.withResolvers<undefined>();
          asked.push({ layer, answer: () => resolve(undefined) });
          const content = layer === 0 ? 'one' : 'two';
          answers.push(promise.then(() => take(layer, 0, Buffer.alloc(CHECKSUM_BYTES, content))));
        }
        await Promise.all(answers);
      },
    };
    const stacked: number[] = [];
    let settled = 0;
    const hear = (event: LoadEvent) => {
      if (event.type === 'layer') stacked.push(event.analysis.layers.length);
    };
    const { totals, waste } = reportOf(await loadImage(source, hear, signal), true);
    expect([stacked, settled]).toEqual([[1, 2, 3], 3]);
    expect([totals.overwrittenBytes, totals.repeatedBytes]).toEqual([3, 3]);
    expect(waste).toHaveLength(1);
  });

  it('is none where the source tells of no image', async () => {
    await expect(loadImage(sourceOf(SHOP, [0, 1, 2], false), () => undefined, signal)).rejects.toMatchObject({
      code: 'not-an-image',
    });
  });

  it('fails as its source does', async () => {
    const broken = new Error('the cable was pulled');
    const source = { ...sourceOf(SHOP, []), index: () => Promise.reject(broken) };
    await expect(loadImage(source, () => undefined, signal)).rejects.toBe(broken);
  });
});

describe('files whose content decides something', () => {
  it('are compared when all layers have been read, and it is told how many bytes of how many have been', async () => {
    const layers: Layers = [
      [file('a', 'one'), file('b', 'first')],
      [file('a', 'two'), file('b', 'again')],
    ];
    const told: LoadEvent[] = [];
    const source: ImageSource = {
      ...sourceOf(layers, [0, 1]),
      async index<L extends EntrySink>(reader: IndexReader<L>, stop: AbortSignal) {
        const newLayer = () => {
          const entries = reader.newLayer();
          const add = entries.add.bind(entries);
          entries.add = (entry) => add({ ...entry, checksum: null });
          return entries;
        };
        await sourceOf(layers, [0, 1]).index({ ...reader, newLayer, on: (event) => reader.on(event) }, stop);
        await reader.settled?.();
      },
      async checksums(wishes, take) {
        await Promise.resolve().then(() => undefined);
        for (const { layer, entries } of wishes) {
          for (const entry of entries) take(layer, entry, new Uint8Array(16).fill(10 * layer + entry));
        }
      },
    };
    await loadImage(source, (event) => void told.push(event), signal);
    const compared = told.filter((event) => event.type === 'progress' && event.phase === 'comparing');
    expect(compared).toEqual(
      [3, 8, 11, 16].map((bytes) => ({ type: 'progress', phase: 'comparing', bytes, total: 16 })),
    );
  });
});
