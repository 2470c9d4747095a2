// What follows from the state of the image as a whole.

import type { Analysis } from '../analysis/analysis.ts';
import type { DiveFigures } from '../analysis/dive-figures.ts';
import { findTips, type Tip } from '../analysis/tips.ts';
import { commandsOf } from '../image/facts.ts';
import type { ImageFacts } from '../image/source.ts';
import type { Entries } from '../tree/entries.ts';
import { rememberLast } from './memo.ts';
import type { State } from './state.ts';

/** What would help, most bytes first. */
export function tips({ open }: State): readonly Tip[] {
  return open?.analysis == null ? [] : tipsOf(open.analysis, open.layersRead, open.facts);
}

const tipsOf = rememberLast(
  (analysis: Analysis, _layersRead: number, facts: ImageFacts | null): readonly Tip[] =>
    findTips(analysis, facts === null ? [] : commandsOf(facts)),
);

/** Beyond so many entries dive's figures take more than a blink: they are reckoned when somebody asks for them. */
const DIVE_ENTRIES = 300_000;

/** dive's own figures; `unread` until all layers have been, `unasked` where they would take a while. */
export function diveView({ open, image }: State): DiveFigures | 'unread' | 'unasked' {
  if (open?.analysis == null || !open.isComplete) return 'unread';
  const isHuge = open.analysis.stack.entries.count > DIVE_ENTRIES;
  return isHuge && !image.wantsDive ? 'unasked' : diveOf(open.analysis);
}

const diveOf = rememberLast((analysis: Analysis): DiveFigures => analysis.diveFigures());

/** Payload bytes of the largest layer that has been read, or of the largest one that was told of. */
export function largestLayer(state: State): number {
  const stated = state.open?.facts?.layers.map(({ statedBytes }) => statedBytes ?? 0) ?? [];
  const read = state.open?.analysis?.layers.map(({ bytes }) => bytes) ?? [];
  return Math.max(0, ...stated.map((bytes, index) => read[index] ?? bytes), ...read);
}

/** How many entries have been looked at for the widest owner, and its characters. */
const widest = new WeakMap<Entries, { readonly looked: number; readonly length: number }>();

/** Characters of the longest `user:group` of any entry that has been read; each entry is looked at once. */
export function widestOwner({ open }: State): number {
  const entries = open?.analysis?.stack.entries;
  if (entries === undefined) return 0;
  const { looked, length: before } = widest.get(entries) ?? { looked: 0, length: 0 };
  const { count } = entries;
  let length = before;
  for (let entry = looked; entry < count; entry++) {
    const digits = digitsOf(entries.uidOf(entry)) + digitsOf(entries.gidOf(entry));
    if (digits >= length) length = digits + 1;
  }
  if (count > looked) widest.set(entries, { looked: count, length });
  return length;
}

/** Nearly every owner is root: a million of them must not become texts. */
const digitsOf = (id: number): number => (id < 10 ? 1 : String(id).length);
