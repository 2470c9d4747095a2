/** An analysis that was kept as columns is the one that it was. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.ts';
import type { Columns } from '../../src/tree/columns.ts';
import { Change } from '../../src/tree/change.ts';
import { ImageTables } from '../../src/tree/layer-entries.ts';
import { View, type ViewQuery } from '../../src/tree/view.ts';
import { file, hardlink, whiteout } from '../harness/archive.ts';
import { randomImage } from '../harness/random-image.ts';
import { analysisOf, entryOf, layerOf, nodeOf } from '../harness/tree.ts';

/** Columns as somebody else may have them: copies, each of the length that it has. */
const copied = (columns: Columns): Columns =>
  new Map(Array.from(columns, ([name, column]) => [name, column.slice()]));

const keptOf = (analysis: Analysis) => Analysis.of(copied(analysis.columns()));

/** All that a view says of every node. */
function seen({ stack, tables }: Analysis, query: ViewQuery): unknown[] {
  const view = new View(stack, tables, query);
  return Array.from({ length: tables.paths.size }, (_, node) => [
    tables.paths.path(node),
    view.has(node),
    view.isMatch(node),
    view.childCount(node),
    view.bytesOf(node),
    view.deltaOf(node),
    view.matchesIn(node),
    view.changeOf(node),
    view.entryOf(node),
  ]);
}

/** Views of every layer and of every range, in both modes. */
function allViews(analysis: Analysis): unknown[] {
  const { layers } = analysis.stack;
  const numbers = Array.from({ length: layers }, (_, layer) => layer);
  return numbers.flatMap((layer) =>
    numbers
      .slice(0, layer + 1)
      .flatMap((from) =>
        (['changes', 'everything'] as const).map((mode) =>
          seen(analysis, { layer, from, mode, leftOut: new Set([Change.Removed]), matches: null }),
        ),
      ),
  );
}

function expectSame(kept: Analysis, whole: Analysis): void {
  expect(kept.layers).toEqual(whole.layers);
  expect(kept.ledger.rows).toEqual(whole.ledger.rows);
  expect([kept.ledger.total, kept.ledger.hidden]).toEqual([whole.ledger.total, whole.ledger.hidden]);
  expect(kept.stack.layers).toBe(whole.stack.layers);
  for (let layer = 0; layer < whole.stack.layers; layer++) {
    expect(kept.ledger.storedIn(layer)).toEqual(whole.ledger.storedIn(layer));
    expect(kept.ledger.hiddenBy(layer)).toEqual(whole.ledger.hiddenBy(layer));
  }
  for (let entry = 0; entry < whole.stack.entries.count; entry++) {
    expect(kept.ledger.row(entry)).toEqual(whole.ledger.row(entry));
    expect(kept.stack.entries.linkOf(entry)).toBe(whole.stack.entries.linkOf(entry));
  }
  expect(allViews(kept)).toEqual(allViews(whole));
}

describe('an analysis that was kept', () => {
  it('has the same layers, the same ledger, and the same view of every layer and range', () => {
    fc.assert(
      fc.property(randomImage, ({ layers }) => {
        const whole = analysisOf(...layers);
        expectSame(keptOf(whole), whole);
      }),
      { numRuns: 100 },
    );
  });

  it('takes further layers as it would have done before', () => {
    fc.assert(
      fc.property(randomImage, fc.nat({ max: 5 }), ({ layers }, place) => {
        const below = 1 + (place % layers.length);
        const kept = keptOf(analysisOf(...layers.slice(0, below)));
        for (const layer of layers.slice(below)) kept.addLayer(layerOf(kept.tables, layer));
        expectSame(kept, analysisOf(...layers));
      }),
      { numRuns: 100 },
    );
  });

  it('can be kept again', () => {
    const layers = [[file('a', 'x'), hardlink('b', 'a')], [whiteout('a')]];
    const whole = analysisOf(...layers);
    expect(keptOf(keptOf(whole)).columns()).toEqual(whole.columns());
  });

  it('knows that a layer was stacked twice, where nobody has read its files', () => {
    const analysis = new Analysis(new ImageTables());
    const layer = layerOf(analysis.tables, []);
    layer.add({ ...entryOf(file('a', 'x')), checksum: null });
    analysis.addLayer(layer);
    analysis.addLayer(layer);
    const { stack, tables } = keptOf(analysis);
    const a = nodeOf(analysis, 'a');
    const view = new View(stack, tables, {
      layer: 1,
      mode: 'changes',
      leftOut: new Set(),
      matches: null,
    });
    expect(view.changeOf(a)).toBe(Change.Unchanged);
    expect(stack.entries.difference(stack.records.shownAt(a, 0), stack.records.shownAt(a, 1))).toBe(0);
  });

  it('is none where a column is missing, or of another length', () => {
    const columns = analysisOf([file('a', 'x')], [file('a', 'y')]).columns();
    for (const [name, column] of columns) {
      const without = new Map(columns);
      without.delete(name);
      expect(() => Analysis.of(without), name).toThrow(RangeError);
      const shorter = new Map(columns).set(name, column.slice(0, -1));
      if (column.length > 0) expect(() => Analysis.of(shorter), name).toThrow(RangeError);
    }
  });
});
