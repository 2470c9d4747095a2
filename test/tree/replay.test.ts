import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHECKSUM_BYTES, type Entry, type FileType } from '../../src/image/entry.ts';
import { columnsBetween, columnsOf } from '../../src/tree/entry-columns.ts';
import { ImageTables, LayerEntries } from '../../src/tree/layer-entries.ts';
import { replay } from '../../src/tree/replay.ts';

/** Names that mean something to a layer among others, and bytes that are no UTF-8. */
const name = fc.constantFrom(
  'a',
  'b',
  'c',
  'é\xff',
  '.wh.a',
  '.wh.é\xff',
  '.wh.',
  '.wh..wh..opq',
  '.wh..wh.plnk',
);
const path = fc.array(name, { maxLength: 4 }).map((names) => names.join('/'));
const types: FileType[] = ['file', 'directory', 'symlink', 'hardlink', 'char', 'block', 'fifo'];
const checksum = fc.uint8Array({ minLength: CHECKSUM_BYTES, maxLength: CHECKSUM_BYTES });
const entry: fc.Arbitrary<Entry> = fc
  .record({
    path,
    type: fc.constantFrom(...types),
    size: fc.oneof(fc.constant(0), fc.nat(), fc.constant(2 ** 40)),
    mode: fc.nat({ max: 0o7777 }),
    uid: fc.constantFrom(0, 1000, 2 ** 32 - 1),
    gid: fc.constantFrom(0, 1000, 2 ** 31),
    mtime: fc.constantFrom(0, -1, 1_600_000_000.25),
    link: path,
    xattrs: fc.constantFrom('', 'user.a=2:\xff\0'),
    checksum: fc.option(checksum),
  })
  .map((drawn) => (drawn.type === 'file' ? drawn : { ...drawn, size: 0, checksum: null }));

function layerOf(tables: ImageTables, entries: readonly Entry[]): LayerEntries {
  const layer = new LayerEntries(tables);
  for (const each of entries) layer.add(each);
  return layer;
}

/** All that a layer holds. */
const heldBy = (layer: LayerEntries) => ({
  ...columnsBetween(columnsOf(layer), 0, layer.length),
  ...layer.contents(),
});

describe('a layer that is handed to another image', () => {
  it('is there what its entries would have made of it, number by number', () => {
    const layers = fc.array(entry, { maxLength: 30 });
    fc.assert(
      fc.property(layers, layers, layers, (before, other, entries) => {
        const theirs = new ImageTables();
        layerOf(theirs, other);
        const kept = layerOf(theirs, entries);
        const [read, replayed] = [new ImageTables(), new ImageTables()];
        for (const tables of [read, replayed]) layerOf(tables, before);
        const copy = new LayerEntries(replayed);
        for (const _ of replay(kept, theirs, copy));
        expect(heldBy(copy)).toEqual(heldBy(layerOf(read, entries)));
        expect(replayed.paths.columns()).toEqual(read.paths.columns());
        expect(replayed.texts.columns()).toEqual(read.texts.columns());
      }),
      { numRuns: 300 },
    );
  });

  it('comes bit by bit, so that keys are heard in between', () => {
    const tables = new ImageTables();
    const plain: Entry = {
      path: '',
      type: 'directory',
      size: 0,
      mode: 0o755,
      uid: 0,
      gid: 0,
      mtime: 0,
      link: '',
      xattrs: '',
      checksum: null,
    };
    const kept = layerOf(
      tables,
      Array.from({ length: 10_000 }, (_, number) => ({ ...plain, path: `d/${number}` })),
    );
    const copy = new LayerEntries(new ImageTables());
    const bits = Array.from(replay(kept, tables, copy), () => copy.length);
    expect(copy.length).toBe(10_000);
    expect(Math.max(...bits.map((bit, at) => bit - (bits[at - 1] ?? 0)))).toBeLessThan(1000);
  });
});
