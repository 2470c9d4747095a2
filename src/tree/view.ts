// What the files pane looks at: some of the nodes, as a layer, or a range of layers, makes them look. A view holds its
// members, how many of them each directory holds, and the bytes under each; what a row says beyond that is read off when
// it is drawn.

import { Change } from './change.ts';
import { NOTHING } from './entries.ts';
import type { FactTest } from './facts.ts';
import type { ImageTables } from './layer-entries.ts';
import { adoptedNames } from './names.ts';
import { NodeFacts } from './node-facts.ts';
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

/** How deep paths lie, more or less. */
const DEPTH = 8;

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
  private readonly tests: readonly FactTest[];
  private readonly facts: NodeFacts;
  private matchSums: Int32Array | null = null;
  private deltas: Float64Array | null = null;

  constructor(stack: Stack, tables: ImageTables, query: ViewQuery) {
    this.stack = stack;
    this.tables = tables;
    this.query = query;
    this.span = new Span(stack, query.from ?? query.layer, query.layer);
    this.tests = query.facts ?? [];
    this.facts = new NodeFacts(stack, this.span);
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
    const { entries, records } = this.stack;
    const { from, to } = this.span;
    const isRange = this.isRange();
    // Where much has changed, one walk over all nodes costs less than a way up from each.
    const isMuch = (records.start(to + 1) - records.start(from)) * DEPTH > this.members.length;
    this.span.eachChange((node, change, before, after) => {
      if (leftOut.has(change) || (matches !== null && matches[node] !== 1)) return;
      const isGone = change === Change.Removed;
      const entry = isGone ? before : after;
      if (!this.isAsked(node, entry)) return;
      const bytes = isGone || !isRange ? entries.payloadOf(entry) : this.storedInRange(entry);
      if (isMuch) this.mark(node, bytes);
      else this.add(node, bytes);
    });
    if (isMuch) this.sumUp();
    // Of a range, files are told as one layer would have stored them.
    if (isRange) this.addAdopted(from);
  }

  /** Payload bytes that the range's layers store for what a path shows above them. */
  private storedInRange(entry: number): number {
    const { entries } = this.stack;
    if (entry < 0 || entries.layerOf(entries.inodeOf(entry)) < this.span.from) return 0;
    return entries.weightOf(entry);
  }

  private addEverything(): void {
    const { layer, leftOut, matches } = this.query;
    const { records, entries } = this.stack;
    const end = records.start(layer + 1);
    const isAnyWanted = leftOut.size === 0 && this.tests.length === 0;
    for (let node = ROOT + 1; node < this.members.length; node++) {
      if (matches !== null && matches[node] !== 1) continue;
      const record = records.lastBelow(node, end);
      const entry = record === NO_RECORD ? NOTHING : records.afters[record]!;
      if (entry === NOTHING) continue;
      if (isAnyWanted || this.isWanted(node, entry, leftOut)) this.mark(node, entries.weightOf(entry));
    }
    this.sumUp();
    this.addAdopted(0);
  }

  private isWanted(node: number, entry: number, leftOut: ReadonlySet<Change>): boolean {
    if (leftOut.size > 0) {
      const change = this.changeOf(node);
      if (leftOut.has(change === Change.None ? Change.Unchanged : change)) return false;
    }
    return this.isAsked(node, entry);
  }

  private isAsked(node: number, entry: number): boolean {
    if (this.tests.length === 0) return true;
    const facts = this.facts.of(node, entry);
    return this.tests.every((test) => test(facts));
  }

  /** Files whose stored path is gone weigh at the hard link that stands for them: those stored from a layer on. */
  private addAdopted(from: number): void {
    const { entries } = this.stack;
    for (const [inode, node] of adoptedNames(this.stack, this.tables, this.query.layer)) {
      if (!this.isMatch(node) || entries.layerOf(inode) < from) continue;
      this.addUpwards(this.bytes, node, entries.sizeOf(inode));
    }
  }

  /** Makes a node a member, of which the directories above are not told yet: `sumUp` tells them of all. */
  private mark(node: number, bytes: number): void {
    this.matchCount++;
    this.members[node] = MEMBER | MATCH;
    this.bytes[node] = bytes;
  }

  /** Parents come before their children in node numbers: one walk backwards sums everything up. */
  private sumUp(): void {
    const { paths } = this.tables;
    const { members, childCounts, bytes } = this;
    for (let node = members.length - 1; node > ROOT; node--) {
      if (members[node] === 0) continue;
      const parent = paths.parent(node);
      members[parent]! |= MEMBER;
      childCounts[parent]!++;
      bytes[parent]! += bytes[node]!;
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

  private addUpwards(sums: Float64Array, node: number, bytes: number): void {
    for (let at = node; at !== NO_NODE; at = this.tables.paths.parent(at)) sums[at]! += bytes;
  }

  private sumMatches(): Int32Array {
    const { paths } = this.tables;
    const sums = new Int32Array(this.members.length);
    for (let node = sums.length - 1; node > ROOT; node--) {
      if (this.members[node] === 0) continue;
      if (this.isMatch(node)) sums[node]!++;
      sums[paths.parent(node)]! += sums[node]!;
    }
    return sums;
  }

  /** Only what has changed weighs something. */
  private sumDeltas(): Float64Array {
    const { entries } = this.stack;
    const deltas = new Float64Array(this.members.length);
    const { from, to } = this.span;
    this.weighAdopted(deltas, to, 1);
    if (from > 0) this.weighAdopted(deltas, from - 1, -1);
    this.span.eachChange((node, _change, before, after) => {
      if (!this.isMatch(node)) return;
      const delta = entries.weightOf(after) - entries.weightOf(before);
      if (delta !== 0) this.addUpwards(deltas, node, delta);
    });
    return deltas;
  }

  private weighAdopted(deltas: Float64Array, layer: number, sign: 1 | -1): void {
    for (const [inode, node] of adoptedNames(this.stack, this.tables, layer)) {
      if (this.isMatch(node)) this.addUpwards(deltas, node, sign * this.stack.entries.sizeOf(inode));
    }
  }
}
