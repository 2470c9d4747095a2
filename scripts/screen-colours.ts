// In which colours a golden screen is drawn. Golden screens are in the terminal's own sixteen, which look different in each
// terminal; a picture takes peel's palette for dark backgrounds instead.

import { PALETTES, ROLES, type Style } from '../src/ui/palettes.ts';

/** How a cell is drawn. Colours are `#rrggbb`. */
export interface Drawn {
  readonly foreground: string;
  /** Null: that of the screen. */
  readonly background: string | null;
  readonly isBold: boolean;
  readonly isItalic: boolean;
  readonly line: 'underline' | 'line-through' | null;
}

export const BACKGROUND = '#1c1c1c';
const FOREGROUND = '#e4e4e4';

/** What lies across or under the letters: the attribute, and what SVG calls it. */
const LINES = [
  ['underline', 'underline'],
  ['strikethrough', 'line-through'],
] as const;

/** The eight by name, as roles of the sixteen-colour palette have them, in the dark one's colours. */
const COLOURS = new Map(
  ROLES.toReversed().flatMap((role) => {
    const name = wordOf(PALETTES['16'][role]);
    const { color } = PALETTES.dark[role];
    return name === null || color === undefined ? [] : [[name, hexOf(color)] as const];
  }),
);

/** The one word for a style that is one colour, or dim, and nothing else. */
function wordOf({ color, bold = false, dimColor = false }: Style): string | null {
  if (bold) return null;
  return color ?? (dimColor ? 'dim' : null);
}

/**
 * What a style in words (`bold red`, `inverse`, `dim on blue`) looks like.
 * @throws for a colour that no role has: then a picture of it would be a guess.
 */
export function drawnAs(words: string): Drawn {
  const [ink = '', paper = ''] = words.split(/(?:^| )on (?=\S)/);
  const attributes = new Set(ink.split(' '));
  const has = (attribute: string) => attributes.delete(attribute);
  has('plain');
  const isInverse = has('inverse');
  const isBold = has('bold');
  const isItalic = has('italic');
  const line = LINES.find(([attribute]) => has(attribute))?.[1] ?? null;
  const isDim = has('dim');
  const name = [...attributes].join(' ');
  const foreground = colour(name === '' && isDim ? 'dim' : name) ?? FOREGROUND;
  const background = colour(paper);
  const rest = { isBold, isItalic, line };
  if (!isInverse) return { foreground, background, ...rest };
  return { foreground: background ?? BACKGROUND, background: foreground, ...rest };
}

/** Null for the terminal's own. */
function colour(name: string): string | null {
  if (name === '') return null;
  const found = COLOURS.get(name) ?? (name.startsWith('#') ? name : null);
  const index = /^palette (\d+)$/.exec(name)?.[1];
  if (index !== undefined) return indexed(Number(index));
  if (found === null) throw new Error(`No role has the colour “${name}”.`);
  return found;
}

/** The colour of an `ansi256(n)`. */
function hexOf(color: string): string {
  const index = /^ansi256\((\d+)\)$/.exec(color)?.[1];
  return index === undefined ? color : indexed(Number(index));
}

/** xterm's colours from 16 on: a cube of six steps a side, then 24 greys. */
function indexed(index: number): string {
  const level = (step: number) => (step === 0 ? 0 : 55 + 40 * step);
  const cube = index - 16;
  const grey = 8 + 10 * (index - 232);
  const channels =
    index < 232
      ? [level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)]
      : [grey, grey, grey];
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
