// Which cells of a row must be written, so that they show what they should whatever stood there before.
import { mostCellsOf } from './grapheme.ts';
import type { Row } from './row.ts';

/** One flag for each column: 1 where the cell must be written. Null when the rows are the same. */
export function changedCells(before: Row, after: Row): Uint8Array | null {
  const columns = after.texts.length;
  const changed = new Uint8Array(columns);
  let first = -1;
  for (let x = columns - 1; x >= 0; x--) {
    if (before.texts[x] === after.texts[x] && before.styles[x] === after.styles[x]) continue;
    changed[x] = 1;
    first = x;
  }
  if (first < 0) return null;
  // What one cell drags along may drag along others, to both sides.
  while (spread(before, after, changed));
  return changed;
}

/** Marks the cells that change together with those that are marked; false when there are none. */
function spread(before: Row, after: Row, changed: Uint8Array): boolean {
  let isMore = false;
  const mark = (from: number, to: number) => {
    for (let x = Math.max(0, from); x < Math.min(changed.length, to); x++) {
      if (changed[x] === 1) continue;
      changed[x] = 1;
      isMore = true;
    }
  };
  for (let x = 0; x < changed.length; x++) {
    if (changed[x] !== 1) continue;
    // A terminal that is given half of a wide character's cells forgets the other half.
    for (const row of [before, after]) {
      const start = startOf(row, x);
      const cells = lengthAt(row, start);
      mark(start, start + cells);
      // What was taken for longer stands in, or will run over, the cells behind it.
      if (row.doubtful.has(start)) mark(start, start + mostCellsOf(row.texts[start] ?? '', cells));
    }
  }
  return isMore;
}

/** The column at which the grapheme begins that the cell belongs to. */
function startOf({ texts }: Row, x: number): number {
  let start = x;
  while (start > 0 && texts[start] === '') start--;
  return start;
}

/** Cells of the grapheme that begins at a column. */
export function lengthAt({ texts }: Row, x: number): number {
  let end = x + 1;
  while (end < texts.length && texts[end] === '') end++;
  return end - x;
}
