// What the files pane looks at: some of the nodes, as a layer, or a range of layers, makes them look. A view holds its
// members, how many of them each directory holds, and the bytes under each; what a row says beyond that is read off when
// it is drawn.

import type { Change } from './change.ts';
import { NOTHING } from './entries.ts';
import type { ImageTables } from './layer-entries.ts';
import type { Members } from './members.ts';
import { adoptedNames } from './names.ts';
import { NO_NODE, ROOT } from './path-table.ts';
import { NO_RECORD } from './records.ts';
import { Span } from './span.ts';
import type { Stack } from './stack.ts';
import { viewMembers } from './view-members.ts';
import type { ViewQuery } from './view-query.ts';

export type { NodeSet, ViewQuery } from './view-query.ts';

export class View {
  readonly query: ViewQuery;
  /** The layers that the view is of. */
  readonly span: Span;

  private readonly stack: Stack;
  private readonly tables: ImageTables;
  private readonly members: Members;
  private matchSums: Int32Array | null = null;
  private deltas: Float64Array | null = null;

  constructor(stack: Stack, tables: ImageTables, query: ViewQuery) {
    this.stack = stack;
    this.tables = tables;
    this.query = query;
    this.span = new Span(stack, query.from ?? query.layer, query.layer);
    this.members = viewMembers(stack, tables, this.span, query);
  }

  /** Nodes that the query asks for; directories that only lead to them are not counted. */
  get matchCount(): number {
    return this.members.matchCount;
  }

  /** Nodes below this number may be members. */
  get size(): number {
    return this.members.size;
  }

  has(node: number): boolean {
    return this.members.has(node);
  }

  /** Whether the query asks for a node itself, not only for what is below it. */
  isMatch(node: number): boolean {
    return this.members.isMatch(node);
  }

  /** Whether a match is below a node. */
  leadsToMatch(node: number): boolean {
    return this.members.leadsToMatch(node);
  }

  /** Whether a member is a match or leads to one; what else there is lies below a match, and is a part of it. */
  isFound(node: number): boolean {
    return this.members.isMatch(node) || this.members.leadsToMatch(node);
  }

  /** Members directly in a directory. */
  childCount(node: number): number {
    return this.members.childCount(node);
  }

  /** Payload bytes of a member, and of all members below it. */
  bytesOf(node: number): number {
    return this.members.bytesOf(node);
  }

  /**
   * By how many bytes the layers changed what a node weighs, and all members below it: what its file has after them
   * less what it had before. A further name of a file weighs nothing.
   */
  deltaOf(node: number): number {
    this.deltas ??= this.sumDeltas();
    return this.deltas[node] ?? 0;
  }

  /** What an order counts of a node: bytes, or by how many of them it changed, whichever way. */
  amountOf(node: number, order: 'size' | 'change'): number {
    return order === 'size' ? this.bytesOf(node) : Math.abs(this.deltaOf(node));
  }

  /** Nodes that the query asks for among a member and all members below it. */
  matchesIn(node: number): number {
    this.matchSums ??= this.sumMatches();
    return this.matchSums[node] ?? 0;
  }

  /** What the view's layers did to a node. */
  changeOf(node: number): Change {
    return this.span.changeOf(node);
  }

  /** Entry that a row stands for: what is shown, or for a removed path what was shown. */
  entryOf(node: number): number {
    const { records } = this.stack;
    const record = records.atOrBefore(node, this.query.layer);
    if (record === NO_RECORD) return NOTHING;
    const after = records.afters[record]!;
    if (after !== NOTHING) return after;
    return this.isRange() ? this.span.before(node) : records.befores[record]!;
  }

  /** Members directly in a directory, in no order of names. */
  children(node: number): Int32Array {
    const children = new Int32Array(this.childCount(node));
    const { paths } = this.tables;
    let count = 0;
    for (let child = paths.firstChild(node); child !== NO_NODE; child = paths.nextSibling(child)) {
      if (this.has(child)) children[count++] = child;
    }
    return children;
  }

  /** How deep the deepest match lies: levels of rows when every directory is open that leads to one. */
  levels(): number {
    const { paths } = this.tables;
    const depths = new Uint16Array(this.members.size);
    let levels = 0;
    for (let node = ROOT + 1; node < depths.length; node++) {
      depths[node] = depths[paths.parent(node)]! + 1;
      if (this.isFound(node)) levels = Math.max(levels, depths[node]!);
    }
    return levels;
  }

  private isRange(): boolean {
    return this.span.from !== this.span.to;
  }

  private addUpwards(sums: Float64Array, node: number, bytes: number): void {
    for (let at = node; at !== NO_NODE; at = this.tables.paths.parent(at)) sums[at]! += bytes;
  }

  private sumMatches(): Int32Array {
    const { paths } = this.tables;
    const sums = new Int32Array(this.members.size);
    for (let node = sums.length - 1; node > ROOT; node--) {
      if (!this.has(node)) continue;
      if (this.isMatch(node)) sums[node]!++;
      sums[paths.parent(node)]! += sums[node]!;
    }
    return sums;
  }

  /** Only what has changed weighs something. */
  private sumDeltas(): Float64Array {
    const { entries } = this.stack;
    const deltas = new Float64Array(this.members.size);
    const { from, to } = this.span;
    this.weighAdopted(deltas, to, 1);
    if (from > 0) this.weighAdopted(deltas, from - 1, -1);
    this.span.eachChange((node, _change, before, after) => {
      if (!this.members.weighs(node)) return;
      const delta = entries.weightOf(after) - entries.weightOf(before);
      if (delta !== 0) this.addUpwards(deltas, node, delta);
    });
    return deltas;
  }

  private weighAdopted(deltas: Float64Array, layer: number, sign: 1 | -1): void {
    for (const [inode, node] of adoptedNames(this.stack, this.tables, layer)) {
      if (this.members.weighs(node)) this.addUpwards(deltas, node, sign * this.stack.entries.sizeOf(inode));
    }
  }
}
