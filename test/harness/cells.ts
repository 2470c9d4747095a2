/** What a frame wants in every cell, and what a terminal shows there, in words that can be compared. */
import headless from '@xterm/headless';
import type { Grid } from '../../src/ui/terminal/paint.ts';
import type { CellStyle as FrameStyle } from '../../src/ui/terminal/style.ts';
import { describeStyle, styleOf } from './style.ts';

/** Stands for a cell of a grapheme that terminals do not agree on: it may show what it likes, but only there. */
const ANY = 'any';

/** Cells of a grid, row by row: `x, bold green`. */
export function wantedCells({ rows }: Grid): string[][] {
  return rows.map(({ texts, styles, doubtful }) => {
    let isDoubtful = false;
    return texts.map((text, x) => {
      if (text !== '') isDoubtful = doubtful.has(x);
      const style = styles[x];
      if (isDoubtful || style === undefined) return ANY;
      return text === '' ? 'second half' : `${text}, ${words(style, text === ' ')}`;
    });
  });
}

/** Cells that the terminal shows where the grid is sure of them. */
export function shownCells(terminal: headless.Terminal, grid: Grid): string[][] {
  const buffer = terminal.buffer.active;
  return wantedCells(grid).map((row, y) =>
    row.map((wanted, x) => {
      if (wanted === ANY) return ANY;
      const cell = buffer.getLine(buffer.baseY + y)?.getCell(x);
      if (cell?.getWidth() === 0) return 'second half';
      return `${cell?.getChars() === '' ? ' ' : (cell?.getChars() ?? ' ')}, ${describeStyle(styleOf(cell))}`;
    }),
  );
}

const NAMES = ['bold', 'dim', 'italic', 'underline', 'inverse', 'strikethrough'] as const;
const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

/** A blank's style has only what is drawn of it, as in `styleOf`. */
function words({ foreground, background, attributes }: FrameStyle, isBlank: boolean): string {
  const has = (name: (typeof NAMES)[number]) => (attributes & (1 << NAMES.indexOf(name))) !== 0;
  const isDrawn = !isBlank || has('underline') || has('inverse') || has('strikethrough');
  return describeStyle({
    bold: !isBlank && has('bold'),
    dim: !isBlank && has('dim'),
    italic: !isBlank && has('italic'),
    underline: has('underline'),
    inverse: has('inverse'),
    strikethrough: has('strikethrough'),
    fg: isDrawn ? colour(foreground) : 'default',
    bg: colour(background),
  });
}

function colour(parameters: string): string {
  const codes = parameters.split(';').map(Number);
  const [code = 0, , first = 0] = codes;
  if (parameters === '') return 'default';
  if (codes.length === 5) {
    return `#${codes
      .slice(2)
      .map((part) => part.toString(16).padStart(2, '0'))
      .join('')}`;
  }
  if (codes.length === 3) return `palette ${first}`;
  return code >= 90 ? `bright ${COLOURS[(code - 90) % 10] ?? ''}` : (COLOURS[code % 10] ?? '');
}

/** A terminal that takes so many cells for each code point that is no ASCII, and its own for those that are sure. */
export function terminalThat(columns: number, rows: number, widthOf: ((code: number) => 0 | 1 | 2) | null) {
  const terminal = new headless.Terminal({ allowProposedApi: true, cols: columns, rows });
  if (widthOf !== null) {
    terminal.unicode.register({
      version: 'other',
      wcwidth: widthOf,
      charProperties: (code) => widthOf(code) << 1,
    });
    terminal.unicode.activeVersion = 'other';
  }
  return terminal;
}
