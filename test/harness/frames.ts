/** Reads the panes off a screen: what stands in each border, its titles, its chosen row. */
import type { Screen } from './screen.ts';

/** What stands in a pane, or on the whole of a screen that has none. */
export interface Region {
  /** As in `Files`: the title up to the gap in it. */
  readonly name: string;
  /** As in `Files  changes of layer 0`. */
  readonly title: string;
  /** The second title, at the right end; empty where there is none. */
  readonly note: string;
  /** Whether the border is a thick one. */
  readonly hasFocus: boolean;
  /** Rows between the borders, without the blanks at their ends. */
  readonly rows: readonly string[];
  /** Which of the rows has the cursor sign before it; -1: none. */
  readonly selected: number;
}

interface BorderSet {
  /** Clockwise from the upper left. */
  readonly corners: string;
  readonly horizontal: string;
  readonly vertical: string;
  readonly hasFocus: boolean;
}

const BORDERS: readonly BorderSet[] = [
  { corners: '┏┓┛┗', horizontal: '━', vertical: '┃', hasFocus: true },
  { corners: '┌┐┘└', horizontal: '─', vertical: '│', hasFocus: false },
  { corners: '####', horizontal: '=', vertical: '#', hasFocus: true },
  { corners: '++++', horizontal: '-', vertical: '|', hasFocus: false },
];

/** The upper left corner of a border, and the line that leads away from it. */
const BORDER_BEGINS = /[┏┌][━─]|#=|\+-/u;

/** All panes of a screen, from top to bottom and left to right. */
export function panesOf(screen: Screen): Region[] {
  return screen.lines().flatMap((line, y) => {
    // Most lines have no corner; in the others wide characters move what follows them.
    if (line.search(BORDER_BEGINS) < 0) return [];
    return Array.from({ length: screen.columns }, (_, x) => paneAt(screen, { x, y })).filter(
      (pane) => pane !== null,
    );
  });
}

function paneAt(screen: Screen, start: Point): Region | null {
  for (const border of BORDERS) {
    const end = endOf(screen, border, start);
    if (end !== null) return regionOf(screen, border, start, end);
  }
  return null;
}

/** What stands between the header and the status line, as one region. */
export function bodyOf(screen: Screen): Region {
  const rows = screen.lines().slice(1, -1);
  const selected = rows.findIndex((row) => /^ ?[▸>] /u.test(row));
  return { name: '', title: '', note: '', hasFocus: true, rows, selected };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The lower right corner of the frame that begins at a cell; null where none does. */
function endOf(screen: Screen, { corners, horizontal, vertical }: BorderSet, { x, y }: Point): Point | null {
  const at = (column: number, row: number) => screen.charAt(column, row);
  if (at(x, y) !== corners[0] || at(x + 1, y) !== horizontal) return null;
  let bottom = y + 1;
  while (at(x, bottom) === vertical && at(x + 1, bottom) !== horizontal) bottom++;
  if (at(x, bottom) !== corners[3]) return null;
  let right = x + 1;
  while (at(right, bottom) === horizontal) right++;
  if (at(right, bottom) !== corners[2] || at(right, y) !== corners[1]) return null;
  return { x: right, y: bottom };
}

function regionOf(screen: Screen, { horizontal, hasFocus }: BorderSet, start: Point, end: Point): Region {
  const top = screen.slice(start.y, start.x + 1, end.x);
  // `━ Files  changes of layer 0 ━━━━━━ by size · 31 rows ━`
  const fill = `${horizontal}+`;
  const parts = new RegExp(`^${fill} (.*?) ${fill}(?: (.*) ${fill})?$`, 'u').exec(top);
  const title = parts?.[1]?.trimEnd() ?? '';
  const rows = Array.from({ length: end.y - start.y - 1 }, (_, row) =>
    screen.slice(start.y + 1 + row, start.x + 1, end.x).trimEnd(),
  );
  return {
    name: title.split('  ')[0] ?? '',
    title,
    note: parts?.[2] ?? '',
    hasFocus,
    rows,
    selected: rows.findIndex((row) => /^[▸>]/u.test(row)),
  };
}
