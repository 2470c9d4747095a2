// What commands do in the explorer: among the layers, the files, their details and what is wasted.

import type { CommandAction, Update } from './actions.ts';
import { endRange, filesCommand } from './files-commands.ts';
import { clearFilter } from './finding.ts';
import { jumpTo, returnTo } from './going.ts';
import {
  focusOn,
  isMove,
  keepInView,
  layerRows,
  listRows,
  type Move,
  moved,
  say,
  scrolledBy,
  whyNot,
  withFilesRow,
  withLayerCursor,
} from './moving.ts';
import { toImages } from './picker-commands.ts';
import { currentWaste, filesCursor, filesView, wasteCursor, wasteRows } from './selectors.ts';
import { type Pane, PANES, type State } from './state.ts';

/** What a command does in the explorer. */
export function exploreCommand(state: State, action: CommandAction): Update {
  const { command } = action;
  if (isMove(command)) return { state: moveIn(state, command, action.textLines) };
  switch (command) {
    case 'next-pane':
      return { state: focusOn(state, neighbour(state.focus, 1)) };
    case 'previous-pane':
      return { state: focusOn(state, neighbour(state.focus, -1)) };
    case 'next-layer':
      return { state: stepToLayer(state, 1) };
    case 'previous-layer':
      return { state: stepToLayer(state, -1) };
    case 'waste':
      if (state.focus === 'waste') return { state: say(state, 'This is what is wasted.') };
      return { state: focusOn(state, 'waste') };
    case 'filter':
      if (state.focus === 'waste') return { state: say(state, FILES_ONLY) };
      return { state: { ...focusOn(state, 'files'), typing: 'files-filter' } };
    case 'pull':
      return { state: say(state, state.open?.pulled == null ? PULLED : 'It is being pulled.') };
    case 'group':
      return { state: say(state, 'That key groups what is wasted: 3 leads there.') };
    case 'enter':
      return { state: enter(state) };
    case 'back':
      return back(state);
    default:
      return { state: state.focus === 'waste' ? say(state, FILES_ONLY) : filesCommand(state, command) };
  }
}

/** A key of the files pane would change there what the eye on the waste does not see. */
const FILES_ONLY = 'That key is for the files: {explore} leads there. Waste stands by bytes, most first.';

const PULLED = 'The image is here: there is nothing to pull.';

function moveIn(state: State, move: Move, textLines: number): State {
  switch (state.focus) {
    case 'layers':
      return stepLayer(state, move);
    case 'files': {
      const files = filesView(state);
      const count = files.kind === 'nothing' ? 0 : files.rows.count;
      const cursor = filesCursor(state);
      const target = moved(cursor, move, listRows(state, 'files'), count);
      return target === cursor ? say(state, whyNot(move, count)) : withFilesRow(state, target);
    }
    case 'waste': {
      const rows = wasteRows(state);
      const cursor = wasteCursor(state);
      const target = rows[moved(cursor, move, listRows(state, 'waste'), rows.length)];
      if (target === undefined || target === rows[cursor]) return say(state, whyNot(move, rows.length));
      return keepInView({ ...state, waste: { ...state.waste, wanted: target.copy } });
    }
    case 'details': {
      const top = scrolledBy(state.details.top, move, listRows(state, 'details'), textLines);
      if (top === state.details.top) return say(state, whyNot(move, textLines));
      return { ...state, details: { ...state.details, top } };
    }
  }
}

function stepLayer(state: State, move: Move): State {
  const count = layerRows(state);
  const cursor = moved(state.layers.cursor, move, listRows(state, 'layers'), count);
  return cursor === state.layers.cursor ? say(state, whyNot(move, count)) : withLayerCursor(state, cursor);
}

/** To the next instruction, above or below, that made a layer. */
function stepToLayer(state: State, step: 1 | -1): State {
  const instructions = state.open?.facts?.instructions ?? [];
  for (let at = state.layers.cursor + step; instructions[at] !== undefined; at += step) {
    if (instructions[at]?.layer !== null) return withLayerCursor(state, at);
  }
  return say(state, step === 1 ? 'This is the last layer.' : 'This is the first layer.');
}

function enter(state: State): State {
  switch (state.focus) {
    case 'layers':
      return focusOn(state, 'files');
    case 'waste':
      return jumpFromWaste(state);
    case 'details':
      return say(state, 'Nothing to open here.');
    case 'files':
      return filesCommand(state, 'enter');
  }
}

/** From a wasted copy to the file that it was. */
function jumpFromWaste(state: State): State {
  const row = currentWaste(state);
  return row === null ? say(state, 'Nothing is wasted here.') : jumpTo(state, row);
}

/** Esc leaves one thing at a time: the details, a filter, a range of layers, where a jump has led, a running export, a pane. */
function back(state: State): Update {
  if (state.focus === 'details') return { state: focusOn(state, state.lastFocus.subject) };
  if (state.files.filter !== '' && state.focus !== 'waste') return { state: clearFilter(state) };
  if (state.files.rangeStart !== null && state.focus !== 'waste') return { state: endRange(state) };
  if (state.cameFrom !== null) return { state: returnTo(state, state.cameFrom) };
  const isReading = state.open?.progress != null;
  if (isReading) {
    return { state: say(toImages({ ...state, open: null }), 'Cancelled.'), effect: { type: 'cancel' } };
  }
  if (state.focus !== 'layers') return { state: focusOn(state, 'layers') };
  return { state: say(state, '{quit} leaves peel, {images} shows the images.') };
}

function neighbour(pane: Pane, step: 1 | -1): Pane {
  const index = PANES.indexOf(pane) + step;
  return PANES.at(index % PANES.length) ?? pane;
}
