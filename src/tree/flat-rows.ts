// The files of a view as one list without directories: which of them is the largest is told by its first row.

import type { Entries } from './entries.ts';
import { LazyOrder } from './lazy-order.ts';
import { comparePlaces } from './names.ts';
import { type PathTable, ROOT } from './path-table.ts';
import { NO_ROW, type RowList, type SortOrder } from './rows.ts';
import type { View } from './view.ts';

/**
 * Everything that a view is asked for and that is no directory, in one order, of equals the first path first. Nothing
 * but what is looked at is put in order: a million files cost one walk over them, and no string.
 */
export class FlatRows implements RowList {
  readonly count: number;
  private readonly view: View;
  private readonly entries: Entries;
  private readonly nodes: LazyOrder;

  constructor(view: View, paths: PathTable, entries: Entries, order: SortOrder) {
    const nodes = filesOf(view, entries);
    const depths = depthsOf(paths, view.size);
    const depthOf = (node: number) => depths[node]!;
    const compare = (a: number, b: number) => {
      const byAmount = order === 'name' ? 0 : view.amountOf(b, order) - view.amountOf(a, order);
      return byAmount !== 0 ? byAmount : comparePlaces(paths, depthOf, a, b);
    };
    this.view = view;
    this.entries = entries;
    this.count = nodes.length;
    this.nodes = new LazyOrder(nodes, compare, () => 1);
  }

  get matchCount(): number {
    return this.count;
  }

  at(row: number): number {
    return this.nodes.at(row).item;
  }

  slice(start: number, length: number): number[] {
    const end = Math.min(start + length, this.count);
    return Array.from({ length: Math.max(0, end - start) }, (_, row) => this.at(start + row));
  }

  indexOf(node: number): number {
    return isFile(this.view, this.entries, node) ? this.nodes.before(node) : NO_ROW;
  }

  /** All rows are matches. */
  matchAt(above: number): number {
    return this.at(above);
  }

  matchesAbove(node: number): number {
    return Math.max(0, this.indexOf(node));
  }
}

function filesOf(view: View, entries: Entries): Int32Array {
  const files = new Int32Array(view.matchCount);
  let count = 0;
  for (let node = ROOT + 1; node < view.size; node++) {
    if (isFile(view, entries, node)) files[count++] = node;
  }
  return files.slice(0, count);
}

/** Whether the view is asked for it, and it is no directory. */
const isFile = (view: View, entries: Entries, node: number): boolean =>
  view.isMatch(node) && !entries.isDirectory(view.entryOf(node));

/** Levels above each node; parents come before their children in node numbers. */
function depthsOf(paths: PathTable, size: number): Uint16Array {
  const depths = new Uint16Array(size);
  for (let node = ROOT + 1; node < depths.length; node++) depths[node] = depths[paths.parent(node)]! + 1;
  return depths;
}
