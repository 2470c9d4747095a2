import type { ListedImage } from '../image/listed-image.ts';
import type { Action, Command, Effect, Update } from './actions.ts';
import { filesCommand } from './files-commands.ts';
import { keepInView, listRows, type Move, moved, whyNot, withFilesRow, withLayerCursor } from './moving.ts';
import { currentWaste, filesCursor, filesView, pickerImages, wasteRows } from './selectors.ts';
import { opening, type Pane, PANES, type State } from './state.ts';

type CommandAction = Extract<Action, { type: 'command' }>;

/** What a command does to a state whose message has been cleared. */
export function runCommand(state: State, action: CommandAction): Update {
  const { command } = action;
  if (command === 'quit' || command === 'interrupt') {
    return { state, effect: { type: 'quit', isInterrupted: command === 'interrupt' } };
  }
  if (state.help !== null) return { state: helpCommand(state, state.help, action) };
  if (command === 'help') return { state: { ...state, help: { top: 0 } } };
  if (state.screen === 'images') return pickerCommand(state, command, action.now);
  if (state.typing !== null) return typingCommand(state, action);
  return exploreCommand(state, action);
}

const MOVES: ReadonlySet<string> = new Set<Move>(['up', 'down', 'page-up', 'page-down', 'first', 'last']);

function isMove(command: Command): command is Move {
  return MOVES.has(command);
}

/** Rows of the help on the screen: the header, the status line and two borders are not. */
const AROUND_HELP = 4;

function helpCommand(state: State, help: { top: number }, { command, textLines }: CommandAction): State {
  if (command === 'help' || command === 'back' || command === 'enter') return { ...state, help: null };
  if (!isMove(command)) return say(state, 'Esc leaves the help.');
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

function pickerCommand(state: State, command: Command, now: number): Update {
  const images = pickerImages(state);
  if (isMove(command)) {
    const cursor = moved(state.picker.cursor, command, state.size.rows - 6, images.length);
    if (cursor === state.picker.cursor) return { state: say(state, whyNot(command, images.length)) };
    return { state: { ...state, picker: { ...state.picker, cursor } } };
  }
  switch (command) {
    case 'enter': {
      const image = images[state.picker.cursor];
      if (image === undefined) return { state: say(state, 'No image to open.') };
      return {
        state: opening(state, image.reference, now),
        effect: openingEffect(image),
      };
    }
    case 'back':
      if (state.picker.filter !== '')
        return { state: { ...state, picker: { ...state.picker, filter: '', cursor: 0 } } };
      if (state.open !== null) return { state: { ...state, screen: 'explore', typing: null } };
      // Somebody who named an archive, and wants none of its images, wants nothing more.
      if (state.picker.place !== null) return { state, effect: { type: 'quit', isInterrupted: false } };
      return { state: say(state, 'q leaves peel.') };
    case 'explore':
      if (state.open !== null) return { state: { ...state, screen: 'explore', typing: null } };
      return { state: say(state, 'No image is open: choose one and press Enter.') };
    default:
      return { state: say(state, 'That key works in an image: choose one and press Enter.') };
  }
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
      return { state: stepLayer(state, 'down') };
    case 'previous-layer':
      return { state: stepLayer(state, 'up') };
    case 'images':
      return showImages(state);
    case 'explore':
      if (state.focus === 'layers') return { state: say(state, 'These are the layers.') };
      return { state: focusOn(state, 'layers') };
    case 'waste':
      if (state.focus === 'waste') return { state: say(state, 'This is what is wasted.') };
      return { state: focusOn(state, 'waste') };
    case 'filter':
      return { state: { ...focusOn(state, 'files'), typing: 'files-filter' } };
    case 'toggle-image':
      return { state: toggleImage(state) };
    case 'enter':
      return { state: enter(state) };
    case 'back':
      return back(state);
    default:
      return { state: filesCommand(state, command) };
  }
}

function openingEffect({ reference, key }: ListedImage): Effect {
  return key === undefined ? { type: 'open', reference } : { type: 'choose', key };
}

/** The list of images. The daemon's is asked for anew; an archive's stays what it was. */
function showImages(before: State): Update {
  const state: State = { ...before, screen: 'images', typing: 'picker-filter' };
  return state.picker.place === null ? { state, effect: { type: 'list-images' } } : { state };
}

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
      const count = wasteRows(state).length;
      const cursor = moved(state.waste.cursor, move, listRows(state, 'waste'), count);
      if (cursor === state.waste.cursor) return say(state, whyNot(move, count));
      return keepInView({ ...state, waste: { ...state.waste, cursor } });
    }
    case 'details': {
      const top = scrolledBy(state.details.top, move, listRows(state, 'details'), textLines);
      if (top === state.details.top) return say(state, whyNot(move, textLines));
      return { ...state, details: { ...state.details, top } };
    }
  }
}

function stepLayer(state: State, move: Move): State {
  const count = state.open?.facts?.instructions.length ?? 0;
  const cursor = moved(state.layers.cursor, move, listRows(state, 'layers'), count);
  return cursor === state.layers.cursor ? say(state, whyNot(move, count)) : withLayerCursor(state, cursor);
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
  return keepInView(focusOn({ ...state, layers: { ...state.layers, cursor }, files }, 'files'));
}

/** The image's details take the focus, so that they are seen and can be read through; then it goes back. */
function toggleImage(state: State): State {
  if (state.details.showsImage) return focusOn(state, state.lastFocus.subject);
  return { ...focusOn(state, 'details'), details: { top: 0, showsImage: true } };
}

/** Esc leaves one thing at a time: the image's details, a filter, a running export, the image. */
function back(state: State): Update {
  if (state.details.showsImage) return { state: toggleImage(state) };
  if (state.files.filter !== '') return { state: filesCommand(state, 'clear-filter') };
  const isReading = state.open?.progress != null;
  if (isReading) {
    const images = { ...state, screen: 'images' as const, typing: 'picker-filter' as const, open: null };
    return { state: say(images, 'Cancelled.'), effect: { type: 'cancel' } };
  }
  if (state.focus !== 'layers') return { state: focusOn(state, 'layers') };
  return { state: say(state, 'q leaves peel, 1 shows the images.') };
}

function neighbour(pane: Pane, step: 1 | -1): Pane {
  const index = PANES.indexOf(pane) + step;
  return PANES.at(index % PANES.length) ?? pane;
}

function focusOn(state: State, focus: Pane): State {
  const { lastFocus } = state;
  return keepInView({
    ...state,
    focus,
    lastFocus: {
      subject: focus === 'details' ? lastFocus.subject : focus,
      lower: focus === 'layers' ? lastFocus.lower : focus,
    },
    details: focus === 'details' ? state.details : { top: 0, showsImage: false },
  });
}

function say(state: State, message: string): State {
  return { ...state, message };
}
