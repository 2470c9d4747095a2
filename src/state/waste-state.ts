// What the state holds of the lists of hidden copies.

import type { Grouping } from '../analysis/waste-groups.ts';

/** The list of hidden copies. */
export interface WasteState {
  /** The copy the cursor wants to be on, wherever it comes to stand while layers come; NO_COPY: the first row. */
  readonly wanted: number;
  /** First row on the screen. */
  readonly top: number;
}

/** No copy has been chosen, or no group. */
export const NO_COPY = -1;

/** The two lists of the screen of where every byte went, in the order of Tab. */
export const WASTE_LISTS = ['groups', 'copies'] as const;
export type WasteList = (typeof WASTE_LISTS)[number];

/** The screen of where every byte went: hidden copies in groups, and the copies of the group under the cursor. */
export interface WasteScreenState {
  readonly grouping: Grouping;
  readonly focus: WasteList;
  /** Whether the list that has the focus has the whole screen. */
  readonly isZoomed: boolean;
  /** Whether what would help against the group under the cursor is to be seen where there is no room for it beside all else. */
  readonly isAdvising: boolean;
  /** What would help, where it stands: whether it has the focus in place of a list, and its first line on the screen. */
  readonly advice: { readonly isFocused: boolean; readonly top: number };
  /** Of each grouping the key of the group that its cursor wants to be on. */
  readonly groups: Readonly<Record<Grouping, WasteState>>;
  readonly copies: WasteState;
}
