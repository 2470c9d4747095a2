// The entries of one layer in columns, in the tar's order: some 60 bytes an entry where objects would take 300.

import {
  CHECKSUM_BYTES,
  type ByteString,
  type Checksum,
  type Entry,
  type EntrySink,
  type FileType,
} from '../image/entry.ts';
import { columnsOf, type EntryColumns, resizedColumns } from './entry-columns.ts';
import { capacityFor, grown } from './growable.ts';
import { checkLimit, TREE_LIMITS, type TreeLimits } from './limits.ts';
import { NO_NODE, PathTable, ROOT } from './path-table.ts';
import { TextTable } from './text-table.ts';

/** What an entry is to its layer. The first seven are `FileType`s; the others take something away (layer.md). */
export const Kind = {
  File: 0,
  Directory: 1,
  Symlink: 2,
  Hardlink: 3,
  Char: 4,
  Block: 5,
  Fifo: 6,
  /** `.wh.<name>`: the entry's node is that of `<name>`. */
  Whiteout: 7,
  /** `.wh..wh..opq`: the entry's node is the directory that it stands in. */
  Opaque: 8,
  /** Other `.wh..wh.*` names: a file system's bookkeeping, skipped. */
  Bookkeeping: 9,
} as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

const KINDS: Readonly<Record<FileType, Kind>> = {
  file: Kind.File,
  directory: Kind.Directory,
  symlink: Kind.Symlink,
  hardlink: Kind.Hardlink,
  char: Kind.Char,
  block: Kind.Block,
  fifo: Kind.Fifo,
};

export const WHITEOUT_PREFIX = '.wh.';
export const BOOKKEEPING_PREFIX = '.wh..wh.';
export const OPAQUE_NAME = '.wh..wh..opq';

/** What all layers of an image share: their paths, and the few long texts (link targets, attributes) by number. */
export class ImageTables {
  readonly paths: PathTable;
  readonly texts: TextTable;
  readonly limits: TreeLimits;
  /** Columns that a layer had, and the next one goes on with: else each would leave its own to be collected. */
  spare: EntryColumns | null = null;
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
  countEntry(): void {
    checkLimit(++this.entries, this.limits.entries, 'entries in its layers');
  }
}

/** Entries that a layer has room for at first. */
const SMALL_LAYER = 32;

const NO_CHECKSUM = -1;
const CHECKSUM_WORDS = CHECKSUM_BYTES / 4;

/** What is known of the contents of a layer's files. */
export interface LayerContents {
  readonly bytes: number;
  readonly unread: number;
  /** Row of each entry's checksum in `checksums`, or NO_CHECKSUM. */
  readonly checksumRows: Int32Array<ArrayBuffer>;
  readonly checksums: Uint32Array<ArrayBuffer>;
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
  /** Row of an entry's checksum in `checksums`, or NO_CHECKSUM. */
  private checksumRows = new Int32Array(0);
  private checksums = new Uint32Array(0);
  private checksumCount = 0;
  private readonly scratch = new Uint32Array(CHECKSUM_WORDS);
  private readonly scratchBytes = new Uint8Array(this.scratch.buffer);

  private readonly tables: ImageTables;

  constructor(tables: ImageTables) {
    this.tables = tables;
  }

  /** @throws PeelError `hostile` when the image has more of anything than an image can have. */
  add(entry: Entry): void {
    this.tables.countEntry();
    if (this.length === this.nodes.length) this.makeRoom();
    const row = this.length++;
    const { kind, node } = this.placeOf(entry);
    this.kinds[row] = kind;
    this.nodes[row] = node;
    this.modes[row] = entry.mode;
    this.uids[row] = entry.uid;
    this.gids[row] = entry.gid;
    this.mtimes[row] = entry.mtime;
    this.xattrs[row] = this.tables.texts.intern(entry.xattrs);
    this.links[row] =
      kind === Kind.Hardlink ? this.tables.paths.intern(entry.link) : this.tables.texts.intern(entry.link);
    this.checksumRows[row] = NO_CHECKSUM;
    this.sizes[row] = kind === Kind.File ? entry.size : 0;
    if (kind !== Kind.File) return;
    this.bytes += entry.size;
    if (entry.checksum !== null) this.checksumRows[row] = this.addChecksum(entry.checksum);
    else if (entry.size > 0) this.unread++;
  }

  /** Whether this is a file whose content nobody has looked at. */
  isUnread(row: number): boolean {
    return this.kinds[row] === Kind.File && this.sizes[row] !== 0 && this.checksumRows[row] === NO_CHECKSUM;
  }

  /** Says what the checksum of a file is, where the entry came without. */
  setChecksum(row: number, checksum: Checksum): void {
    if (!this.isUnread(row)) return;
    this.checksumRows[row] = this.addChecksum(checksum);
    this.unread--;
  }

  /** All there is to keep of what is known of the files' contents; views, not copies. */
  contents(): LayerContents {
    return {
      bytes: this.bytes,
      unread: this.unread,
      checksumRows: this.checksumRows.subarray(0, this.length),
      checksums: this.checksums.subarray(0, this.checksumCount * CHECKSUM_WORDS),
    };
  }

  /** A layer that was kept, and stacked before that: its columns are parts of those of all. */
  static of(tables: ImageTables, columns: EntryColumns, contents: LayerContents): LayerEntries {
    const layer = new LayerEntries(tables);
    layer.length = columns.nodes.length;
    Object.assign(layer, columns, contents);
    layer.checksumCount = contents.checksums.length / CHECKSUM_WORDS;
    layer.hasMoved = true;
    return layer;
  }

  /** Whether two payloads are known to be the same: same size, and checksums that agree. */
  sameContent(row: number, other: LayerEntries, otherRow: number): boolean {
    if (this.sizes[row] !== other.sizes[otherRow]) return false;
    if (this.sizes[row] === 0 || (this === other && row === otherRow)) return true;
    const mine = this.checksumRows[row]! * CHECKSUM_WORDS;
    const theirs = other.checksumRows[otherRow]! * CHECKSUM_WORDS;
    if (mine < 0 || theirs < 0) return false;
    for (let word = 0; word < CHECKSUM_WORDS; word++) {
      if (this.checksums[mine + word] !== other.checksums[theirs + word]) return false;
    }
    return true;
  }

  /** The checksum of a file's content, a view; null where there is none. */
  checksumOf(row: number): Checksum | null {
    const at = this.checksumRows[row]! * CHECKSUM_WORDS;
    if (at < 0) return null;
    const { buffer, byteOffset } = this.checksums.subarray(at, at + CHECKSUM_WORDS);
    return new Uint8Array(buffer, byteOffset, CHECKSUM_BYTES);
  }

  /** A number that equal contents share, and others seldom: the first word of the checksum. */
  contentHash(row: number): number {
    const at = this.checksumRows[row]! * CHECKSUM_WORDS;
    return at < 0 ? 0 : this.checksums[at]!;
  }

  /** Gives back what growing left over: for a layer that is all read, and waits to be stacked. */
  trim(): void {
    if (this.nodes.length !== this.length) {
      const own = columnsOf(this);
      Object.assign(this, resizedColumns(own, this.length));
      this.tables.spare ??= own;
    }
    this.trimChecksums();
  }

  /** The layer has its entries in columns that are somebody else's from now on; its own are left to the next layer. */
  moveTo(columns: EntryColumns): void {
    const own = columnsOf(this);
    Object.assign(this, columns);
    if (this.hasMoved) return;
    this.hasMoved = true;
    this.trimChecksums();
    if (own.nodes.length > (this.tables.spare?.nodes.length ?? 0)) this.tables.spare = own;
  }

  private trimChecksums(): void {
    const words = this.checksumCount * CHECKSUM_WORDS;
    if (this.checksums.length !== words) this.checksums = this.checksums.slice(0, words);
    if (this.checksumRows.length !== this.length) this.checksumRows = this.checksumRows.slice(0, this.length);
  }

  private placeOf({ path, type }: Entry): { kind: Kind; node: number } {
    const { paths } = this.tables;
    const slash = path.lastIndexOf('/');
    if (!path.startsWith(WHITEOUT_PREFIX, slash + 1)) return { kind: KINDS[type], node: paths.intern(path) };
    const directory = slash === -1 ? '' : path.slice(0, slash);
    const name = path.slice(slash + 1);
    if (name === OPAQUE_NAME) return { kind: Kind.Opaque, node: paths.intern(directory) };
    if (name.startsWith(BOOKKEEPING_PREFIX)) return { kind: Kind.Bookkeeping, node: paths.intern(directory) };
    const hidden = name.slice(WHITEOUT_PREFIX.length);
    if (hidden === '') return { kind: Kind.Bookkeeping, node: paths.intern(directory) };
    return { kind: Kind.Whiteout, node: paths.intern(directory === '' ? hidden : `${directory}/${hidden}`) };
  }

  private addChecksum(checksum: Uint8Array): number {
    const row = this.checksumCount++;
    const needed = this.checksumCount * CHECKSUM_WORDS;
    if (needed > this.checksums.length) this.checksums = grown(this.checksums, capacityFor(needed));
    this.scratchBytes.set(checksum);
    this.checksums.set(this.scratch, row * CHECKSUM_WORDS);
    return row;
  }

  /** Most layers are small, and there may be many. */
  private makeRoom(): void {
    const { spare } = this.tables;
    const isFirst = this.length === 0;
    this.tables.spare = isFirst ? null : spare;
    const columns =
      isFirst && spare !== null
        ? spare
        : resizedColumns(columnsOf(this), isFirst ? SMALL_LAYER : capacityFor(this.length + 1));
    Object.assign(this, columns);
    this.checksumRows = grown(this.checksumRows, this.nodes.length);
  }
}

/** Whether a kind is something the file system shows, not the removal of it. */
export function isShown(kind: number): boolean {
  return kind <= Kind.Fifo;
}

/** The link of a row in words: a symlink's target, a device's numbers; of a hard link the path of its target. */
export function linkText(entries: LayerEntries, row: number, tables: ImageTables): ByteString {
  const link = entries.links[row]!;
  if (entries.kinds[row] !== Kind.Hardlink) return tables.texts.text(link);
  return link === ROOT || link === NO_NODE ? '' : tables.paths.path(link);
}
