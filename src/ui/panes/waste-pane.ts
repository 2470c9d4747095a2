import { formatBytes, formatShare } from '../../image/format.ts';
import type { PaneLayout } from '../../state/layout.ts';
import { wasteCursor, wasteList } from '../../state/selectors.ts';
import type { State } from '../../state/state.ts';
import { framed } from '../text/frame.ts';
import { type Line, segment } from '../text/segments.ts';
import type { Glyphs } from '../theme.ts';
import { copyRows } from './copy-rows.ts';

/** Every hidden copy that has bytes, most bytes first. */
export function wastePane(state: State, layout: PaneLayout, glyphs: Glyphs): Line[] {
  const list = wasteList(state);
  const count = list?.length ?? 0;
  const isFocused = state.focus === 'waste';
  const { top } = state.waste;
  const cursor = wasteCursor(state);
  const analysis = state.open?.analysis ?? null;
  const sum = analysis === null ? 0 : analysis.ledger.reclaimable;
  const frame = {
    ...layout,
    isFocused,
    glyphs,
    title: `Waste  ${formatBytes(sum)} ${formatShare(sum, analysis?.ledger.total ?? 0)}`,
    notes: count === 0 ? [] : [`${cursor + 1} of ${count}`],
  };
  if (analysis === null || list === null || count === 0) return framed([[], nothingWasted(state)], frame);
  const window = list.slice(top, top + layout.listRows);
  const width = layout.columns - 2;
  return framed(copyRows(analysis, window, { width, cursor: cursor - top, isFocused, glyphs }), frame);
}

/** What a list of waste says that has no row. */
export function nothingWasted({ open }: State): Line {
  const text = open?.isComplete === true ? 'Nothing is wasted.' : 'Nothing is wasted so far.';
  return [segment(`  ${text}`, 'dim')];
}
