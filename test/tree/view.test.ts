import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/analysis/analysis.ts';
import { hiddenSum } from '../../src/analysis/ledger.ts';
import { Change } from '../../src/tree/change.ts';
import { ROOT } from '../../src/tree/path-table.ts';
import { View, type ViewQuery } from '../../src/tree/view.ts';
import { directory, file, hardlink, whiteout } from '../harness/archive.ts';
import { matchingNodes, queryOf } from '../harness/query.ts';
import { randomImage } from '../harness/random-image.ts';
import { analysisOf, changeName, pathOf } from '../harness/tree.ts';

const ALL_CHANGES = [Change.Added, Change.Content, Change.Metadata, Change.Unchanged, Change.Removed];

function viewOf(analysis: Analysis, query: Partial<ViewQuery> = {}): View {
  return new View(analysis.stack, analysis.tables, {
    layer: analysis.stack.layers - 1,
    mode: 'changes',
    leftOut: new Set(),
    matches: null,
    ...query,
  });
}

/** Members but for the root, as `path bytes change`. */
function membersOf(analysis: Analysis, view: View): string[] {
  const members: string[] = [];
  for (let node = 1; node < analysis.tables.paths.size; node++) {
    if (!view.has(node)) continue;
    members.push(`${pathOf(analysis, node)} ${view.bytesOf(node)} ${changeName(view.changeOf(node))}`);
  }
  return members.sort();
}

const shop = analysisOf(
  [directory('usr'), file('usr/a', '12345'), file('usr/b', 'xx'), file('etc/c', 'yyy')],
  [file('usr/a', '1'), file('usr/lib/d', '4444'), whiteout('usr/b'), file('etc/c', 'yyy', { mode: 0o600 })],
);

describe('a layer’s changes', () => {
  it('are the paths that it touched and the directories that lead there, with the bytes under each', () => {
    expect(membersOf(shop, viewOf(shop))).toEqual([
      'etc 3 none',
      'etc/c 3 metadata',
      'usr 7 none',
      'usr/a 1 content',
      'usr/b 2 removed',
      'usr/lib 4 added',
      'usr/lib/d 4 added',
    ]);
    expect(viewOf(shop).bytesOf(ROOT)).toBe(10);
    expect(viewOf(shop).matchCount).toBe(5);
  });

  it('of another layer are its own', () => {
    expect(membersOf(shop, viewOf(shop, { layer: 0 }))).toEqual([
      'etc 3 added',
      'etc/c 3 added',
      'usr 7 added',
      'usr/a 5 added',
      'usr/b 2 added',
    ]);
  });

  it.each([
    [Change.Added, ['etc', 'etc/c', 'usr', 'usr/a', 'usr/b']],
    [Change.Content, ['etc', 'etc/c', 'usr', 'usr/b', 'usr/lib', 'usr/lib/d']],
    [Change.Metadata, ['usr', 'usr/a', 'usr/b', 'usr/lib', 'usr/lib/d']],
    [Change.Removed, ['etc', 'etc/c', 'usr', 'usr/a', 'usr/lib', 'usr/lib/d']],
  ])('can be shown without those of kind %d', (change, paths) => {
    const view = viewOf(shop, { leftOut: new Set([change]) });
    expect(membersOf(shop, view).map((text) => text.split(' ')[0])).toEqual(paths);
  });

  it('count a hard link as nothing', () => {
    const analysis = analysisOf([file('a', '12345'), hardlink('b', 'a')]);
    expect(membersOf(analysis, viewOf(analysis))).toEqual(['a 5 added', 'b 0 added']);
  });

  it('that are removed stand for what was there', () => {
    const view = viewOf(shop);
    const node = shop.tables.paths.find('usr/b');
    expect(shop.stack.entries.sizeOf(view.entryOf(node))).toBe(2);
  });
});

describe('everything up to a layer', () => {
  it('is the file system as it is then', () => {
    expect(membersOf(shop, viewOf(shop, { mode: 'everything' }))).toEqual([
      'etc 3 none',
      'etc/c 3 metadata',
      'usr 5 none',
      'usr/a 1 content',
      'usr/lib 4 added',
      'usr/lib/d 4 added',
    ]);
    expect(membersOf(shop, viewOf(shop, { mode: 'everything', layer: 0 }))).toHaveLength(5);
  });

  it('can be shown without what the layer left as it was', () => {
    const below = [file('a', '1'), file('d/b', '1')];
    const analysis = analysisOf(below, [file('d/c', '1'), file('a', '1')]);
    const view = viewOf(analysis, { mode: 'everything', leftOut: new Set([Change.Unchanged]) });
    expect(membersOf(analysis, view)).toEqual(['d 1 none', 'd/c 1 added']);
  });

  it('counts the bytes of a file once: at the name that they were stored under while it shows them', () => {
    const layers = [[file('b', '12345'), hardlink('a', 'b'), hardlink('c', 'b')], [whiteout('b')]];
    const analysis = analysisOf(...layers);
    const everything = (layer: number) =>
      membersOf(analysis, viewOf(analysis, { mode: 'everything', layer }));
    expect(everything(0)).toEqual(['a 0 added', 'b 5 added', 'c 0 added']);
    // Afterwards at the first of the other names.
    expect(everything(1)).toEqual(['a 5 none', 'c 0 none']);
  });
});

describe('a view of what matches', () => {
  const matches = matchingNodes(shop.tables.paths, queryOf('a').paths);

  it('shows the matches and the directories that lead to them, and counts the matches', () => {
    const view = viewOf(shop, { matches });
    expect(membersOf(shop, view)).toEqual(['usr 1 none', 'usr/a 1 content']);
    expect(view.matchCount).toBe(1);
    expect(membersOf(shop, viewOf(shop, { matches, mode: 'everything' }))).toEqual([
      'usr 1 none',
      'usr/a 1 content',
    ]);
  });
});

describe('on every image', () => {
  it('a directory shows the sum of the rows under it', () => {
    const modes = fc.constantFrom('changes' as const, 'everything' as const);
    fc.assert(
      fc.property(randomImage, modes, fc.subarray(ALL_CHANGES), (image, mode, left) => {
        const analysis = analysisOf(...image.layers);
        for (let layer = 0; layer < image.layers.length; layer++) {
          const view = viewOf(analysis, { mode, layer, leftOut: new Set(left) });
          checkSums(analysis, view);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('everything up to a layer weighs what is live there', () => {
    fc.assert(
      fc.property(randomImage, (image) => {
        const whole = analysisOf(...image.layers);
        for (let layer = 0; layer < image.layers.length; layer++) {
          const { ledger } = analysisOf(...image.layers.slice(0, layer + 1));
          expect(viewOf(whole, { mode: 'everything', layer }).bytesOf(ROOT)).toBe(ledger.live);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a layer’s changes, but for removals, weigh what it stores and still shows', () => {
    fc.assert(
      fc.property(randomImage, (image) => {
        image.layers.forEach((_, layer) => {
          // The layer as the last one: nothing above it has hidden any of it.
          const analysis = analysisOf(...image.layers.slice(0, layer + 1));
          const hidden = hiddenSum(analysis.ledger.storedIn(layer));
          const stored = analysis.layers[layer]?.bytes ?? 0;
          const view = viewOf(analysis, { leftOut: new Set([Change.Removed]) });
          expect(view.bytesOf(ROOT)).toBeLessThanOrEqual(stored - hidden);
          checkSums(analysis, view);
        });
      }),
      { numRuns: 100 },
    );
  });
});

/** Members lie in members, are counted by them, and weigh no more than them; a leaf weighs one file at most. */
function checkSums({ tables: { paths }, stack: { entries } }: Analysis, view: View): void {
  for (let node = 0; node < paths.size; node++) {
    const children = Array.from(view.children(node));
    expect(children).toHaveLength(view.childCount(node));
    if (!view.has(node)) expect([children.length, view.bytesOf(node)]).toEqual([0, 0]);
    expect(children.every((child) => view.has(child) && paths.parent(child) === node)).toBe(true);
    const below = children.reduce((sum, child) => sum + view.bytesOf(child), 0);
    const own = view.bytesOf(node) - below;
    const entry = node === ROOT ? -1 : view.entryOf(node);
    const isDirectory = node === ROOT || entries.isDirectory(entry);
    if (isDirectory) expect(own).toBe(0);
    else expect([0, entries.sizeOf(entry)]).toContain(own);
  }
}
