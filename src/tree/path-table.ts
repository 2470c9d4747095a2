// Every path that any layer names, once, as a small number: its node. A node is a row of columns: its parent, its
// name (`path-names.ts`), its first child and next sibling. Children are found through one hash table on parent and
// name (`path-slots.ts`). Layers and views speak of nodes only; a string is made when a row is drawn. About 34 bytes a
// node and its name.

import type { ByteString } from '../image/entry.ts';
import { columnIn, type Columns } from './columns.ts';
import { capacityFor, type Column, grown } from './growable.ts';
import { checkLimit, TREE_LIMITS, type TreeLimits } from './limits.ts';
import { PathNames } from './path-names.ts';
import { PathSlots } from './path-slots.ts';

/** The root of every tree. */
export const ROOT = 0;

/** No node: the parent of the root, the end of a list of siblings. */
export const NO_NODE = -1;

const SLASH = 0x2f;

export class PathTable {
  /** Number of nodes; they are 0 to size - 1, a parent always before its children. */
  size = 1;

  private parents: Int32Array = new Int32Array(1024).fill(NO_NODE, 0, 1);
  private firstChildren: Int32Array = new Int32Array(1024).fill(NO_NODE);
  private nextSiblings: Int32Array = new Int32Array(1024).fill(NO_NODE);
  private names: PathNames;
  private slots: PathSlots;
  /** Whether the slots hold all nodes: those of a table that was kept are filled when one is looked for. */
  private areSlotsFilled = true;

  /** The directory of the last path: the next path is in the same one more often than not. */
  private lastDirectory = new Uint8Array(256);
  private lastDirectoryLength = 0;
  private lastDirectoryNode = ROOT;
  /** The bytes of a path that came as a string. */
  private scratch = new Uint8Array(256);

  private readonly limits: Pick<TreeLimits, 'paths' | 'nameBytes'>;

  constructor(limits: Pick<TreeLimits, 'paths' | 'nameBytes'> = TREE_LIMITS) {
    this.limits = limits;
    this.names = new PathNames(limits);
    this.slots = this.slotsOf(this.names);
  }

  /** All there is to keep of the table; views, not copies. */
  columns(): Columns {
    const { size } = this;
    return new Map<string, Column>([
      ['parents', this.parents.subarray(0, size)],
      ['firstChildren', this.firstChildren.subarray(0, size)],
      ['nextSiblings', this.nextSiblings.subarray(0, size)],
      ...this.names.columns(size),
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
    table.size = table.parents.length;
    table.names = PathNames.of(columns, table.size, table.limits);
    table.slots = table.slotsOf(table.names);
    table.areSlotsFilled = false;
    return table;
  }

  /**
   * The node of a path (as in `Entry.path`), made when it is new.
   * @throws PeelError `hostile` when there are more paths than any image has.
   */
  intern(path: ByteString): number {
    return this.internBytes(this.bytesOf(path), 0, path.length);
  }

  /** The same of a path that is the bytes from `start` to before `end`: a string for each would be one too many. */
  internBytes(bytes: Uint8Array, start: number, end: number): number {
    if (start === end) return ROOT;
    let slash = end - 1;
    while (slash >= start && bytes[slash] !== SLASH) slash--;
    if (slash < start) return this.child(ROOT, bytes, start, end);
    if (!this.isLastDirectory(bytes, start, slash)) {
      this.lastDirectoryNode = this.internDirectory(bytes, start, slash);
      this.keepLastDirectory(bytes, start, slash);
    }
    return this.child(this.lastDirectoryNode, bytes, slash + 1, end);
  }

  private internDirectory(bytes: Uint8Array, start: number, end: number): number {
    let node = ROOT;
    for (let from = start; from < end;) {
      let to = from;
      while (to < end && bytes[to] !== SLASH) to++;
      node = this.child(node, bytes, from, to);
      from = to + 1;
    }
    return node;
  }

  private isLastDirectory(bytes: Uint8Array, start: number, end: number): boolean {
    const { lastDirectory } = this;
    if (end - start !== this.lastDirectoryLength) return false;
    // Directories that come one after the other differ at their ends.
    for (let index = end - start - 1; index >= 0; index--) {
      if (bytes[start + index] !== lastDirectory[index]) return false;
    }
    return true;
  }

  private keepLastDirectory(bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    if (length > this.lastDirectory.length) this.lastDirectory = new Uint8Array(2 * length);
    for (let index = 0; index < length; index++) this.lastDirectory[index] = bytes[start + index]!;
    this.lastDirectoryLength = length;
  }

  /** The bytes of a path, until another one comes. */
  private bytesOf(path: ByteString): Uint8Array {
    if (path.length > this.scratch.length) this.scratch = new Uint8Array(2 * path.length);
    for (let index = 0; index < path.length; index++) this.scratch[index] = path.charCodeAt(index);
    return this.scratch;
  }

  /** The node of a path, or NO_NODE when no layer names it. */
  find(path: ByteString): number {
    this.fillSlots();
    let node = ROOT;
    if (path === '') return node;
    for (const component of path.split('/')) {
      node = this.slots.find(node, this.bytesOf(component), 0, component.length);
      if (node === NO_NODE) return NO_NODE;
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
    return this.names.text(node);
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
    return this.names.compareForPeople(a, b);
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
    return this.names.compareInPaths(atA, restA, atB, restB);
  }

  /** As `PathNames.keepContaining`. */
  keepContaining(from: number, to: number, wanted: Uint8Array, foldCase: boolean, flags: Uint8Array): void {
    this.names.keepContaining(from, to, wanted, foldCase, flags);
  }

  /** Hands the bytes of a name to `step` one after the other, each with what it made of the ones before. */
  readName(node: number, start: number, step: (value: number, byte: number) => number): number {
    return this.names.read(node, start, step);
  }

  /** The child whose name is the bytes from `start` to before `end`, made when it is new. */
  private child(parent: number, bytes: Uint8Array, start: number, end: number): number {
    this.fillSlots();
    const found = this.slots.find(parent, bytes, start, end);
    if (found !== NO_NODE) return found;
    const node = this.append(parent, bytes, start, end);
    this.slots.add(node);
    return node;
  }

  private append(parent: number, bytes: Uint8Array, start: number, end: number): number {
    if (this.size === this.parents.length) this.makeRoom(capacityFor(this.size + 1));
    const node = this.size++;
    checkLimit(this.size - 1, this.limits.paths, 'paths');
    this.names.append(node, bytes, start, end);
    this.parents[node] = parent;
    this.firstChildren[node] = NO_NODE;
    this.nextSiblings[node] = this.firstChildren[parent]!;
    this.firstChildren[parent] = node;
    return node;
  }

  private makeRoom(nodes: number): void {
    this.parents = grown(this.parents, nodes);
    this.firstChildren = grown(this.firstChildren, nodes);
    this.nextSiblings = grown(this.nextSiblings, nodes);
    this.names.makeRoom(nodes);
  }

  private slotsOf(names: PathNames): PathSlots {
    return new PathSlots(names, (node, parent) => this.parents[node] === parent);
  }

  private fillSlots(): void {
    if (this.areSlotsFilled) return;
    this.areSlotsFilled = true;
    this.slots.fill(this.size, (node) => this.parents[node]!);
  }
}
