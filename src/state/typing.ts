// A text that is typed, whatever for: its edits, its cursor, and what was typed there before.

import type { Action, Command, Update } from './actions.ts';
import { destinationTyped } from './errands.ts';
import { searchTyped } from './file-commands.ts';
import { withFilter } from './finding.ts';
import { edited, type LineEdit } from './line-editor.ts';
import { say } from './moving.ts';
import type { Recallable, State } from './state.ts';

/** What is typed for a prompt. */
function textOf({ files, file, picker, errand }: State, prompt: Recallable | 'picker-filter'): string {
  switch (prompt) {
    case 'files-filter':
      return files.filter;
    case 'picker-filter':
      return picker.filter;
    case 'file-search':
      return file?.search?.text ?? '';
    case 'destination':
      return errand?.kind === 'asking' ? errand.destination : '';
  }
}

function withText(state: State, prompt: Recallable | 'picker-filter', text: string): State {
  switch (prompt) {
    case 'files-filter':
      return withFilter(state, text);
    case 'picker-filter':
      return { ...state, typing: prompt, picker: { ...state.picker, filter: text, cursor: 0 } };
    case 'file-search':
      return searchTyped(state, () => text);
    case 'destination':
      return destinationTyped(state, () => text);
  }
}

/** An edit of the text that is typed; in the list of images any letter begins one. */
export function retyped(before: State, edit: LineEdit): State {
  // What is pasted behind the help would change what nobody sees.
  if (before.help !== null || before.typing === 'nothing') return before;
  const state = { ...before, message: null };
  const prompt = state.screen === 'images' ? 'picker-filter' : state.typing;
  if (prompt === null || prompt === 'nothing') return state;
  const text = textOf(state, prompt);
  const line = edited({ text, behind: state.behindCaret }, edit);
  const next = { ...state, behindCaret: line.behind };
  return line.text === text ? next : withText({ ...next, recall: null }, prompt, line.text);
}

/** What Up and Down do while a text is typed that is remembered: older texts, and back; null for all else. */
export function recall(state: State, command: Command): State | null {
  const prompt = state.typing;
  if ((command !== 'up' && command !== 'down') || !isRecallable(prompt)) return null;
  const draft = state.recall?.draft ?? textOf(state, prompt);
  const older = state.typedBefore[prompt].filter((text) => text !== draft);
  const at = (state.recall?.at ?? -1) + (command === 'up' ? 1 : -1);
  if (at >= older.length) return say(state, 'Nothing older was typed here.');
  if (at < -1) return say(state, 'Nothing newer was typed here.');
  const text = older[at] ?? draft;
  const next = { ...state, behindCaret: 0, recall: at < 0 ? null : { at, draft } };
  return withText(next, prompt, text);
}

/** Texts of a prompt that are remembered. */
const MOST_REMEMBERED = 20;

/** A text that has been typed is remembered unless Esc has left it; the next one has its cursor at its end. */
export function typingEnded(before: State, action: Action, next: Update): Update {
  const { state } = next;
  if (state.typing === before.typing) return next;
  const isLeft = action.type === 'command' && action.command === 'back';
  const typedBefore = isLeft ? state.typedBefore : remembered(before, state.typedBefore);
  return { ...next, state: { ...state, behindCaret: 0, recall: null, typedBefore } };
}

function remembered(before: State, texts: State['typedBefore']): State['typedBefore'] {
  const prompt = before.typing;
  if (!isRecallable(prompt)) return texts;
  const text = textOf(before, prompt);
  if (text.trim() === '') return texts;
  const others = texts[prompt].filter((other) => other !== text);
  return { ...texts, [prompt]: [text, ...others].slice(0, MOST_REMEMBERED) };
}

const isRecallable = (typing: State['typing']): typing is Recallable =>
  typing === 'files-filter' || typing === 'file-search' || typing === 'destination';
