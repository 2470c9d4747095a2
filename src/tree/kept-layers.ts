// The layers of an image as plain columns under names, to be kept somewhere and had again without reading the image.

import type { Column, Columns } from './growable.ts';
import { ImageTables, LayerEntries, TextTable } from './layer-entries.ts';
import { TREE_LIMITS } from './limits.ts';
import { PathTable } from './path-table.ts';

/** Layers of one image, base first, with the tables that they share. */
export interface TreeLayers {
  readonly tables: ImageTables;
  readonly layers: readonly LayerEntries[];
}

/** The columns of an image's layers; views of what they are now, not copies. */
export function columnsOfLayers({ tables, layers }: TreeLayers): Columns {
  return new Map<string, Column>([
    ...under('paths', tables.paths.columns()),
    ...under('texts', tables.texts.columns()),
    ...layers.flatMap((layer, index) => under(`layer ${index}`, layer.columns())),
  ]);
}

/**
 * The first `count` layers of those that were kept.
 * @throws RangeError where the columns are not those of so many layers.
 */
export function layersOfColumns(columns: Columns, count: number): TreeLayers {
  const tables = new ImageTables(TREE_LIMITS, {
    paths: PathTable.of(within('paths', columns)),
    texts: TextTable.of(within('texts', columns)),
  });
  const layers = Array.from({ length: count }, (_, index) =>
    LayerEntries.of(within(`layer ${index}`, columns), tables),
  );
  return { tables, layers };
}

const under = (name: string, columns: Columns): [string, Column][] =>
  Array.from(columns, ([column, values]) => [`${name}/${column}`, values]);

const within = (name: string, columns: Columns): Columns =>
  new Map(
    Array.from(columns)
      .filter(([column]) => column.startsWith(`${name}/`))
      .map(([column, values]) => [column.slice(name.length + 1), values]),
  );
