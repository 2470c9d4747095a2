// The hidden copies of the ledger, put together by what they have in common. Every copy is in one group of each
// grouping, so that the groups' bytes always add up to what is reclaimable. An image may hide a million copies:
// groups are columns, and what there is to say of one is reckoned when it is looked at.

import { LazyOrder } from '../tree/lazy-order.ts';
import type { Fate, Ledger, LedgerRow } from './ledger.ts';
import { wastefulDirectories } from './waste-directories.ts';
import { type Wasted, wastedRows, WasteList, wasteOrder } from './waste-list.ts';

/**
 * What the copies of a group share, in the order in which a screen offers it: the layer that hid them, the path that
 * they were stored under, a directory that holds much of the waste, what became of them.
 */
export const GROUPINGS = ['cause', 'path', 'directory', 'fate'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Copies of one layer that another one hid in one way. */
export interface WastePair {
  readonly layer: number;
  readonly hiddenBy: number;
  readonly fate: Fate;
  readonly bytes: number;
  readonly copies: number;
}

/** Hidden copies that have something in common. */
export interface WasteGroup {
  readonly grouping: Grouping;
  /** The layer that hid them, the node of their path or of the directory that they are below, their fate. */
  readonly key: number;
  readonly bytes: number;
  readonly copies: number;
  /** Where they were stored, what hid them and how; most bytes first. */
  readonly pairs: readonly WastePair[];
  /** Of a directory: whether others below it are groups of their own, so that this one is what they leave over. */
  readonly isRest: boolean;
}

/** No group: a key that nothing has. */
export const NO_GROUP = -1;

/**
 * All groups of one grouping, most bytes first; the copies of each, most bytes first. Of groups with as many bytes the one
 * with the largest copy is first.
 */
export class WasteGroups {
  readonly grouping: Grouping;
  readonly length: number;
  private readonly wasted: Wasted;
  /** Numbers of the groups, as they come in the ledger, in the order of the list. */
  private readonly ranked: LazyOrder;
  /** Rows of the ledger, those of group 0 first; group g's are `starts[g]` to `starts[g + 1]`. */
  private readonly rows: Int32Array;
  private readonly starts: Int32Array;
  private readonly keys: readonly number[];
  private readonly sums: Float64Array;
  /** Group + 1 of each key. */
  private readonly groupOf: Int32Array;
  private readonly rests: ReadonlySet<number>;
  /** Groups that have been looked at, and lists of their copies. */
  private readonly known = new Map<number, WasteGroup>();
  private readonly lists = new Map<number, WasteList>();

  constructor(grouping: Grouping, wasted: Wasted) {
    const { ledger, tables } = wasted;
    const rows = wastedRows(ledger);
    this.grouping = grouping;
    this.wasted = wasted;
    const directories = grouping === 'directory' ? wastefulDirectories(ledger, rows, tables.paths) : null;
    this.rests = directories?.rests ?? new Set();
    const keyOf = directories?.homeOf ?? keyIn(grouping, ledger);
    const keys = rows.map(keyOf);
    const { seen, groupOf } = firstSeen(keys);
    this.length = seen.length;
    this.keys = seen;
    this.groupOf = groupOf;
    this.starts = startsOf(keys, groupOf, seen.length);
    this.rows = this.together(rows, keys);
    this.sums = new Float64Array(seen.length);
    const compare = wasteOrder(wasted);
    const largest = new Int32Array(seen.length);
    for (let group = 0; group < seen.length; group++) {
      largest[group] = this.rows[this.starts[group]!]!;
      for (const row of this.rowsOf(group)) {
        this.sums[group]! += ledger.bytesAt(row);
        if (compare(row, largest[group]!) < 0) largest[group] = row;
      }
    }
    this.ranked = new LazyOrder(
      Int32Array.from(seen.keys()),
      (a, b) => this.sums[b]! - this.sums[a]! || compare(largest[a]!, largest[b]!),
      () => 1,
    );
  }

  /** What there is to say of the group at a place of the list. */
  at(place: number): WasteGroup {
    const group = this.groupAt(place);
    const known = this.known.get(group);
    if (known !== undefined) return known;
    const told = this.tell(group);
    this.known.set(group, told);
    return told;
  }

  /** Bytes of a group. */
  bytes(place: number): number {
    return this.sums[this.groupAt(place)]!;
  }

  /** Copies of a group. */
  copies(place: number): number {
    return this.countOf(this.groupAt(place));
  }

  /** One of a group's copies: 0 is the one with most bytes. */
  copy(place: number, index: number): LedgerRow {
    // Who asks for one that a group does not have has miscounted.
    return this.listOf(this.groupAt(place)).at(index)!;
  }

  /** All copies of a group, in no order. */
  *eachCopy(place: number): Generator<LedgerRow> {
    for (const row of this.rowsOf(this.groupAt(place))) yield this.wasted.ledger.at(row);
  }

  /** The place of the group with this key, or NO_GROUP. */
  indexOf(key: number): number {
    const group = (this.groupOf[key] ?? 0) - 1;
    return group < 0 ? NO_GROUP : this.ranked.before(group);
  }

  /** Which of a group's copies this one is, or -1. */
  indexOfCopy(place: number, copy: number): number {
    return this.listOf(this.groupAt(place)).placeOf(copy);
  }

  private groupAt(place: number): number {
    return this.ranked.at(place).item;
  }

  private countOf(group: number): number {
    return this.starts[group + 1]! - this.starts[group]!;
  }

  private rowsOf(group: number): Int32Array {
    return this.rows.subarray(this.starts[group], this.starts[group + 1]);
  }

  private listOf(group: number): WasteList {
    const known = this.lists.get(group);
    if (known !== undefined) return known;
    const list = new WasteList(this.wasted, this.rowsOf(group).slice());
    this.lists.set(group, list);
    return list;
  }

  /** The rows by their groups; those of one group stay in their order. */
  private together(rows: Int32Array, keys: Int32Array): Int32Array {
    const next = this.starts.slice();
    const together = new Int32Array(rows.length);
    for (let index = 0; index < rows.length; index++) {
      const group = this.groupOf[keys[index]!]! - 1;
      together[next[group]!++] = rows[index]!;
    }
    return together;
  }

  private tell(group: number): WasteGroup {
    const { ledger } = this.wasted;
    const pairs = new Map<number, { -readonly [K in keyof WastePair]: WastePair[K] }>();
    for (const row of this.rowsOf(group)) {
      const bytes = ledger.bytesAt(row);
      const pair = pairs.get(ledger.pairAt(row));
      if (pair === undefined) {
        const { layer, hiddenBy, fate } = ledger.at(row);
        pairs.set(ledger.pairAt(row), { layer, hiddenBy, fate, bytes, copies: 1 });
      } else {
        pair.bytes += bytes;
        pair.copies++;
      }
    }
    const key = this.keys[group]!;
    return {
      grouping: this.grouping,
      key,
      bytes: this.sums[group]!,
      copies: this.countOf(group),
      pairs: Array.from(pairs.values()).sort(
        (a, b) => b.bytes - a.bytes || a.layer - b.layer || a.hiddenBy - b.hiddenBy || a.fate - b.fate,
      ),
      isRest: this.rests.has(key),
    };
  }
}

/** The key of a row's group, where that does not depend on other rows. */
function keyIn(grouping: Grouping, ledger: Ledger): (row: number) => number {
  if (grouping === 'cause') return (row) => ledger.at(row).hiddenBy;
  return grouping === 'fate' ? (row) => ledger.at(row).fate : (row) => ledger.nodeAt(row);
}

/** The keys, each once, in the order in which they come first, and of each key its place among them, plus 1. */
function firstSeen(keys: Int32Array): { seen: number[]; groupOf: Int32Array } {
  const groupOf = new Int32Array(keys.reduce((most, key) => Math.max(most, key), -1) + 1);
  const seen: number[] = [];
  for (const key of keys) if (groupOf[key] === 0) groupOf[key] = seen.push(key);
  return { seen, groupOf };
}

/** Where the rows of each group begin when they are put together, and where those of the last end. */
function startsOf(keys: Int32Array, groupOf: Int32Array, groups: number): Int32Array {
  const starts = new Int32Array(groups + 1);
  for (const key of keys) starts[groupOf[key]!]!++;
  for (let group = 0; group < groups; group++) starts[group + 1]! += starts[group]!;
  return starts;
}
