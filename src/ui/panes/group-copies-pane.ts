import type { Tip } from '../../analysis/tips.ts';
import { formatBytes } from '../../image/format.ts';
import type { PaneLayout } from '../../state/layout.ts';
import type { State } from '../../state/state.ts';
import { copyCursor, groupCopies, groupCursor, groupTips, wasteGroups } from '../../state/waste-selectors.ts';
import { framed } from '../text/frame.ts';
import { type Line, segment, wrap } from '../text/segments.ts';
import type { Glyphs } from '../theme.ts';
import { wasteSentence } from '../status-subjects.ts';
import { copyRows } from './copy-rows.ts';
import { groupName } from './groups-pane.ts';

/** The copies of the group under the cursor, most bytes first. */
export function groupCopiesPane(state: State, layout: PaneLayout, glyphs: Glyphs): Line[] {
  const analysis = state.open?.analysis ?? null;
  const groups = wasteGroups(state);
  const isFocused = state.wasteScreen.focus === 'copies';
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

/** What would help against the waste of the group under the cursor: as many tips as there is room for, each whole. */
export function groupTipsPane(state: State, layout: TipsLayout, glyphs: Glyphs): Line[] {
  const tips = groupTips(state);
  const title = layout.saysWhy ? 'Why and what would help' : 'What would help';
  const frame = { ...layout, isFocused: false, glyphs, title };
  const lines: Line[] = layout.saysWhy ? whyLines(state, layout.columns - 4, glyphs) : [];
  if (tips.length === 0)
    return framed([...lines, [segment(` ${noTipText(state)}`, 'dim')]], { ...frame, notes: [] });
  const room = layout.rows - 2;
  let told = 0;
  for (const tip of tips) {
    const next = tipLines(tip, layout.columns - 4);
    if (told > 0 && lines.length + next.length > room) break;
    lines.push(...next);
    told++;
  }
  const left = tips.length - told;
  return framed(lines, { ...frame, notes: left === 0 ? [] : [`${left} more in the details of its layers`] });
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
