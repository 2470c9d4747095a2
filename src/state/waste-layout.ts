// Where the panes of the screen of where every byte went stand. From 150 columns on, what would help stands beside the
// totals, else at the bottom. As rows become few, it gives way first, and then one of the two lists: the one that has
// not the focus. Whoever asks for what would help gets it all the same. Zoomed, the list that has the focus stands alone.

import { BORDER, clamp, CHROME_ROWS, pane, type PaneLayout } from './layout.ts';
import type { ScreenSize, State } from './state.ts';
import type { WasteList, WasteScreenState } from './waste-state.ts';

export interface WasteLayout {
  /** Null where their room is for something else. */
  readonly totals: PaneLayout | null;
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
/** The same of the list above what would help, where somebody has asked for that. */
const ADVISED_SHARE = 0.4;

/** What of the state the layout goes by. */
type Wishes = Pick<WasteScreenState, 'focus' | 'isZoomed' | 'isAdvising'>;

/** The layout of a screen that is large enough for any. */
export function wasteLayoutOf({ columns, rows }: ScreenSize, wishes: Wishes): WasteLayout {
  const { focus } = wishes;
  const body = rows - CHROME_ROWS;
  const below = body - TOTALS_ROWS;
  const tips = tipsRows(body);
  const isBeside = columns >= BESIDE.from;
  if (wishes.isAdvising && !hasRoomForTips({ columns, rows }, wishes))
    return advising(columns, wishes.isZoomed ? 0 : TOTALS_ROWS, body, focus);
  if (wishes.isZoomed) return { totals: null, lists: { [focus]: pane(columns, body, true) }, tips: null };
  const isBelow = !isBeside && hasRoomForTips({ columns, rows }, wishes);
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

/** Whether what would help is on the screen unasked. */
export function hasRoomForTips(
  { columns, rows }: ScreenSize,
  { isZoomed }: Pick<Wishes, 'isZoomed'>,
): boolean {
  const body = rows - CHROME_ROWS;
  return !isZoomed && (columns >= BESIDE.from || body - TOTALS_ROWS - tipsRows(body) >= 2 * LEAST_LIST);
}

function tipsRows(body: number): number {
  return clamp(Math.round(body * TIPS.share), TIPS.min, TIPS.max);
}

/** What would help in the place of the list that has not the focus, and where that is not enough, of the totals. */
function advising(columns: number, totals: number, body: number, focus: WasteList): WasteLayout {
  const below = body - totals;
  if (totals > 0 && below - LEAST_LIST < TIPS.min) return advising(columns, 0, body, focus);
  const list = Math.max(LEAST_LIST, Math.floor(below * ADVISED_SHARE));
  return {
    totals: totals === 0 ? null : pane(columns, totals, false),
    lists: { [focus]: pane(columns, list, true) },
    tips: { ...pane(columns, below - list, false), isBeside: false },
  };
}

function bothLists(columns: number, rows: number): WasteLayout['lists'] {
  const groups = Math.max(LEAST_LIST, Math.round(rows * GROUPS_SHARE));
  return { groups: pane(columns, groups, true), copies: pane(columns, rows - groups, true) };
}

/** Rows of a list on the screen; where it has no place, as many as a small one has. */
export function wasteListRows(
  { size, wasteScreen }: Pick<State, 'size' | 'wasteScreen'>,
  list: WasteList,
): number {
  return wasteLayoutOf(size, { ...wasteScreen, focus: list }).lists[list]?.listRows ?? LEAST_LIST;
}

/** Whether keys go to what would help: it has the focus, and a place. */
export function isInAdvice({ size, wasteScreen }: Pick<State, 'size' | 'wasteScreen'>): boolean {
  return wasteScreen.advice.isFocused && wasteLayoutOf(size, wasteScreen).tips !== null;
}
