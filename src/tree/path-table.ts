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

export class PathTable {
  /** Number of nodes; they are 0 to size - 1, a parent always before its children. */
  size = 1;

  private parents = new Int32Array(1024).fill(NO_NODE, 0, 1);
  private firstChildren = new Int32Array(1024).fill(NO_NODE);
  private nextSiblings = new Int32Array(1024).fill(NO_NODE);
  private names: PathNames;
  private slots: PathSlots;
  /** Whether the slots hold all nodes: those of a table that was kept are filled when one is looked for. */
  private areSlotsFilled = true;

  /** The directory of the last path: the next path is in the same one more often than not. */
  private lastDirectory: ByteString = '';
  private lastDirectoryNode = ROOT;

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
   * @param slash where its last one is. @throws PeelError `hostile` when there are more paths than any image has.
   */
  intern(path: ByteString, slash = path.lastIndexOf('/')): number {
    if (path === '') return ROOT;
    if (slash === -1) return this.child(ROOT, path, 0, path.length);
    if (slash !== this.lastDirectory.length || !path.startsWith(this.lastDirectory)) {
      this.lastDirectory = path.slice(0, slash);
      this.lastDirectoryNode = this.internDirectory(this.lastDirectory);
    }
    return this.child(this.lastDirectoryNode, path, slash + 1, path.length);
  }

  private internDirectory(path: ByteString): number {
    let node = ROOT;
    for (let start = 0; start < path.length;) {
      const slash = path.indexOf('/', start);
      const end = slash === -1 ? path.length : slash;
      node = this.child(node, path, start, end);
      start = end + 1;
    }
    return node;
  }

  /** The node of a path, or NO_NODE when no layer names it. */
  find(path: ByteString): number {
    this.fillSlots();
    let node = ROOT;
    if (path === '') return node;
    for (const component of path.split('/')) {
      node = this.slots.find(node, component, 0, component.length);
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

  /** As `PathNames.markContaining`. */
  markContaining(from: number, to: number, wanted: Uint8Array, foldCase: boolean, flags: Uint8Array): void {
    this.names.markContaining(from, to, wanted, foldCase, flags);
  }

  /** Hands the bytes of a name to `step` one after the other, each with what it made of the ones before. */
  readName(node: number, start: number, step: (value: number, byte: number) => number): number {
    return this.names.read(node, start, step);
  }

  /** The child whose name is the part of a path from `start` to before `end`: a string for each would be one too many. */
  private child(parent: number, path: ByteString, start: number, end: number): number {
    this.fillSlots();
    const found = this.slots.find(parent, path, start, end);
    if (found !== NO_NODE) return found;
    const node = this.append(parent, path, start, end);
    this.slots.add(node);
    return node;
  }

  private append(parent: number, path: ByteString, start: number, end: number): number {
    if (this.size === this.parents.length) this.makeRoom(capacityFor(this.size + 1));
    const node = this.size++;
    checkLimit(this.size - 1, this.limits.paths, 'paths');
    this.names.append(node, path, start, end);
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
