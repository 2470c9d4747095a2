// What is known of entries, in columns: those of one layer, or of all.

import { Differs } from './change.ts';
import { columnIn, type Columns } from './columns.ts';
import { type Column, grown } from './growable.ts';

/** What is known of entries: a column of each thing. */
export interface EntryColumns {
  nodes: Int32Array;
  kinds: Uint8Array;
  modes: Uint16Array;
  uids: Uint32Array;
  gids: Uint32Array;
  /** Payload bytes of a regular file; 0 for all others. */
  sizes: Float64Array;
  mtimes: Float64Array;
  /** Node of a hard link's target; number in `ImageTables.texts` of a symlink's target or a device's numbers. */
  links: Int32Array;
  /** Number in `ImageTables.texts`. */
  xattrs: Int32Array;
}

/** Columns that hold nothing. */
export function noColumns(): EntryColumns {
  return {
    nodes: new Int32Array(0),
    kinds: new Uint8Array(0),
    modes: new Uint16Array(0),
    uids: new Uint32Array(0),
    gids: new Uint32Array(0),
    sizes: new Float64Array(0),
    mtimes: new Float64Array(0),
    links: new Int32Array(0),
    xattrs: new Int32Array(0),
  };
}

/** The columns of something that has some. */
export function columnsOf(from: EntryColumns): EntryColumns {
  const { nodes, kinds, modes, uids, gids, sizes, mtimes, links, xattrs } = from;
  return { nodes, kinds, modes, uids, gids, sizes, mtimes, links, xattrs };
}

/** Columns with the same entries in them and room for as many as `capacity` says; the given ones may have become these. */
export function resizedColumns(columns: EntryColumns, capacity: number): EntryColumns {
  return eachColumn(columns, (column) =>
    column.length > capacity ? (column.slice(0, capacity) as typeof column) : grown(column, capacity),
  );
}

/** In which of its columns, links aside, an entry differs from another one of its kind: bits of `Differs`. */
export function differenceOfColumns(columns: EntryColumns, a: number, b: number): number {
  const { modes, uids, gids, mtimes, xattrs } = columns;
  return (
    (modes[a] === modes[b] ? 0 : Differs.Mode) |
    (uids[a] === uids[b] && gids[a] === gids[b] ? 0 : Differs.Owner) |
    (mtimes[a] === mtimes[b] ? 0 : Differs.Time) |
    (xattrs[a] === xattrs[b] ? 0 : Differs.Xattrs)
  );
}

/** The part of each column from one entry to before another; a view, not a copy. */
export function columnsBetween(columns: EntryColumns, start: number, end: number): EntryColumns {
  return eachColumn(columns, (column) => column.subarray(start, end) as typeof column);
}

/**
 * Columns that were kept.
 * @throws RangeError where there are none, or not all of one length.
 */
export function keptEntryColumns(columns: Columns): EntryColumns {
  const nodes = columnIn(columns, 'nodes', Int32Array);
  const { length } = nodes;
  return {
    nodes,
    kinds: columnIn(columns, 'kinds', Uint8Array, length),
    modes: columnIn(columns, 'modes', Uint16Array, length),
    uids: columnIn(columns, 'uids', Uint32Array, length),
    gids: columnIn(columns, 'gids', Uint32Array, length),
    sizes: columnIn(columns, 'sizes', Float64Array, length),
    mtimes: columnIn(columns, 'mtimes', Float64Array, length),
    links: columnIn(columns, 'links', Int32Array, length),
    xattrs: columnIn(columns, 'xattrs', Int32Array, length),
  };
}

/** Columns that are made each of one. */
function eachColumn(columns: EntryColumns, make: <C extends Column>(column: C) => C): EntryColumns {
  return {
    nodes: make(columns.nodes),
    kinds: make(columns.kinds),
    modes: make(columns.modes),
    uids: make(columns.uids),
    gids: make(columns.gids),
    sizes: make(columns.sizes),
    mtimes: make(columns.mtimes),
    links: make(columns.links),
    xattrs: make(columns.xattrs),
  };
}
