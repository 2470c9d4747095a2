// The screen of where every byte went, in words for a screen reader.

import type { Analysis } from '../analysis/analysis.ts';
import type { LedgerRow } from '../analysis/ledger.ts';
import { FATE_WORDS } from '../analysis/waste-words.ts';
import { formatBytes, formatShare } from '../image/format.ts';
import { shown } from '../image/text.ts';
import type { State } from '../state/state.ts';
import {
  copyCursor,
  currentCopy,
  groupCopies,
  groupCursor,
  groupTips,
  wasteGroups,
} from '../state/waste-selectors.ts';
import { groupName } from './panes/groups-pane.ts';
import { wasteSentence } from './status-subjects.ts';
import type { Glyphs } from './theme.ts';

/** What the cursor is on, why that is wasted and what would help, and the sums. */
export function wasteTexts(state: State, glyphs: Glyphs): string[] {
  const analysis = state.open?.analysis ?? null;
  const groups = wasteGroups(state);
  const copy = currentCopy(state);
  if (analysis === null || groups === null) return ['Waste: nothing has been read yet'];
  if (copy === null) return ['Waste: nothing', sumText(analysis)];
  const { grouping, focus } = state.wasteScreen;
  const cursor = groupCursor(state);
  const group = groups.at(cursor);
  const name = groupName(state, group).trim();
  const count = `${group.copies} ${group.copies === 1 ? 'copy' : 'copies'}`;
  const share = formatShare(group.bytes, analysis.ledger.total);
  const row =
    focus === 'groups'
      ? `Waste by ${grouping}, ${cursor + 1} of ${groups.length}: ${name}, ${formatBytes(group.bytes)}, ${share}, ${count}`
      : `Copies of ${name}, ${copyCursor(state) + 1} of ${groupCopies(state)}: ${copyText(analysis, copy)}`;
  const why = wasteSentence(state, Infinity, glyphs).map(({ text }) => text);
  const tips = groupTips(state).map(({ bytes, title, fix }) => {
    return `What would help, ${formatBytes(bytes)}: ${title} ${fix}`;
  });
  return [row, `Why: ${why.join('')}`, ...tips, sumText(analysis)];
}

/** A hidden copy: its path, its bytes, who stores and who hides it. */
export function copyText({ tables }: Analysis, { node, bytes, layer, fate, hiddenBy }: LedgerRow): string {
  const path = `/${shown(tables.paths.path(node))}`;
  return `${path}, ${formatBytes(bytes)}, stored in ${layer}, ${FATE_WORDS[fate]} in ${hiddenBy}`;
}

function sumText({ ledger: { total, live, hidden } }: Analysis): string {
  const parts = Object.entries({ live, ...hidden }).map(([name, bytes]) => {
    return `${name} ${formatBytes(bytes)} ${formatShare(bytes, total)}`;
  });
  return `Total ${formatBytes(total)}: ${parts.join(', ')}`;
}
