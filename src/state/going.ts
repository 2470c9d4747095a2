// Going from place to place: screens by their numbers, panes by focus, and jumps to a file that can be come back from.

import type { Command, Update } from './actions.ts';
import { focusOn, keepInView, say } from './moving.ts';
import { showImages } from './picker-commands.ts';
import { currentWaste, filesLayer, filesNode } from './selectors.ts';
import type { LeftPlace, Place, ScreenName, State } from './state.ts';
import { currentCopy } from './waste-selectors.ts';

/** What a command that names a screen does; null for all others. */
export function switchScreen(state: State, command: Command): Update | null {
  switch (command) {
    case 'images':
      return showImages(state);
    case 'explore':
      return { state: toExplore(state) };
    case 'waste-screen':
      return { state: toScreen(state, 'waste', 'These are the bytes and who wasted them.') };
    case 'image':
      return { state: toScreen(state, 'image', 'This is all that is known of the image.') };
    case 'file':
      return { state: showFile(state) };
    case 'waste':
      return state.screen === 'explore' ? null : { state: focusOn({ ...state, screen: 'explore' }, 'waste') };
    case 'next-pane':
      return hasOnePane(state) ? { state: toNeighbour(state, 1) } : null;
    case 'previous-pane':
      return hasOnePane(state) ? { state: toNeighbour(state, -1) } : null;
    default:
      return null;
  }
}

function toExplore(state: State): State {
  if (state.screen !== 'explore') return { ...state, screen: 'explore' };
  return state.focus === 'layers' ? say(state, 'These are the layers.') : focusOn(state, 'layers');
}

function toScreen(state: State, screen: 'waste' | 'image', already: string): State {
  return state.screen === screen ? say(state, already) : keepInView({ ...state, screen });
}

/** Screens that are one text: there is no other pane to go to. */
const ONE_PANE: ReadonlySet<State['screen']> = new Set(['image', 'file']);

const hasOnePane = ({ screen }: State): boolean => ONE_PANE.has(screen);

/** To the next or previous screen of the image, and around. */
function toNeighbour(state: State, step: 1 | -1): State {
  const hasFile = state.file !== null;
  const screens: readonly ScreenName[] = [
    'explore',
    'waste',
    'image',
    ...(hasFile ? (['file'] as const) : []),
  ];
  const at = screens.findIndex((screen) => screen === state.screen) + step;
  return keepInView({ ...state, screen: screens.at(at % screens.length) ?? 'explore' });
}

/** A file that has just been opened. */
const UNREAD = { top: 0, left: 0, view: null, search: null } as const;

/** The screen of the file under the cursor; from a screen without one, of the file that was looked at last. */
export function showFile(state: State): State {
  if (state.screen === 'file') return say(state, 'This is the file.');
  if (findsNothing(state)) return say(state, NOTHING_FOUND);
  const at = fileAtCursor(state);
  if (at === null && state.file === null)
    return say(state, 'There is no file under the cursor: {explore} leads to the files.');
  if (at === null) return { ...state, screen: 'file' };
  const { node, layer } = at;
  const isSame = state.file?.node === node && state.file.layer === layer;
  const from = placeOf(state);
  const file = isSame ? { ...state.file, from } : { node, layer, ...UNREAD, from };
  return { ...state, screen: 'file', file };
}

/** What there is to say where the filter leaves no row to be meant. */
export const NOTHING_FOUND = 'The filter finds no file here: {back} clears it.';

/** Whether a file was to be chosen of those that a filter finds, and it finds none. */
function findsNothing(state: State): boolean {
  const isAmongFiles = state.screen === 'explore' && state.focus !== 'waste';
  return isAmongFiles && state.files.filter !== '' && filesNode(state) === null;
}

function fileAtCursor(state: State): { readonly node: number; readonly layer: number } | null {
  if (state.screen === 'waste') return currentCopy(state);
  if (state.screen !== 'explore') return null;
  if (state.focus === 'waste') return currentWaste(state);
  const node = filesNode(state);
  const layer = filesLayer(state);
  return node === null || layer === null ? null : { node, layer };
}

/** Where one is, to be come back to. */
export function placeOf({ screen, focus }: State): Place {
  return screen === 'waste' ? { screen } : { screen: 'explore', focus };
}

/** To a place that was left by a jump, with what is shown as it was there. */
export function returnTo(before: State, place: Place | LeftPlace): State {
  const state = 'files' in place ? restored(before, place) : before;
  if (place.screen !== 'explore') return keepInView({ ...state, screen: place.screen, cameFrom: null });
  return focusOn({ ...state, screen: 'explore' }, place.focus);
}

function restored(state: State, { layer, files }: LeftPlace): State {
  return {
    ...state,
    layers: { ...state.layers, cursor: layer },
    files: { ...state.files, ...files },
  };
}

/** What a jump changes, as it was. */
function leftPlace(state: State): LeftPlace {
  const { mode, isFlat, leftOut, filter, applied, rangeStart, wanted } = state.files;
  const files = { mode, isFlat, leftOut, filter, applied, rangeStart, wanted };
  return { ...placeOf(state), layer: state.layers.cursor, files };
}

/** To a path in the files of a layer's changes, with every directory above it opened and nothing that hides it. */
export function jumpTo(
  state: State,
  { node, layer }: { readonly node: number; readonly layer: number },
): State {
  const instructions = state.open?.facts?.instructions ?? [];
  const cursor = instructions.findIndex((instruction) => instruction.layer === layer);
  const folds = new Map(state.files.folds);
  const paths = state.open?.analysis?.tables.paths;
  for (let above = paths?.parent(node) ?? 0; above > 0; above = paths?.parent(above) ?? 0)
    folds.set(above, true);
  const files = {
    ...state.files,
    mode: 'changes' as const,
    isFlat: false,
    leftOut: new Set<never>(),
    filter: '',
    applied: '',
    rangeStart: null,
    wanted: node,
    folds,
  };
  const cameFrom = leftPlace(state);
  const there: State = { ...state, screen: 'explore', layers: { ...state.layers, cursor }, files };
  return keepInView({ ...focusOn(there, 'files'), cameFrom });
}
