import type { State } from '../../state/state.ts';
import { wasteLayoutOf } from '../../state/waste-layout.ts';
import { groupCopiesPane, groupTipsPane, tipsLayout } from '../panes/group-copies-pane.ts';
import { groupsPane } from '../panes/groups-pane.ts';
import { totalsPane } from '../panes/totals-pane.ts';
import type { Line } from '../text/segments.ts';
import type { Keymap } from '../keymap.ts';
import type { Glyphs } from '../theme.ts';

/**
 * Where every byte went: the totals, the waste in groups, the copies of one group, what would help against it.
 * Each line is as wide as the screen.
 */
export function wasteLines(state: State, glyphs: Glyphs, keymap: Keymap): Line[] {
  const { totals, lists } = wasteLayoutOf(state.size, state.wasteScreen);
  const tips = tipsLayout(state);
  const helping = tips === null ? [] : groupTipsPane(state, tips, glyphs, keymap);
  const sums = totals === null ? [] : totalsPane(state, totals, glyphs);
  const isBeside = tips?.isBeside === true;
  return [
    ...(isBeside ? sums.map((line, row): Line => [...line, ...(helping[row] ?? [])]) : sums),
    ...(lists.groups === undefined ? [] : groupsPane(state, lists.groups, glyphs, keymap)),
    ...(lists.copies === undefined ? [] : groupCopiesPane(state, lists.copies, glyphs)),
    ...(isBeside ? [] : helping),
  ];
}
