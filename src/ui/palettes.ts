// Every colour of the screen. No colour is the only sign of anything.

/** What a piece of text is, for the eye. */
export const ROLES = [
  'plain',
  'dim',
  'strong',
  'title',
  'border',
  'focused-border',
  'added',
  'modified',
  'metadata',
  'removed',
  'hidden',
  'live',
  'directory',
  'problem',
  'selected',
  'instruction',
  'flag',
  'string',
  'variable',
  'comment',
  'operator',
] as const;
export type Role = (typeof ROLES)[number];

/** Attributes of Ink's `<Text>`. */
export interface Style {
  /** One of the terminal's sixteen by name, `ansi256(n)` or `#rrggbb`. */
  readonly color?: string;
  readonly bold?: boolean;
  readonly dimColor?: boolean;
  readonly inverse?: boolean;
}

export type Styles = Readonly<Record<Role, Style>>;

export const PALETTE_NAMES = ['dark', 'light', '16', 'mono'] as const;
export type PaletteName = (typeof PALETTE_NAMES)[number];

/** Sixteen colours, so that the terminal's own palette decides how they look. */
const SIXTEEN: Styles = {
  plain: {},
  dim: { dimColor: true },
  strong: { bold: true },
  title: { bold: true },
  border: { dimColor: true },
  'focused-border': { color: 'cyan' },
  added: { color: 'green' },
  modified: { color: 'yellow' },
  metadata: { color: 'cyan' },
  removed: { color: 'red' },
  hidden: { dimColor: true },
  live: { color: 'blue' },
  directory: { bold: true },
  problem: { color: 'red', bold: true },
  selected: { inverse: true },
  instruction: { bold: true },
  flag: { color: 'cyan' },
  string: { color: 'green' },
  variable: { color: 'yellow' },
  comment: { dimColor: true },
  operator: { dimColor: true },
};

const indexed = (index: number): Style => ({ color: `ansi256(${index})` });

/** Of the 240 colours that look alike everywhere, some that stand out from black as from a dark grey: 4.5 to 1 or more. */
const DARK: Styles = {
  plain: {},
  dim: indexed(246),
  strong: { bold: true },
  title: { bold: true },
  border: indexed(245),
  'focused-border': indexed(80),
  added: indexed(114),
  modified: indexed(179),
  metadata: indexed(80),
  removed: indexed(210),
  hidden: indexed(246),
  live: indexed(75),
  directory: { bold: true },
  problem: { ...indexed(203), bold: true },
  selected: { inverse: true },
  instruction: { ...indexed(111), bold: true },
  flag: indexed(80),
  string: indexed(114),
  variable: indexed(179),
  comment: indexed(246),
  operator: indexed(176),
};

/** The same for white and for paper. */
const LIGHT: Styles = {
  plain: {},
  dim: indexed(241),
  strong: { bold: true },
  title: { bold: true },
  border: indexed(242),
  'focused-border': indexed(25),
  added: indexed(22),
  modified: indexed(94),
  metadata: indexed(24),
  removed: indexed(124),
  hidden: indexed(241),
  live: indexed(25),
  directory: { bold: true },
  problem: { ...indexed(160), bold: true },
  selected: { inverse: true },
  instruction: { ...indexed(19), bold: true },
  flag: indexed(24),
  string: indexed(22),
  variable: indexed(94),
  comment: indexed(241),
  operator: indexed(90),
};

/** Sixteen colours without the colours: what is bold, dim or inverse stays so. */
const MONO = Object.fromEntries(
  Object.entries(SIXTEEN).map(([role, { color: _color, ...style }]) => [role, style]),
) as unknown as Styles;

export const PALETTES: Readonly<Record<PaletteName, Styles>> = {
  dark: DARK,
  light: LIGHT,
  '16': SIXTEEN,
  mono: MONO,
};
