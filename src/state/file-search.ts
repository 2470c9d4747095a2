// What is searched for in the file that is looked at, and how often it is there.

import type { ContentView } from '../content/content-view.ts';
import { type Occurrences, occurrencesOf } from '../content/search.ts';
import { fileContent, fileView } from './contents.ts';
import { rememberLast } from './memo.ts';
import type { State } from './state.ts';

/** What is searched: the text, or the bytes; null where neither is shown. */
export function searched(state: State): ContentView | null {
  const content = fileContent(state);
  const view = fileView(state);
  if (content === null || view === 'changes') return null;
  return view === 'hex' ? content.hex : content.text;
}

/** How often what is searched for is there, and which of those places is the one that was found. */
export interface FoundCount {
  /** From 1; null: it lies beyond those that were counted. */
  readonly number: number | null;
  readonly count: number;
  /** Whether there may be more of them. */
  readonly isCutOff: boolean;
}

/** Null where nothing has been found. */
export function foundCount(state: State): FoundCount | null {
  const search = state.file?.search ?? null;
  const view = searched(state);
  if (search?.offset == null || view === null) return null;
  const occurrences = countedIn(view, search.text);
  if (occurrences === null) return null;
  const { offsets, isCutOff } = occurrences;
  const at = offsets.indexOf(search.offset);
  return { number: at === -1 ? null : at + 1, count: offsets.length, isCutOff };
}

const countedIn = rememberLast((view: ContentView, text: string): Occurrences | null => {
  const needle = view.needle(text);
  return needle === null ? null : occurrencesOf(view.bytes, needle);
});
