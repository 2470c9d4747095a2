// The entries of one layer in columns, in the tar's order: some 60 bytes an entry where objects would take 300.

import type { ByteString, Checksum, Entry, EntryRows, EntrySink } from '../image/entry.ts';
import { checksumIn, TEXTS_PER_ENTRY } from '../image/entry-rows.ts';
import { columnsOf, type EntryColumns, resizedColumns } from './entry-columns.ts';
import { capacityFor } from './growable.ts';
import { Kind, KINDS, KINDS_BY_NUMBER, takenAway, WHITEOUT_PREFIX } from './kind.ts';
import { type ChecksumColumns, LayerChecksums } from './layer-checksums.ts';
import { checkLimit, TREE_LIMITS, type TreeLimits } from './limits.ts';
import { NO_NODE, PathTable, ROOT } from './path-table.ts';
import { SpareColumns } from './spare-columns.ts';
import { TextTable } from './text-table.ts';

/** What all layers of an image share: their paths, and the few long texts (link targets, attributes) by number. */
export class ImageTables {
  readonly paths: PathTable;
  readonly texts: TextTable;
  readonly limits: TreeLimits;
  readonly spares = new SpareColumns();
  /** Entries of all layers that have been read. */
  private entries = 0;

  constructor(
    limits: TreeLimits = TREE_LIMITS,
    { paths = new PathTable(limits), texts = new TextTable(limits) } = {},
  ) {
    this.limits = limits;
    this.paths = paths;
    this.texts = texts;
  }

  /** @throws PeelError `hostile` when there are more entries than any image has. */
  countEntries(entries: number): void {
    this.entries += entries;
    checkLimit(this.entries, this.limits.entries, 'entries in its layers');
  }
}

/** Entries that a layer has room for at first. */
const SMALL_LAYER = 32;

/** What is known of the contents of a layer's files. */
export interface LayerContents extends ChecksumColumns {
  readonly bytes: number;
  readonly unread: number;
}

export class LayerEntries implements EntrySink, EntryColumns {
  /** Number of entries; they are 0 to length - 1. */
  length = 0;
  /** Payload bytes of all entries. */
  bytes = 0;
  /** Files with bytes whose content nobody has looked at: they have no checksum. */
  unread = 0;

  nodes = new Int32Array(0);
  kinds = new Uint8Array(0);
  modes = new Uint16Array(0);
  uids = new Uint32Array(0);
  gids = new Uint32Array(0);
  sizes = new Float64Array(0);
  mtimes = new Float64Array(0);
  links = new Int32Array(0);
  xattrs = new Int32Array(0);

  /** Whether the columns are somebody else's. */
  private hasMoved = false;
  private checksums = new LayerChecksums();

  private readonly tables: ImageTables;

  constructor(tables: ImageTables) {
    this.tables = tables;
  }

  /** @throws PeelError `hostile` when the image has more of anything than an image can have. */
  add(entry: Entry): void {
    this.makeRoomFor(1);
    const row = this.length++;
    this.modes[row] = entry.mode;
    this.uids[row] = entry.uid;
    this.gids[row] = entry.gid;
    this.mtimes[row] = entry.mtime;
    this.sizes[row] = entry.size;
    this.place(row, entry.path, KINDS[entry.type]);
    this.say(row, entry.link, entry.xattrs, entry.checksum);
  }

  /** As `add`, for many. */
  addRows(rows: EntryRows): void {
    const { length, texts, textEnds } = rows;
    this.makeRoomFor(length);
    const first = this.length;
    this.length += length;
    this.modes.set(rows.modes.subarray(0, length), first);
    this.uids.set(rows.uids.subarray(0, length), first);
    this.gids.set(rows.gids.subarray(0, length), first);
    this.mtimes.set(rows.mtimes.subarray(0, length), first);
    this.sizes.set(rows.sizes.subarray(0, length), first);
    for (let index = 0, start = 0; index < length; index++) {
      const pathEnd = textEnds[index * TEXTS_PER_ENTRY]!;
      const linkEnd = textEnds[index * TEXTS_PER_ENTRY + 1]!;
      const end = textEnds[index * TEXTS_PER_ENTRY + 2]!;
      const row = first + index;
      this.placeBytes(row, texts, start, pathEnd, KINDS_BY_NUMBER[rows.types[index]!]!);
      const link = linkEnd === pathEnd ? '' : texts.toString('latin1', pathEnd, linkEnd);
      const xattrs = end === linkEnd ? '' : texts.toString('latin1', linkEnd, end);
      this.say(row, link, xattrs, rows.hasChecksum[index] === 1 ? checksumIn(rows, index) : null);
      start = end;
    }
  }

  /** Notes what a row says beside its path and its numbers, once these are there. */
  private say(row: number, link: ByteString, xattrs: string, checksum: Checksum | null): void {
    const { texts, paths } = this.tables;
    const kind = this.kinds[row];
    this.xattrs[row] = texts.intern(xattrs);
    this.links[row] = kind === Kind.Hardlink ? paths.intern(link) : texts.intern(link);
    this.checksums.setNone(row);
    if (kind !== Kind.File) {
      this.sizes[row] = 0;
      return;
    }
    const size = this.sizes[row]!;
    this.bytes += size;
    if (checksum !== null) this.checksums.set(row, checksum);
    else if (size > 0) this.unread++;
  }

  /** Whether this is a file whose content nobody has looked at. */
  isUnread(row: number): boolean {
    return this.kinds[row] === Kind.File && this.sizes[row] !== 0 && !this.checksums.has(row);
  }

  /** Whether this is a file whose content nobody has looked at, nor been asked for its checksum: from now on somebody has. */
  ask(row: number): boolean {
    return this.isUnread(row) && this.checksums.ask(row);
  }

  /** Says what the checksum of a file is, where the entry came without. */
  setChecksum(row: number, checksum: Checksum): void {
    if (!this.isUnread(row)) return;
    this.checksums.set(row, checksum);
    this.unread--;
  }

  /** All there is to keep of what is known of the files' contents; views, not copies. */
  contents(): LayerContents {
    return { bytes: this.bytes, unread: this.unread, ...this.checksums.columns(this.length) };
  }

  /** A layer that was kept, and stacked before that: its columns are parts of those of all. */
  static of(tables: ImageTables, columns: EntryColumns, contents: LayerContents): LayerEntries {
    const layer = new LayerEntries(tables);
    layer.length = columns.nodes.length;
    layer.bytes = contents.bytes;
    layer.unread = contents.unread;
    layer.checksums = LayerChecksums.of(contents);
    Object.assign(layer, columns);
    layer.hasMoved = true;
    return layer;
  }

  /** Whether two payloads are known to be the same: same size, and checksums that agree. */
  sameContent(row: number, other: LayerEntries, otherRow: number): boolean {
    if (this.sizes[row] !== other.sizes[otherRow]) return false;
    if (this.sizes[row] === 0 || (this === other && row === otherRow)) return true;
    return this.checksums.agree(row, other.checksums, otherRow);
  }

  /** The checksum of a file's content, a view; null where there is none. */
  checksumOf(row: number): Checksum | null {
    return this.checksums.at(row);
  }

  /** A number that equal contents share, and others seldom. */
  contentHash(row: number): number {
    return this.checksums.firstWord(row);
  }

  /** Gives back what growing left over, where that is much: for a layer that is all read, and waits to be stacked. */
  trim(): void {
    if (this.nodes.length > 2 * this.length) {
      const own = columnsOf(this);
      Object.assign(this, resizedColumns(own, this.length));
      this.tables.spares.give(own);
    }
    this.checksums.trim(this.length);
  }

  /** The layer has its entries in columns that are somebody else's from now on; its own are left to the next layer. */
  moveTo(columns: EntryColumns): void {
    const own = columnsOf(this);
    Object.assign(this, columns);
    if (this.hasMoved) return;
    this.hasMoved = true;
    this.checksums.trim(this.length);
    this.tables.spares.give(own);
  }

  /** As `place`, of a path that is the bytes from `start` to before `end`. */
  private placeBytes(row: number, bytes: Buffer, start: number, end: number, kind: Kind): void {
    let name = end;
    while (name > start && bytes[name - 1] !== SLASH) name--;
    // As good as none is a whiteout.
    if (bytes[name] === DOT && bytes[name + 1] === SMALL_W)
      this.place(row, bytes.toString('latin1', start, end), kind);
    else {
      this.kinds[row] = kind;
      this.nodes[row] = this.tables.paths.internBytes(bytes, start, end);
    }
  }

  /** Notes which path a row is about, and what it is to its layer if no whiteout. */
  private place(row: number, path: ByteString, kind: Kind): void {
    const slash = path.lastIndexOf('/');
    const isWhiteout = path.startsWith(WHITEOUT_PREFIX, slash + 1);
    const taken = isWhiteout ? takenAway(path.slice(0, Math.max(slash, 0)), path.slice(slash + 1)) : null;
    this.kinds[row] = taken?.kind ?? kind;
    this.nodes[row] = this.tables.paths.intern(taken?.path ?? path);
  }

  /** Most layers are small, and there may be many. */
  private makeRoomFor(entries: number): void {
    this.tables.countEntries(entries);
    const needed = this.length + entries;
    if (needed <= this.nodes.length) return;
    const isFirst = this.length === 0;
    const own = (isFirst ? this.tables.spares.take() : null) ?? columnsOf(this);
    const capacity = isFirst ? Math.max(SMALL_LAYER, needed) : capacityFor(needed);
    Object.assign(this, needed <= own.nodes.length ? own : resizedColumns(own, capacity));
    this.checksums.makeRoom(this.nodes.length);
  }
}

const SLASH = 0x2f;
const DOT = 0x2e;
const SMALL_W = 0x77;

/** The link of a row in words: a symlink's target, a device's numbers; of a hard link the path of its target. */
export function linkText(entries: LayerEntries, row: number, tables: ImageTables): ByteString {
  const link = entries.links[row]!;
  if (entries.kinds[row] !== Kind.Hardlink) return tables.texts.text(link);
  return link === ROOT || link === NO_NODE ? '' : tables.paths.path(link);
}
