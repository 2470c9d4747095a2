import { Fate, type LedgerRow } from '../../analysis/ledger.ts';
import { formatBytes, formatShare } from '../../image/format.ts';
import { shown } from '../../image/text.ts';
import type { PaneLayout } from '../../state/layout.ts';
import { wasteCursor, wasteRows } from '../../state/selectors.ts';
import type { State } from '../../state/state.ts';
import { framed } from '../text/frame.ts';
import { fitRight, fitTail, type Line, rowLine, type Segment, segment } from '../text/segments.ts';
import type { Glyphs, Role } from '../theme.ts';

const SIZE = 10;
const FROM = 5;
/** The fate in words, and where the path needs the room its sign and the layer. */
const FATE = 21;
const SIGN = 6;
const LEAST_PATH = 30;

const FATE_WORDS: Readonly<Record<Fate, string>> = ['live', 'overwritten', 'repeated', 'deleted'];
const FATE_ROLES: Readonly<Record<Fate, Role>> = ['live', 'modified', 'metadata', 'removed'];

/** Every hidden copy that has bytes, most bytes first. */
export function wastePane(state: State, layout: PaneLayout, glyphs: Glyphs): Line[] {
  const rows = wasteRows(state);
  const isFocused = state.focus === 'waste';
  const { top } = state.waste;
  const cursor = wasteCursor(state);
  const ledger = state.open?.analysis?.ledger;
  const sum = ledger === undefined ? 0 : ledger.reclaimable;
  const frame = {
    ...layout,
    isFocused,
    glyphs,
    title: `Waste  ${formatBytes(sum)} ${formatShare(sum, ledger?.total ?? 0)}`,
    notes: rows.length === 0 ? [] : [`${cursor + 1} of ${rows.length}`],
  };
  if (rows.length === 0) {
    const text = state.open?.isComplete === true ? 'Nothing is wasted.' : 'Nothing is wasted so far.';
    return framed([[], [segment(`  ${text}`, 'dim')]], frame);
  }
  const room = layout.columns - 2 - 1 - SIZE - FROM - 1;
  const hasWords = room - FATE >= LEAST_PATH;
  const path = room - (hasWords ? FATE : SIGN);
  const heading = segment(
    ` ${'bytes'.padStart(SIZE)}${'from'.padStart(FROM)} ${'path'.padEnd(path)} fate`,
    'dim',
  );
  const lines = rows.slice(top, top + layout.listRows).map((row, index): Line => {
    const isCursor = top + index === cursor;
    const line = wasteLine(state, row, { path, hasWords, isCursor, glyphs });
    return rowLine(line, isCursor && isFocused);
  });
  return framed([[heading], ...lines], frame);
}

interface RowOptions {
  /** Cells of the path. */
  readonly path: number;
  readonly hasWords: boolean;
  readonly isCursor: boolean;
  readonly glyphs: Glyphs;
}

function wasteLine(
  state: State,
  row: LedgerRow,
  { path, hasWords, isCursor, glyphs }: RowOptions,
): Segment[] {
  const signs: Readonly<Record<Fate, string>> = ['', glyphs.overwritten, glyphs.repeated, glyphs.deleted];
  const text = `/${shown(state.open?.analysis?.tables.paths.path(row.node) ?? '')}`;
  return [
    segment(isCursor ? glyphs.cursor : ' ', 'strong'),
    segment(fitRight(formatBytes(row.bytes), SIZE)),
    segment(fitRight(String(row.layer), FROM), 'dim'),
    segment(` ${fitTail(text, path, glyphs.ellipsis)}`),
    segment(
      ` ${signs[row.fate]} ${hasWords ? `${FATE_WORDS[row.fate]} in ` : ''}${row.hiddenBy}`,
      FATE_ROLES[row.fate],
    ),
  ];
}
