// Every colour and every glyph of the screen, in one table each. Sixteen colours are enough, so that the terminal's
// own palette decides how they look; no colour is the only sign of anything.

import type { Change } from '../tree/change.ts';

/** What a piece of text is, for the eye. */
export type Role =
  | 'plain'
  | 'dim'
  | 'strong'
  | 'title'
  | 'border'
  | 'focused-border'
  | 'added'
  | 'modified'
  | 'metadata'
  | 'removed'
  | 'hidden'
  | 'live'
  | 'directory'
  | 'problem'
  | 'selected';

/** Attributes of Ink's `<Text>`. */
export interface Style {
  readonly color?: string;
  readonly bold?: boolean;
  readonly dimColor?: boolean;
  readonly inverse?: boolean;
}

export type Styles = Readonly<Record<Role, Style>>;

const COLOUR: Styles = {
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
};

/** The same without a colour: what is bold, dim or inverse stays so. */
const MONO = Object.fromEntries(
  Object.entries(COLOUR).map(([role, { color: _color, ...style }]) => [role, style]),
) as unknown as Styles;

export interface Glyphs {
  readonly cursor: string;
  readonly open: string;
  readonly folded: string;
  readonly arrow: string;
  readonly becomes: string;
  /** Between a hard link and the path that stores its file. */
  readonly sameFile: string;
  readonly ellipsis: string;
  readonly live: string;
  readonly hidden: string;
  readonly nothing: string;
  readonly below: string;
  readonly overwritten: string;
  readonly repeated: string;
  readonly deleted: string;
  readonly typing: string;
  readonly separator: string;
  /** Between an image and where in it one is. */
  readonly crumb: string;
  readonly thin: FrameGlyphs;
  readonly thick: FrameGlyphs;
  /** Marks of changes, by `Change`. */
  readonly marks: Readonly<Record<Change, string>>;
}

/** Corners clockwise from the upper left, then the two lines. */
export interface FrameGlyphs {
  readonly corners: readonly [string, string, string, string];
  readonly horizontal: string;
  readonly vertical: string;
}

const UNICODE: Glyphs = {
  cursor: '▸',
  open: '▾',
  folded: '▸',
  arrow: '→',
  becomes: '▸',
  sameFile: '=',
  ellipsis: '…',
  live: '█',
  hidden: '▒',
  nothing: '·',
  below: '▾',
  overwritten: '~',
  repeated: '↻',
  deleted: '✗',
  typing: '▏',
  separator: '·',
  crumb: '›',
  thin: { corners: ['┌', '┐', '┘', '└'], horizontal: '─', vertical: '│' },
  thick: { corners: ['┏', '┓', '┛', '┗'], horizontal: '━', vertical: '┃' },
  marks: [' ', '+', '~', '±', '=', '-'],
};

const ASCII: Glyphs = {
  cursor: '>',
  open: 'v',
  folded: '>',
  arrow: '->',
  becomes: '>',
  sameFile: '=',
  ellipsis: '..',
  live: '%',
  hidden: ':',
  nothing: '-',
  below: 'v',
  overwritten: '~',
  repeated: '@',
  deleted: 'x',
  typing: '_',
  separator: '-',
  crumb: '>',
  thin: { corners: ['+', '+', '+', '+'], horizontal: '-', vertical: '|' },
  thick: { corners: ['#', '#', '#', '#'], horizontal: '=', vertical: '#' },
  marks: [' ', '+', '~', '*', '=', '-'],
};

export interface Theme {
  readonly styles: Styles;
  readonly glyphs: Glyphs;
  /** Whether the terminal's character set goes beyond ASCII. */
  readonly hasUnicode: boolean;
}

/** The theme for what a terminal can show. */
export function themeFor(can: { readonly colour: boolean; readonly unicode: boolean }): Theme {
  return {
    styles: can.colour ? COLOUR : MONO,
    glyphs: can.unicode ? UNICODE : ASCII,
    hasUnicode: can.unicode,
  };
}

/** Role of a change's mark and path, by `Change`. */
export const CHANGE_ROLES: Readonly<Record<Change, Role>> = [
  'plain',
  'added',
  'modified',
  'metadata',
  'dim',
  'removed',
];
