// The columns of the files pane, and which of them there is room for.

import type { FileColumn, FilesState } from '../../state/files-state.ts';
import { clamp } from '../../state/layout.ts';
import { type Line, segment } from '../text/segments.ts';

/** Widths of columns in cells; each but the first two begins with a space that divides it from the one before. */
const SIGNS = 2;
export const SIZE = 10;
export const CHANGE = 11;
const OWNER = 11;
const MODE = 11;
export const FATE = 20;
const SIGN = 2;
/** Least cells of a path, and of a name beside the owner. */
const LEAST_PATH = 30;
const LEAST_NAME = 24;

export interface Columns {
  readonly size: boolean;
  /** The change in size. */
  readonly change: boolean;
  readonly mode: boolean;
  readonly owner: boolean;
  /** Cells of the owner, where it is shown. */
  readonly ownerCells: number;
  /** Cells of the fate: whole, or only its sign, or none. */
  readonly fate: number;
  readonly path: number;
}

/** What of the files' state the columns go by. */
type Wishes = Pick<FilesState, 'order' | 'columns' | 'isFlat'>;

/**
 * The columns of a pane that is `width` cells wide, of those that are wanted. They give way as it narrows, in this order:
 * mode, change in size, owner, fate to its sign; none takes the room of one that has given way, so that a wider pane has
 * all that a narrower one has. The path keeps 30 cells. In the tree, where it is a name, it gives six of them to the owner,
 * for which there would else be no room beside the other panes of 120 columns. Where rows stand by their change in size, it
 * is wanted, and the last to give way. The owner has room for `widestOwner` cells where the pane has it, before anything
 * beyond it is shown.
 */
export function columnsFor(
  width: number,
  { order, columns: wanted, isFlat }: Wishes,
  widestOwner = 0,
): Columns {
  const has = (column: FileColumn) => wanted.includes(column);
  const sign = has('fate') ? SIGN : 0;
  let room = width - SIGNS - (has('size') ? SIZE : 0) - 1 - LEAST_PATH - sign;
  /** Whether there is room for it, with so many cells of the path's; what is not wanted is in nobody's way. */
  const take = (column: FileColumn, cells: number, isInTurn = true, ofOther = 0): boolean => {
    if (!has(column)) return isInTurn;
    const fits = isInTurn && room + ofOther >= cells;
    if (fits) room -= cells;
    return fits;
  };
  const isFirst = order === 'change' && room >= CHANGE;
  if (isFirst) room -= CHANGE;
  const fate = take('fate', FATE - SIGN, isFirst || order !== 'change');
  const ofPath = isFlat ? 0 : LEAST_PATH - LEAST_NAME;
  const owner = take('owner', OWNER, fate, ofPath);
  // What it needs beyond that is less than any column that follows: none goes because of it that a narrower pane has.
  const wider = owner && has('owner') ? clamp(widestOwner + 1 - OWNER, 0, Math.max(0, room + ofPath)) : 0;
  room -= wider;
  const change = isFirst || take('change', CHANGE, owner);
  const mode = take('mode', MODE, owner && change);
  return {
    size: has('size'),
    change: isFirst || (change && has('change')),
    mode: mode && has('mode'),
    owner: owner && has('owner'),
    ownerCells: OWNER + wider,
    fate: has('fate') && fate ? FATE : sign,
    path: LEAST_PATH + room,
  };
}

/** The names of the columns. */
export function heading({ size, change, mode, owner, ownerCells, path, fate }: Columns): Line {
  const text =
    ' '.repeat(SIGNS) +
    (size ? 'size'.padStart(SIZE) : '') +
    (change ? 'change'.padStart(CHANGE) : '') +
    (mode ? ' mode'.padEnd(MODE) : '') +
    (owner ? 'owner'.padStart(ownerCells) : '') +
    ' path'.padEnd(path + 1) +
    (fate === FATE ? ' fate' : '');
  return [segment(text, 'dim')];
}
