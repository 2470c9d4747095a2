// dive's own three figures, for people whose gates depend on them, computed as dive 0.13 does (filetree/efficiency.go,
// image/image.go). They are not the ledger's: dive counts every stored path once more for each layer that names it,
// the live copy too, and weighs a whiteout only when it removes a directory.

import { grown } from '../tree/growable.ts';
import { Kind } from '../tree/kind.ts';
import type { LayerEntries } from '../tree/layer-entries.ts';
import { NO_NODE, type PathTable } from '../tree/path-table.ts';
import { LayerTree, NO_ENTRY, WHITEOUT } from './dive-tree.ts';

export interface DiveFigures {
  /** 0 to 1. */
  readonly efficiency: number;
  readonly wastedBytes: number;
  /** Share of the bytes above the base layer, 0 to 1 and beyond; null when there are none above it. */
  readonly userWastedPercent: number | null;
}

/** What dive's stacked tree holds at a path. */
const Held = { Nothing: 0, Other: 1, Directory: 2 } as const;

/** dive's figures of an image whose layers are all there, base first. */
export function diveFigures(paths: PathTable, layers: Iterable<LayerEntries>): DiveFigures {
  const model = new DiveModel(paths);
  for (const layer of layers) model.addLayer(layer);
  return model.figures();
}

class DiveModel {
  private readonly paths: PathTable;
  // Per path: how often a layer names it as a leaf, the bytes of all those, the smallest of them.
  private discoveries: Uint16Array = new Uint16Array(0);
  private cumulative: Float64Array = new Float64Array(0);
  private smallest: Float64Array = new Float64Array(0);
  /** Paths at which it gave up a layer. */
  private readonly strays = new Set<number>();
  // dive's stacked tree.
  private held: Uint8Array = new Uint8Array(0);
  private heldSizes: Float64Array = new Float64Array(0);

  private layers = 0;
  private bytes = 0;
  private baseBytes = 0;

  constructor(paths: PathTable) {
    this.paths = paths;
  }

  addLayer(layer: LayerEntries): void {
    this.makeRoom(this.paths.size);
    const tree = new LayerTree(this.paths, layer);
    const strays = tree.whiteouts.filter((node) => this.isStray(node, tree));
    if (strays.length > 0) this.discoverUpTo(tree.firstOf(strays), tree, layer);
    else this.discoverAll(tree, layer);
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

  private discoverAll(tree: LayerTree, layer: LayerEntries): void {
    for (const node of tree.whiteouts) this.discoverWhiteout(node);
    for (let row = 0; row < layer.length; row++) {
      const node = layer.nodes[row]!;
      if (tree.isLastOfLeaf(node, row)) this.discover(node, layer.sizes[row]!);
    }
    for (const node of tree.implied) if (tree.isLeaf(node)) this.discover(node, 0);
  }

  /**
   * dive gives up a layer at the first whiteout that has nothing below, in the order of names; what comes before
   * counts.
   */
  private discoverUpTo(stray: number, tree: LayerTree, layer: LayerEntries): void {
    tree.eachLeafBefore(stray, layer, ({ node, row }) => {
      if (row === WHITEOUT) this.discoverWhiteout(node);
      else this.discover(node, row === NO_ENTRY ? 0 : layer.sizes[row]!);
    });
    this.strays.add(stray);
  }

  private discoverWhiteout(node: number): void {
    this.discover(node, this.held[node] === Held.Directory ? this.heldBytes(node) : 0);
  }

  /** A whiteout of the base layer is looked up in that layer itself. */
  private isStray(node: number, tree: LayerTree): boolean {
    return this.layers > 0 ? this.held[node] === Held.Nothing : !tree.has(node);
  }

  private discover(node: number, bytes: number): void {
    const times = this.discoveries[node]!;
    this.smallest[node] = times === 0 ? bytes : Math.min(this.smallest[node]!, bytes);
    this.cumulative[node]! += bytes;
    this.discoveries[node] = times + 1;
  }

  private stackLayer(layer: LayerEntries, tree: LayerTree): void {
    for (const node of tree.whiteouts) this.drop(node);
    // A directory that a layer only implies overwrites what dive knew of it: no directory, no bytes.
    for (const node of tree.implied) this.hold(node, Held.Other, 0);
    for (let row = 0; row < layer.length; row++) {
      const kind = layer.kinds[row]!;
      if (kind >= Kind.Whiteout) continue;
      this.hold(layer.nodes[row]!, kind === Kind.Directory ? Held.Directory : Held.Other, layer.sizes[row]!);
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
