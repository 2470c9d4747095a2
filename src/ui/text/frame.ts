import type { Glyphs } from '../theme.ts';
import { cells, fit, fitLine, type Line, segment } from './segments.ts';

export interface FrameOptions {
  readonly columns: number;
  /** Rows of the whole, borders included. */
  readonly rows: number;
  readonly title: string;
  /** A second title, at the right end: the first of these that there is room for. */
  readonly notes: readonly string[];
  readonly isFocused: boolean;
  readonly glyphs: Glyphs;
}

/** A pane's lines with a border around them; a thick one tells the focus. Lines that are missing are empty. */
export function framed(lines: readonly Line[], options: FrameOptions): Line[] {
  const { columns, rows, isFocused, glyphs } = options;
  const { corners, horizontal, vertical } = isFocused ? glyphs.thick : glyphs.thin;
  const role = isFocused ? 'focused-border' : 'border';
  const inner = columns - 2;
  const side = segment(vertical, role);
  const body = Array.from({ length: Math.max(0, rows - 2) }, (_, row): Line => {
    return [side, ...fitLine(lines[row] ?? [], inner, glyphs.ellipsis), side];
  });
  const bottom: Line = [segment(corners[3] + horizontal.repeat(inner) + corners[2], role)];
  return [topLine(options), ...body, bottom];
}

/**
 * A text in a border, read through from line `top` on; the note says how much of it is seen, and where there is room for
 * `offer`, how to see more.
 */
export function framedText(
  lines: readonly Line[],
  options: Omit<FrameOptions, 'notes'> & { readonly top: number; readonly offer?: string },
): Line[] {
  const room = Math.max(0, options.rows - 2);
  const top = Math.max(0, Math.min(options.top, lines.length - room));
  const note = `${top + 1}-${Math.min(lines.length, top + room)} of ${lines.length}`;
  const offered = options.offer === undefined ? [] : [`${options.offer}  ${note}`];
  const notes = lines.length <= room ? [] : [...offered, note];
  return framed(lines.slice(top, top + room), { ...options, notes });
}

function topLine({ columns, title, notes, isFocused, glyphs }: FrameOptions): Line {
  const { corners, horizontal } = isFocused ? glyphs.thick : glyphs.thin;
  const role = isFocused ? 'focused-border' : 'border';
  const room = columns - 4;
  const left = ` ${title} `;
  const note = notes.find((text) => text !== '' && cells(left) + cells(text) + 2 < room);
  const right = note === undefined ? '' : ` ${note} `;
  const leftWidth = Math.min(cells(left), room - cells(right));
  const filling = room - leftWidth - cells(right);
  return [
    segment(corners[0] + horizontal, role),
    segment(fit(left, leftWidth, glyphs.ellipsis), isFocused ? 'title' : 'plain'),
    segment(horizontal.repeat(filling), role),
    segment(right, 'plain'),
    segment(horizontal + corners[1], role),
  ];
}
