// How the screen looks: every glyph, in one table, and the palette that gives each role its colour.

import type { Change } from '../tree/change.ts';
import { type PaletteName, PALETTES, type Role, type Styles } from './palettes.ts';

export type { Role, Style, Styles } from './palettes.ts';

export interface Glyphs {
  readonly cursor: string;
  /** Beside the rows of a range. */
  readonly range: string;
  readonly open: string;
  readonly folded: string;
  readonly arrow: string;
  readonly becomes: string;
  /** Between a hard link and the path that stores its file. */
  readonly sameFile: string;
  readonly ellipsis: string;
  readonly live: string;
  readonly hidden: string;
  /** A cell of a bar that is partly live and partly hidden, where one of them is less than half a cell. */
  readonly mixed: string;
  readonly nothing: string;
  readonly below: string;
  readonly overwritten: string;
  readonly repeated: string;
  readonly deleted: string;
  readonly typing: string;
  /** The same where text stands behind it. */
  readonly caret: string;
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
  range: '┃',
  open: '▾',
  folded: '▸',
  arrow: '→',
  becomes: '▸',
  sameFile: '=',
  ellipsis: '…',
  live: '█',
  hidden: '▒',
  mixed: '▓',
  nothing: '·',
  below: '▾',
  overwritten: '~',
  repeated: '↻',
  deleted: '✗',
  typing: '▏',
  caret: '▏',
  separator: '·',
  crumb: '›',
  thin: { corners: ['┌', '┐', '┘', '└'], horizontal: '─', vertical: '│' },
  thick: { corners: ['┏', '┓', '┛', '┗'], horizontal: '━', vertical: '┃' },
  marks: [' ', '+', '~', '±', '=', '-'],
};

const ASCII: Glyphs = {
  cursor: '>',
  range: '|',
  open: 'v',
  folded: '>',
  arrow: '->',
  becomes: '>',
  sameFile: '=',
  ellipsis: '..',
  live: '%',
  hidden: ':',
  mixed: '*',
  nothing: '-',
  below: 'v',
  overwritten: '~',
  repeated: '@',
  deleted: 'x',
  typing: '_',
  caret: '|',
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

export interface Look {
  readonly palette: PaletteName;
  /** Whether the terminal's character set goes beyond ASCII. */
  readonly unicode: boolean;
  /** Colours that a person has chosen, by role; a palette without colours takes none of them. */
  readonly colors?: ReadonlyMap<Role, string>;
}

/** The theme for what a terminal can show, and a person wants. */
export function themeFor({ palette, unicode, colors = new Map() }: Look): Theme {
  const styles = PALETTES[palette];
  return {
    styles: palette === 'mono' ? styles : { ...styles, ...chosen(styles, colors) },
    glyphs: unicode ? UNICODE : ASCII,
    hasUnicode: unicode,
  };
}

/** A chosen colour takes the place of the palette's, and of its dimness; what is bold or inverse stays so. */
function chosen(styles: Styles, colors: ReadonlyMap<Role, string>): Partial<Styles> {
  return Object.fromEntries(
    Array.from(colors, ([role, color]) => {
      const { dimColor: _dim, ...style } = styles[role];
      return [role, { ...style, color }];
    }),
  );
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
