// The entries of one layer in columns, in the tar's order: some 60 bytes an entry where objects would take 300.

import { type ByteString, type Checksum, type Entry, type EntrySink, type FileType } from '../image/entry.ts';
import { columnsOf, type EntryColumns, resizedColumns } from './entry-columns.ts';
import { capacityFor } from './growable.ts';
import { type ChecksumColumns, LayerChecksums } from './layer-checksums.ts';
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

/** What is shown of each kind that a file system shows. */
export const FILE_TYPES: ReadonlyMap<number, FileType> = new Map(
  (Object.keys(KINDS) as FileType[]).map((type) => [KINDS[type], type]),
);

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
    this.checksums.setNone(row);
    this.sizes[row] = kind === Kind.File ? entry.size : 0;
    if (kind !== Kind.File) return;
    this.bytes += entry.size;
    if (entry.checksum !== null) this.checksums.set(row, entry.checksum);
    else if (entry.size > 0) this.unread++;
  }

  /** Whether this is a file whose content nobody has looked at. */
  isUnread(row: number): boolean {
    return this.kinds[row] === Kind.File && this.sizes[row] !== 0 && !this.checksums.has(row);
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

  /** Gives back what growing left over: for a layer that is all read, and waits to be stacked. */
  trim(): void {
    if (this.nodes.length !== this.length) {
      const own = columnsOf(this);
      Object.assign(this, resizedColumns(own, this.length));
      this.tables.spare ??= own;
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
    if (own.nodes.length > (this.tables.spare?.nodes.length ?? 0)) this.tables.spare = own;
  }

  private placeOf({ path, type }: Entry): { kind: Kind; node: number } {
    const { paths } = this.tables;
    const slash = path.lastIndexOf('/');
    if (!path.startsWith(WHITEOUT_PREFIX, slash + 1))
      return { kind: KINDS[type], node: paths.intern(path, slash) };
    const directory = slash === -1 ? '' : path.slice(0, slash);
    const name = path.slice(slash + 1);
    if (name === OPAQUE_NAME) return { kind: Kind.Opaque, node: paths.intern(directory) };
    if (name.startsWith(BOOKKEEPING_PREFIX)) return { kind: Kind.Bookkeeping, node: paths.intern(directory) };
    const hidden = name.slice(WHITEOUT_PREFIX.length);
    if (hidden === '') return { kind: Kind.Bookkeeping, node: paths.intern(directory) };
    return { kind: Kind.Whiteout, node: paths.intern(directory === '' ? hidden : `${directory}/${hidden}`) };
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
    this.checksums.makeRoom(this.nodes.length);
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
