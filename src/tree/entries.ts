import type { ByteString } from '../image/entry.ts';
import { Differs } from './change.ts';
import { columnIn, type Columns } from './columns.ts';
import { columnsBetween, differenceOfColumns, type EntryColumns, keptEntryColumns } from './entry-columns.ts';
import { capacityFor, type Column, grown } from './growable.ts';
import { contentColumns, keptContents } from './kept-contents.ts';
import { Kind } from './kind.ts';
import { type ImageTables, LayerEntries, linkText } from './layer-entries.ts';
import { LentColumns } from './lent-columns.ts';
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

  private readonly lent: LentColumns;
  /** Layer of an entry. */
  private layerOfEntry: Uint16Array = new Uint16Array(0);
  /** Entry that a hard link leads to; every other entry leads to itself. */
  private inodes: Int32Array = new Int32Array(0);
  /** Inodes that have hard links, of which so many entries have been looked at. */
  private readonly linksOf = new Map<number, number[]>();
  private looked = 0;

  private readonly tables: ImageTables;

  constructor(tables: ImageTables, lent = new LentColumns()) {
    this.tables = tables;
    this.lent = lent;
  }

  /** All there is to keep of the entries; but for checksums, views and no copies. */
  columns(): Columns {
    const { count } = this;
    return new Map<string, Column>([
      ...Object.entries(columnsBetween(this.all, 0, count)),
      ['layerOfEntry', this.layerOfEntry.subarray(0, count)],
      ['inodes', this.inodes.subarray(0, count)],
      ...contentColumns(this.stacked),
      ['starts', Int32Array.from(this.starts)],
    ]);
  }

  /**
   * Entries that were kept.
   * @throws RangeError where the columns are not those of entries.
   */
  static of(columns: Columns, tables: ImageTables): Entries {
    const entries = new Entries(tables, new LentColumns(keptEntryColumns(columns)));
    const { length } = entries.all.nodes;
    entries.layerOfEntry = columnIn(columns, 'layerOfEntry', Uint16Array, length);
    entries.inodes = columnIn(columns, 'inodes', Int32Array, length);
    const starts = columnIn(columns, 'starts', Int32Array);
    if (starts.at(-1) !== length) throw new RangeError('Other entries than the layers have.');
    const contentOf = keptContents(columns, starts);
    for (let layer = 0; layer + 1 < starts.length; layer++) {
      const [start, end] = [starts[layer]!, starts[layer + 1]!];
      entries.starts.push(end);
      const content = contentOf(layer);
      entries.stacked.push(
        typeof content === 'number'
          ? entries.stacked[content]!
          : LayerEntries.of(tables, columnsBetween(entries.all, start, end), content),
      );
    }
    return entries;
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
    if (end > this.all.nodes.length) this.grow(capacityFor(end));
    this.layerOfEntry.fill(this.stacked.length, start, end);
    for (let entry = start; entry < end; entry++) this.inodes[entry] = entry;
    this.lent.take(layer, start);
    this.stacked.push(layer);
    this.starts.push(end);
  }

  layerOf(entry: number): number {
    return this.layerOfEntry[entry]!;
  }

  /** Path that the entry was stored under. */
  nodeOf(entry: number): number {
    return this.all.nodes[entry]!;
  }

  inodeOf(entry: number): number {
    return entry < 0 ? entry : this.inodes[entry]!;
  }

  /** Says where a hard link leads. */
  linkTo(entry: number, inode: number): void {
    this.inodes[entry] = inode;
  }

  /** Whether the entry is a further name of an inode, another path than the one it was stored under. */
  isLink(entry: number): boolean {
    if (entry < 0) return false;
    const inode = this.inodes[entry]!;
    return inode !== entry && this.all.nodes[entry] !== this.all.nodes[inode];
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
    for (; this.looked < this.count; this.looked++) {
      const inode = this.inodes[this.looked]!;
      if (inode === this.looked) continue;
      const links = this.linksOf.get(inode);
      if (links === undefined) this.linksOf.set(inode, [this.looked]);
      else links.push(this.looked);
    }
    return this.linksOf;
  }

  kindOf(entry: number): Kind {
    return entry < 0 ? Kind.Directory : (this.all.kinds[this.inodes[entry]!] as Kind);
  }

  isDirectory(entry: number): boolean {
    return entry === IMPLIED || (entry >= 0 && this.all.kinds[this.inodes[entry]!] === Kind.Directory);
  }

  /** Payload bytes of the inode. */
  sizeOf(entry: number): number {
    return entry < 0 ? 0 : this.all.sizes[this.inodes[entry]!]!;
  }

  /** Bytes that a file system weighs through an entry; those of a further name of a file weigh where they are stored. */
  weightOf(entry: number): number {
    if (entry < 0) return 0;
    const inode = this.inodes[entry]!;
    const { nodes, sizes } = this.all;
    return inode !== entry && nodes[inode] !== nodes[entry] ? 0 : sizes[inode]!;
  }

  modeOf(entry: number): number {
    return entry < 0 ? IMPLIED_MODE : this.all.modes[this.inodes[entry]!]!;
  }

  uidOf(entry: number): number {
    return entry < 0 ? 0 : this.all.uids[this.inodes[entry]!]!;
  }

  gidOf(entry: number): number {
    return entry < 0 ? 0 : this.all.gids[this.inodes[entry]!]!;
  }

  mtimeOf(entry: number): number {
    return entry < 0 ? 0 : this.all.mtimes[this.inodes[entry]!]!;
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
    if (before < 0 || after < 0) return this.differenceFromImplied(Math.max(before, after));
    const a = this.inodes[before]!;
    const b = this.inodes[after]!;
    if (a === b) return 0;
    const kind = this.all.kinds[a]!;
    if (kind !== this.all.kinds[b]) return Differs.Type;
    return (
      (kind === Kind.File && !this.sameContent(a, b) ? Differs.Content : 0) |
      differenceOfColumns(this.all, a, b) |
      (this.sameLink(a, b) ? 0 : Differs.Link)
    );
  }

  /** What differs between an entry and a directory that nobody has described: it has no time. */
  private differenceFromImplied(entry: number): number {
    if (entry < 0) return 0;
    if (!this.isDirectory(entry)) return Differs.Type;
    const inode = this.inodes[entry]!;
    const { modes, uids, gids, xattrs } = this.all;
    return (
      (modes[inode] === IMPLIED_MODE ? 0 : Differs.Mode) |
      (uids[inode] === 0 && gids[inode] === 0 ? 0 : Differs.Owner) |
      (this.linkOf(entry) === '' ? 0 : Differs.Link) |
      (xattrs[inode] === 0 ? 0 : Differs.Xattrs)
    );
  }

  /** Whether two inodes of one kind lead to the same. */
  private sameLink(a: number, b: number): boolean {
    const { kinds, links } = this.all;
    // Every text has one number.
    if (links[a] === links[b]) return true;
    return kinds[a] === Kind.Hardlink && this.linkOf(a) === this.linkOf(b);
  }

  /** The columns of all. */
  private get all(): EntryColumns {
    return this.lent.columns;
  }

  private grow(capacity: number): void {
    this.layerOfEntry = grown(this.layerOfEntry, capacity);
    this.inodes = grown(this.inodes, capacity);
    this.lent.grow(capacity, this.stacked, this.starts);
  }
}
