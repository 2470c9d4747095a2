import type { Analysis } from '../../analysis/analysis.ts';
import type { Fate, LedgerRow } from '../../analysis/ledger.ts';
import { FATE_WORDS } from '../../analysis/waste-words.ts';
import { formatBytes } from '../../image/format.ts';
import { shown } from '../../image/text.ts';
import { fitTail, fitValue, type Line, rowLine, segment } from '../text/segments.ts';
import type { Glyphs, Role } from '../theme.ts';

const SIZE = 10;
const FROM = 5;
/** The fate in words, and where the path needs the room its sign and the layer. */
const FATE = 21;
const SIGN = 6;
const LEAST_PATH = 30;

export const FATE_ROLES: Readonly<Record<Fate, Role>> = ['live', 'modified', 'metadata', 'removed'];

export const fateSign = (fate: Fate, { overwritten, repeated, deleted }: Glyphs): string =>
  ['', overwritten, repeated, deleted][fate] ?? '';

interface CopyRowsOptions {
  /** Cells of a line. */
  readonly width: number;
  /** Which of the rows the cursor is on. */
  readonly cursor: number;
  readonly isFocused: boolean;
  readonly glyphs: Glyphs;
}

/** A table of hidden copies: a heading, and a line for each: bytes, the layer that stores it, path, fate. */
export function copyRows(
  analysis: Analysis,
  rows: readonly LedgerRow[],
  { width, cursor, isFocused, glyphs }: CopyRowsOptions,
): Line[] {
  const room = width - 1 - SIZE - FROM - 1;
  const hasWords = room - FATE >= LEAST_PATH;
  const path = room - (hasWords ? FATE : SIGN);
  const heading = ` ${'bytes'.padStart(SIZE)}${'from'.padStart(FROM)} ${'path'.padEnd(path)} fate`;
  const lines = rows.map((row, index): Line => {
    const { bytes, layer, fate, hiddenBy } = row;
    const text = `/${shown(analysis.tables.paths.path(row.node))}`;
    const words = hasWords ? `${FATE_WORDS[fate]} in ` : '';
    return rowLine(
      [
        segment(index === cursor ? glyphs.cursor : ' ', 'strong'),
        segment(fitValue(formatBytes(bytes), SIZE, glyphs.ellipsis)),
        segment(fitValue(String(layer), FROM, glyphs.ellipsis), 'dim'),
        segment(` ${fitTail(text, path, glyphs.ellipsis)}`),
        segment(` ${fateSign(fate, glyphs)} ${words}${hiddenBy}`, FATE_ROLES[fate]),
      ],
      index === cursor && isFocused,
    );
  });
  return [[segment(heading, 'dim')], ...lines];
}
