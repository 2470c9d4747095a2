import { describe, expect, it } from 'vitest';
import { openedByItself } from '../../src/tree/opened-by-itself.ts';
import { Rows } from '../../src/tree/rows.ts';
import { View } from '../../src/tree/view.ts';
import { file, type LayerEntry } from '../harness/archive.ts';
import { analysisOf, nodeOf, pathOf } from '../harness/tree.ts';

function opening(entries: readonly LayerEntry[]) {
  const analysis = analysisOf(entries);
  const query = { layer: 0, mode: 'changes', leftOut: new Set<never>(), matches: null } as const;
  const view = new View(analysis.stack, analysis.tables, query);
  const open = openedByItself(view);
  const rows = new Rows(view, analysis.tables.paths, (node) => open.has(node), 'size');
  return {
    opened: Array.from(open, (node) => pathOf(analysis, node)).sort(),
    rows: rows.count,
    rowOf: (path: string) => rows.indexOf(nodeOf(analysis, path)),
  };
}

const opened = (...entries: LayerEntry[]) => opening(entries).opened;

const files = (directory: string, count: number, size: number) =>
  Array.from({ length: count }, (_, index) => file(`${directory}/f${index}`, 'x'.repeat(size)));

describe('the directories that are open before anybody has said otherwise', () => {
  it('are all of a small tree, the smallest too', () => {
    expect(opened(file('a/b/c', 'x'.repeat(1000)), file('d/e', 'x'))).toEqual(['a', 'a/b', 'd']);
    expect(opened(file('a/b/c', ''), file('d/e', ''))).toEqual(['a', 'a/b', 'd']);
  });

  it('leave all that is of note within the first rows, and stay folded where they would not', () => {
    const usr = [...files('usr/share', 32, 120), ...files('usr/bin', 100, 20), ...files('usr/lib', 12, 250)];
    const { opened, rowOf } = opening([...usr, ...files('var/cache', 5, 100)]);
    expect(opened).toEqual(['usr', 'usr/lib', 'var', 'var/cache']);
    for (const path of ['usr/share', 'usr/lib', 'usr/bin', 'var/cache/f4'])
      expect(rowOf(path)).toBeLessThan(35);
  });

  it('may have more members than are seen at a glance, where nothing of note stands below them', () => {
    expect(opened(...files('app', 200, 9), file('etc/passwd', 'x'))).toEqual(['app']);
    expect(opened(...files('app', 200, 9), file('etc/passwd', 'x'.repeat(900)))).toEqual(['etc']);
  });

  it('are none with less than a hundredth of the bytes, where not all rows are seen at a glance', () => {
    const note = files('app', 40, 100);
    expect(opened(...note, file('tiny/f', 'x'.repeat(39)))).toEqual(['app']);
    expect(opened(...note, file('note/f', 'x'.repeat(41)))).toEqual(['note']);
  });

  it('are none that begins below the first rows', () => {
    const many = Array.from({ length: 61 }, (_, index) => file(`d${index}/f`, 'x'));
    expect(opened(...many)).toEqual([]);
  });

  it('are none with thousands of members', () => {
    expect(opened(...files('app', 1001, 9))).toEqual([]);
    expect(opened(...files('app', 1000, 9))).toEqual(['app']);
  });

  it('are those of a chain of directories, as deep as can be seen at a glance', () => {
    const path = Array.from({ length: 300 }, () => 'd').join('/');
    expect(opening([file(`${path}/f`, 'x')]).rows).toBe(36);
  });
});
