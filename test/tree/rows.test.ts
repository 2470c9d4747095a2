import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Analysis } from '../../src/analysis/analysis.ts';
import { ROOT } from '../../src/tree/path-table.ts';
import { type IsOpen, NO_ROW, Rows, type SortOrder } from '../../src/tree/rows.ts';
import { View } from '../../src/tree/view.ts';
import { BELOW_FOUND, FOUND, type NodeSet } from '../../src/tree/view-query.ts';
import { file } from '../harness/archive.ts';
import { randomImage } from '../harness/random-image.ts';
import { analysisOf, nodeOf, pathOf } from '../harness/tree.ts';

const viewOf = (
  { stack, tables }: Analysis,
  mode: 'changes' | 'everything' = 'everything',
  matches: NodeSet | null = null,
): View => new View(stack, tables, { layer: stack.layers - 1, mode, leftOut: new Set(), matches });

/** Paths of all rows, from top to bottom. */
function shown(analysis: Analysis, isOpen: IsOpen, order: SortOrder = 'size'): string[] {
  const rows = new Rows(viewOf(analysis), analysis.tables.paths, isOpen, order);
  return rows.slice(0, rows.count).map((node) => pathOf(analysis, node));
}

const shop = analysisOf([
  ...[file('app/f10', 'xx'), file('app/f2', 'xx'), file('app/lib/z', 'zzzz'), file('app/f1', 'x')],
  ...[file('etc/passwd', 'p'), file('usr/bin/sh', 's'.repeat(50)), file('usr/bin/ls', 'l'.repeat(20))],
]);
const openAt = (...paths: string[]): IsOpen => {
  const nodes = new Set(paths.map((path) => nodeOf(shop, path)));
  return (node) => nodes.has(node);
};

describe('rows', () => {
  it('are the members of open directories, most bytes first', () => {
    expect(shown(shop, openAt('usr', 'usr/bin', 'app'))).toEqual([
      'usr',
      'usr/bin',
      'usr/bin/sh',
      'usr/bin/ls',
      'app',
      'app/lib',
      'app/f2',
      'app/f10',
      'app/f1',
      'etc',
    ]);
  });

  it('can stand in the order of their names, as people count', () => {
    expect(shown(shop, openAt('app'), 'name')).toEqual([
      'app',
      'app/f1',
      'app/f2',
      'app/f10',
      'app/lib',
      'etc',
      'usr',
    ]);
  });

  it('can stand by how much their size changed, more or less', () => {
    const analysis = analysisOf(
      [file('a', 'x'), file('b/c', 'xxxxxxxx'), file('d', 'xxxx')],
      [file('a', 'xxx'), file('b/c', 'x'), file('b/e', 'xx'), file('d', 'yyyy')],
    );
    expect(shown(analysis, () => true, 'change')).toEqual(['b', 'b/c', 'b/e', 'a', 'd']);
  });

  it('leave out what is in a folded directory, though a directory in it is open', () => {
    expect(shown(shop, openAt('usr/bin'))).toEqual(['usr', 'app', 'etc']);
  });

  it('are none where nothing is shown', () => {
    expect(shown(analysisOf([]), () => true)).toEqual([]);
  });

  it('of a window are those that are there', () => {
    const rows = new Rows(viewOf(shop), shop.tables.paths, openAt('usr'), 'size');
    expect(rows.slice(1, 2).map((node) => pathOf(shop, node))).toEqual(['usr/bin', 'app']);
    expect(rows.slice(3, 10).map((node) => pathOf(shop, node))).toEqual(['etc']);
    expect(rows.slice(4, 10)).toEqual([]);
    expect(rows.slice(0, 0)).toEqual([]);
  });

  it('have no place for what is folded away, for what is no member, and for the root', () => {
    const rows = new Rows(viewOf(shop), shop.tables.paths, openAt('usr'), 'size');
    expect(rows.indexOf(nodeOf(shop, 'usr/bin'))).toBe(1);
    expect(rows.indexOf(nodeOf(shop, 'usr/bin/sh'))).toBe(NO_ROW);
    expect(rows.indexOf(nodeOf(shop, 'app/lib/z'))).toBe(NO_ROW);
    expect(rows.indexOf(ROOT)).toBe(NO_ROW);
    const changes = new Rows(viewOf(shop, 'changes'), shop.tables.paths, () => true, 'size');
    expect(changes.indexOf(shop.tables.paths.size + 5)).toBe(NO_ROW);
  });
});

/** All rows the plain way: each directory sorted, one after the other. */
function flattened(
  { tables: { paths } }: Analysis,
  view: View,
  isOpen: IsOpen,
  order: SortOrder,
  showsAll: IsOpen = () => true,
): number[] {
  const changed = (node: number): number => Math.abs(view.deltaOf(node));
  const below = (directory: number): number[] =>
    Array.from(view.children(directory))
      .filter((child) => showsAll(directory) || view.isFound(child))
      .sort((a, b) => {
        const amount = { size: view.bytesOf(b) - view.bytesOf(a), name: 0, change: changed(b) - changed(a) };
        return amount[order] || paths.compareNames(a, b);
      })
      .flatMap((child) => [child, ...(view.childCount(child) > 0 && isOpen(child) ? below(child) : [])]);
  return below(ROOT);
}

describe('on every tree, however it is folded', () => {
  it('rows are what listing them one by one gives', () => {
    const salt = fc.integer();
    const order = fc.constantFrom<SortOrder>('size', 'name', 'change');
    const mode = fc.constantFrom('changes' as const, 'everything' as const);
    const window = fc.tuple(fc.nat({ max: 20 }), fc.nat({ max: 20 }));
    fc.assert(
      fc.property(
        randomImage,
        salt,
        order,
        mode,
        window,
        fc.boolean(),
        (image, seed, by, which, [start, length], opensMost) => {
          const analysis = analysisOf(...image.layers);
          const view = viewOf(analysis, which);
          const isOpen: IsOpen = (node) => (Math.imul(node + 1, seed | 1) & 6) !== 0;
          const rows = new Rows(view, analysis.tables.paths, isOpen, by, { opensMost });
          const expected = flattened(analysis, view, isOpen, by);
          expect(rows.count).toBe(expected.length);
          expect(expected.map((_, row) => rows.at(row))).toEqual(expected);
          expect(rows.slice(start, length)).toEqual(expected.slice(start, start + length));
          for (let node = 0; node < analysis.tables.paths.size; node++) {
            expect(rows.indexOf(node)).toBe(expected.indexOf(node));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('matches are numbered as their rows would stand with every directory open', () => {
    const order = fc.constantFrom<SortOrder>('size', 'name', 'change');
    const chosen = fc.array(fc.boolean(), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(randomImage, order, chosen, (image, by, pick) => {
        const analysis = analysisOf(...image.layers);
        const { paths } = analysis.tables;
        const matches = Uint8Array.from({ length: paths.size }, (_, node) =>
          pick[node % pick.length] ? 1 : 0,
        );
        const view = viewOf(analysis, 'everything', matches);
        const rows = new Rows(view, paths, () => false, by);
        const all = flattened(analysis, view, () => true, by);
        const found = all.filter((node) => matches[node] === 1);
        expect(found).toHaveLength(view.matchCount);
        expect(found.map((_, above) => rows.matchAt(above))).toEqual(found);
        all.forEach((node, row) => {
          const above = all.slice(0, row).filter((other) => matches[other] === 1);
          expect(rows.matchesAbove(node)).toBe(above.length);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('what lies below a match has rows where all is shown, and weighs what it weighs without a filter', () => {
    const mode = fc.constantFrom('changes' as const, 'everything' as const);
    const order = fc.constantFrom<SortOrder>('size', 'name', 'change');
    const chosen = fc.array(fc.constantFrom(0, FOUND, BELOW_FOUND), { minLength: 1, maxLength: 11 });
    fc.assert(
      fc.property(randomImage, mode, order, chosen, fc.integer(), (image, which, by, pick, seed) => {
        const analysis = analysisOf(...image.layers);
        const { paths } = analysis.tables;
        const matches = Uint8Array.from({ length: paths.size }, (_, node) => pick[node % pick.length] ?? 0);
        const all = viewOf(analysis, which);
        const view = viewOf(analysis, which, matches);
        const isMatch = (node: number) => all.isMatch(node) && matches[node] === FOUND;
        const isUnder = (node: number): boolean => {
          const parent = paths.parent(node);
          return parent !== ROOT && (isMatch(parent) || (matches[parent] !== 0 && isUnder(parent)));
        };
        const isPart = (node: number) => all.isMatch(node) && matches[node] === BELOW_FOUND && isUnder(node);
        const nodes = Array.from({ length: paths.size - 1 }, (_, index) => index + 1);
        const within = (node: number, isOne: (node: number) => boolean) =>
          nodes.filter((each) => {
            let at = each;
            while (at > node) at = paths.parent(at);
            return at === node && isOne(each);
          });
        const ownBytes = (node: number) =>
          all.bytesOf(node) -
          Array.from(all.children(node)).reduce((sum, child) => sum + all.bytesOf(child), 0);
        for (const node of [ROOT, ...nodes]) {
          const parts = within(node, (each) => isMatch(each) || isPart(each));
          expect(view.has(node)).toBe(node === ROOT || parts.length > 0);
          expect(view.isMatch(node)).toBe(node !== ROOT && isMatch(node));
          expect(view.bytesOf(node)).toBe(parts.reduce((sum, each) => sum + ownBytes(each), 0));
          expect(view.leadsToMatch(node)).toBe(within(node, isMatch).some((each) => each !== node));
        }
        const isOneOf: IsOpen = (node) => (Math.imul(node + 1, seed | 1) & 6) !== 0;
        const showsAll: IsOpen = (node) => (Math.imul(node + 1, seed | 1) & 24) === 0;
        const expected = flattened(analysis, view, isOneOf, by, showsAll);
        for (const opensMost of [false, true]) {
          const rows = new Rows(view, paths, isOneOf, by, { opensMost, showsAll });
          expect(rows.slice(0, rows.count)).toEqual(expected);
          for (const node of nodes) expect(rows.indexOf(node)).toBe(expected.indexOf(node));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('rows can be asked for in any order', () => {
    const rows = new Rows(viewOf(shop), shop.tables.paths, () => true, 'size');
    const expected = flattened(shop, viewOf(shop), () => true, 'size');
    expect(rows.indexOf(expected.at(-1) ?? ROOT)).toBe(expected.length - 1);
    expect(rows.at(0)).toBe(expected[0]);
    expect(rows.at(expected.length - 1)).toBe(expected.at(-1));
  });
});

describe('a cursor that goes down a row', () => {
  /** How often names are compared, and nodes looked at, for one row more, in a directory of so many files. */
  function workOf(files: number): { readonly names: number; readonly members: number } {
    const analysis = analysisOf(
      [Array.from({ length: files }, (_, index) => file(`d/f${(index * 7919) % files}`, ''))].flat(),
    );
    const { paths } = analysis.tables;
    const view = viewOf(analysis);
    const rows = new Rows(view, paths, () => true, 'name', { opensMost: true });
    const middle = Math.floor(files / 2);
    rows.indexOf(rows.at(middle));
    rows.at(middle + 1);
    const names = vi.spyOn(paths, 'compareNames');
    const members = vi.spyOn(view, 'childCount');
    rows.indexOf(rows.at(middle + 1));
    return { names: names.mock.calls.length, members: members.mock.calls.length };
  }

  it('costs as much among 100,000 files as among 1,000', () => {
    for (const files of [1000, 100_000]) {
      expect(workOf(files).names).toBe(0);
      expect(workOf(files).members).toBeLessThan(400);
    }
  });

  it('of whose rows a page has been seen, no directory is sorted whole', () => {
    const files = 100_000;
    const analysis = analysisOf(
      Array.from({ length: files }, (_, index) => file(`f${(index * 7919) % files}`, '')),
    );
    const names = vi.spyOn(analysis.tables.paths, 'compareNames');
    const rows = new Rows(viewOf(analysis), analysis.tables.paths, () => true, 'name');
    expect(rows.slice(0, 30).map((node) => pathOf(analysis, node))[29]).toBe('f29');
    // Sorting them all takes 1.5 million.
    expect(names.mock.calls.length).toBeLessThan(1_000_000);
  });
});
