// What the mouse does, where somebody wants it: the wheel moves what is under it, a click goes there.

import type { Action, Update } from './actions.ts';
import { runCommand } from './commands.ts';
import { leaveTyping } from './finding.ts';
import { layoutOf } from './layout.ts';
import { focusOn, keepInView, layerRows, withFilesRow, withLayerCursor } from './moving.ts';
import { filesCursor, filesView, wasteCount, wasteCursor, wasteList } from './selectors.ts';
import type { Pane, State } from './state.ts';

type Pointed = Extract<Action, { type: 'pointed' }>;

/** Rows that one notch of the wheel moves. */
const NOTCH = 3;

/** Panes from top to bottom: on a wide screen those of its left side. */
const LEFT: readonly Pane[] = ['layers', 'details', 'waste'];
const STACKED: readonly Pane[] = ['layers', 'files', 'details', 'waste'];

export interface Place {
  readonly pane: Pane;
  /** Cell of the pane, from 0, its border included. */
  readonly column: number;
  /** Row of the pane's list on the screen, from 0; null: its border or heading. */
  readonly row: number | null;
}

/** The pane at a cell of the screen, both counted from 0; null where none is. */
export function placeAt(state: State, column: number, row: number): Place | null {
  const layout = state.screen === 'explore' && state.help === null ? layoutOf(state) : null;
  if (layout === null) return null;
  const { files } = layout.panes;
  const left = layout.isWide && files !== undefined ? state.size.columns - files.columns : 0;
  const isRight = left > 0 && column >= left;
  let top = 1;
  for (const pane of isRight ? (['files'] as const) : layout.isWide ? LEFT : STACKED) {
    const place = layout.panes[pane];
    if (place === undefined) continue;
    if (row >= top && row < top + place.rows) {
      // The list ends above the lower border.
      const inList = row - (top + place.rows - 1 - place.listRows);
      const isInList = inList >= 0 && inList < place.listRows;
      return { pane, column: isRight ? column - left : column, row: isInList ? inList : null };
    }
    top += place.rows;
  }
  return null;
}

/** What a click or the wheel does. */
export function point(state: State, action: Pointed): Update {
  const place = placeAt(state, action.column, action.row);
  if (action.what !== 'click') return { state: turned(state, action, place?.pane ?? null) };
  const { command = null, now, textLines } = action;
  if (command !== null) {
    // Whoever points at another screen has read the help.
    return runCommand({ ...state, help: null, message: null }, { type: 'command', command, now, textLines });
  }
  if (place === null) return { state };
  const focused = focusOn({ ...leaveTyping(state), message: null }, place.pane);
  const next = chosen(focused, place);
  if (action.isOnFold === true)
    return runCommand(next, { type: 'command', command: 'toggle-fold', now, textLines });
  // A second click, on the row that has been chosen, is Enter.
  const isSecond =
    state.focus === place.pane && state.typing === null && place.row !== null && isOnCursor(focused, place);
  return isSecond ? runCommand(next, { type: 'command', command: 'enter', now, textLines }) : { state: next };
}

/** Whether a place is the row under its pane's cursor. */
function isOnCursor(state: State, { pane, row }: Place): boolean {
  if (row === null) return false;
  switch (pane) {
    case 'layers':
      return layerRows(state) > 0 && row + state.layers.top === state.layers.cursor;
    case 'files': {
      const files = filesView(state);
      return files.kind === 'rows' && files.rows.count > 0 && row + state.files.top === filesCursor(state);
    }
    case 'waste':
      return wasteCount(state) > 0 && row + state.waste.top === wasteCursor(state);
    case 'details':
      return false;
  }
}

/**
 * Moves in the pane under the wheel, on other screens in the list that has the focus; leaves the focus where it is, and
 * a text that is being typed as it is.
 */
function turned(before: State, { what, now, textLines }: Pointed, pane: Pane | null): State {
  const command = what === 'wheel-up' ? 'up' : 'down';
  const { focus, typing } = before;
  // The list of images is moved in while its filter is typed.
  const idle = typing === 'picker-filter' ? typing : null;
  let state: State = { ...before, focus: pane ?? focus, typing: idle };
  for (let row = 0; row < NOTCH; row++) {
    state = runCommand(state, { type: 'command', command, now, textLines }).state;
  }
  // What has the focus stays on the screen.
  const lastFocus = before.focus === 'layers' ? state.lastFocus : before.lastFocus;
  // That a list has ended is seen, and no news to a wheel.
  return { ...state, focus, typing, lastFocus, message: null };
}

function chosen(state: State, { pane, row }: Place): State {
  if (row === null) return state;
  switch (pane) {
    case 'layers':
      return row + state.layers.top < layerRows(state)
        ? withLayerCursor(state, row + state.layers.top)
        : state;
    case 'files': {
      const files = filesView(state);
      const target = row + state.files.top;
      return files.kind === 'rows' && target < files.rows.count ? withFilesRow(state, target) : state;
    }
    case 'waste': {
      const target = wasteList(state)?.at(row + state.waste.top) ?? null;
      if (target === null) return state;
      return keepInView({ ...state, waste: { ...state.waste, wanted: target.copy } });
    }
    case 'details':
      return state;
  }
}
