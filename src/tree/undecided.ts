// Which files must be read because something depends on their content: whether a path has changed in content or in
// metadata only, whether a copy was repeated or overwritten. Files are compared where one name shows first the one and
// then the other, and content decides only where their sizes are equal.
//
// A name shows a file that is stored under it, or that a hard link leads to. So names that hard links tie together are
// taken as one, whatever layer the links are in: a few files too many may be read, but none too few.

import type { ChecksumWish } from '../image/source.ts';
import { capacityFor, grown } from './growable.ts';
import { Kind } from './kind.ts';
import { type ImageTables, type LayerEntries } from './layer-entries.ts';
import { partAt } from './parts.ts';

/** A name with so many files of different sizes has all of them read: looking for equal ones would take longer. */
const MOST_SIZES = 16;

/** In place of a name's newest file. */
const NONE = 0;
/** There were too many sizes: every further file is read. */
const ALL = -1;
/** The name is tied to another one that stands for it. */
const TIED = -2;

export class Undecided {
  private readonly tables: ImageTables;
  private readonly layers: LayerEntries[] = [];
  /** Number of each layer's first entry; a file's number is that of its entry. */
  private readonly starts: number[] = [0];
  /** By node: the number of the newest file that stands for its size, plus one; or one of the three above. */
  private newest: Int32Array = new Int32Array(0);
  /** By number: the next older file of another size that was stored under the same name, plus one; or NONE. */
  private older: Int32Array = new Int32Array(0);
  /** Of nodes that are tied: another one, which stands for them or leads on. */
  private readonly tiedTo = new Map<number, number>();
  /** Numbers of files that must be read now. */
  private wanted: number[] = [];

  /** @param tables those that the layers' entries were made with. */
  constructor(tables: ImageTables) {
    this.tables = tables;
  }

  /** Takes the next layer, base first. Returns the files, in it or below, that must be read before it is stacked. */
  add(layer: LayerEntries): ChecksumWish[] {
    const start = this.count;
    this.layers.push(layer);
    this.starts.push(start + layer.length);
    this.newest = withRoom(this.newest, this.tables.paths.size);
    this.older = withRoom(this.older, this.count);
    for (let row = 0; row < layer.length; row++) {
      if (layer.kinds[row] === Kind.Hardlink) this.tie(layer.nodes[row]!, layer.links[row]!);
    }
    for (let row = 0; row < layer.length; row++) {
      const isCopy = layer.kinds[row] === Kind.File && layer.sizes[row] !== 0;
      if (isCopy) this.meet(this.standsFor(layer.nodes[row]!), start + row);
    }
    return this.wishes();
  }

  private get count(): number {
    return this.starts[this.layers.length]!;
  }

  /** A file comes to those that the name has shown. */
  private meet(node: number, file: number): void {
    const first = this.newest[node]!;
    if (first === ALL) {
      this.want(file);
      return;
    }
    let sizes = 0;
    for (let other = first; other !== NONE; other = this.older[other - 1]!, sizes++) {
      if (this.sizeOf(other - 1) !== this.sizeOf(file)) continue;
      if (this.isSame(other - 1, file)) return;
      this.want(other - 1);
      this.want(file);
      return;
    }
    if (sizes < MOST_SIZES) {
      this.older[file] = first;
      this.newest[node] = file + 1;
      return;
    }
    this.want(file);
    this.wantAll(node);
  }

  private wantAll(node: number): void {
    for (const file of this.filesOf(node)) this.want(file);
    this.newest[node] = ALL;
  }

  private filesOf(node: number): number[] {
    const files: number[] = [];
    for (let file = this.newest[node]!; file > NONE; file = this.older[file - 1]!) files.push(file - 1);
    return files;
  }

  private tie(a: number, b: number): void {
    const [one, other] = [this.standsFor(a), this.standsFor(b)];
    if (one === other) return;
    const files = this.filesOf(other);
    if (this.newest[other] === ALL) this.wantAll(one);
    this.newest[other] = TIED;
    this.tiedTo.set(other, one);
    for (const file of files) this.meet(one, file);
  }

  /** The node that stands for a node. */
  private standsFor(node: number): number {
    let at = node;
    while (this.newest[at] === TIED) at = this.tiedTo.get(at)!;
    // The next search is short: there may be a million names of one file.
    for (let next = node; next !== at;) {
      const further = this.tiedTo.get(next)!;
      this.tiedTo.set(next, at);
      next = further;
    }
    return at;
  }

  private want(file: number): void {
    const layer = this.layerOf(file);
    if (this.layers[layer]!.ask(file - this.starts[layer]!)) this.wanted.push(file);
  }

  private wishes(): ChecksumWish[] {
    const files = Int32Array.from(this.wanted).sort();
    this.wanted = [];
    const byLayer = Map.groupBy(files, (file) => this.layerOf(file));
    return Array.from(byLayer, ([layer, those]) => ({
      layer,
      entries: those.map((file) => file - this.starts[layer]!),
    }));
  }

  private sizeOf(file: number): number {
    const layer = this.layerOf(file);
    return this.layers[layer]!.sizes[file - this.starts[layer]!]!;
  }

  /** Whether both are one: a layer may come twice. */
  private isSame(a: number, b: number): boolean {
    const [layerA, layerB] = [this.layerOf(a), this.layerOf(b)];
    const isSameLayer = this.layers[layerA] === this.layers[layerB];
    const distance = this.starts[layerB]! - this.starts[layerA]!;
    return isSameLayer && b - a === distance;
  }

  private layerOf(file: number): number {
    // The last start is that of the layer to come.
    return Math.min(partAt(this.starts, file), this.layers.length - 1);
  }
}

function withRoom(column: Int32Array, needed: number): Int32Array {
  return needed <= column.length ? column : grown(column, capacityFor(needed));
}
