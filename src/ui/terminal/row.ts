// A line of a frame, as Ink writes it, taken apart into cells.
import { cellsOf, graphemesOf, isSure, sureCells } from './grapheme.ts';
import { type CellStyle, isUnseenOnBlanks, PLAIN, styleAfter } from './style.ts';

/** The cells of one row, left to right: as many of each as the screen has columns. */
export interface Row {
  /** What stands in each cell: one grapheme; empty in the cells that a wide one takes beyond its first. */
  readonly texts: readonly string[];
  readonly styles: readonly CellStyle[];
  /** Columns at which a grapheme begins that terminals may take another number of cells for. */
  readonly doubtful: ReadonlySet<number>;
}

const SGR = /\u001b\[([\d;]*)m/g;
/** Anything else that a terminal would obey. Texts of images are made harmless long before: see `image/text.ts`. */
const OTHER_SEQUENCES = /\u001b(?:\[[0-?]*[ -/]*[@-~]?|.?)/g;
const CONTROLS = /[\u0000-\u001f\u007f-\u009f]/g;

/** The row of a line. What lies beyond the last column is left out. */
export function rowOf(line: string, columns: number): Row {
  const texts: string[] = [];
  const styles: CellStyle[] = [];
  const doubtful = new Set<number>();
  const put = (grapheme: string, cells: number, style: CellStyle) => {
    if (texts.length + cells > columns) {
      // Half of a wide one cannot be shown.
      while (texts.length < columns) put(' ', 1, style);
      return;
    }
    const shown = grapheme === ' ' && isUnseenOnBlanks(style) ? PLAIN : style;
    for (let cell = 0; cell < cells; cell++) {
      texts.push(cell === 0 ? grapheme : '');
      styles.push(shown);
    }
  };

  let style = PLAIN;
  let start = 0;
  const read = (text: string) => {
    if (isSimple(text)) {
      for (const char of text) put(char, sureCells(char.charCodeAt(0)), style);
      return;
    }
    const harmless = text.replace(OTHER_SEQUENCES, '').replace(CONTROLS, '?');
    for (const grapheme of graphemesOf(harmless)) {
      const shown = standing(grapheme);
      const cells = cellsOf(shown);
      if (!isSure(shown) && texts.length + cells <= columns) doubtful.add(texts.length);
      put(shown, cells, style);
    }
  };
  for (const sgr of line.matchAll(SGR)) {
    read(line.slice(start, sgr.index));
    style = styleAfter(style, sgr[1] ?? '');
    start = sgr.index + sgr[0].length;
  }
  read(line.slice(start));
  while (texts.length < columns) put(' ', 1, PLAIN);
  return { texts, styles, doubtful };
}

/** Whether each character is a grapheme of which all terminals think the same: nearly every text on the screen. */
function isSimple(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (sureCells(text.charCodeAt(index)) === 0) return false;
  }
  return true;
}

/** A mark that has nothing to stand on would join the cell before it: it is given a blank. */
function standing(grapheme: string): string {
  return /^[\p{M}\p{Default_Ignorable_Code_Point}]/u.test(grapheme) ? ` ${grapheme}` : grapheme;
}

/** A row of blanks. */
export function blankRow(columns: number): Row {
  return rowOf('', columns);
}
