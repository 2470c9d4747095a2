import stringWidth from 'string-width';
import { isAscii, sureCells } from '../terminal/grapheme.ts';
import type { Role } from '../theme.ts';

/** A piece of a line in one style. */
export interface Segment {
  readonly text: string;
  readonly role: Role;
}

/** A line of the screen: its pieces from left to right. */
export type Line = readonly Segment[];

export function segment(text: string, role: Role = 'plain'): Segment {
  return { text, role };
}

/** A row of a list; under the cursor of the list that has the focus it is one bar. */
export function rowLine(line: Line, isSelected: boolean): Line {
  return isSelected ? [segment(line.map(({ text }) => text).join(''), 'selected')] : line;
}

/** Cells that a text takes on a terminal. */
export function cells(text: string): number {
  let sum = 0;
  // Nearly every text on the screen has nothing but characters whose cells are known.
  for (let index = 0; index < text.length; index++) {
    const sure = sureCells(text.charCodeAt(index));
    if (sure === 0) return stringWidth(text);
    sum += sure;
  }
  return sum;
}

/** Cells that a line takes. */
export function widthOf(line: Line): number {
  return line.reduce((sum, { text }) => sum + cells(text), 0);
}

/** A text in exactly `width` cells: cut off with an ellipsis, or filled with spaces. */
export function fit(text: string, width: number, ellipsis: string): string {
  const taken = cells(text);
  if (taken <= width) return text + ' '.repeat(width - taken);
  return cut(text, width, ellipsis);
}

/** A path in exactly `width` cells. One that is too long keeps its end: a file's name tells more than the root's. */
export function fitTail(text: string, width: number, ellipsis: string): string {
  if (cells(text) <= width) return fit(text, width, ellipsis);
  return fit(ellipsis + tailOf(text, width - cells(ellipsis)), width, '');
}

/** A name in exactly `width` cells. One that is too long keeps both its ends: what it is, and of what kind. */
export function fitMiddle(text: string, width: number, ellipsis: string): string {
  if (cells(text) <= width) return fit(text, width, ellipsis);
  const room = width - cells(ellipsis);
  if (room < 2) return cut(text, width, ellipsis);
  const tail = tailOf(text, Math.floor(room / 2));
  const head = cut(text, room - cells(tail), '').trimEnd();
  return fit(head + ellipsis + tail, width, '');
}

/** As much of a text's end as takes at most `width` cells. */
function tailOf(text: string, width: number): string {
  let kept = '';
  for (const { segment: grapheme } of Array.from(graphemes.segment(text)).reverse()) {
    if (cells(grapheme + kept) > width) break;
    kept = grapheme + kept;
  }
  return kept;
}

/** A text in exactly `width` cells, filled on the left; one that is too long keeps both its ends. */
export function fitRight(text: string, width: number, ellipsis: string): string {
  const taken = cells(text);
  return taken <= width ? ' '.repeat(width - taken) + text : fitMiddle(text, width, ellipsis);
}

/** A value in a column of exactly `width` cells, at its right end. The first cell divides it from what stands before. */
export function fitValue(text: string, width: number, ellipsis: string): string {
  return ` ${fitRight(text, width - 1, ellipsis)}`;
}

/** A line in exactly `width` cells. The segment that is too long is cut, what follows it is left out. */
export function fitLine(line: Line, width: number, ellipsis: string): Line {
  const fitted: Segment[] = [];
  let left = width;
  for (const { text, role } of line) {
    const taken = cells(text);
    if (taken <= left) {
      fitted.push({ text, role });
      left -= taken;
      continue;
    }
    if (left > 0) fitted.push({ text: cut(text, left, ellipsis), role });
    return fitted;
  }
  if (left > 0) fitted.push({ text: ' '.repeat(left), role: 'plain' });
  return fitted;
}

/** A text wrapped at spaces to lines of `width` cells; a longer word is broken. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    let rest = word;
    if (line !== '' && cells(line) + 1 + cells(rest) <= width) {
      line += ` ${rest}`;
      continue;
    }
    if (line !== '') lines.push(line);
    // Never more than a line's worth is measured at once: a word may be of any length.
    while (isLonger(rest, width)) {
      const head = headOf(beginning(rest), width);
      lines.push(head);
      rest = rest.slice(head.length);
    }
    line = rest;
  }
  lines.push(line);
  return lines;
}

/** As much of a text's beginning as takes at most `width` cells; at least one character, or nothing would get shorter. */
function headOf(text: string, width: number): string {
  if (isAscii(text)) return text.slice(0, Math.max(1, width));
  let kept = '';
  let taken = 0;
  for (const { segment: grapheme } of graphemes.segment(text)) {
    taken += cells(grapheme);
    if (kept !== '' && taken > width) break;
    kept += grapheme;
  }
  return kept;
}

/** The characters `start` to `end` of a line's whole text, in their roles. */
export function sliced(line: Line, start: number, end: number): Line {
  const parts: Segment[] = [];
  let at = 0;
  for (const { text, role } of line) {
    const part = text.slice(Math.max(0, start - at), Math.max(0, end - at));
    if (part !== '') parts.push({ text: part, role });
    at += text.length;
  }
  return parts;
}

/** More than a line has, of whatever characters. */
const LINE_UNITS = 1024;

const isLonger = (text: string, width: number) => text.length > LINE_UNITS || cells(text) > width;

/** As much of a text as a line may have, no pair of surrogates cut in two. */
function beginning(text: string): string {
  const last = text.charCodeAt(LINE_UNITS - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? LINE_UNITS - 1 : LINE_UNITS);
}

/** A text for a terminal that knows only ASCII: a question mark for each cell of anything else. */
export function asciiOnly(text: string): string {
  if (isAscii(text)) return text;
  let ascii = '';
  for (const { segment: grapheme } of graphemes.segment(text)) {
    ascii += isAscii(grapheme) ? grapheme : '?'.repeat(cells(grapheme));
  }
  return ascii;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function cut(text: string, width: number, ellipsis: string): string {
  const room = width - cells(ellipsis);
  if (room < 0) return ' '.repeat(Math.max(0, width));
  let taken = 0;
  let kept = '';
  if (isAscii(text)) {
    kept = text.slice(0, room);
    taken = room;
  } else {
    for (const { segment: grapheme } of graphemes.segment(text)) {
      const next = cells(grapheme);
      if (taken + next > room) break;
      kept += grapheme;
      taken += next;
    }
  }
  return kept + ellipsis + ' '.repeat(room - taken);
}

/** The cells of a line from `left` on, `width` of them; a wide character that is cut in two is a space. */
export function sliceCells(line: Line, left: number, width: number): Segment[] {
  const sliced: Segment[] = [];
  let column = 0;
  for (const { text, role } of line) {
    if (column >= left + width) break;
    const piece = between(text, Math.max(0, left - column), left + width - column);
    if (piece.text !== '') sliced.push(segment(piece.text, role));
    column += piece.column;
  }
  return sliced;
}

/** The cells `from` to `to` of a text, and the column where looking at it ended: what lies beyond is not measured. */
function between(text: string, from: number, to: number): { text: string; column: number } {
  if (isAscii(text)) return { text: text.slice(from, to), column: text.length };
  let column = 0;
  let kept = '';
  for (const { segment: grapheme } of graphemes.segment(text)) {
    if (column >= to) break;
    const next = column + cells(grapheme);
    if (column >= from && next <= to) kept += grapheme;
    else if (next > from && column < to) kept += ' '.repeat(Math.min(next, to) - Math.max(column, from));
    column = next;
  }
  return { text: kept, column };
}
