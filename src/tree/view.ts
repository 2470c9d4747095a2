// What the files pane looks at: some of the nodes, as a layer, or a range of layers, makes them look. A view holds its
// members, how many of them each directory holds, and the bytes under each; what a row says beyond that is read off when
// it is drawn.

import { Change } from './change.ts';
import { NOTHING } from './entries.ts';
import type { FactTest } from './facts.ts';
import { hidingRecord } from './fate.ts';
import { type ImageTables, Kind } from './layer-entries.ts';
import { adoptedNames } from './names.ts';
import { NO_NODE, ROOT } from './path-table.ts';
import { NO_RECORD } from './records.ts';
import { Span } from './span.ts';
import type { Stack } from './stack.ts';

/** Which nodes a view shows. */
export interface ViewQuery {
  readonly layer: number;
  /** First layer of a range that ends with `layer`; the layer itself where left out. */
  readonly from?: number;
  /** `changes`: what the layers did. `everything`: the file system as it is once `layer` has been applied. */
  readonly mode: 'changes' | 'everything';
  /** Changes that are left out. In `everything`, what the layers did not touch is Unchanged. */
  readonly leftOut: ReadonlySet<Change>;
  /** Nodes to be shown; null for all. */
  readonly matches: NodeSet | null;
  /** What they must be beyond that. */
  readonly facts?: readonly FactTest[];
}

/** A set of nodes: 1 for each that is in it. */
export type NodeSet = Uint8Array;

/** A node that is shown, and one that is shown for its own sake: bits of one number. */
const MEMBER = 1;
const MATCH = 2;

export class View {
  readonly query: ViewQuery;
  /** The layers that the view is of. */
  readonly span: Span;
  /** Nodes that the query asks for; directories that only lead to them are not counted. */
  matchCount = 0;

  private readonly stack: Stack;
  private readonly tables: ImageTables;
  /** Bits of MEMBER and MATCH. */
  private readonly members: Uint8Array;
  private readonly childCounts: Int32Array;
  private readonly bytes: Float64Array;
  private readonly facts: readonly FactTest[];
  private matchSums: Int32Array | null = null;
  private deltas: Float64Array | null = null;

  constructor(stack: Stack, tables: ImageTables, query: ViewQuery) {
    this.stack = stack;
    this.tables = tables;
    this.query = query;
    this.span = new Span(stack, query.from ?? query.layer, query.layer);
    this.facts = query.facts ?? [];
    const size = tables.paths.size;
    this.members = new Uint8Array(size);
    this.childCounts = new Int32Array(size);
    this.bytes = new Float64Array(size);
    this.members[ROOT] = MEMBER;
    if (query.mode === 'changes') this.addChanges();
    else this.addEverything();
  }

  has(node: number): boolean {
    return (this.members[node]! & MEMBER) !== 0;
  }

  /** Whether the query asks for a node itself, not only for what is below it. */
  isMatch(node: number): boolean {
    return (this.members[node]! & MATCH) !== 0;
  }

  /** Members directly in a directory. */
  childCount(node: number): number {
    return this.childCounts[node]!;
  }

  /** Payload bytes of a member, and of all members below it. */
  bytesOf(node: number): number {
    return this.bytes[node]!;
  }

  /**
   * By how many bytes the layers changed what a node weighs, and all members below it: what its file has after them
   * less what it had before. A further name of a file weighs nothing.
   */
  deltaOf(node: number): number {
    this.deltas ??= this.sumDeltas();
    return this.deltas[node]!;
  }

  /** What an order counts of a node: bytes, or by how many of them it changed, whichever way. */
  amountOf(node: number, order: 'size' | 'change'): number {
    return order === 'size' ? this.bytesOf(node) : Math.abs(this.deltaOf(node));
  }

  /** Nodes that the query asks for among a member and all members below it. */
  matchesIn(node: number): number {
    this.matchSums ??= this.sumMatches();
    return this.matchSums[node]!;
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
    const children = new Int32Array(this.childCounts[node]!);
    const { paths } = this.tables;
    let count = 0;
    for (let child = paths.firstChild(node); child !== NO_NODE; child = paths.nextSibling(child)) {
      if (this.has(child)) children[count++] = child;
    }
    return children;
  }

  /** How deep the deepest member lies: levels of rows when every directory is open. */
  levels(): number {
    const { paths } = this.tables;
    const depths = new Uint16Array(this.members.length);
    let levels = 0;
    for (let node = ROOT + 1; node < depths.length; node++) {
      depths[node] = depths[paths.parent(node)]! + 1;
      if (this.has(node)) levels = Math.max(levels, depths[node]!);
    }
    return levels;
  }

  private isRange(): boolean {
    return this.span.from !== this.span.to;
  }

  private addChanges(): void {
    const { leftOut, matches } = this.query;
    const { entries } = this.stack;
    this.span.eachChange((node, change) => {
      if (leftOut.has(change) || (matches !== null && matches[node] !== 1)) return;
      const isGone = change === Change.Removed;
      const entry = isGone ? this.span.before(node) : this.span.after(node);
      if (!this.isAsked(node, entry, change)) return;
      this.add(node, isGone || !this.isRange() ? entries.payloadOf(entry) : this.storedInRange(entry));
    });
    // Of a range, files are told as one layer would have stored them.
    if (this.isRange()) this.addAdopted(this.span.from);
  }

  /** Payload bytes that the range's layers store for what a path shows above them. */
  private storedInRange(entry: number): number {
    const { entries } = this.stack;
    if (entry < 0 || entries.layerOf(entries.inodeOf(entry)) < this.span.from) return 0;
    return this.weightOf(entry);
  }

  /** Bytes that a file system weighs through an entry; those of a hard link weigh where they are stored. */
  private weightOf(entry: number): number {
    const { entries } = this.stack;
    return entries.isLink(entry) ? 0 : entries.sizeOf(entry);
  }

  /** Parents come before their children in node numbers: one walk backwards sums everything up. */
  private addEverything(): void {
    const { layer, leftOut, matches } = this.query;
    const { paths } = this.tables;
    const { records } = this.stack;
    for (let node = paths.size - 1; node > ROOT; node--) {
      const entry = records.shownAt(node, layer);
      if (
        entry !== NOTHING &&
        (matches === null || matches[node] === 1) &&
        this.isWanted(node, entry, leftOut)
      ) {
        this.members[node] = MEMBER | MATCH;
        this.matchCount++;
        this.bytes[node]! += this.weightOf(entry);
      }
      if (!this.has(node)) continue;
      const parent = paths.parent(node);
      this.members[parent]! |= MEMBER;
      this.childCounts[parent]!++;
      this.bytes[parent]! += this.bytes[node]!;
    }
    this.addAdopted(0);
  }

  private isWanted(node: number, entry: number, leftOut: ReadonlySet<Change>): boolean {
    if (leftOut.size === 0 && this.facts.length === 0) return true;
    const change = this.changeOf(node);
    return (
      !leftOut.has(change === Change.None ? Change.Unchanged : change) && this.isAsked(node, entry, change)
    );
  }

  private isAsked(node: number, entry: number, change: Change): boolean {
    if (this.facts.length === 0) return true;
    const { entries } = this.stack;
    const kind = entries.kindOf(entry);
    const facts = {
      change,
      kind,
      isLink: entries.isLink(entry),
      size: kind === Kind.File ? entries.sizeOf(entry) : null,
      isHidden: () => hidingRecord(this.stack, node, this.query.layer) !== NO_RECORD,
    };
    return this.facts.every((test) => test(facts));
  }

  /** Files whose stored path is gone weigh at the hard link that stands for them: those stored from a layer on. */
  private addAdopted(from: number): void {
    const { entries } = this.stack;
    for (const [inode, node] of adoptedNames(this.stack, this.tables, this.query.layer)) {
      if (!this.isMatch(node) || entries.layerOf(inode) < from) continue;
      for (let at = node; at !== NO_NODE; at = this.tables.paths.parent(at)) {
        this.bytes[at]! += entries.sizeOf(inode);
      }
    }
  }

  private add(node: number, bytes: number): void {
    this.matchCount++;
    this.members[node]! |= MATCH;
    for (let at = node; at !== NO_NODE; at = this.tables.paths.parent(at)) {
      this.bytes[at]! += bytes;
      if (this.has(at)) continue;
      this.members[at]! |= MEMBER;
      this.childCounts[this.tables.paths.parent(at)]!++;
    }
  }

  private sumMatches(): Int32Array {
    const { paths } = this.tables;
    const sums = new Int32Array(this.members.length);
    for (let node = sums.length - 1; node > ROOT; node--) {
      if (this.isMatch(node)) sums[node]!++;
      sums[paths.parent(node)]! += sums[node]!;
    }
    return sums;
  }

  private sumDeltas(): Float64Array {
    const { paths } = this.tables;
    const deltas = new Float64Array(this.members.length);
    const { from, to } = this.span;
    this.weighAdopted(deltas, to, 1);
    if (from > 0) this.weighAdopted(deltas, from - 1, -1);
    for (let node = deltas.length - 1; node > ROOT; node--) {
      if (this.isMatch(node) && this.changeOf(node) !== Change.None)
        deltas[node]! += this.weightOf(this.span.after(node)) - this.weightOf(this.span.before(node));
      deltas[paths.parent(node)]! += deltas[node]!;
    }
    return deltas;
  }

  private weighAdopted(deltas: Float64Array, layer: number, sign: 1 | -1): void {
    for (const [inode, node] of adoptedNames(this.stack, this.tables, layer)) {
      if (this.isMatch(node)) deltas[node]! += sign * this.stack.entries.sizeOf(inode);
    }
  }
}
