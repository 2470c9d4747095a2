import { type Change } from './change.ts';
import { NOTHING } from './entries.ts';
import { columnIn, type Columns } from './columns.ts';
import { capacityFor, type Column, grown } from './growable.ts';
import { partAt } from './parts.ts';

/** No record: the path was never touched, or not before. */
export const NO_RECORD = -1;

/**
 * What each layer did to each path that it touched, in columns. The records of a layer stand together; those of a
 * path are chained from the newest to the oldest.
 */
export class Records {
  count = 0;
  nodes = new Int32Array(0);
  /** Entries (or IMPLIED, NOTHING) that the path showed before the layer and shows after it. */
  befores = new Int32Array(0);
  afters = new Int32Array(0);
  changes = new Uint8Array(0);
  /** Bits of `Differs`. */
  differs = new Uint8Array(0);
  private previous: Int32Array = new Int32Array(0);
  /** Newest record of each node. */
  private heads: Int32Array = new Int32Array(0);
  private readonly starts: number[] = [];

  /** All there is to keep of the records; views, not copies. */
  columns(): Columns {
    const { count } = this;
    return new Map<string, Column>([
      ['nodes', this.nodes.subarray(0, count)],
      ['befores', this.befores.subarray(0, count)],
      ['afters', this.afters.subarray(0, count)],
      ['changes', this.changes.subarray(0, count)],
      ['differs', this.differs.subarray(0, count)],
      ['previous', this.previous.subarray(0, count)],
      ['heads', this.heads],
      ['starts', Int32Array.from(this.starts)],
    ]);
  }

  /**
   * Records that were kept, of so many layers and nodes.
   * @throws RangeError where the columns are not those of records.
   */
  static of(columns: Columns, layers: number, nodes: number): Records {
    const records = new Records();
    records.nodes = columnIn(columns, 'nodes', Int32Array);
    const { length } = records.nodes;
    records.count = length;
    records.befores = columnIn(columns, 'befores', Int32Array, length);
    records.afters = columnIn(columns, 'afters', Int32Array, length);
    records.changes = columnIn(columns, 'changes', Uint8Array, length);
    records.differs = columnIn(columns, 'differs', Uint8Array, length);
    records.previous = columnIn(columns, 'previous', Int32Array, length);
    records.heads = columnIn(columns, 'heads', Int32Array, nodes);
    records.starts.push(...columnIn(columns, 'starts', Int32Array, layers));
    return records;
  }

  /** Records that are added from here on are those of the next layer; nodes below `nodes` may occur. */
  beginLayer(nodes: number): void {
    this.starts.push(this.count);
    const old = this.heads.length;
    if (nodes > old) this.heads = grown(this.heads, nodes).fill(NO_RECORD, old);
  }

  add(node: number, before: number, after: number, change: Change, differs: number): void {
    if (this.count === this.nodes.length) this.grow(capacityFor(this.count + 1));
    const record = this.count++;
    this.nodes[record] = node;
    this.befores[record] = before;
    this.afters[record] = after;
    this.changes[record] = change;
    this.differs[record] = differs;
    this.previous[record] = this.heads[node]!;
    this.heads[node] = record;
  }

  /** First record of a layer; its last is the one before the next layer's first. */
  start(layer: number): number {
    return this.starts[layer] ?? this.count;
  }

  layerOf(record: number): number {
    return partAt(this.starts, record);
  }

  /** The record that made what a node shows under `layer`, that layer included; NO_RECORD when nothing did. */
  atOrBefore(node: number, layer: number): number {
    return this.lastBelow(node, this.start(layer + 1));
  }

  /** The newest record of a node below a record's number, or NO_RECORD. */
  lastBelow(node: number, end: number): number {
    let record = this.head(node);
    while (record >= end) record = this.previous[record]!;
    return record;
  }

  /** Whether no record from the number `start` on has touched the node of a record before it. */
  isFirstFrom(start: number, record: number): boolean {
    return this.previous[record]! < start;
  }

  /** The entry that the node of a record showed before the record with the number `start`, or the next of that node. */
  shownBefore(record: number, start: number): number {
    let older = record;
    while (older >= start) older = this.previous[older]!;
    return older === NO_RECORD ? NOTHING : this.afters[older]!;
  }

  /** What `layer` did to a node, or NO_RECORD. */
  ofLayer(node: number, layer: number): number {
    const record = this.atOrBefore(node, layer);
    return record >= this.start(layer) ? record : NO_RECORD;
  }

  /** The first record of a node above `layer`, or NO_RECORD. */
  after(node: number, layer: number): number {
    const end = this.start(layer + 1);
    let found = NO_RECORD;
    for (let record = this.head(node); record >= end; record = this.previous[record]!) found = record;
    return found;
  }

  /** All records of a node, oldest first. */
  life(node: number): number[] {
    const records: number[] = [];
    for (let record = this.head(node); record !== NO_RECORD; record = this.previous[record]!)
      records.push(record);
    return records.reverse();
  }

  /** Entry that a node shows under `layer`, that layer included. */
  shownAt(node: number, layer: number): number {
    const record = this.atOrBefore(node, layer);
    return record === NO_RECORD ? NOTHING : this.afters[record]!;
  }

  private head(node: number): number {
    return node < this.heads.length ? this.heads[node]! : NO_RECORD;
  }

  private grow(capacity: number): void {
    this.nodes = grown(this.nodes, capacity);
    this.befores = grown(this.befores, capacity);
    this.afters = grown(this.afters, capacity);
    this.changes = grown(this.changes, capacity);
    this.differs = grown(this.differs, capacity);
    this.previous = grown(this.previous, capacity);
  }
}
