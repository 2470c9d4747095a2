// The rows of a view that stand on the screen one below the other: its members, but for those in folded
// directories. Rows are never listed: they are counted directory by directory, and only directories that lead to a
// row which is asked for are sorted.

import type { PathTable } from './path-table.ts';
import { ROOT } from './path-table.ts';
import type { View } from './view.ts';

export type SortOrder = 'size' | 'name';

/** Which directories show what is in them. */
export type IsOpen = (node: number) => boolean;

/** No such row. */
export const NO_ROW = -1;

/** An open directory: its members in order, and how many rows each open one of them brings beyond its own. */
interface OpenDirectory {
  readonly children: Int32Array;
  /** Positions in `children` of open directories, ascending. */
  readonly openAt: readonly number[];
}

export class Rows {
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

  /** Nodes of the rows `start` to `start + length - 1`, as far as there are any. */
  slice(start: number, length: number): number[] {
    const nodes: number[] = [];
    for (let row = start; row < Math.min(start + length, this.count); row++) nodes.push(this.at(row));
    return nodes;
  }

  /** Node of a row, 0 to count - 1. */
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
    const open = { children, openAt };
    this.sorted.set(directory, open);
    return open;
  }

  private compare(a: number, b: number): number {
    const bySize = this.order === 'size' ? this.view.bytesOf(b) - this.view.bytesOf(a) : 0;
    return bySize !== 0 ? bySize : this.paths.compareNames(a, b);
  }
}

/** Rows that a view opens by itself, at most: enough to see where the bytes are, few enough to see it at a glance. */
const OPENED_ROWS = 60;

/** The directories that a view shows open before anybody has said otherwise: the largest ones, as far as rows go. */
export function openedByItself(view: View): ReadonlySet<number> {
  const opened = new Set<number>();
  const closed: number[] = [];
  const show = (directory: number) => {
    for (const child of view.children(directory)) if (view.childCount(child) > 0) closed.push(child);
  };
  let rows = view.childCount(ROOT);
  if (rows <= OPENED_ROWS) show(ROOT);
  while (closed.length > 0) {
    const largest = closed.reduce((best, node) => (view.bytesOf(node) > view.bytesOf(best) ? node : best));
    closed.splice(closed.indexOf(largest), 1);
    if (rows + view.childCount(largest) > OPENED_ROWS) continue;
    rows += view.childCount(largest);
    opened.add(largest);
    show(largest);
  }
  return opened;
}
