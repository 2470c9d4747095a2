// Every path that any layer names, once, as a small number: its node. A node is a row of columns: its parent, its
// name's place in one byte buffer, its first child and next sibling. Children are found through one hash table on
// parent and name (open addressing, linear probing). Layers and views speak of nodes only; a string is made when
// a row is drawn. About 30 bytes a node and its name.

import type { ByteString } from '../image/entry.ts';
import { columnIn, type Columns } from './columns.ts';
import { capacityFor, type Column, grown } from './growable.ts';
import { compareRuns } from './name-order.ts';
import { checkLimit, TREE_LIMITS, type TreeLimits } from './limits.ts';

/** The root of every tree. */
export const ROOT = 0;

/** No node: the parent of the root, the end of a list of siblings. */
export const NO_NODE = -1;

export class PathTable {
  /** Number of nodes; they are 0 to size - 1, a parent always before its children. */
  size = 1;

  private parents = new Int32Array(1024).fill(NO_NODE, 0, 1);
  private firstChildren = new Int32Array(1024).fill(NO_NODE);
  private nextSiblings = new Int32Array(1024).fill(NO_NODE);
  /** Name of node n: bytes nameStarts[n] to nameStarts[n + 1]. */
  private nameStarts = new Uint32Array(1025);
  private names = new Uint8Array(16 * 1024);
  /**
   * Node + 1 by hash of parent and name, under eight bits of that hash: others that have come to stand in the way are
   * nearly all told by those, without a look at what they are. 0 is free. A power of two long, at most half full.
   */
  private slots = new Int32Array(4096);
  /** Whether the slots hold all nodes: those of a table that was kept are filled when one is looked for. */
  private areSlotsFilled = true;

  /** The directory of the last path: the next path is in the same one more often than not. */
  private lastDirectory: ByteString = '';
  private lastDirectoryNode = ROOT;

  private readonly limits: Pick<TreeLimits, 'paths' | 'nameBytes'>;

  constructor(limits: Pick<TreeLimits, 'paths' | 'nameBytes'> = TREE_LIMITS) {
    this.limits = limits;
  }

  /** All there is to keep of the table; views, not copies. */
  columns(): Columns {
    const { size } = this;
    return new Map<string, Column>([
      ['parents', this.parents.subarray(0, size)],
      ['firstChildren', this.firstChildren.subarray(0, size)],
      ['nextSiblings', this.nextSiblings.subarray(0, size)],
      ['nameStarts', this.nameStarts.subarray(0, size + 1)],
      ['names', this.names.subarray(0, this.nameStarts[size])],
    ]);
  }

  /**
   * A table of columns that were kept, which are its own from now on.
   * @throws RangeError where they are not those of a table.
   */
  static of(columns: Columns): PathTable {
    const table = new PathTable();
    table.parents = columnIn(columns, 'parents', Int32Array);
    table.firstChildren = columnIn(columns, 'firstChildren', Int32Array, table.parents.length);
    table.nextSiblings = columnIn(columns, 'nextSiblings', Int32Array, table.parents.length);
    table.nameStarts = columnIn(columns, 'nameStarts', Uint32Array, table.parents.length + 1);
    table.names = columnIn(columns, 'names', Uint8Array, table.nameStarts.at(-1));
    table.size = table.parents.length;
    table.areSlotsFilled = false;
    return table;
  }

  /**
   * The node of a path (as in `Entry.path`), made when it is new.
   * @throws PeelError `hostile` when there are more paths than any image has.
   */
  intern(path: ByteString): number {
    if (path === '') return ROOT;
    const slash = path.lastIndexOf('/');
    if (slash === -1) return this.child(ROOT, path);
    const directory = path.slice(0, slash);
    if (directory !== this.lastDirectory) {
      let node = ROOT;
      for (const component of directory.split('/')) node = this.child(node, component);
      this.lastDirectory = directory;
      this.lastDirectoryNode = node;
    }
    return this.child(this.lastDirectoryNode, path.slice(slash + 1));
  }

  /** The node of a path, or NO_NODE when no layer names it. */
  find(path: ByteString): number {
    this.fillSlots();
    let node = ROOT;
    if (path === '') return node;
    for (const component of path.split('/')) {
      const slot = this.slotOf(node, component);
      if (this.slots[slot] === 0) return NO_NODE;
      node = nodeIn(this.slots[slot]!);
    }
    return node;
  }

  parent(node: number): number {
    return this.parents[node]!;
  }

  /** First of a node's children, in no order of names; NO_NODE when it has none. */
  firstChild(node: number): number {
    return this.firstChildren[node]!;
  }

  nextSibling(node: number): number {
    return this.nextSiblings[node]!;
  }

  name(node: number): ByteString {
    let name = '';
    for (let at = this.nameStarts[node]!; at < this.nameStarts[node + 1]!; at++) {
      name += String.fromCharCode(this.names[at]!);
    }
    return name;
  }

  /** The whole path, as in `Entry.path`. */
  path(node: number): ByteString {
    if (node === ROOT) return '';
    const parent = this.parent(node);
    return parent === ROOT ? this.name(node) : `${this.path(parent)}/${this.name(node)}`;
  }

  /** Components of the path: 0 for the root. */
  depth(node: number): number {
    let depth = 0;
    for (let at = node; at !== ROOT; at = this.parents[at]!) depth++;
    return depth;
  }

  /** Orders two nodes by their names as people count: `f2` before `f10`, else by bytes. */
  compareNames(a: number, b: number): number {
    const { names, nameStarts } = this;
    return compareRuns(names, nameStarts[a]!, nameStarts[a + 1]!, nameStarts[b]!, nameStarts[b + 1]!);
  }

  /** Orders two nodes by the bytes of their whole paths, of which none is put together. */
  comparePaths(a: number, b: number): number {
    let depthA = this.depth(a);
    let depthB = this.depth(b);
    const isBelowA = depthA > depthB;
    const isBelowB = depthB > depthA;
    let atA = a;
    let atB = b;
    for (; depthA > depthB; depthA--) atA = this.parents[atA]!;
    for (; depthB > depthA; depthB--) atB = this.parents[atB]!;
    // One leads to the other: the shorter path is first.
    if (atA === atB) return isBelowA ? 1 : isBelowB ? -1 : 0;
    let restA = isBelowA;
    let restB = isBelowB;
    for (; this.parents[atA] !== this.parents[atB]; restA = restB = true) {
      atA = this.parents[atA]!;
      atB = this.parents[atB]!;
    }
    return this.compareNameBytes(atA, restA, atB, restB);
  }

  /** Orders the names of siblings by their bytes, behind which a slash follows where the path goes on. */
  private compareNameBytes(a: number, aGoesOn: boolean, b: number, bGoesOn: boolean): number {
    const { names, nameStarts } = this;
    const startA = nameStarts[a]!;
    const startB = nameStarts[b]!;
    const lengthA = nameStarts[a + 1]! - startA;
    const lengthB = nameStarts[b + 1]! - startB;
    for (let at = 0; at < lengthA && at < lengthB; at++) {
      const difference = names[startA + at]! - names[startB + at]!;
      if (difference !== 0) return difference;
    }
    const next = (goesOn: boolean) => (goesOn ? SLASH : -1);
    const nextA = lengthA > lengthB ? names[startA + lengthB]! : next(aGoesOn);
    const nextB = lengthB > lengthA ? names[startB + lengthA]! : next(bGoesOn);
    return nextA - nextB;
  }

  /** Whether a name contains some bytes; where `foldCase`, ASCII letters in either case, `wanted` in small ones. */
  nameContains(node: number, wanted: Uint8Array, foldCase: boolean): boolean {
    const last = this.nameStarts[node + 1]! - wanted.length;
    for (let start = this.nameStarts[node]!; start <= last; start++) {
      let index = 0;
      while (index < wanted.length && fold(this.names[start + index]!, foldCase) === wanted[index]) index++;
      if (index === wanted.length) return true;
    }
    return false;
  }

  /** Hands the bytes of a name to `step` one after the other, each with what it made of the ones before. */
  readName(node: number, start: number, step: (value: number, byte: number) => number): number {
    let value = start;
    for (let at = this.nameStarts[node]!; at < this.nameStarts[node + 1]!; at++) {
      value = step(value, this.names[at]!);
    }
    return value;
  }

  private child(parent: number, name: ByteString): number {
    this.fillSlots();
    const hash = hashOf(parent, name);
    const slot = this.slotAt(hash, parent, name);
    const found = this.slots[slot]!;
    if (found !== 0) return nodeIn(found);
    const node = this.append(parent, name);
    this.slots[slot] = tagOf(hash) | (node + 1);
    if (this.size * 2 > this.slots.length) this.rehash(this.slots.length * 2);
    return node;
  }

  private append(parent: number, name: ByteString): number {
    if (this.size + 1 >= this.nameStarts.length) this.growNodes(capacityFor(this.size + 1));
    const node = this.size++;
    const start = this.nameStarts[node]!;
    const end = start + name.length;
    checkLimit(this.size - 1, this.limits.paths, 'paths');
    checkLimit(end, this.limits.nameBytes, 'bytes of names');
    if (end > this.names.length) this.names = grown(this.names, capacityFor(end));
    for (let index = 0; index < name.length; index++) this.names[start + index] = name.charCodeAt(index);
    this.nameStarts[node + 1] = end;
    this.parents[node] = parent;
    this.firstChildren[node] = NO_NODE;
    this.nextSiblings[node] = this.firstChildren[parent]!;
    this.firstChildren[parent] = node;
    return node;
  }

  private growNodes(capacity: number): void {
    this.parents = grown(this.parents, capacity);
    this.firstChildren = grown(this.firstChildren, capacity);
    this.nextSiblings = grown(this.nextSiblings, capacity);
    this.nameStarts = grown(this.nameStarts, capacity + 1);
  }

  private slotOf(parent: number, name: ByteString): number {
    return this.slotAt(hashOf(parent, name), parent, name);
  }

  /** The slot that holds the child, or the free one where it belongs. */
  private slotAt(hash: number, parent: number, name: ByteString): number {
    const { slots, parents } = this;
    const tag = tagOf(hash);
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const held = slots[slot]!;
      if (held === 0) return slot;
      if ((held & TAG) !== tag) continue;
      const node = nodeIn(held);
      if (parents[node] === parent && this.isNamed(node, name)) return slot;
    }
  }

  private isNamed(node: number, name: ByteString): boolean {
    const start = this.nameStarts[node]!;
    if (this.nameStarts[node + 1]! - start !== name.length) return false;
    for (let index = 0; index < name.length; index++) {
      if (this.names[start + index] !== name.charCodeAt(index)) return false;
    }
    return true;
  }

  private fillSlots(): void {
    if (this.areSlotsFilled) return;
    this.areSlotsFilled = true;
    let length = this.slots.length;
    while (length < this.size * 2) length *= 2;
    this.rehash(length);
  }

  private rehash(length: number): void {
    this.slots = new Int32Array(length);
    const mask = this.slots.length - 1;
    for (let node = 1; node < this.size; node++) {
      let hash = hashStart(this.parents[node]!);
      for (let at = this.nameStarts[node]!; at < this.nameStarts[node + 1]!; at++) {
        hash = hashStep(hash, this.names[at]!);
      }
      hash = hashEnd(hash);
      let slot = hash & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = tagOf(hash) | (node + 1);
    }
  }
}

// FNV-1a over the name, begun with the parent and mixed at the end, because slots are taken from the low bits.
// The beginning is drawn anew for each run, so that nobody can choose names that all fall into one row of slots.
const FNV_PRIME = 0x01000193;
const SEED = Math.floor(Math.random() * 2 ** 32);
const hashStart = (parent: number) => Math.imul(parent ^ SEED, FNV_PRIME);
const hashStep = (hash: number, byte: number) => Math.imul(hash ^ byte, FNV_PRIME);
const hashEnd = (hash: number) => hash ^ (hash >>> 15);

function hashOf(parent: number, name: ByteString): number {
  let hash = hashStart(parent);
  for (let index = 0; index < name.length; index++) hash = hashStep(hash, name.charCodeAt(index));
  return hashEnd(hash);
}

// A slot has room for a node + 1 in its low bits: more than any image may have (limits.ts).
const NODE_BITS = 24;
const TAG = -1 << NODE_BITS;
const tagOf = (hash: number) => hash & TAG;
const nodeIn = (slot: number) => (slot & ~TAG) - 1;

const SLASH = 0x2f;

/** An ASCII capital as its small letter, if wanted; every other byte as it is. */
const fold = (byte: number, foldCase: boolean) =>
  foldCase && byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
