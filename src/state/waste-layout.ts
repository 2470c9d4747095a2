// Where the panes of the screen of where every byte went stand. From 150 columns on, what would help stands beside the
// totals, else at the bottom. As rows become few, it gives way first, and then one of the two lists: the one that has
// not the focus.

import { BORDER, clamp, CHROME_ROWS, pane, type PaneLayout } from './layout.ts';
import type { ScreenSize } from './state.ts';
import type { WasteList } from './waste-state.ts';

export interface WasteLayout {
  readonly totals: PaneLayout;
  readonly lists: Readonly<Partial<Record<WasteList, PaneLayout>>>;
  /** What would help: beside the totals, below the lists, or nowhere. */
  readonly tips: (PaneLayout & { readonly isBeside: boolean }) | null;
}

/** The four parts of all bytes, and their sum. */
const TOTALS_ROWS = 5 + BORDER;
/** Columns from which on there is room beside the totals, and those that the totals then take. */
const BESIDE = { from: 150, totals: 84 };
/** Least rows of a list that are worth looking at, and rows that what would help takes. */
const LEAST_LIST = 6;
const TIPS = { min: 6, max: 8, share: 0.15 };
/** Share of the lists' rows that the groups take. */
const GROUPS_SHARE = 0.45;

/** The layout of a screen that is large enough for any. */
export function wasteLayoutOf({ columns, rows }: ScreenSize, focus: WasteList): WasteLayout {
  const body = rows - CHROME_ROWS;
  const isBeside = columns >= BESIDE.from;
  const below = body - TOTALS_ROWS;
  const tips = clamp(Math.round(body * TIPS.share), TIPS.min, TIPS.max);
  const isBelow = !isBeside && below - tips >= 2 * LEAST_LIST;
  const lists = isBelow ? below - tips : below;
  return {
    totals: pane(isBeside ? BESIDE.totals : columns, TOTALS_ROWS, false),
    lists: lists < 2 * LEAST_LIST ? { [focus]: pane(columns, lists, true) } : bothLists(columns, lists),
    tips: isBeside
      ? { ...pane(columns - BESIDE.totals, TOTALS_ROWS, false), isBeside }
      : isBelow
        ? { ...pane(columns, tips, false), isBeside }
        : null,
  };
}

function bothLists(columns: number, rows: number): WasteLayout['lists'] {
  const groups = Math.max(LEAST_LIST, Math.round(rows * GROUPS_SHARE));
  return { groups: pane(columns, groups, true), copies: pane(columns, rows - groups, true) };
}

/** Rows of a list on the screen; where it has no place, as many as a small one has. */
export function wasteListRows(size: ScreenSize, list: WasteList): number {
  return wasteLayoutOf(size, list).lists[list]?.listRows ?? LEAST_LIST;
}
