import type { Action, Update } from './actions.ts';
import { filesCommand } from './files-commands.ts';
import {
  isMove,
  keepInView,
  layerRows,
  listRows,
  type Move,
  moved,
  say,
  whyNot,
  withFilesRow,
  withLayerCursor,
} from './moving.ts';
import { missingCommand, pickerCommand, showImages, toImages } from './picker-commands.ts';
import { currentWaste, filesCursor, filesView, wasteCursor, wasteRows } from './selectors.ts';
import { type Pane, PANES, type State } from './state.ts';

type CommandAction = Extract<Action, { type: 'command' }>;

/** What a command does to a state whose message has been cleared. */
export function runCommand(state: State, action: CommandAction): Update {
  const { command } = action;
  if (command === 'quit' || command === 'interrupt') {
    return { state, effect: { type: 'quit', isInterrupted: command === 'interrupt' } };
  }
  if (state.help !== null) return { state: helpCommand(state, state.help, action) };
  if (command === 'help') return { state: { ...state, help: { top: 0 } } };
  if (state.screen === 'missing') return missingCommand(state, command, action.now);
  if (state.screen === 'images') return pickerCommand(state, command, action.now);
  if (state.typing !== null) return typingCommand(state, action);
  return exploreCommand(state, action);
}

/** Rows of the help on the screen: the header, the status line and two borders are not. */
const AROUND_HELP = 4;

function helpCommand(state: State, help: { top: number }, { command, textLines }: CommandAction): State {
  if (command === 'help' || command === 'back' || command === 'enter') return { ...state, help: null };
  if (!isMove(command)) return say(state, '{back} leaves the help.');
  const top = scrolledBy(help.top, command, state.size.rows - AROUND_HELP, textLines);
  return top === help.top ? say(state, whyNot(command, textLines)) : { ...state, help: { top } };
}

/** First line on the screen of a text that is moved through; it stops when its last line is seen. */
function scrolledBy(top: number, move: Move, height: number, lines: number): number {
  const last = Math.max(0, lines - height);
  return Math.min(moved(top, move, height, last + 1), last);
}

/** While a filter is typed, Enter keeps it, Esc clears it, and any other command ends the typing and does its work. */
function typingCommand(state: State, action: CommandAction): Update {
  const typed = { ...state, typing: null };
  if (action.command === 'enter') return { state: typed };
  if (action.command === 'back') return { state: filesCommand(typed, 'clear-filter') };
  return exploreCommand(typed, action);
}

function exploreCommand(state: State, action: CommandAction): Update {
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
    case 'images':
      return showImages(state);
    case 'explore':
      if (state.focus === 'layers') return { state: say(state, 'These are the layers.') };
      return { state: focusOn(state, 'layers') };
    case 'waste':
      if (state.focus === 'waste') return { state: say(state, 'This is what is wasted.') };
      return { state: focusOn(state, 'waste') };
    case 'filter':
      if (state.focus === 'waste') return { state: say(state, FILES_ONLY) };
      return { state: { ...focusOn(state, 'files'), typing: 'files-filter' } };
    case 'pull':
      return { state: say(state, state.open?.pulled == null ? PULLED : 'It is being pulled.') };
    case 'toggle-image':
      return { state: toggleImage(state) };
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
      return jumpToWaste(state);
    case 'details':
      return say(state, 'Nothing to open here.');
    case 'files':
      return filesCommand(state, 'enter');
  }
}

/** From a hidden copy to the file that it was, in the layer that stores it. */
function jumpToWaste(state: State): State {
  const row = currentWaste(state);
  const instructions = state.open?.facts?.instructions ?? [];
  if (row === null) return say(state, 'Nothing is wasted here.');
  const cursor = instructions.findIndex(({ layer }) => layer === row.layer);
  const folds = new Map(state.files.folds);
  const paths = state.open?.analysis?.tables.paths;
  // Every directory above it is opened, and nothing may keep it from being shown.
  for (let node = paths?.parent(row.node) ?? 0; node > 0; node = paths?.parent(node) ?? 0)
    folds.set(node, true);
  const files = {
    ...state.files,
    mode: 'changes' as const,
    leftOut: new Set<never>(),
    filter: '',
    wanted: row.node,
    folds,
  };
  const jumped = focusOn({ ...state, layers: { ...state.layers, cursor }, files }, 'files');
  return keepInView({ ...jumped, cameFrom: 'waste' });
}

/** The image's details take the focus, so that they are seen and can be read through; then it goes back. */
function toggleImage(state: State): State {
  if (state.details.showsImage) return focusOn(state, state.lastFocus.subject);
  return { ...focusOn(state, 'details'), details: { top: 0, showsImage: true } };
}

/** Esc leaves one thing at a time: the details, a filter, where a jump has led, a running export, a pane. */
function back(state: State): Update {
  if (state.details.showsImage) return { state: toggleImage(state) };
  if (state.focus === 'details') return { state: focusOn(state, state.lastFocus.subject) };
  if (state.files.filter !== '' && state.focus !== 'waste')
    return { state: filesCommand(state, 'clear-filter') };
  if (state.cameFrom !== null) return { state: focusOn(state, state.cameFrom) };
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

export function focusOn(state: State, focus: Pane): State {
  const { lastFocus } = state;
  return keepInView({
    ...state,
    focus,
    // The details of what a jump has led to do not lead away from it.
    cameFrom: focus === 'details' || focus === state.lastFocus.subject ? state.cameFrom : null,
    lastFocus: {
      subject: focus === 'details' ? lastFocus.subject : focus,
      lower: focus === 'layers' ? lastFocus.lower : focus,
    },
    details: focus === 'details' ? state.details : { top: 0, showsImage: false },
  });
}
