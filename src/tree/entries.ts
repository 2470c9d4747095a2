import type { ByteString } from '../image/entry.ts';
import { Differs } from './change.ts';
import { capacityFor, grown } from './growable.ts';
import {
  columnsBetween,
  type ImageTables,
  Kind,
  type LayerEntries,
  linkText,
  noColumns,
  resizedColumns,
} from './layer-entries.ts';
import { checkLimit } from './limits.ts';

/** No entry: the path shows nothing. */
export const NOTHING = -1;

/** A directory that a layer takes for granted: it has entries below it, and none of its own. */
export const IMPLIED = -2;

/** What a directory is made with that no entry describes. */
const IMPLIED_MODE = 0o755;

/**
 * The entries of all stacked layers under one number each: those of layer n follow those of layer n - 1.
 * Every question about an entry is asked of its inode, the entry that a hard link leads to. All entries stand in one
 * set of columns, so that what an entry is costs a look, whatever its layer; the layers' own columns are parts of these.
 */
export class Entries {
  private readonly stacked: LayerEntries[] = [];
  private readonly starts: number[] = [0];

  private columns = noColumns();
  /** Layer of an entry. */
  private layerOfEntry = new Uint16Array(0);
  /** Entry that a hard link leads to; every other entry leads to itself. */
  private inodes = new Int32Array(0);
  private readonly linksOf = new Map<number, number[]>();

  private readonly tables: ImageTables;

  constructor(tables: ImageTables) {
    this.tables = tables;
  }

  /** Base first. */
  get layers(): readonly LayerEntries[] {
    return this.stacked;
  }

  get count(): number {
    return this.starts[this.stacked.length]!;
  }

  /** Number of the first entry of a layer. */
  start(layer: number): number {
    return this.starts[layer]!;
  }

  /** @throws PeelError `hostile` when there are more entries than any image has. */
  append(layer: LayerEntries): void {
    const start = this.count;
    const end = start + layer.length;
    checkLimit(end, this.tables.limits.entries, 'entries in its layers');
    if (end > this.columns.nodes.length) this.grow(capacityFor(end));
    this.layerOfEntry.fill(this.stacked.length, start, end);
    for (let entry = start; entry < end; entry++) this.inodes[entry] = entry;
    this.take(layer, start);
    this.stacked.push(layer);
    this.starts.push(end);
  }

  layerOf(entry: number): number {
    return this.layerOfEntry[entry]!;
  }

  /** Path that the entry was stored under. */
  nodeOf(entry: number): number {
    return this.columns.nodes[entry]!;
  }

  inodeOf(entry: number): number {
    return entry < 0 ? entry : this.inodes[entry]!;
  }

  /** Says where a hard link leads. */
  linkTo(entry: number, inode: number): void {
    this.inodes[entry] = inode;
    const links = this.linksOf.get(inode);
    if (links === undefined) this.linksOf.set(inode, [entry]);
    else links.push(entry);
  }

  /** Whether the entry is a further name of an inode, another path than the one it was stored under. */
  isLink(entry: number): boolean {
    if (entry < 0) return false;
    const inode = this.inodes[entry]!;
    return inode !== entry && this.columns.nodes[entry] !== this.columns.nodes[inode];
  }

  /** Payload bytes that a layer stores for an entry's path: those of a regular file, 0 for a hard link. */
  payloadOf(entry: number): number {
    if (entry < 0) return 0;
    const inode = this.inodes[entry]!;
    const isStoredHere = !this.isLink(entry) && this.layerOfEntry[inode] === this.layerOfEntry[entry];
    return isStoredHere ? this.sizeOf(entry) : 0;
  }

  /** Inodes that have hard links, each with the entries of those. */
  linked(): ReadonlyMap<number, readonly number[]> {
    return this.linksOf;
  }

  kindOf(entry: number): Kind {
    return entry < 0 ? Kind.Directory : (this.columns.kinds[this.inodes[entry]!] as Kind);
  }

  isDirectory(entry: number): boolean {
    return entry === IMPLIED || (entry >= 0 && this.columns.kinds[this.inodes[entry]!] === Kind.Directory);
  }

  /** Payload bytes of the inode. */
  sizeOf(entry: number): number {
    return entry < 0 ? 0 : this.columns.sizes[this.inodes[entry]!]!;
  }

  /** Bytes that a file system weighs through an entry; those of a further name of a file weigh where they are stored. */
  weightOf(entry: number): number {
    if (entry < 0) return 0;
    const inode = this.inodes[entry]!;
    const { nodes, sizes } = this.columns;
    return inode !== entry && nodes[inode] !== nodes[entry] ? 0 : sizes[inode]!;
  }

  modeOf(entry: number): number {
    return entry < 0 ? IMPLIED_MODE : this.columns.modes[this.inodes[entry]!]!;
  }

  uidOf(entry: number): number {
    return entry < 0 ? 0 : this.columns.uids[this.inodes[entry]!]!;
  }

  gidOf(entry: number): number {
    return entry < 0 ? 0 : this.columns.gids[this.inodes[entry]!]!;
  }

  mtimeOf(entry: number): number {
    return entry < 0 ? 0 : this.columns.mtimes[this.inodes[entry]!]!;
  }

  /** Target of a symlink, numbers of a device; of a hard link whose target is missing, that target. */
  linkOf(entry: number): ByteString {
    if (entry < 0) return '';
    const inode = this.inodes[entry]!;
    const layer = this.layerOfEntry[inode]!;
    return linkText(this.stacked[layer]!, inode - this.starts[layer]!, this.tables);
  }

  sameContent(a: number, b: number): boolean {
    const inodeA = this.inodes[a]!;
    const inodeB = this.inodes[b]!;
    if (inodeA === inodeB) return true;
    const layerA = this.layerOfEntry[inodeA]!;
    const layerB = this.layerOfEntry[inodeB]!;
    const rowB = inodeB - this.starts[layerB]!;
    return this.stacked[layerA]!.sameContent(inodeA - this.starts[layerA]!, this.stacked[layerB]!, rowB);
  }

  /** See `LayerEntries.contentHash`. */
  contentHash(entry: number): number {
    const layer = this.layerOfEntry[entry]!;
    return this.stacked[layer]!.contentHash(entry - this.starts[layer]!);
  }

  /** See `LayerEntries.isUnread`. */
  isUnread(entry: number): boolean {
    const layer = this.layerOfEntry[entry]!;
    return this.stacked[layer]!.isUnread(entry - this.starts[layer]!);
  }

  /** What differs between two states of one path: bits of `Differs`. */
  difference(before: number, after: number): number {
    if (before === after) return 0;
    const kind = this.kindOf(before);
    if (kind !== this.kindOf(after)) return Differs.Type;
    return (
      (kind === Kind.File && !this.sameContent(before, after) ? Differs.Content : 0) |
      (this.modeOf(before) === this.modeOf(after) ? 0 : Differs.Mode) |
      (this.uidOf(before) === this.uidOf(after) && this.gidOf(before) === this.gidOf(after)
        ? 0
        : Differs.Owner) |
      (before < 0 || after < 0 || this.mtimeOf(before) === this.mtimeOf(after) ? 0 : Differs.Time) |
      (this.linkOf(before) === this.linkOf(after) ? 0 : Differs.Link) |
      (this.xattrsOf(before) === this.xattrsOf(after) ? 0 : Differs.Xattrs)
    );
  }

  private xattrsOf(entry: number): number {
    return entry < 0 ? 0 : this.columns.xattrs[this.inodes[entry]!]!;
  }

  /** Room for so many entries. Columns that grow may be others than before: the layers get their parts of them. */
  private grow(capacity: number): void {
    this.layerOfEntry = grown(this.layerOfEntry, capacity);
    this.inodes = grown(this.inodes, capacity);
    this.columns = resizedColumns(this.columns, capacity);
    this.stacked.forEach((layer, index) => this.lend(layer, this.starts[index]!));
  }

  /** Copies what a layer holds, and gives it the copy in place of its own columns. */
  private take(layer: LayerEntries, start: number): void {
    const { columns } = this;
    const held = columnsBetween(layer, 0, layer.length);
    columns.nodes.set(held.nodes, start);
    columns.kinds.set(held.kinds, start);
    columns.modes.set(held.modes, start);
    columns.uids.set(held.uids, start);
    columns.gids.set(held.gids, start);
    columns.sizes.set(held.sizes, start);
    columns.mtimes.set(held.mtimes, start);
    columns.links.set(held.links, start);
    columns.xattrs.set(held.xattrs, start);
    this.lend(layer, start);
  }

  private lend(layer: LayerEntries, start: number): void {
    layer.moveTo(columnsBetween(this.columns, start, start + layer.length));
  }
}
