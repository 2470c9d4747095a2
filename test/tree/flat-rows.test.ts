import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/analysis/analysis.ts';
import { FlatRows } from '../../src/tree/flat-rows.ts';
import { NO_ROW, Rows, type SortOrder } from '../../src/tree/rows.ts';
import { View, type ViewQuery } from '../../src/tree/view.ts';
import { directory, file, hardlink, symlink, whiteout } from '../harness/archive.ts';
import { randomImage } from '../harness/random-image.ts';
import { analysisOf, nodeOf, pathOf } from '../harness/tree.ts';

const viewOf = ({ stack, tables }: Analysis, query: Partial<ViewQuery> = {}): View =>
  new View(stack, tables, {
    layer: stack.layers - 1,
    mode: 'everything',
    leftOut: new Set(),
    matches: null,
    ...query,
  });

function flat(analysis: Analysis, order: SortOrder = 'size', query: Partial<ViewQuery> = {}): string[] {
  const { stack, tables } = analysis;
  const rows = new FlatRows(viewOf(analysis, query), tables.paths, stack.entries, order);
  return rows.slice(0, rows.count).map((node) => pathOf(analysis, node));
}

const shop = analysisOf(
  [
    ...[file('app/f10', 'xx'), file('app/f2', 'xx'), file('app/lib/z', 'zzzz'), directory('empty')],
    ...[file('etc/passwd', 'p'), file('usr/bin/sh', 's'.repeat(50)), hardlink('usr/bin/ash', 'usr/bin/sh')],
    symlink('a', 'usr'),
  ],
  [whiteout('app/f2'), file('etc/passwd', 'p'.repeat(9)), file('new', 'n')],
);

describe('flat rows', () => {
  it('are all that is no directory, most bytes first and then by their paths', () => {
    expect(flat(shop)).toEqual([
      'usr/bin/sh',
      'etc/passwd',
      'app/lib/z',
      'app/f10',
      'new',
      'a',
      'usr/bin/ash',
    ]);
  });

  it('are what the layer did, in a view of changes', () => {
    expect(flat(shop, 'size', { mode: 'changes' })).toEqual(['etc/passwd', 'app/f2', 'new']);
    expect(flat(shop, 'change', { mode: 'changes' })).toEqual(['etc/passwd', 'app/f2', 'new']);
    expect(flat(shop, 'change', { mode: 'changes', from: 0, layer: 1 })[0]).toBe('usr/bin/sh');
  });

  it('can be none', () => {
    expect(flat(analysisOf([directory('only')]))).toEqual([]);
  });

  it('stand by name as in a tree with every directory open, and have each node at its row', () => {
    fc.assert(
      fc.property(randomImage, ({ layers }) => {
        const analysis = analysisOf(...layers);
        const { stack, tables } = analysis;
        for (const mode of ['changes', 'everything'] as const) {
          for (const order of ['size', 'name', 'change'] as const) {
            const view = viewOf(analysis, { mode });
            const tree = new Rows(view, tables.paths, () => true, 'name');
            const files = tree
              .slice(0, tree.count)
              .filter((node) => view.isMatch(node) && !stack.entries.isDirectory(view.entryOf(node)));
            const amount = (node: number) => (order === 'name' ? 0 : view.amountOf(node, order));
            // A stable sort: of equals the first path comes first.
            const wanted = files.sort((a, b) => amount(b) - amount(a));
            const rows = new FlatRows(view, tables.paths, stack.entries, order);
            expect(rows.slice(0, rows.count)).toEqual(wanted);
            expect(wanted.map((node) => rows.indexOf(node))).toEqual(wanted.map((_, row) => row));
          }
        }
      }),
    );
  });

  it('know no row of a directory, and all of them are matches', () => {
    const rows = new FlatRows(viewOf(shop), shop.tables.paths, shop.stack.entries, 'size');
    expect(rows.indexOf(nodeOf(shop, 'usr'))).toBe(NO_ROW);
    expect(rows.matchCount).toBe(rows.count);
    expect(rows.matchAt(1)).toBe(nodeOf(shop, 'etc/passwd'));
    expect(rows.matchesAbove(nodeOf(shop, 'etc/passwd'))).toBe(1);
  });
});
