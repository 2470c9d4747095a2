// A layer's columns as the entries that they were made of: handed to a layer of another image they make of it what the tar
// would have made, node by node and text by text.

import type { ByteString, EntrySink } from '../image/entry.ts';
import { BOOKKEEPING_PREFIX, TYPES_OF_KINDS, Kind, OPAQUE_NAME, WHITEOUT_PREFIX } from './kind.ts';
import { type ImageTables, type LayerEntries, linkText } from './layer-entries.ts';
import { NO_NODE, type PathTable, ROOT } from './path-table.ts';

/** Entries that are handed over at once. */
const AT_ONCE = 256;

/**
 * Hands over a layer's entries in the tar's order, bit by bit.
 * @param tables those that the layer's entries were made with. @throws what the sink throws.
 */
export function* replay(layer: LayerEntries, tables: ImageTables, into: EntrySink): Generator<void, void> {
  const names = new Names(tables.paths);
  for (let row = 0; row < layer.length; row++) {
    if (row % AT_ONCE === AT_ONCE - 1) yield;
    const kind = layer.kinds[row] as Kind;
    into.add({
      path: names.of(kind, layer.nodes[row]!),
      // What takes something away is known by its name alone.
      type: TYPES_OF_KINDS.get(kind) ?? 'file',
      size: layer.sizes[row]!,
      mode: layer.modes[row]!,
      uid: layer.uids[row]!,
      gid: layer.gids[row]!,
      mtime: layer.mtimes[row]!,
      link: linkText(layer, row, tables),
      xattrs: tables.texts.text(layer.xattrs[row]!),
      checksum: layer.checksumOf(row),
    });
  }
}

/** What entries are called in a tar. */
class Names {
  private readonly paths: PathTable;
  /** The directory of the last path: the next one is in the same more often than not. */
  private directory = NO_NODE;
  private directoryPath: ByteString = '';

  constructor(paths: PathTable) {
    this.paths = paths;
  }

  /** The name of an entry of a node. Of a file system's bookkeeping nothing is known but where it was. */
  of(kind: Kind, node: number): ByteString {
    if (kind === Kind.Opaque) return this.below(node, OPAQUE_NAME);
    if (kind === Kind.Bookkeeping) return this.below(node, BOOKKEEPING_PREFIX);
    if (node === ROOT) return '';
    const name = this.paths.name(node);
    return this.below(this.paths.parent(node), kind === Kind.Whiteout ? `${WHITEOUT_PREFIX}${name}` : name);
  }

  private below(directory: number, name: string): ByteString {
    if (directory === ROOT) return name;
    if (directory !== this.directory) {
      this.directory = directory;
      this.directoryPath = this.paths.path(directory);
    }
    return `${this.directoryPath}/${name}`;
  }
}
