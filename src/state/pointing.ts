// What the mouse does, where somebody wants it: the wheel moves what is under it, a click goes there.

import type { Action } from './actions.ts';
import { runCommand } from './commands.ts';
import { leaveTyping } from './finding.ts';
import { layoutOf } from './layout.ts';
import { focusOn, keepInView, layerRows, withFilesRow, withLayerCursor } from './moving.ts';
import { filesView, wasteRows } from './selectors.ts';
import type { Pane, State } from './state.ts';

type Pointed = Extract<Action, { type: 'pointed' }>;

/** Rows that one notch of the wheel moves. */
const NOTCH = 3;

/** Panes from top to bottom: on a wide screen those of its left side. */
const LEFT: readonly Pane[] = ['layers', 'details', 'waste'];
const STACKED: readonly Pane[] = ['layers', 'files', 'details', 'waste'];

export interface Place {
  readonly pane: Pane;
  /** Row of the pane's list on the screen, from 0; null: its border or heading. */
  readonly row: number | null;
}

/** The pane at a cell of the screen, both counted from 0; null where none is. */
export function placeAt(state: State, column: number, row: number): Place | null {
  const layout = state.screen === 'explore' && state.help === null ? layoutOf(state) : null;
  if (layout === null) return null;
  const { files } = layout.panes;
  const isRight = layout.isWide && files !== undefined && column >= state.size.columns - files.columns;
  let top = 1;
  for (const pane of isRight ? (['files'] as const) : layout.isWide ? LEFT : STACKED) {
    const place = layout.panes[pane];
    if (place === undefined) continue;
    if (row >= top && row < top + place.rows) {
      // The list ends above the lower border.
      const inList = row - (top + place.rows - 1 - place.listRows);
      return { pane, row: inList >= 0 && inList < place.listRows ? inList : null };
    }
    top += place.rows;
  }
  return null;
}

/** What a click or the wheel does. */
export function point(state: State, action: Pointed): State {
  const place = placeAt(state, action.column, action.row);
  if (action.what !== 'click') return turned(state, action, place?.pane ?? null);
  if (place === null) return state;
  return chosen(focusOn({ ...leaveTyping(state), message: null }, place.pane), place);
}

/** Moves in the pane under the wheel, and leaves the focus where it is. */
function turned(before: State, { what, now, textLines }: Pointed, pane: Pane | null): State {
  const command = what === 'wheel-up' ? 'up' : 'down';
  let state: State = { ...before, focus: pane ?? before.focus };
  for (let row = 0; row < NOTCH; row++) {
    state = runCommand(state, { type: 'command', command, now, textLines }).state;
  }
  // That a list has ended is seen, and no news to a wheel.
  return { ...state, focus: before.focus, message: null };
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
      const target = wasteRows(state)[row + state.waste.top];
      if (target === undefined) return state;
      return keepInView({ ...state, waste: { ...state.waste, wanted: target.copy } });
    }
    case 'details':
      return state;
  }
}
