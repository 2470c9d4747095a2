// The hidden copies of the ledger, put together by what they have in common. Every copy is in one group of each
// grouping, so that the groups' bytes always add up to what is reclaimable. An image may hide a million copies:
// groups are columns, and what there is to say of one is reckoned when it is looked at.

import { NO_NODE, type PathTable, ROOT } from '../tree/path-table.ts';
import type { Fate, LedgerRow } from './ledger.ts';

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

/** A directory is a group of its own when what is below it, and in no such directory, is this share of the waste. */
const DIRECTORY_SHARE = 0.02;

/** All groups of one grouping, most bytes first; the copies of each, most bytes first. */
export class WasteGroups {
  readonly grouping: Grouping;
  readonly length: number;
  private readonly rows: readonly LedgerRow[];
  /** Numbers of the rows, those of the first group first; group g's are `starts[g]` to `starts[g + 1]`. */
  private readonly order: Int32Array;
  private readonly starts: Int32Array;
  private readonly keys: Int32Array;
  private readonly sums: Float64Array;
  /** Group + 1 of each key. */
  private readonly groupOf: Int32Array;
  private readonly rests: ReadonlySet<number>;
  /** Groups that have been looked at. */
  private readonly known = new Map<number, WasteGroup>();

  /**
   * @param rows hidden copies that have bytes, most bytes first.
   * @param paths what their nodes are of.
   */
  constructor(grouping: Grouping, rows: readonly LedgerRow[], paths: PathTable) {
    this.grouping = grouping;
    this.rows = rows;
    const directories = grouping === 'directory' ? wastefulDirectories(rows, paths) : null;
    this.rests = directories?.rests ?? new Set();
    const keys = Int32Array.from(rows, (row) => directories?.homeOf(row) ?? keyOf(grouping, row));
    const found = firstSeen(keys);
    const sums = new Float64Array(found.keys.length);
    const counts = new Int32Array(found.keys.length);
    for (let row = 0; row < rows.length; row++) {
      const group = found.groupOf[keys[row]!]! - 1;
      sums[group]! += rows[row]!.bytes;
      counts[group]!++;
    }
    // Groups of as many bytes stay in the order of their largest copies.
    const ranked = Int32Array.from(sums.keys()).sort((a, b) => sums[b]! - sums[a]! || a - b);
    this.length = ranked.length;
    this.keys = ranked.map((group) => found.keys[group]!);
    this.sums = Float64Array.from(ranked, (group) => sums[group]!);
    this.groupOf = found.groupOf;
    this.starts = new Int32Array(this.length + 1);
    for (let group = 0; group < this.length; group++) {
      this.groupOf[this.keys[group]!] = group + 1;
      this.starts[group + 1] = this.starts[group]! + counts[ranked[group]!]!;
    }
    this.order = this.sorted(keys);
  }

  /** What there is to say of a group. */
  at(group: number): WasteGroup {
    const known = this.known.get(group);
    if (known !== undefined) return known;
    const told = this.tell(group);
    this.known.set(group, told);
    return told;
  }

  /** Bytes of a group. */
  bytes(group: number): number {
    return this.sums[group]!;
  }

  /** Copies of a group. */
  copies(group: number): number {
    return this.starts[group + 1]! - this.starts[group]!;
  }

  /** One of a group's copies: 0 is the one with most bytes. */
  copy(group: number, index: number): LedgerRow {
    return this.rows[this.order[this.starts[group]! + index]!]!;
  }

  /** The group with this key, or NO_GROUP. */
  indexOf(key: number): number {
    return (this.groupOf[key] ?? 0) - 1;
  }

  /** Which of a group's copies this one is, or -1. */
  indexOfCopy(group: number, copy: number): number {
    for (let index = 0; index < this.copies(group); index++)
      if (this.copy(group, index).copy === copy) return index;
    return -1;
  }

  /** The rows' numbers by their groups; rows of one group stay in their order. */
  private sorted(keys: Int32Array): Int32Array {
    const next = this.starts.slice(0, this.length);
    const order = new Int32Array(keys.length);
    for (let row = 0; row < keys.length; row++) {
      const group = this.groupOf[keys[row]!]! - 1;
      order[next[group]!++] = row;
    }
    return order;
  }

  private tell(group: number): WasteGroup {
    const pairs = new Map<number, { -readonly [K in keyof WastePair]: WastePair[K] }>();
    for (let index = 0; index < this.copies(group); index++) {
      const { layer, hiddenBy, fate, bytes } = this.copy(group, index);
      const key = (layer * 2 ** 16 + hiddenBy) * 4 + fate;
      const pair = pairs.get(key);
      if (pair === undefined) pairs.set(key, { layer, hiddenBy, fate, bytes, copies: 1 });
      else {
        pair.bytes += bytes;
        pair.copies++;
      }
    }
    const key = this.keys[group]!;
    return {
      grouping: this.grouping,
      key,
      bytes: this.bytes(group),
      copies: this.copies(group),
      pairs: Array.from(pairs.values()).sort((a, b) => b.bytes - a.bytes),
      isRest: this.rests.has(key),
    };
  }
}

function keyOf(grouping: Grouping, row: LedgerRow): number {
  if (grouping === 'cause') return row.hiddenBy;
  return grouping === 'fate' ? row.fate : row.node;
}

/** The keys, each once, in the order in which they come first, and of each key its place among them, plus 1. */
function firstSeen(keys: Int32Array): { keys: number[]; groupOf: Int32Array } {
  const groupOf = new Int32Array(keys.reduce((most, key) => Math.max(most, key), -1) + 1);
  const seen: number[] = [];
  for (const key of keys) if (groupOf[key] === 0) groupOf[key] = seen.push(key);
  return { keys: seen, groupOf };
}

interface Directories {
  readonly homeOf: (row: LedgerRow) => number;
  readonly rests: ReadonlySet<number>;
}

/**
 * The directories that are worth a row, and of each copy the nearest one above it: a directory keeps what is below it
 * when that is much, else hands it on to the one above; the root keeps the rest. (These are the hierarchical heavy
 * hitters of network measurement.)
 */
function wastefulDirectories(rows: readonly LedgerRow[], paths: PathTable): Directories {
  const below = new Float64Array(paths.size);
  let total = 0;
  for (const { node, bytes } of rows) {
    below[Math.max(ROOT, paths.parent(node))]! += bytes;
    total += bytes;
  }
  // Parents come before their children.
  const homes = new Int32Array(paths.size);
  for (let node = paths.size - 1; node > ROOT; node--) {
    if (below[node]! >= total * DIRECTORY_SHARE && below[node]! > 0) homes[node] = node;
    else below[paths.parent(node)]! += below[node]!;
  }
  const rests = new Set<number>();
  for (let node = ROOT + 1; node < paths.size; node++) {
    if (homes[node] === node) markAbove(rests, homes, paths, node);
    else homes[node] = homes[paths.parent(node)]!;
  }
  return { homeOf: ({ node }) => homes[Math.max(ROOT, paths.parent(node))]!, rests };
}

/** Directories above one that is a group of its own are no whole. */
function markAbove(rests: Set<number>, homes: Int32Array, paths: PathTable, node: number): void {
  for (let above = paths.parent(node); above !== NO_NODE; above = paths.parent(above)) {
    if (homes[above] === above) rests.add(above);
  }
}
