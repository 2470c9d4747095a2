/** What several layers do together, held against an oracle that compares two whole file systems. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/analysis/analysis.ts';
import { Change } from '../../src/tree/change.ts';
import { ROOT } from '../../src/tree/path-table.ts';
import { Span } from '../../src/tree/span.ts';
import { View, type ViewQuery } from '../../src/tree/view.ts';
import { file, hardlink, type LayerEntry, opaque, whiteout } from '../harness/archive.ts';
import { byCodePoint, changesBetween, judge, sizeOf, type State } from '../harness/oracle.ts';
import { randomImage } from '../harness/random-image.ts';
import { analysisOf, changeName, type Layers, nodeOf, pathOf } from '../harness/tree.ts';

function viewOf(analysis: Analysis, from: number, layer: number, query: Partial<ViewQuery> = {}): View {
  const { stack, tables } = analysis;
  return new View(stack, tables, {
    from,
    layer,
    mode: 'changes',
    leftOut: new Set(),
    matches: null,
    ...query,
  });
}

/** Every path that something became of, with what. */
function changesOf(analysis: Analysis, from: number, to: number): Map<string, string> {
  const changes = new Map<string, string>();
  new Span(analysis.stack, from, to).eachChange((node, change) => {
    expect(changes.has(pathOf(analysis, node))).toBe(false);
    changes.set(`/${pathOf(analysis, node)}`, changeName(change));
  });
  return changes;
}

const below = (layers: Layers, count: number): State => judge(layers.slice(0, count)).final;

const HISTORY: readonly (readonly LayerEntry[])[] = [
  [file('a', 'one'), file('b', 'two'), file('c', 'three')],
  [file('a', 'other'), file('d', 'new'), whiteout('b')],
  [file('a', 'one'), whiteout('d'), file('b', 'two', { uid: 7 }), file('c', 'longer than three')],
];

describe('the changes of several layers', () => {
  const analysis = analysisOf(...HISTORY);

  it('are those between the file system below the first and the one above the last', () => {
    expect(Object.fromEntries(changesOf(analysis, 1, 2))).toEqual({
      // Changed, and put back as it was.
      '/a': 'unchanged',
      // Removed, and put back with another owner.
      '/b': 'metadata',
      '/c': 'content',
    });
  });

  it('tell nothing of what came and went between them', () => {
    expect(new Span(analysis.stack, 1, 2).changeOf(nodeOf(analysis, 'd'))).toBe(Change.None);
    expect(viewOf(analysis, 1, 2).has(nodeOf(analysis, 'd'))).toBe(false);
  });

  it('of a path that is gone stand for what it was below them', () => {
    const layers = [[file('a', 'xx')], [file('a', 'yyyy')], [whiteout('a')]];
    const gone = analysisOf(...layers);
    const view = viewOf(gone, 1, 2);
    const node = nodeOf(gone, 'a');
    expect(view.changeOf(node)).toBe(Change.Removed);
    expect([view.bytesOf(node), view.deltaOf(node)]).toEqual([2, -2]);
    expect(gone.stack.entries.sizeOf(view.entryOf(node))).toBe(2);
  });

  it('compare contents with those below them, whatever stood between', () => {
    const again = analysisOf(
      [file('a', 'xx')],
      [opaque('.'), file('a', 'yyyy')],
      [file('a', 'xx', { mode: 0o600 })],
    );
    expect(changesOf(again, 1, 2).get('/a')).toBe('metadata');
  });

  it('weigh a file at the link that is left of it', () => {
    const linked = analysisOf([file('b', '12345'), hardlink('a', 'b')], [whiteout('b')]);
    expect(viewOf(linked, 0, 1).bytesOf(ROOT)).toBe(5);
  });
});

describe('on every image', () => {
  const layersOf = (count: number) =>
    fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => [a % count, b % count].toSorted((x, y) => x - y));
  const imageAndRange = randomImage.chain((image) =>
    layersOf(image.layers.length).map(([from = 0, to = 0]) => ({ layers: image.layers, from, to })),
  );

  it('a range tells what comparing two whole file systems tells', () => {
    fc.assert(
      fc.property(imageAndRange, ({ layers, from, to }) => {
        const analysis = analysisOf(...layers);
        const told = changesOf(analysis, from, to);
        const expected = changesBetween(below(layers, from), below(layers, to + 1));
        for (const [path, { kind }] of expected) {
          expect([path, told.get(path) ?? 'unchanged']).toEqual([path, kind]);
        }
        expect([...told.keys()].filter((path) => !expected.has(path))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('a range of one layer is the layer', () => {
    fc.assert(
      fc.property(imageAndRange, ({ layers, to }) => {
        const analysis = analysisOf(...layers);
        const { records } = analysis.stack;
        const own = new Map<string, string>();
        for (let record = records.start(to); record < records.start(to + 1); record++)
          own.set(
            `/${pathOf(analysis, records.nodes[record] ?? 0)}`,
            changeName(records.changes[record] ?? 0),
          );
        expect(changesOf(analysis, to, to)).toEqual(own);
      }),
      { numRuns: 200 },
    );
  });

  it('from the first layer on, everything has been added', () => {
    fc.assert(
      fc.property(imageAndRange, ({ layers, to }) => {
        const analysis = analysisOf(...layers);
        const added = viewOf(analysis, 0, to);
        const everything = viewOf(analysis, 0, to, { mode: 'everything' });
        for (let node = 1; node < analysis.tables.paths.size; node++) {
          expect(added.has(node)).toBe(everything.has(node));
          if (to > 0) expect(added.bytesOf(node)).toBe(everything.bytesOf(node));
          if (added.isMatch(node)) expect(added.changeOf(node)).toBe(Change.Added);
          expect(everything.deltaOf(node)).toBe(everything.bytesOf(node));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('a path’s change in size is what it weighs after the layers less what it weighed before', () => {
    fc.assert(
      fc.property(imageAndRange, ({ layers, from, to }) => {
        const analysis = analysisOf(...layers);
        const view = viewOf(analysis, from, to);
        const [before, after] = [weights(below(layers, from)), weights(below(layers, to + 1))];
        let sum = 0;
        for (let node = 1; node < analysis.tables.paths.size; node++) {
          if (!view.isMatch(node)) continue;
          const path = `/${pathOf(analysis, node)}`;
          const own =
            view.deltaOf(node) -
            Array.from(view.children(node)).reduce((total, child) => total + view.deltaOf(child), 0);
          expect([path, own]).toEqual([path, (after.get(path) ?? 0) - (before.get(path) ?? 0)]);
          sum += own;
        }
        expect(view.deltaOf(ROOT)).toBe(sum);
      }),
      { numRuns: 300 },
    );
  });
});

/** The bytes of every file, at the name that they were stored under while that shows them, else at the first. */
function weights(state: State): Map<string, number> {
  const names = Map.groupBy(
    [...state].filter(([, { copy }]) => copy !== null),
    ([, { copy }]) => copy,
  );
  const weighed = new Map<string, number>();
  for (const [copy, shown] of names) {
    const paths = shown.map(([path]) => path).sort(byCodePoint);
    const at = copy !== null && paths.includes(copy.path) ? copy.path : paths[0];
    if (at !== undefined && copy !== null) weighed.set(at, sizeOf(copy.content));
  }
  return weighed;
}
