// Draws a screen of a terminal as an SVG file that looks alike wherever it is shown.

import type { GoldenCell, GoldenRows } from './golden-screen.ts';
import { BACKGROUND, type Drawn, drawnAs } from './screen-colours.ts';
import { inkOf, isLine, Strokes } from './screen-lines.ts';

/** Units of the picture: a cell, and the margin around all of them. */
const CELL = { width: 8, height: 17 };
const MARGIN = 14;
const FONT_SIZE = 13.3;
/** From the top of a cell to the line that its letters stand on. */
const BASELINE = 13;
const FONTS = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace";
/** Of light and heavy lines. */
const WEIGHTS: Readonly<Record<number, number>> = { 1: 1, 2: 2.4 };

/** Cells of one row that stand side by side and look alike. */
interface Run {
  readonly x: number;
  readonly y: number;
  readonly cells: readonly GoldenCell[];
  readonly drawn: Drawn;
}

/**
 * Each run of letters is as wide as its cells, whatever font there is: it says so itself.
 * @param title what a screen reader says of it, and a browser when it is pointed at.
 */
export function screenSvg(rows: GoldenRows, title: string): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const [width, height] = [columns * CELL.width + 2 * MARGIN, rows.length * CELL.height + 2 * MARGIN];
  const runs = rows.flatMap(runsOf);
  return (
    [
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
        `role="img" aria-labelledby="title" font-family="${FONTS}" font-size="${FONT_SIZE}">`,
      `<title id="title">${escaped(title)}</title>`,
      `<rect width="${width}" height="${height}" rx="8" fill="${BACKGROUND}"/>`,
      `<g transform="translate(${MARGIN} ${MARGIN})">`,
      ...runs.flatMap(papers),
      ...runs.flatMap(blocks),
      ...lines(runs),
      ...runs.flatMap(texts),
      '</g>',
      '</svg>',
    ].join('\n') + '\n'
  );
}

function runsOf(row: readonly GoldenCell[], y: number): Run[] {
  const starts = row.flatMap(({ style }, x) => (style === row[x - 1]?.style ? [] : [x]));
  return starts.map((x, index) => {
    const cells = row.slice(x, starts[index + 1]);
    return { x, y, cells, drawn: drawnAs(cells[0]?.style ?? 'plain') };
  });
}

function papers({ x, y, cells, drawn: { background } }: Run): string[] {
  return background === null ? [] : [rectangle(x, y, cells.length, `fill="${background}"`)];
}

/** Blocks side by side that are alike are one, so that no seam shows between them. */
function blocks({ x, y, cells, drawn: { foreground } }: Run): string[] {
  return piecesOf(cells, ({ text }) => inkOf(text)).flatMap(({ at, cells: { length }, kind: ink }) => {
    if (ink === null) return [];
    const opacity = ink === 1 ? '' : ` fill-opacity="${ink}"`;
    return [rectangle(x + at, y, length, `fill="${foreground}"${opacity}`)];
  });
}

function rectangle(x: number, y: number, cells: number, fill: string): string {
  const { width, height } = CELL;
  return `<rect x="${x * width}" y="${y * height}" width="${cells * width}" height="${height}" ${fill}/>`;
}

function lines(runs: readonly Run[]): string[] {
  return [...Map.groupBy(runs, ({ drawn }) => drawn.foreground)].flatMap(([colour, alike]) => {
    const strokes = new Strokes();
    for (const { x, y, cells } of alike) {
      for (const [at, { text }] of cells.entries()) if (isLine(text)) strokes.add(text, x + at, y);
    }
    return [...strokes.joined()].map(([weight, all]) => {
      const path = all.map(({ isVertical, at, from, to }) => {
        const [across, down] = [CELL.width / 2, CELL.height / 2];
        return isVertical
          ? `M${at * across} ${from * down}V${to * down}`
          : `M${from * across} ${at * down}H${to * across}`;
      });
      const pen = `stroke="${colour}" stroke-width="${WEIGHTS[weight] ?? 1}" stroke-linecap="square"`;
      return `<path fill="none" ${pen} d="${path.join('')}"/>`;
    });
  });
}

/** Words of a run, each where it belongs: blanks between them are not drawn, and so cannot be too wide. */
function texts({ x, y, cells, drawn }: Run): string[] {
  const isLetter = ({ text }: GoldenCell) => text.trim() !== '' && !isLine(text) && inkOf(text) === null;
  return piecesOf(cells, (cell) => cell.text === '' || isLetter(cell)).flatMap(
    ({ at, cells: letters, kind }) => {
      if (!kind) return [];
      const text = letters.map((cell) => cell.text).join('');
      const place = `x="${(x + at) * CELL.width}" y="${y * CELL.height + BASELINE}"`;
      const length = `textLength="${letters.length * CELL.width}" lengthAdjust="spacingAndGlyphs"`;
      return [`<text ${place} ${length}${attributesOf(drawn)}>${escaped(text)}</text>`];
    },
  );
}

function attributesOf({ foreground, isBold, isItalic, line }: Drawn): string {
  const weight = isBold ? ' font-weight="bold"' : '';
  const slant = isItalic ? ' font-style="italic"' : '';
  const decoration = line === null ? '' : ` text-decoration="${line}"`;
  return ` fill="${foreground}"${weight}${slant}${decoration}`;
}

interface Piece<Kind> {
  readonly at: number;
  readonly cells: readonly GoldenCell[];
  readonly kind: Kind;
}

/** Cells side by side that are of one kind. */
function piecesOf<Kind>(cells: readonly GoldenCell[], kindOf: (cell: GoldenCell) => Kind): Piece<Kind>[] {
  const kinds = cells.map(kindOf);
  const starts = kinds.flatMap((kind, at) => (at > 0 && kind === kinds[at - 1] ? [] : [{ at, kind }]));
  return starts.map(({ at, kind }, index) => ({ at, kind, cells: cells.slice(at, starts[index + 1]?.at) }));
}

/** Control characters have no place in XML; a golden screen has none. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
