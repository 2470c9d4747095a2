// The layers of an image stacked, base first. A layer applies whole: first everything it takes away from the
// layers below (whiteouts, opaque directories: they hide lower names only, wherever they stand in the tar), then
// its entries, one after the other, the last one of a path winning (image-spec, layer.md).
//
// What is kept is not a tree for each layer but one state, the top, and a record of each path that a layer
// touched: the entry it showed before and the one it shows after. The records of a path are chained, newest
// first, so that the state under any layer can be read off.

import { Change, changeOf } from './change.ts';
import { Entries, IMPLIED, NOTHING } from './entries.ts';
import { columnIn, type Columns, partOf, together } from './columns.ts';
import { grown, Int32List } from './growable.ts';
import { isShown, Kind } from './kind.ts';
import { type ImageTables, type LayerEntries } from './layer-entries.ts';
import { NO_NODE, ROOT } from './path-table.ts';
import { Records } from './records.ts';

/** A copy that a layer hid: it took the last name that showed it. */
export interface HiddenCopy {
  /** Entry of the copy. */
  readonly copy: number;
  /** The name its fate is read off: the path it was stored under if the layer took that one, else the first. */
  readonly name: number;
}

/** Children of a directory that are gone through again whenever it is emptied. */
const LARGE_DIRECTORY = 64;

export class Stack {
  readonly entries: Entries;
  readonly records: Records;
  /** Number of layers stacked so far. */
  layers = 0;

  /** Entry that each node shows now. */
  private tops: Int32Array = new Int32Array(0);
  /** Names under which each inode is shown now. */
  private nameCounts: Int32Array = new Int32Array(0);

  // What the layer that is being applied has touched: nodes, and what each showed before. `touchOf` is a sparse
  // set: a node is touched when the place it points to points back.
  private readonly touched = new Int32List();
  private readonly before = new Int32List();
  private touchOf: Int32Array = new Int32Array(0);
  /** Names that files lost: pairs of copy and node. */
  private readonly lost = new Int32List();
  /** Of large directories that were emptied before: their children that have been shown since. */
  private readonly refilled = new Map<number, number[]>();

  private readonly tables: ImageTables;

  constructor(tables: ImageTables, entries = new Entries(tables), records = new Records()) {
    this.tables = tables;
    this.entries = entries;
    this.records = records;
  }

  /** All there is to keep of the stack. What only a further layer needs is made when one comes. */
  columns(): Columns {
    const state = new Map([
      ['tops', this.tops],
      ['nameCounts', this.nameCounts],
    ]);
    return together({ entries: this.entries.columns(), records: this.records.columns(), state });
  }

  /**
   * A stack that was kept. Its columns are its own from now on; nothing in them is walked through.
   * @throws RangeError where the columns are not those of a stack.
   */
  static of(columns: Columns, tables: ImageTables): Stack {
    const state = partOf(columns, 'state');
    const tops = columnIn(state, 'tops', Int32Array, tables.paths.size);
    const entries = Entries.of(partOf(columns, 'entries'), tables);
    const layers = entries.layers.length;
    const records = Records.of(partOf(columns, 'records'), layers, tops.length);
    const stack = new Stack(tables, entries, records);
    stack.layers = layers;
    stack.tops = tops;
    stack.nameCounts = columnIn(state, 'nameCounts', Int32Array, entries.count);
    return stack;
  }

  /** Stacks one layer on top. Returns the copies that it hid, its own among them. */
  apply(layer: LayerEntries): HiddenCopy[] {
    const first = this.entries.count;
    this.entries.append(layer);
    this.nameCounts = grown(this.nameCounts, this.entries.count);
    this.makeRoomForNodes();

    for (let row = 0; row < layer.length; row++) this.takeAway(layer.kinds[row]!, layer.nodes[row]!);
    for (let row = 0; row < layer.length; row++) {
      const node = layer.nodes[row]!;
      if (node !== ROOT && isShown(layer.kinds[row]!)) this.put(node, first + row, layer, row);
    }

    this.record();
    this.layers++;
    return this.hiddenCopies();
  }

  /** Nodes that the stacked layers name are below this number. */
  get nodes(): number {
    return this.tops.length;
  }

  /** Entry that a node shows once all stacked layers have been applied: an entry, IMPLIED or NOTHING. */
  top(node: number): number {
    return node < this.tops.length ? this.tops[node]! : NOTHING;
  }

  private makeRoomForNodes(): void {
    const size = this.tables.paths.size;
    const old = this.tops.length;
    if (size > this.touchOf.length) this.touchOf = grown(this.touchOf, size);
    if (size === old) return;
    this.tops = grown(this.tops, size).fill(NOTHING, old);
    this.tops[ROOT] = IMPLIED;
  }

  private takeAway(kind: number, node: number): void {
    if (kind === Kind.Whiteout) this.remove(node);
    else if (kind === Kind.Opaque) this.removeChildren(node);
  }

  private put(node: number, entry: number, layer: LayerEntries, row: number): void {
    this.implyParents(node);
    const kind = layer.kinds[row]!;
    if (kind === Kind.Hardlink) this.resolveLink(entry, layer.links[row]!);
    if (kind !== Kind.Directory && this.entries.isDirectory(this.tops[node]!)) this.removeChildren(node);
    this.show(node, entry);
  }

  /** A link leads to what its target shows at this moment; a target that this very layer took away still counts. */
  private resolveLink(entry: number, target: number): void {
    let shown = this.tops[target]!;
    if (shown === NOTHING && this.isTouched(target)) shown = this.before.at(this.touchOf[target]!);
    if (shown >= 0 && !this.entries.isDirectory(shown))
      this.entries.linkTo(entry, this.entries.inodeOf(shown));
  }

  private implyParents(node: number): void {
    const parent = this.tables.paths.parent(node);
    if (parent === NO_NODE || this.entries.isDirectory(this.tops[parent]!)) return;
    this.implyParents(parent);
    this.show(parent, IMPLIED);
  }

  private remove(node: number): void {
    if (this.tops[node] === NOTHING || node === ROOT) return;
    this.removeChildren(node);
    this.show(node, NOTHING);
  }

  /** A layer may empty one directory a million times: where it is large, all its children are gone through once. */
  private removeChildren(node: number): void {
    const since = this.refilled.get(node);
    if (since !== undefined) {
      this.refilled.set(node, []);
      for (const child of since) this.remove(child);
      return;
    }
    const { paths } = this.tables;
    let children = 0;
    for (let child = paths.firstChild(node); child !== NO_NODE; child = paths.nextSibling(child)) {
      children++;
      this.remove(child);
    }
    if (children > LARGE_DIRECTORY) this.refilled.set(node, []);
  }

  private show(node: number, entry: number): void {
    const old = this.tops[node]!;
    if (!this.isTouched(node)) {
      this.touchOf[node] = this.touched.length;
      this.touched.push(node);
      this.before.push(old);
    }
    this.tops[node] = entry;
    if (old === NOTHING && this.refilled.size > 0)
      this.refilled.get(this.tables.paths.parent(node))?.push(node);
    if (entry >= 0) this.nameCounts[this.entries.inodeOf(entry)]!++;
    if (old < 0) return;
    const inode = this.entries.inodeOf(old);
    this.nameCounts[inode]!--;
    if (this.entries.kindOf(inode) === Kind.File) {
      this.lost.push(inode);
      this.lost.push(node);
    }
  }

  private isTouched(node: number): boolean {
    const place = this.touchOf[node]!;
    return place < this.touched.length && this.touched.at(place) === node;
  }

  private record(): void {
    this.records.beginLayer(this.tables.paths.size);
    for (let place = 0; place < this.touched.length; place++) {
      const node = this.touched.at(place);
      const before = this.before.at(place);
      const after = this.tops[node]!;
      if (before === NOTHING && after === NOTHING) continue;
      if (before === NOTHING) this.records.add(node, before, after, Change.Added, 0);
      else if (after === NOTHING) this.records.add(node, before, after, Change.Removed, 0);
      else {
        const differs = this.entries.difference(before, after);
        this.records.add(node, before, after, changeOf(differs), differs);
      }
    }
    this.touched.clear();
    this.before.clear();
  }

  private hiddenCopies(): HiddenCopy[] {
    const { paths } = this.tables;
    const names = new Map<number, number>();
    for (let at = 0; at < this.lost.length; at += 2) {
      const copy = this.lost.at(at);
      const node = this.lost.at(at + 1);
      if (this.nameCounts[copy] !== 0) continue;
      const chosen = names.get(copy);
      const stored = this.entries.nodeOf(copy);
      if (chosen === undefined || node === stored) names.set(copy, node);
      else if (chosen !== stored && paths.comparePaths(node, chosen) < 0) names.set(copy, node);
    }
    this.lost.clear();
    return Array.from(names, ([copy, name]) => ({ copy, name }));
  }
}
