// The rows of a view that stand on the screen one below the other: its members, but for those in folded
// directories. Rows are never listed: they are counted directory by directory, and only directories that lead to a
// row which is asked for are sorted.

import type { PathTable } from './path-table.ts';
import { ROOT } from './path-table.ts';
import type { View } from './view.ts';

/** `change`: by how much the size changed, whichever way. */
export type SortOrder = 'size' | 'name' | 'change';

/** Which directories show what is in them. */
export type IsOpen = (node: number) => boolean;

/** No such row. */
export const NO_ROW = -1;

/** An open directory: its members in order, and how many rows each open one of them brings beyond its own. */
interface OpenDirectory {
  readonly children: Int32Array;
  /** Positions in `children` of open directories, ascending. */
  readonly openAt: readonly number[];
  /** Matches before each of the children and below it; made when they are first asked for. */
  matchesBefore: Int32Array | null;
}

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
  /** Rows below each open directory that can be seen. */
  private readonly below = new Map<number, number>();
  private readonly sorted = new Map<number, OpenDirectory>();

  constructor(view: View, paths: PathTable, isOpen: IsOpen, order: SortOrder) {
    this.view = view;
    this.paths = paths;
    this.isOpen = isOpen;
    this.order = order;
    this.count = this.countBelow(ROOT);
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
      const { children, openAt } = this.open(directory);
      let next = ROOT;
      for (const position of openAt) {
        if (left <= position) break;
        const rows = this.below.get(children[position]!)!;
        if (left <= position + rows) {
          next = children[position]!;
          left -= position + 1;
          break;
        }
        left -= rows;
      }
      if (next === ROOT) return children[left]!;
      directory = next;
    }
  }

  /** Row of a node, or NO_ROW when it is no member or stands in a folded directory. */
  indexOf(node: number): number {
    if (node === ROOT || !this.view.has(node)) return NO_ROW;
    const parent = this.paths.parent(node);
    const before = parent === ROOT ? 0 : this.rowBelow(parent);
    if (before === NO_ROW) return NO_ROW;
    const { children, openAt } = this.open(parent);
    const position = children.indexOf(node);
    let row = before + position;
    for (const openPosition of openAt) {
      if (openPosition >= position) break;
      row += this.below.get(children[openPosition]!)!;
    }
    return row;
  }

  /** Matches that stand above a node when every directory is open. */
  matchesAbove(node: number): number {
    if (node === ROOT) return 0;
    const parent = this.paths.parent(node);
    const position = this.open(parent).children.indexOf(node);
    const own = this.view.isMatch(parent) ? 1 : 0;
    return this.matchesAbove(parent) + own + (this.matchesBefore(parent)[position] ?? 0);
  }

  /** The match that has so many above it, 0 to the view's matchCount - 1; its directory may be folded. */
  matchAt(above: number): number {
    let left = above;
    let node = ROOT;
    for (;;) {
      const before = this.matchesBefore(node);
      const position = lastAtMost(before, left);
      left -= before[position]!;
      node = this.open(node).children[position]!;
      if (!this.view.isMatch(node)) continue;
      if (left === 0) return node;
      left--;
    }
  }

  private matchesBefore(directory: number): Int32Array {
    const open = this.open(directory);
    if (open.matchesBefore !== null) return open.matchesBefore;
    const { children } = open;
    const before = new Int32Array(children.length);
    for (let at = 1; at < children.length; at++)
      before[at] = before[at - 1]! + this.view.matchesIn(children[at - 1]!);
    open.matchesBefore = before;
    return before;
  }

  /** Row of the first member of an open directory that can be seen. */
  private rowBelow(directory: number): number {
    const row = this.below.has(directory) ? this.indexOf(directory) : NO_ROW;
    return row === NO_ROW ? NO_ROW : row + 1;
  }

  private countBelow(directory: number): number {
    let rows = this.view.childCount(directory);
    for (const child of this.view.children(directory)) {
      if (this.view.childCount(child) > 0 && this.isOpen(child)) rows += this.countBelow(child);
    }
    this.below.set(directory, rows);
    return rows;
  }

  private open(directory: number): OpenDirectory {
    const known = this.sorted.get(directory);
    if (known !== undefined) return known;
    const children = this.view.children(directory).sort((a, b) => this.compare(a, b));
    const openAt: number[] = [];
    children.forEach((child, position) => {
      if (this.below.has(child)) openAt.push(position);
    });
    const open = { children, openAt, matchesBefore: null };
    this.sorted.set(directory, open);
    return open;
  }

  private compare(a: number, b: number): number {
    const { order, view } = this;
    const byAmount = order === 'name' ? 0 : view.amountOf(b, order) - view.amountOf(a, order);
    return byAmount !== 0 ? byAmount : this.paths.compareNames(a, b);
  }
}

/** Position of the last of some ascending numbers that is at most `limit`. */
function lastAtMost(numbers: Int32Array, limit: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (numbers[middle]! <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
