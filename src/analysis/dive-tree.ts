// dive's tree of one layer, as far as its figures need it (filetree/file_tree.go, AddPath): every entry and every
// directory that leads to one is a node; a whiteout is a node of its own, beside the name that it hides; `.wh..wh.*`
// names make none, but the directories that lead to them do.

import { Kind } from '../tree/kind.ts';
import type { LayerEntries } from '../tree/layer-entries.ts';
import { NO_NODE, type PathTable, ROOT } from '../tree/path-table.ts';

/** What a node is: bits. */
const Named = 1;
const Inner = 2;

/** A node without anything below it, and the row of its entry. */
export interface Leaf {
  readonly node: number;
  readonly row: number;
}
/** Rows of leaves that are whiteouts, and of directories that only a `.wh..wh.*` name implies. */
export const WHITEOUT = -1;
export const NO_ENTRY = -2;

export class LayerTree {
  /** Nodes that whiteouts hide. */
  readonly whiteouts: number[] = [];
  /** Directories without an entry of their own. */
  readonly implied: readonly number[];
  private readonly paths: PathTable;
  private readonly bits: Uint8Array;
  /** Row + 1 of the last entry of each node: the one that dive's tree keeps. */
  private readonly lastRows: Int32Array;

  constructor(paths: PathTable, layer: LayerEntries) {
    this.paths = paths;
    this.bits = new Uint8Array(paths.size);
    this.lastRows = new Int32Array(paths.size);
    const leading: number[] = [];
    for (let row = 0; row < layer.length; row++) {
      const kind = layer.kinds[row]!;
      const node = layer.nodes[row]!;
      if (kind < Kind.Whiteout) {
        this.bits[node]! |= Named;
        this.lastRows[node] = row + 1;
      } else if (kind === Kind.Whiteout) this.whiteouts.push(node);
      else leading.push(node);
      for (
        let at = paths.parent(node);
        at !== NO_NODE && (this.bits[at]! & Inner) === 0;
        at = paths.parent(at)
      ) {
        this.bits[at]! |= Inner;
        leading.push(at);
      }
    }
    const unnamed = leading.filter((node) => node !== ROOT && (this.bits[node]! & Named) === 0);
    this.implied = Array.from(new Set(unnamed));
  }

  /** Whether the node is in the tree, by an entry or because something is below it. */
  has(node: number): boolean {
    return this.bits[node] !== 0;
  }

  isLeaf(node: number): boolean {
    return (this.bits[node]! & Inner) === 0;
  }

  /** Whether the row is the entry that the tree keeps of a leaf. */
  isLastOfLeaf(node: number, row: number): boolean {
    return node !== ROOT && this.lastRows[node] === row + 1 && this.isLeaf(node);
  }

  /**
   * Calls `visit` for every leaf that dive walks before it comes to a whiteout: components compare one
   * by one, by their bytes. There may be a million leaves: none is kept, and they come in no order.
   */
  eachLeafBefore(whiteout: number, layer: LayerEntries, visit: (leaf: Leaf) => void): void {
    const end = this.walkingKey({ node: whiteout, row: WHITEOUT });
    const look = (node: number, row: number) => {
      const leaf = { node, row };
      if (this.walkingKey(leaf) < end) visit(leaf);
    };
    for (const node of this.whiteouts) look(node, WHITEOUT);
    for (let row = 0; row < layer.length; row++) {
      const node = layer.nodes[row]!;
      if (this.isLastOfLeaf(node, row)) look(node, row);
    }
    for (const node of this.implied) if (this.isLeaf(node)) look(node, NO_ENTRY);
  }

  /** Of some whiteouts the one that dive comes to first. */
  firstOf(whiteouts: readonly number[]): number {
    const keyOf = (node: number) => this.walkingKey({ node, row: WHITEOUT });
    return whiteouts.reduce((first, node) => (keyOf(node) < keyOf(first) ? node : first));
  }

  private walkingKey({ node, row }: Leaf): string {
    const path = this.paths.path(node);
    const slash = path.lastIndexOf('/') + 1;
    const named = row === WHITEOUT ? `${path.slice(0, slash)}.wh.${path.slice(slash)}` : path;
    // The separator must be smaller than any byte of a name.
    return named.replaceAll('/', '\0');
  }
}
