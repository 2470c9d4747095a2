// What commands do on the screen of one file: its content is read through, searched, and seen as other layers have it.

import { findFrom } from '../content/search.ts';
import type { ContentView } from '../content/content-view.ts';
import type { CommandAction, Update } from './actions.ts';
import {
  contentHeight,
  contentRowCount,
  fileChanges,
  fileContent,
  fileView,
  isAwaited,
  lastContentTop,
  seenWidth,
} from './contents.ts';
import { whyElsewhere } from './elsewhere.ts';
import { searched } from './file-search.ts';
import { typeInVain } from './finding.ts';
import { returnTo } from './going.ts';
import { isMove, moved, quoted, say, whyNot } from './moving.ts';
import type { FileViewName } from './file-state.ts';
import type { FileState, State } from './state.ts';

/** Cells that a long line is moved by. */
const SIDEWAYS = 8;

/** What a command does on the screen of one file. */
export function fileCommand(state: State, { command }: CommandAction): Update {
  const { file } = state;
  if (file === null) return { state };
  if (isMove(command)) {
    const rows = contentRowCount(state);
    const top = moved(file.top, command, contentHeight(state), lastContentTop(state) + 1);
    // The first row is seen from its beginning.
    if (command === 'first' && file.left > 0) return { state: withFile(state, { top, left: 0 }) };
    return { state: top === file.top ? say(state, whyNot(command, rows)) : withFile(state, { top }) };
  }
  switch (command) {
    case 'left':
      if (file.left === 0)
        return { state: say(state, noFurther(state, 'Lines are seen from their beginning.')) };
      return { state: withFile(state, { left: Math.max(0, file.left - SIDEWAYS) }) };
    case 'right':
      return { state: moveRight(state, file) };
    case 'toggle-mode':
      return { state: nextView(state) };
    case 'next-layer':
      return { state: stepThroughLife(state, file, 1) };
    case 'previous-layer':
      return { state: stepThroughLife(state, file, -1) };
    case 'filter':
      if (searched(state) === null && !isAwaited(state))
        return { state: typeInVain(state, whyUnsearched(state)) };
      return { state: beginSearch(state, file) };
    case 'next-match':
      return { state: toMatch(state, 'next') };
    case 'previous-match':
      return { state: toMatch(state, 'previous') };
    case 'enter':
      return {
        state: say(state, '{next-layer} and {previous-layer} show the file as other layers have it.'),
      };
    case 'back':
      if (file.search !== null) return { state: withFile(state, { search: null }) };
      return { state: returnTo(state, file.from) };
    default:
      return { state: say(state, whyElsewhere(state, command)) };
  }
}

/** As far as there is anything to see. */
function moveRight(state: State, file: FileState): State {
  const left = Math.min(file.left + SIDEWAYS, seenWidth(state, file.left + SIDEWAYS + 1) - 1);
  return left <= file.left
    ? say(state, noFurther(state, 'Lines are seen to their end.'))
    : withFile(state, { left });
}

/** Left and Right agree: where nothing is shown, no line has an end. */
const noFurther = (state: State, why: string): string =>
  contentRowCount(state) === 0 ? 'There is nothing here.' : why;

function beginSearch(state: State, { top }: FileState): State {
  return { ...withFile(state, { search: { text: '', offset: null, begunAt: top } }), typing: 'file-search' };
}

/** While a text to search for is typed, the first place behind where one was is shown; where there is none, that is. */
export function searchTyped(state: State, change: (text: string) => string): State {
  const { file } = state;
  if (file === null) return state;
  const text = change(file.search?.text ?? '');
  const begunAt = file.search?.begunAt ?? file.top;
  const from = searched(state)?.offsetOf(begunAt) ?? 0;
  const there = state.typing === 'file-search' ? withFile(state, { top: begunAt }) : state;
  return withSearch(
    there,
    text,
    (view, needle) => findFrom(view.bytes, needle, from - 1, 'next')?.offset ?? null,
  );
}

/** The next change, or the previous one, at the top of the screen, as far as there are rows below it. */
function toChange(state: State, direction: 'next' | 'previous'): State {
  const changes = fileChanges(state);
  if (changes.kind !== 'difference') return say(state, 'There are no changes to go to.');
  const top = state.file?.top ?? 0;
  const found = changes.difference.changeFrom(top, direction);
  const wanted = found === null ? top : Math.min(found, lastContentTop(state));
  if (wanted !== top) return withFile(state, { top: wanted });
  return say(
    state,
    direction === 'next' ? 'There is no change further down.' : 'There is no change further up.',
  );
}

function toMatch(state: State, direction: 'next' | 'previous'): State {
  if (fileView(state) === 'changes') return toChange(state, direction);
  const { file } = state;
  const view = searched(state);
  const text = file?.search?.text ?? '';
  if (view === null && text !== '') return say(state, 'Its content is not here yet.');
  const needle = view?.needle(text) ?? null;
  if (file === null || view === null || needle === null) {
    return say(state, 'Nothing is searched for: {filter} begins.');
  }
  const from = file.search?.offset ?? view.offsetOf(file.top) - 1;
  const found = findFrom(view.bytes, needle, from, direction);
  if (found === null) return say(state, `${quoted(text)} is not in it.`);
  const shown = withSearch(state, text, () => found.offset);
  if (!found.isWrapped) return shown;
  return say(shown, direction === 'next' ? 'Found from the beginning on.' : 'Found from the end on.');
}

type Find = (view: ContentView, needle: NonNullable<ReturnType<ContentView['needle']>>) => number | null;

/** The search for a text, and the place that was found on the screen. */
function withSearch(state: State, text: string, find: Find): State {
  const view = searched(state);
  const needle = view?.needle(text) ?? null;
  const offset = view === null || needle === null ? null : find(view, needle);
  const begunAt = state.file?.search?.begunAt ?? state.file?.top ?? 0;
  const next = withFile(state, { search: { text, offset, begunAt } });
  if (view === null || offset === null || next.file === null) return next;
  const row = view.rowOf(offset);
  const height = contentHeight(state);
  const isSeen = row >= next.file.top && row < next.file.top + height;
  if (isSeen) return next;
  return withFile(next, { top: Math.max(0, Math.min(row - Math.floor(height / 3), lastContentTop(state))) });
}

/** What was to be searched for before the content was here is sought in it. */
export function searchArrived(state: State): State {
  const search = state.file?.search ?? null;
  if (search === null || search.text === '' || search.offset !== null) return state;
  return searchTyped(state, (text) => text);
}

function whyUnsearched(state: State): string {
  return fileContent(state) === null
    ? 'There is no content to search here.'
    : 'Changes are not searched: {back}, then {toggle-mode} leads to the text.';
}

/** The next way to show the content, of those that there are for it. */
function nextView(state: State): State {
  const content = fileContent(state);
  if (content === null) return say(state, 'There is no content to show in another way.');
  const changes = fileChanges(state);
  const views: readonly FileViewName[] = [
    ...(content.text === null ? [] : (['text'] as const)),
    ...(changes.kind === 'none' && changes.reason === 'new' ? [] : (['changes'] as const)),
    'hex',
  ];
  const next = views[(views.indexOf(fileView(state)) + 1) % views.length] ?? 'hex';
  const moved = withFile(state, { view: next, top: 0, left: 0, search: null });
  return say(moved, VIEW_WORDS[next]);
}

const VIEW_WORDS: Readonly<Record<FileViewName, string>> = {
  text: 'As text.',
  hex: 'As bytes.',
  changes: 'What changed against the content before.',
};

/** The file as the next layer has it that did something to it, above or below. */
function stepThroughLife(state: State, file: FileState, step: 1 | -1): State {
  const records = state.open?.analysis?.stack.records;
  const layers = (records?.life(file.node) ?? []).map((record) => records?.layerOf(record) ?? 0);
  const here = layers.filter((layer) => layer <= file.layer).length - 1;
  const layer = layers[here + step];
  if (layer === undefined) {
    return say(state, step === 1 ? 'No later layer does anything to it.' : 'No earlier layer has it.');
  }
  return withFile(state, { layer, top: 0, left: 0, search: null });
}

function withFile(state: State, change: Partial<FileState>): State {
  return state.file === null ? state : { ...state, file: { ...state.file, ...change } };
}
