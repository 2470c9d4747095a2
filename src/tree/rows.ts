// The rows of a view that stand on the screen one below the other: its members, but for those in folded
// directories. Rows are never listed: they are counted directory by directory, and of directories that lead to a
// row which is asked for, only what is around it is sorted.

import { LazyOrder } from './lazy-order.ts';
import { NO_NODE, type PathTable, ROOT } from './path-table.ts';
import type { View } from './view.ts';

/** `change`: by how much the size changed, whichever way. */
export type SortOrder = 'size' | 'name' | 'change';

/** Which directories show what is in them. */
export type IsOpen = (node: number) => boolean;

const ALWAYS: IsOpen = () => true;

/** No such row. */
export const NO_ROW = -1;

/** What stands on the screen, one below the other. */
export interface RowList {
  readonly count: number;
  /** Nodes that the view's query asks for, of those that the list could show. */
  readonly matchCount: number;
  /** Nodes of the rows `start` to `start + length - 1`, as far as there are any. */
  slice(start: number, length: number): number[];
  /** Node of a row, 0 to count - 1. */
  at(row: number): number;
  /** Row of a node, or NO_ROW when it has none. */
  indexOf(node: number): number;
  /** Matches that stand above a node. */
  matchesAbove(node: number): number;
  /** The match that has so many above it, 0 to matchCount - 1. */
  matchAt(above: number): number;
}

export class Rows implements RowList {
  readonly count: number;
  private readonly view: View;
  private readonly paths: PathTable;
  private readonly isOpen: IsOpen;
  private readonly order: SortOrder;
  private readonly showsAll: IsOpen;
  /** Rows below each open directory that can be seen; null where `sums` says more. */
  private readonly below: Map<number, number> | null;
  /** Rows below each directory, were it open. */
  private readonly sums: Int32Array | null;
  private readonly ordered = new Map<number, LazyOrder>();

  /**
   * @param opensMost whether most directories are open: then rows are counted in one walk over all nodes.
   * @param showsAll of which directories all is shown when they are open, not only what is found or leads there.
   */
  constructor(
    view: View,
    paths: PathTable,
    isOpen: IsOpen,
    order: SortOrder,
    {
      opensMost = false,
      showsAll = ALWAYS,
    }: { readonly opensMost?: boolean; readonly showsAll?: IsOpen } = {},
  ) {
    this.view = view;
    this.paths = paths;
    this.isOpen = isOpen;
    this.order = order;
    this.showsAll = showsAll;
    this.below = opensMost ? null : new Map();
    this.sums = opensMost ? this.sumUp() : null;
    this.count = this.sums?.[ROOT] ?? this.countBelow(ROOT);
  }

  get matchCount(): number {
    return this.view.matchCount;
  }

  slice(start: number, length: number): number[] {
    const nodes: number[] = [];
    for (let row = start; row < Math.min(start + length, this.count); row++) nodes.push(this.at(row));
    return nodes;
  }

  at(row: number): number {
    let left = row;
    let directory = ROOT;
    for (;;) {
      const { item, before } = this.orderOf(directory).at(left);
      if (before === left) return item;
      left -= before + 1;
      directory = item;
    }
  }

  /** Row of a node, or NO_ROW when it is no member or stands in a folded directory. */
  indexOf(node: number): number {
    if (node === ROOT || !this.isShown(node)) return NO_ROW;
    const parent = this.paths.parent(node);
    const before = parent === ROOT ? 0 : this.rowBelow(parent);
    return before === NO_ROW ? NO_ROW : before + this.orderOf(parent).before(node);
  }

  /** Matches that stand above a node when every directory is open. */
  matchesAbove(node: number): number {
    if (node === ROOT) return 0;
    const parent = this.paths.parent(node);
    const own = this.view.isMatch(parent) ? 1 : 0;
    return this.matchesAbove(parent) + own + this.orderOf(parent).sumBefore(node, this.matchesIn);
  }

  /** The match that has so many above it, 0 to the view's matchCount - 1; its directory may be folded. */
  matchAt(above: number): number {
    let left = above;
    let node = ROOT;
    for (;;) {
      const { item, before } = this.orderOf(node).atSum(left, this.matchesIn);
      left -= before;
      node = item;
      if (!this.view.isMatch(node)) continue;
      if (left === 0) return node;
      left--;
    }
  }

  /** Whether a node has a row where the directory that it is in is open. */
  private isShown(node: number): boolean {
    return this.view.isFound(node) || (this.view.has(node) && this.showsAll(this.paths.parent(node)));
  }

  private readonly matchesIn = (node: number): number => this.view.matchesIn(node);

  /** Row of the first member of an open directory that can be seen. */
  private rowBelow(directory: number): number {
    const row = this.rowsIn(directory) > 0 ? this.indexOf(directory) : NO_ROW;
    return row === NO_ROW ? NO_ROW : row + 1;
  }

  /** Rows that an open directory brings beyond its own; 0 for a folded one, and for what is none. */
  private rowsIn(node: number): number {
    if (this.view.childCount(node) === 0) return 0;
    if (this.sums === null) return this.below?.get(node) ?? 0;
    return this.isOpen(node) ? this.sums[node]! : 0;
  }

  private countBelow(directory: number): number {
    const { paths, view } = this;
    const showsAll = this.showsAll(directory);
    let rows = showsAll ? view.childCount(directory) : 0;
    for (let child = paths.firstChild(directory); child !== NO_NODE; child = paths.nextSibling(child)) {
      if (!showsAll) {
        if (!view.isFound(child)) continue;
        rows++;
      }
      if (view.childCount(child) > 0 && this.isOpen(child)) rows += this.countBelow(child);
    }
    this.below?.set(directory, rows);
    return rows;
  }

  /** Parents come before their children in node numbers. */
  private sumUp(): Int32Array {
    const { paths } = this;
    const sums = new Int32Array(this.view.size);
    for (let node = sums.length - 1; node > ROOT; node--) {
      if (!this.isShown(node)) continue;
      const below = sums[node]! > 0 && this.isOpen(node) ? sums[node]! : 0;
      sums[paths.parent(node)]! += 1 + below;
    }
    return sums;
  }

  private orderOf(directory: number): LazyOrder {
    const known = this.ordered.get(directory);
    if (known !== undefined) return known;
    const order = new LazyOrder(
      this.rowsOf(directory),
      (a, b) => this.compare(a, b),
      (node) => 1 + this.rowsIn(node),
    );
    this.ordered.set(directory, order);
    return order;
  }

  /** Nodes that have a row in a directory when it is open, in no order. */
  private rowsOf(directory: number): Int32Array {
    const children = this.view.children(directory);
    return this.showsAll(directory) ? children : children.filter((child) => this.view.isFound(child));
  }

  private compare(a: number, b: number): number {
    const { order, view } = this;
    const byAmount = order === 'name' ? 0 : view.amountOf(b, order) - view.amountOf(a, order);
    return byAmount !== 0 ? byAmount : this.paths.compareNames(a, b);
  }
}
