// What commands do in the explorer: among the layers, the files, their details and what is wasted.

import type { CommandAction, Update } from './actions.ts';
import { whyElsewhere } from './elsewhere.ts';
import { endRange, filesCommand } from './files-commands.ts';
import { clearFilter } from './finding.ts';
import { jumpTo, returnTo } from './going.ts';
import { layoutOf } from './layout.ts';
import {
  focusOn,
  isMove,
  keepInView,
  layerRows,
  listRows,
  type Move,
  moved,
  NOT_FILTERED,
  say,
  scrolledBy,
  turnedTop,
  whyNot,
  withFilesRow,
  withLayerCursor,
} from './moving.ts';
import { toImages } from './picker-commands.ts';
import { currentWaste, filesCursor, filesView, wasteCursor, wasteList } from './selectors.ts';
import { PANES, type State } from './state.ts';

/** What a command does in the explorer. */
export function exploreCommand(state: State, action: CommandAction): Update {
  const { command } = action;
  if (isMove(command)) return { state: moveIn(state, command, action.textLines) };
  switch (command) {
    case 'next-pane':
      return { state: toNeighbour(state, 1) };
    case 'previous-pane':
      return { state: toNeighbour(state, -1) };
    case 'next-layer':
      return { state: stepToLayer(state, 1) };
    case 'previous-layer':
      return { state: stepToLayer(state, -1) };
    case 'details':
      return { state: focusOn(state, state.focus === 'details' ? state.lastFocus.subject : 'details') };
    case 'zoom':
      return { state: zoom(state) };
    case 'waste':
      if (state.focus === 'waste') return { state: say(state, 'This is what is wasted.') };
      return { state: focusOn(state, 'waste') };
    case 'filter':
      if (state.focus === 'waste') return { state: say(state, NOT_FILTERED) };
      return { state: { ...focusOn(state, 'files'), typing: 'files-filter' } };
    case 'pull':
    case 'group':
      return { state: say(state, whyElsewhere(state, command)) };
    case 'enter':
      return { state: enter(state) };
    case 'back':
      return back(state);
    default:
      return {
        state: state.focus === 'waste' ? say(state, FILES_ONLY) : filesCommand(withFilesSeen(state), command),
      };
  }
}

/** A key of the files pane would change there what the eye on the waste does not see. */
const FILES_ONLY = 'That key is for the files: {explore} leads there. Waste stands by bytes, most first.';

function moveIn(state: State, move: Move, textLines: number): State {
  switch (state.focus) {
    case 'layers':
      return stepLayer(state, move);
    case 'files': {
      const files = filesView(state);
      const count = files.kind === 'nothing' ? 0 : files.rows.count;
      const cursor = filesCursor(state);
      const height = listRows(state, 'files');
      const target = moved(cursor, move, height, count);
      if (target === cursor) return say(state, whyNot(move, count));
      const top = turnedTop(state.files.top, move, height, count);
      return withFilesRow({ ...state, files: { ...state.files, top } }, target);
    }
    case 'waste': {
      const list = wasteList(state);
      const count = list?.length ?? 0;
      const cursor = wasteCursor(state);
      const height = listRows(state, 'waste');
      const row = moved(cursor, move, height, count);
      const target = list?.at(row) ?? null;
      if (target === null || row === cursor) return say(state, whyNot(move, count));
      const top = turnedTop(state.waste.top, move, height, count);
      return keepInView({ ...state, waste: { wanted: target.copy, top } });
    }
    case 'details': {
      const top = scrolledBy(state.details.top, move, listRows(state, 'details'), textLines);
      if (top === state.details.top) return say(state, whyNot(move, textLines));
      return { ...state, details: { ...state.details, top } };
    }
  }
}

/** Where the layers share the screen with one other pane, the files come back there: what changes in them is to be seen. */
function withFilesSeen(state: State): State {
  if (state.focus !== 'layers' || layoutOf(state)?.panes.files !== undefined) return state;
  return keepInView({ ...state, lastFocus: { ...state.lastFocus, lower: 'files' } });
}

function stepLayer(before: State, move: Move): State {
  const state = withFilesSeen(before);
  const count = layerRows(state);
  const height = listRows(state, 'layers');
  const cursor = moved(state.layers.cursor, move, height, count);
  if (cursor === state.layers.cursor) return say(state, whyNot(move, count));
  const top = turnedTop(state.layers.top, move, height, count);
  return withLayerCursor({ ...state, layers: { ...state.layers, top } }, cursor);
}

/** To the next instruction, above or below, that made a layer. */
function stepToLayer(before: State, step: 1 | -1): State {
  const state = withFilesSeen(before);
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

/**
 * Esc leaves one thing at a time: the details, a filter, a range of layers, where a jump has led, a zoom, a pane. Only where
 * there is nothing else to leave does it end a running export, which may have taken minutes, and asks before.
 */
function back(state: State): Update {
  if (state.focus === 'details') return { state: focusOn(state, state.lastFocus.subject) };
  if (state.files.filter !== '' && state.focus !== 'waste') return { state: clearFilter(state) };
  if (state.files.rangeStart !== null && state.focus !== 'waste') return { state: endRange(state) };
  if (state.cameFrom !== null) return { state: returnTo(state, state.cameFrom) };
  if (state.isZoomed) return { state: zoom(state) };
  if (state.focus !== 'layers') return { state: focusOn(state, 'layers') };
  const progress = state.open?.progress ?? null;
  if (progress === null) return { state: say(state, '{quit} leaves peel, {images} shows the images.') };
  if (state.isCancelAsked) {
    return { state: say(toImages({ ...state, open: null }), 'Cancelled.'), effect: { type: 'cancel' } };
  }
  const what = progress.phase === 'pulling' ? 'pulling' : 'reading';
  return { state: { ...say(state, `{back} again cancels ${what} the image.`), isCancelAsked: true } };
}

/**
 * The whole screen for the pane that has the focus, or all panes again. It follows the focus from pane to pane, and is
 * as it was when one comes back from another screen: a file is looked at and left, and the list is still as long.
 */
function zoom(state: State): State {
  const isZoomed = !state.isZoomed;
  const row = filesCursor(state) - state.files.top;
  return say(keepInView({ ...state, isZoomed }, row), isZoomed ? ZOOMED : 'All panes.');
}

const ZOOMED = 'The whole screen for one pane: {zoom} or {back} shows all of them, {next-pane} the next one.';

/** To the next or previous pane, and around. The details of a layer, to which their own key leads, stand after the layers. */
function toNeighbour(state: State, step: 1 | -1): State {
  if (state.focus === 'details' && state.lastFocus.subject === 'layers')
    return focusOn(state, step === 1 ? 'files' : 'layers');
  const index = PANES.indexOf(state.focus) + step;
  return focusOn(state, PANES.at(index % PANES.length) ?? state.focus);
}
