import type { Tip } from '../../analysis/tips.ts';
import { formatBytes } from '../../image/format.ts';
import type { PaneLayout } from '../../state/layout.ts';
import type { State } from '../../state/state.ts';
import { copyCursor, groupCopies, groupCursor, groupTips, wasteGroups } from '../../state/waste-selectors.ts';
import { hasRoomForTips, isInAdvice, wasteLayoutOf } from '../../state/waste-layout.ts';
import { type Keymap, labelOf } from '../keymap.ts';
import { framed, framedText } from '../text/frame.ts';
import { type Line, segment, wrap } from '../text/segments.ts';
import type { Glyphs } from '../theme.ts';
import { wasteSentence } from '../status-subjects.ts';
import { copyRows } from './copy-rows.ts';
import { groupName } from './groups-pane.ts';

/** The copies of the group under the cursor, most bytes first. */
export function groupCopiesPane(state: State, layout: PaneLayout, glyphs: Glyphs): Line[] {
  const analysis = state.open?.analysis ?? null;
  const groups = wasteGroups(state);
  const isFocused = state.wasteScreen.focus === 'copies' && !isInAdvice(state);
  const frame = { ...layout, isFocused, glyphs };
  if (analysis === null || groups === null || groups.length === 0)
    return framed([], { ...frame, title: 'Copies', notes: [] });
  const group = groupCursor(state);
  const cursor = copyCursor(state);
  const { top } = state.wasteScreen.copies;
  const all = groupCopies(state);
  const count = Math.max(0, Math.min(layout.listRows, all - top));
  const rows = Array.from({ length: count }, (_, row) => groups.copy(group, top + row));
  const width = layout.columns - 2;
  return framed(copyRows(analysis, rows, { width, cursor: cursor - top, isFocused, glyphs }), {
    ...frame,
    title: `Copies  ${groupName(state, groups.at(group)).trim()}`,
    notes: [`${cursor + 1} of ${all}`],
  });
}

/** The place of what would help, and whether it is also to say why the bytes are wasted. */
type TipsLayout = PaneLayout & { readonly saysWhy: boolean };

function whyLines(state: State, width: number, glyphs: Glyphs): Line[] {
  const sentence = wasteSentence(state, Infinity, glyphs);
  return wrap(sentence.map(({ text }) => text).join(''), width).map((text): Line => [segment(` ${text}`)]);
}

/** What would help against the waste of the group under the cursor, read on where there is no room for all. */
export function groupTipsPane(state: State, layout: TipsLayout, glyphs: Glyphs, keymap: Keymap): Line[] {
  const isFocused = isInAdvice(state);
  const lines = adviceLines(state, layout, glyphs);
  const title = layout.saysWhy ? 'Why and what would help' : 'What would help';
  const frame = { ...layout, isFocused, glyphs, title, top: state.wasteScreen.advice.top };
  return framedText(
    lines,
    isFocused ? frame : { ...frame, offer: `${labelOf(keymap, 'next-pane')} reads on` },
  );
}

/** Lines of what would help, on the screen or not; 0 where it has no place. */
export function adviceLength(state: State, glyphs: Glyphs): number {
  const layout = tipsLayout(state);
  return layout === null ? 0 : adviceLines(state, layout, glyphs).length;
}

/** The place of what would help; null where it has none. */
export function tipsLayout({
  size,
  wasteScreen,
}: State): (TipsLayout & { readonly isBeside: boolean }) | null {
  const { tips } = wasteLayoutOf(size, wasteScreen);
  return tips === null ? null : { ...tips, saysWhy: !hasRoomForTips(size, wasteScreen) };
}

function adviceLines(state: State, { columns, saysWhy }: TipsLayout, glyphs: Glyphs): Line[] {
  const width = columns - 4;
  const tips = groupTips(state);
  return [
    ...(saysWhy ? whyLines(state, width, glyphs) : []),
    ...(tips.length === 0
      ? [[segment(` ${noTipText(state)}`, 'dim')]]
      : tips.flatMap((tip) => tipLines(tip, width))),
  ];
}

function tipLines({ title, fix, bytes }: Tip, width: number): Line[] {
  return [
    ...wrap(`${formatBytes(bytes)}  ${title}`, width).map((text): Line => [segment(` ${text}`, 'strong')]),
    ...wrap(fix, width - 2).map((text): Line => [segment(`   ${text}`)]),
  ];
}

function noTipText(state: State): string {
  return (wasteGroups(state)?.length ?? 0) === 0
    ? 'There is nothing to save.'
    : 'This is too little to be worth a change.';
}
