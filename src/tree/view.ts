// What the files pane looks at: some of the nodes, as one layer makes them look. A view holds its members, how many
// of them each directory holds, and the bytes under each; what a row says beyond that is read off when it is drawn.

import { Change } from './change.ts';
import { NOTHING } from './entries.ts';
import type { ImageTables } from './layer-entries.ts';
import { adoptedNames } from './names.ts';
import { NO_NODE, ROOT } from './path-table.ts';
import { NO_RECORD } from './records.ts';
import type { Stack } from './stack.ts';

/** Which nodes a view shows. */
export interface ViewQuery {
  readonly layer: number;
  /** `changes`: what the layer did. `everything`: the file system as it is once the layer has been applied. */
  readonly mode: 'changes' | 'everything';
  /** Changes that are left out. In `everything`, what the layer did not touch is Unchanged. */
  readonly leftOut: ReadonlySet<Change>;
  /** Nodes to be shown; null for all. */
  readonly matches: NodeSet | null;
}

/** A set of nodes: 1 for each that is in it. */
export type NodeSet = Uint8Array;

export class View {
  readonly query: ViewQuery;
  /** Nodes that the query asks for; directories that only lead to them are not counted. */
  matchCount = 0;

  private readonly stack: Stack;
  private readonly tables: ImageTables;
  /** Members, those included that only lead to one. */
  private readonly members: Uint8Array;
  private readonly childCounts: Int32Array;
  private readonly bytes: Float64Array;

  constructor(stack: Stack, tables: ImageTables, query: ViewQuery) {
    this.stack = stack;
    this.tables = tables;
    this.query = query;
    const size = tables.paths.size;
    this.members = new Uint8Array(size);
    this.childCounts = new Int32Array(size);
    this.bytes = new Float64Array(size);
    this.members[ROOT] = 1;
    if (query.mode === 'changes') this.addChanges();
    else this.addEverything();
  }

  has(node: number): boolean {
    return this.members[node] === 1;
  }

  /** Members directly in a directory. */
  childCount(node: number): number {
    return this.childCounts[node]!;
  }

  /** Payload bytes of a member, and of all members below it. */
  bytesOf(node: number): number {
    return this.bytes[node]!;
  }

  /** What the view's layer did to a node. */
  changeOf(node: number): Change {
    const record = this.stack.records.ofLayer(node, this.query.layer);
    return record === NO_RECORD ? Change.None : (this.stack.records.changes[record] as Change);
  }

  /** Entry that a row stands for: what is shown, or for a removed path what was shown. */
  entryOf(node: number): number {
    const { records } = this.stack;
    const record = records.atOrBefore(node, this.query.layer);
    if (record === NO_RECORD) return NOTHING;
    const after = records.afters[record]!;
    return after === NOTHING ? records.befores[record]! : after;
  }

  /** Members directly in a directory, in no order of names. */
  children(node: number): Int32Array {
    const children = new Int32Array(this.childCounts[node]!);
    const { paths } = this.tables;
    let count = 0;
    for (let child = paths.firstChild(node); child !== NO_NODE; child = paths.nextSibling(child)) {
      if (this.members[child] === 1) children[count++] = child;
    }
    return children;
  }

  private addChanges(): void {
    const { records, entries } = this.stack;
    const { layer, leftOut, matches } = this.query;
    for (let record = records.start(layer); record < records.start(layer + 1); record++) {
      const node = records.nodes[record]!;
      const change = records.changes[record] as Change;
      if (leftOut.has(change) || (matches !== null && matches[node] !== 1)) continue;
      const entry = change === Change.Removed ? records.befores[record]! : records.afters[record]!;
      this.add(node, entries.payloadOf(entry));
    }
  }

  /** Parents come before their children in node numbers: one walk backwards sums everything up. */
  private addEverything(): void {
    const { layer, leftOut, matches } = this.query;
    const { paths } = this.tables;
    const { entries } = this.stack;
    for (let node = paths.size - 1; node > ROOT; node--) {
      const entry = this.stack.records.shownAt(node, layer);
      if (
        entry !== NOTHING &&
        (matches === null || matches[node] === 1) &&
        !leftOut.has(this.changeHere(node))
      ) {
        this.members[node] = 1;
        this.matchCount++;
        this.bytes[node]! += entries.isLink(entry) ? 0 : entries.sizeOf(entry);
      }
      if (this.members[node] === 0) continue;
      const parent = paths.parent(node);
      this.members[parent] = 1;
      this.childCounts[parent]!++;
      this.bytes[parent]! += this.bytes[node]!;
    }
    this.addAdopted();
  }

  private changeHere(node: number): Change {
    const change = this.changeOf(node);
    return change === Change.None ? Change.Unchanged : change;
  }

  /** Files whose stored path is gone weigh at the hard link that stands for them. */
  private addAdopted(): void {
    for (const [inode, node] of adoptedNames(this.stack, this.tables, this.query.layer)) {
      if (this.members[node] !== 1) continue;
      for (let at = node; at !== NO_NODE; at = this.tables.paths.parent(at)) {
        this.bytes[at]! += this.stack.entries.sizeOf(inode);
      }
    }
  }

  private add(node: number, bytes: number): void {
    this.matchCount++;
    for (let at = node; at !== NO_NODE; at = this.tables.paths.parent(at)) {
      this.bytes[at]! += bytes;
      if (this.members[at] === 1) continue;
      this.members[at] = 1;
      this.childCounts[this.tables.paths.parent(at)]!++;
    }
  }
}
