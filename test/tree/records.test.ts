import { describe, expect, it } from 'vitest';
import { NOTHING } from '../../src/tree/entries.ts';
import { NO_RECORD } from '../../src/tree/records.ts';
import { directory, file, whiteout } from '../harness/archive.ts';
import { analysisOf, changeName, nodeOf } from '../harness/tree.ts';

/** `a` is added in 0, overwritten in 2, deleted in 3, added again in 5. */
const analysis = analysisOf(
  [file('a', 'one'), file('b', 'x')],
  [file('c', 'x')],
  [file('a', 'three')],
  [whiteout('a')],
  [],
  [file('a', 'again!'), directory('late')],
);
const { records, entries } = analysis.stack;
const a = nodeOf(analysis, 'a');

describe('the records of a path', () => {
  it('tell its life, oldest first', () => {
    const life = records.life(a);
    expect(life.map((record) => records.layerOf(record))).toEqual([0, 2, 3, 5]);
    expect(life.map((record) => changeName(records.changes[record] ?? -1))).toEqual([
      'added',
      'content',
      'removed',
      'added',
    ]);
  });

  it('each begin where the one before ended', () => {
    const life = records.life(a);
    expect(records.befores[life[0] ?? -1]).toBe(NOTHING);
    life.slice(1).forEach((record, index) => {
      expect(records.befores[record]).toBe(records.afters[life[index] ?? -1]);
    });
  });

  it('tell what it shows under each layer', () => {
    const sizes = [0, 1, 2, 3, 4, 5].map((layer) => {
      const entry = records.shownAt(a, layer);
      return entry === NOTHING ? null : entries.sizeOf(entry);
    });
    expect(sizes).toEqual([3, 3, 5, null, null, 6]);
  });

  it('tell what one layer did to it, or that it did nothing', () => {
    const layers = [0, 1, 2, 3, 4, 5].filter((layer) => records.ofLayer(a, layer) !== NO_RECORD);
    expect(layers).toEqual([0, 2, 3, 5]);
    expect(records.layerOf(records.ofLayer(a, 2))).toBe(2);
  });

  it('tell what comes next above a layer', () => {
    const next = [0, 1, 2, 3, 4, 5].map((layer) => {
      const record = records.after(a, layer);
      return record === NO_RECORD ? null : records.layerOf(record);
    });
    expect(next).toEqual([2, 2, 3, 5, 5, null]);
  });

  it('are none for a path of a layer that is still to come, or of none at all', () => {
    const late = nodeOf(analysis, 'late');
    expect(records.shownAt(late, 4)).toBe(NOTHING);
    expect(records.atOrBefore(late, 4)).toBe(NO_RECORD);
    expect(records.life(analysis.tables.paths.size + 10)).toEqual([]);
    expect(records.shownAt(analysis.tables.paths.size + 10, 5)).toBe(NOTHING);
  });
});

describe('the records of a layer', () => {
  it('stand together, layer after layer; an empty one has none', () => {
    const counts = [0, 1, 2, 3, 4, 5].map((layer) => records.start(layer + 1) - records.start(layer));
    expect(counts).toEqual([2, 1, 1, 1, 0, 2]);
    for (let record = 0; record < records.count; record++) {
      const layer = records.layerOf(record);
      expect(record).toBeGreaterThanOrEqual(records.start(layer));
      expect(record).toBeLessThan(records.start(layer + 1));
    }
  });

  it('are kept while there come many more', () => {
    const many = Array.from({ length: 4000 }, (_, index) => file(`d/f${index}`, 'x'));
    const large = analysisOf(many, many, [whiteout('d')]);
    const { records: all } = large.stack;
    expect(all.start(3)).toBe(4001 + 4000 + 4001);
    const node = nodeOf(large, 'd/f3999');
    expect(all.life(node).map((record) => changeName(all.changes[record] ?? -1))).toEqual([
      'added',
      'unchanged',
      'removed',
    ]);
  });
});
