// dive's own three figures, for people whose gates depend on them, computed as dive 0.13 does (filetree/efficiency.go,
// image/image.go). They are not the ledger's: dive counts every stored path once more for each layer that names it,
// the live copy too, and weighs a whiteout only when it removes a directory.

import { grown } from '../tree/growable.ts';
import { Kind, type LayerEntries } from '../tree/layer-entries.ts';
import { NO_NODE, type PathTable, ROOT } from '../tree/path-table.ts';

export interface DiveFigures {
  /** 0 to 1. */
  readonly efficiency: number;
  readonly wastedBytes: number;
  /** Share of the bytes above the base layer, 0 to 1 and beyond; null when there are none above it. */
  readonly userWastedPercent: number | null;
}

/** What dive's stacked tree holds at a path. */
const Held = { Nothing: 0, Other: 1, Directory: 2 } as const;

/** What a node is in dive's tree of one layer: bits. */
const InLayer = { Named: 1, Implied: 2, Inner: 4 } as const;

/** A node without children in dive's tree of one layer, and the row of its entry. */
interface Leaf {
  readonly node: number;
  readonly row: number;
}
const WHITEOUT = -1;
const NO_ENTRY = -2;

export class DiveModel {
  private readonly paths: PathTable;
  // Per path: how often a layer names it as a leaf, the bytes of all those, the smallest of them.
  private discoveries = new Uint16Array(0);
  private cumulative = new Float64Array(0);
  private smallest = new Float64Array(0);
  /** Paths at which it gave up a layer. */
  private readonly strays = new Set<number>();
  // dive's stacked tree.
  private held = new Uint8Array(0);
  private heldSizes = new Float64Array(0);

  private layers = 0;
  private bytes = 0;
  private baseBytes = 0;

  constructor(paths: PathTable) {
    this.paths = paths;
  }

  addLayer(layer: LayerEntries): void {
    this.makeRoom(this.paths.size);
    const tree = this.treeOf(layer);
    this.discoverLeaves(this.leavesOf(layer, tree), layer);
    this.stackLayer(layer, tree);
    for (let row = 0; row < layer.length; row++) this.bytes += layer.sizes[row]!;
    if (this.layers === 0) this.baseBytes = this.bytes;
    this.layers++;
  }

  figures(): DiveFigures {
    let wasted = 0;
    let minimum = 0;
    let discovered = 0;
    for (let node = 0; node < this.discoveries.length; node++) {
      const times = this.discoveries[node]!;
      if (times === 0) continue;
      minimum += this.smallest[node]!;
      discovered += this.cumulative[node]!;
      if (times > 1) wasted += this.cumulative[node]!;
    }
    // It has begun to count such a path, from a smallest size of -1 on.
    for (const node of this.strays) if (this.discoveries[node] === 0) minimum--;
    const userBytes = this.bytes - this.baseBytes;
    return {
      efficiency: discovered === 0 ? 1 : minimum / discovered,
      wastedBytes: wasted,
      userWastedPercent: userBytes === 0 ? null : wasted / userBytes,
    };
  }

  /** dive's tree of one layer: what each node is there. A whiteout is a node of its own, beside the name it hides. */
  private treeOf(layer: LayerEntries): Uint8Array {
    const tree = new Uint8Array(this.paths.size);
    for (let row = 0; row < layer.length; row++) {
      const kind = layer.kinds[row]!;
      const node = layer.nodes[row]!;
      if (kind < Kind.Whiteout) tree[node]! |= InLayer.Named;
      // `.wh..wh.*` names make no node, but the directories that lead to them do.
      else if (kind > Kind.Whiteout && tree[node] === 0) tree[node] |= InLayer.Implied;
      for (let at = this.paths.parent(node); at !== NO_NODE && (tree[at]! & InLayer.Inner) === 0;) {
        tree[at]! |= InLayer.Inner | InLayer.Implied;
        at = this.paths.parent(at);
      }
    }
    return tree;
  }

  /** Nodes without anything below them, each path once: the last entry of a path is the one in dive's tree. */
  private leavesOf(layer: LayerEntries, tree: Uint8Array): Leaf[] {
    const leaves: Leaf[] = [];
    const rows = new Map<number, number>();
    for (let row = 0; row < layer.length; row++) {
      const node = layer.nodes[row]!;
      if (layer.kinds[row] === Kind.Whiteout) leaves.push({ node, row: WHITEOUT });
      else if (node !== ROOT && (tree[node]! & InLayer.Inner) === 0) {
        if (layer.kinds[row]! < Kind.Whiteout) rows.set(node, row);
        else if (!rows.has(node)) rows.set(node, NO_ENTRY);
      }
    }
    for (const [node, row] of rows) leaves.push({ node, row });
    return leaves;
  }

  /**
   * dive gives up a layer at the first whiteout that has nothing below, in the order of names; what comes before
   * counts.
   */
  private discoverLeaves(leaves: readonly Leaf[], layer: LayerEntries): void {
    const hasStray = leaves.some(({ node, row }) => row === WHITEOUT && this.isStray(node, leaves));
    for (const { node, row } of hasStray ? this.inWalkingOrder(leaves) : leaves) {
      if (row === WHITEOUT && this.isStray(node, leaves)) {
        this.strays.add(node);
        return;
      }
      if (row === WHITEOUT)
        this.discover(node, this.held[node] === Held.Directory ? this.heldBytes(node) : 0);
      else this.discover(node, row === NO_ENTRY ? 0 : layer.sizes[row]!);
    }
  }

  /** A whiteout of the base layer is looked up in that layer itself. */
  private isStray(node: number, leaves: readonly Leaf[]): boolean {
    if (this.layers > 0) return this.held[node] === Held.Nothing;
    return !leaves.some((leaf) => leaf.row !== WHITEOUT && this.paths.isWithin(leaf.node, node));
  }

  private inWalkingOrder(leaves: readonly Leaf[]): Leaf[] {
    // Components compare one by one: the separator must be smaller than any byte of a name.
    const key = ({ node, row }: Leaf) => {
      const path = this.paths.path(node);
      const slash = path.lastIndexOf('/') + 1;
      const named = row === WHITEOUT ? `${path.slice(0, slash)}.wh.${path.slice(slash)}` : path;
      return named.replaceAll('/', '\0');
    };
    return leaves
      .map((leaf) => ({ leaf, at: key(leaf) }))
      .sort((a, b) => (a.at < b.at ? -1 : 1))
      .map(({ leaf }) => leaf);
  }

  private discover(node: number, bytes: number): void {
    const times = this.discoveries[node]!;
    this.smallest[node] = times === 0 ? bytes : Math.min(this.smallest[node]!, bytes);
    this.cumulative[node]! += bytes;
    this.discoveries[node] = times + 1;
  }

  private stackLayer(layer: LayerEntries, tree: Uint8Array): void {
    for (let row = 0; row < layer.length; row++) {
      if (layer.kinds[row] === Kind.Whiteout) this.drop(layer.nodes[row]!);
    }
    for (let row = 0; row < layer.length; row++) {
      const kind = layer.kinds[row]!;
      this.holdImplied(kind > Kind.Whiteout ? layer.nodes[row]! : this.paths.parent(layer.nodes[row]!), tree);
      if (kind >= Kind.Whiteout) continue;
      this.hold(layer.nodes[row]!, kind === Kind.Directory ? Held.Directory : Held.Other, layer.sizes[row]!);
    }
  }

  /** A directory that a layer only implies overwrites what dive knew of it: no directory, no bytes. */
  private holdImplied(node: number, tree: Uint8Array): void {
    for (let at = node; at > ROOT; at = this.paths.parent(at)) {
      if ((tree[at]! & InLayer.Named) === 0) this.hold(at, Held.Other, 0);
    }
  }

  private hold(node: number, held: number, bytes: number): void {
    this.held[node] = held;
    this.heldSizes[node] = bytes;
  }

  private drop(node: number): void {
    if (this.held[node] === Held.Nothing) return;
    this.held[node] = Held.Nothing;
    this.eachChild(node, (child) => this.drop(child));
  }

  private heldBytes(node: number): number {
    if (this.held[node] === Held.Nothing) return 0;
    let bytes = this.heldSizes[node]!;
    this.eachChild(node, (child) => (bytes += this.heldBytes(child)));
    return bytes;
  }

  private eachChild(node: number, visit: (child: number) => void): void {
    for (let child = this.paths.firstChild(node); child !== NO_NODE; child = this.paths.nextSibling(child))
      visit(child);
  }

  private makeRoom(nodes: number): void {
    this.discoveries = grown(this.discoveries, nodes);
    this.cumulative = grown(this.cumulative, nodes);
    this.smallest = grown(this.smallest, nodes);
    this.held = grown(this.held, nodes);
    this.heldSizes = grown(this.heldSizes, nodes);
  }
}
