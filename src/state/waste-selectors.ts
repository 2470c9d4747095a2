// What follows from the state on the screen of where every byte went.

import type { Analysis } from '../analysis/analysis.ts';
import type { LedgerRow } from '../analysis/ledger.ts';
import { joinTips, type Tip, TIP_FATES } from '../analysis/tips.ts';
import { type Grouping, NO_GROUP, WasteGroups } from '../analysis/waste-groups.ts';
import { commandsOf } from '../image/facts.ts';
import type { ImageFacts } from '../image/source.ts';
import { ROOT } from '../tree/path-table.ts';
import { rememberLast } from './memo.ts';
import { tips } from './image-selectors.ts';
import type { State } from './state.ts';

/** The hidden copies in groups, as the screen has them; null before anything has been read. */
export function wasteGroups(state: State): WasteGroups | null {
  const analysis = state.open?.analysis ?? null;
  const layersRead = state.open?.layersRead ?? 0;
  return analysis === null ? null : GROUPS[state.wasteScreen.grouping](analysis, layersRead);
}

const grouped = (grouping: Grouping) =>
  rememberLast((analysis: Analysis, _layersRead: number) => new WasteGroups(grouping, analysis));

const GROUPS = {
  cause: grouped('cause'),
  path: grouped('path'),
  directory: grouped('directory'),
  fate: grouped('fate'),
};

/** The group under the cursor: the wanted one, of directories else the nearest above it, else the first. */
export function groupCursor(state: State): number {
  const { grouping, groups: cursors } = state.wasteScreen;
  const groups = wasteGroups(state);
  const paths = state.open?.analysis?.tables.paths;
  let key = cursors[grouping].wanted;
  let group = groups?.indexOf(key) ?? NO_GROUP;
  while (group === NO_GROUP && grouping === 'directory' && key > ROOT && paths !== undefined) {
    key = paths.parent(key);
    group = groups?.indexOf(key) ?? NO_GROUP;
  }
  return Math.max(0, group);
}

/** Copies of the group under the cursor. */
export function groupCopies(state: State): number {
  const groups = wasteGroups(state);
  return groups === null || groups.length === 0 ? 0 : groups.copies(groupCursor(state));
}

/** Row of the cursor among the copies of that group: that of the wanted copy, else the first. */
export function copyCursor(state: State): number {
  const groups = wasteGroups(state);
  if (groups === null || groups.length === 0) return 0;
  return Math.max(0, rowOfCopy(groups, groupCursor(state), state.wasteScreen.copies.wanted));
}

const rowOfCopy = rememberLast((groups: WasteGroups, group: number, wanted: number) =>
  wanted < 0 ? -1 : groups.indexOfCopy(group, wanted),
);

/** The hidden copy under that cursor, or null where nothing is wasted. */
export function currentCopy(state: State): LedgerRow | null {
  const groups = wasteGroups(state);
  if (groups === null || groups.length === 0) return null;
  return groups.copy(groupCursor(state), copyCursor(state));
}

/** What would help against the waste of the group under the cursor, most bytes first; what several layers need is said once. */
export function groupTips(state: State): readonly Tip[] {
  const groups = wasteGroups(state);
  if (groups === null || groups.length === 0) return [];
  return tipsFor(groups, groupCursor(state), tips(state), state.open?.facts ?? null);
}

const tipsFor = rememberLast(
  (groups: WasteGroups, group: number, all: readonly Tip[], facts: ImageFacts | null): readonly Tip[] => {
    const { pairs } = groups.at(group);
    const those = all.filter(({ id, layers }) =>
      pairs.some(
        ({ layer, hiddenBy, fate }) =>
          TIP_FATES[id] === fate && layers[0] === layer && layers.at(-1) === hiddenBy,
      ),
    );
    return joinTips(those, facts === null ? [] : commandsOf(facts));
  },
);
