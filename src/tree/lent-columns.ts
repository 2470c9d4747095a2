import { columnsBetween, type EntryColumns, noColumns, resizedColumns } from './entry-columns.ts';
import type { LayerEntries } from './layer-entries.ts';

/** One set of columns for the entries of several layers, each of which has its part of them in place of its own. */
export class LentColumns {
  columns: EntryColumns;

  constructor(columns = noColumns()) {
    this.columns = columns;
  }

  /**
   * Room for so many entries. Columns that grow may be others than before: the layers get their parts of them.
   * @param starts where each layer's entries begin.
   */
  grow(capacity: number, layers: readonly LayerEntries[], starts: readonly number[]): void {
    this.columns = resizedColumns(this.columns, capacity);
    layers.forEach((layer, index) => this.lend(layer, starts[index]!));
  }

  /** Copies what a layer holds, and gives it the copy in place of its own columns. */
  take(layer: LayerEntries, start: number): void {
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
