// Text in the style of a role, as the terminal is told it (SGR). Ink's <Text> would do the same with the same library, one
// component for each piece of a line; a screen has hundreds of pieces, and draws them anew at each key.

import chalk, { type ChalkInstance, type ForegroundColorName } from 'chalk';
import type { Role, Style } from '../palettes.ts';
import type { Theme } from '../theme.ts';
import { asciiOnly, type Line } from './segments.ts';

type Pens = ReadonlyMap<Role, ChalkInstance>;

/** Pens of the themes that have been drawn with; a screen has one at a time. */
const pens = new WeakMap<Theme, Pens>();

/** A line's text in the styles of its segments. */
export function styledLine(line: Line, theme: Theme): string {
  const own = pens.get(theme) ?? makePens(theme);
  let text = '';
  for (const segment of line) {
    const shown = theme.hasUnicode ? segment.text : asciiOnly(segment.text);
    text += own.get(segment.role)?.(shown) ?? shown;
  }
  return text;
}

function makePens(theme: Theme): Pens {
  const made = new Map(
    Object.entries(theme.styles).map(([role, style]) => [role as Role, penOf(style)] as const),
  );
  pens.set(theme, made);
  return made;
}

function penOf({ color, bold = false, dimColor = false, inverse = false }: Style): ChalkInstance {
  let pen = color === undefined ? chalk : colored(color);
  if (dimColor) pen = pen.dim;
  if (bold) pen = pen.bold;
  return inverse ? pen.inverse : pen;
}

/** Colours as `Style` names them. */
function colored(color: string): ChalkInstance {
  const index = /^ansi256\((\d+)\)$/.exec(color)?.[1];
  if (index !== undefined) return chalk.ansi256(Number(index));
  return color.startsWith('#') ? chalk.hex(color) : chalk[color as ForegroundColorName];
}
