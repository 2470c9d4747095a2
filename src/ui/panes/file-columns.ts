// The columns of the files pane, and which of them there is room for.

import { FILE_COLUMNS, type FileColumn } from '../../state/files-state.ts';
import type { SortOrder } from '../../tree/rows.ts';
import { type Line, segment } from '../text/segments.ts';

/** Widths of columns in cells; each but the first two begins with a space that divides it from the one before. */
const SIGNS = 2;
export const SIZE = 10;
export const CHANGE = 11;
export const OWNER = 11;
const MODE = 11;
export const FATE = 20;
const SIGN = 2;
const LEAST_PATH = 30;

export interface Columns {
  readonly size: boolean;
  /** The change in size. */
  readonly change: boolean;
  readonly mode: boolean;
  readonly owner: boolean;
  /** Cells of the fate: whole, or only its sign, or none. */
  readonly fate: number;
  readonly path: number;
}

/**
 * The columns of a pane that is `width` cells wide, of those that are wanted. They give way as it narrows, in this order:
 * mode, change in size, owner, fate to its sign. The path keeps 30 cells. Where rows stand by their change in size, it is
 * wanted, and the last to give way.
 */
export function columnsFor(
  width: number,
  order: SortOrder = 'size',
  wanted: readonly FileColumn[] = FILE_COLUMNS,
): Columns {
  const has = (column: FileColumn) => wanted.includes(column);
  const sign = has('fate') ? SIGN : 0;
  let room = width - SIGNS - (has('size') ? SIZE : 0) - 1 - LEAST_PATH - sign;
  /** Whether there is room for it; what is not wanted is in nobody's way. */
  const take = (column: FileColumn, cells: number, isInTurn = true): boolean => {
    if (!has(column)) return isInTurn;
    const fits = isInTurn && room >= cells;
    if (fits) room -= cells;
    return fits;
  };
  const isFirst = order === 'change' && room >= CHANGE;
  if (isFirst) room -= CHANGE;
  const fate = take('fate', FATE - SIGN);
  const owner = take('owner', OWNER, fate);
  const change = isFirst || take('change', CHANGE, owner);
  const mode = take('mode', MODE, owner && change);
  return {
    size: has('size'),
    change: isFirst || (change && has('change')),
    mode: mode && has('mode'),
    owner: owner && has('owner'),
    fate: has('fate') && fate ? FATE : sign,
    path: LEAST_PATH + room,
  };
}

/** The names of the columns. */
export function heading({ size, change, mode, owner, path, fate }: Columns): Line {
  const text =
    ' '.repeat(SIGNS) +
    (size ? 'size'.padStart(SIZE) : '') +
    (change ? 'change'.padStart(CHANGE) : '') +
    (mode ? ' mode'.padEnd(MODE) : '') +
    (owner ? 'owner'.padStart(OWNER) : '') +
    ' path'.padEnd(path + 1) +
    (fate === FATE ? ' fate' : '');
  return [segment(text, 'dim')];
}
