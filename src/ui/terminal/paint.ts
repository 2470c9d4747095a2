// What to write so that a screen shows another frame than it does: only cells that differ, in few bytes.
import { changedCells, lengthAt } from './changed-cells.ts';
import { utf8Length } from './grapheme.ts';
import { type Abilities, Pen } from './pen.ts';
import { blankRow, type Row, rowOf } from './row.ts';
import { PLAIN } from './style.ts';

/** A screen's cells, row by row from the top, and the lines that they were read from. */
export interface Grid {
  readonly columns: number;
  readonly lines: readonly string[];
  readonly rows: readonly Row[];
}

/** ECMA-48: cursor to the first cell, all erased from there. */
const CLEAR = '\u001b[m\u001b[H\u001b[J';

/** Unchanged cells between two changed ones are written again rather than stepped over up to this many. */
const MOST_REWRITTEN = 16;

/**
 * The cells of a frame.
 * @param frame its lines, styled by SGR sequences alone; what the screen has no room for is left out
 * @param before the grid whose rows are taken over where their lines are the same
 */
export function gridOf(frame: string, columns: number, rows: number, before: Grid | null): Grid {
  const lines = frame.split('\n').slice(0, rows);
  while (lines.length < rows) lines.push('');
  const old = before?.columns === columns ? before : null;
  return {
    columns,
    lines,
    rows: lines.map((line, y) => {
      const same = old !== null && old.lines[y] === line ? old.rows[y] : undefined;
      return same ?? rowOf(line, columns);
    }),
  };
}

/**
 * The bytes that make a terminal show `after`; empty where it does already. The style is the plain one before and after.
 * @param before what it shows; null: nobody knows
 */
export function paint(before: Grid | null, after: Grid, can: Abilities): string {
  const pen = new Pen(after.columns, can);
  const blank = blankRow(after.columns);
  const isSameSize = before?.columns === after.columns && before.rows.length === after.rows.length;
  after.rows.forEach((row, y) => {
    const old = (isSameSize ? before.rows[y] : undefined) ?? blank;
    if (old !== row) paintRow(pen, y, old, row);
  });
  pen.use(PLAIN);
  return isSameSize ? pen.written : CLEAR + pen.written;
}

function paintRow(pen: Pen, y: number, before: Row, after: Row): void {
  const changed = changedCells(before, after);
  if (changed === null) return;
  const columns = after.texts.length;
  const end = blankEnd(after);
  for (let x = changed.indexOf(1); x >= 0 && x < columns; x = changed.indexOf(1, x)) {
    goTo(pen, x, y, after);
    if (x >= end && changed.lastIndexOf(1) - x >= 3) {
      pen.eraseRest();
      return;
    }
    x += write(pen, x, after, changed);
  }
}

/** Moves to a changed cell: by writing the cells before it again where that takes fewer bytes than stepping over them. */
function goTo(pen: Pen, x: number, y: number, row: Row): void {
  if (pen.isAt(x, y)) return;
  const moving = pen.copy();
  moving.moveTo(x, y);
  moving.use(styleAt(row, x));
  const from = firstOf(pen, x, y);
  if (from < 0 || !canRewrite(row, from, x)) {
    pen.moveTo(x, y);
    return;
  }
  const writing = pen.copy();
  for (let cell = from; cell < x;) cell += write(writing, cell, row, null);
  const arrived = writing.copy();
  arrived.use(styleAt(row, x));
  if (utf8Length(writing.written + arrived.written) <= utf8Length(moving.written)) pen.follow(writing);
  else pen.moveTo(x, y);
}

/** The column, not far before `x`, at which the pen stands; -1 where it stands elsewhere. */
function firstOf(pen: Pen, x: number, y: number): number {
  for (let from = x - 1; from >= Math.max(0, x - MOST_REWRITTEN); from--) if (pen.isAt(from, y)) return from;
  return -1;
}

function canRewrite({ texts, doubtful }: Row, from: number, to: number): boolean {
  if (texts[from] === '') return false;
  for (let x = from; x < to; x++) if (doubtful.has(x)) return false;
  return true;
}

/** The style in which a cell is going to be written. */
function styleAt(row: Row, x: number) {
  return row.styles[x] ?? PLAIN;
}

/**
 * Writes the grapheme that begins at a column, where the pen stands, and what equals it right behind it.
 * @param changed which cells are to be written; null: one grapheme only
 * @returns the cells that have been dealt with, whether or not the pen has moved over them
 */
function write(pen: Pen, x: number, row: Row, changed: Uint8Array | null): number {
  const text = row.texts[x] ?? ' ';
  const style = styleAt(row, x);
  const cells = lengthAt(row, x);
  if (row.doubtful.has(x)) {
    pen.putDoubtful(text, cells, style);
    return cells;
  }
  if (text === ' ' && style === PLAIN) {
    const count = changed === null ? 1 : blanksFrom(row, x, changed);
    pen.blank(count, nextStyle(row, x), changed !== null && changed[x + count] !== 1);
    return count;
  }
  const times = changed === null || cells > 1 ? 1 : runLength(row, x, changed);
  pen.put(text, cells, style, times);
  return cells * times;
}

/** Cells from `x` to the last one that is to be written with nothing but plain blanks in between, changed or not. */
function blanksFrom({ texts, styles }: Row, x: number, changed: Uint8Array): number {
  let end = x + 1;
  for (let next = end; texts[next] === ' ' && styles[next] === PLAIN; next++) {
    if (changed[next] === 1) end = next + 1;
  }
  return end - x;
}

/** Cells from `x` on that are to be written, and all the same. */
function runLength({ texts, styles }: Row, x: number, changed: Uint8Array): number {
  let end = x + 1;
  while (changed[end] === 1 && texts[end] === texts[x] && styles[end] === styles[x]) end++;
  return end - x;
}

/** The style of the first cell behind `x` that is not blank. */
function nextStyle({ texts, styles }: Row, x: number) {
  let next = x + 1;
  while (next < texts.length && texts[next] === ' ') next++;
  return styles[next] ?? PLAIN;
}

/** The column from which on a row is nothing but plain blanks. */
function blankEnd({ texts, styles }: Row): number {
  let end = texts.length;
  while (end > 0 && texts[end - 1] === ' ' && styles[end - 1] === PLAIN) end--;
  return end;
}
