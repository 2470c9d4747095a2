// What all layers of an image share, as columns to be kept.

import { type Columns, partOf, together } from './columns.ts';
import { ImageTables } from './layer-entries.ts';
import { TREE_LIMITS } from './limits.ts';
import { PathTable } from './path-table.ts';
import { TextTable } from './text-table.ts';

/** The columns of an image's tables. */
export const tableColumns = ({ paths, texts }: ImageTables): Columns =>
  together({ paths: paths.columns(), texts: texts.columns() });

/**
 * The tables that were kept.
 * @throws RangeError where the columns are not those of an image's tables.
 */
export const keptTables = (columns: Columns): ImageTables =>
  new ImageTables(TREE_LIMITS, {
    paths: PathTable.of(partOf(columns, 'paths')),
    texts: TextTable.of(partOf(columns, 'texts')),
  });
