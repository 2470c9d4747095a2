// What a filter can ask of a path beyond its name: what a view's layer did to it, what becomes of it later, what it is.

import { Change } from './change.ts';
import type { PathFate } from './fate.ts';
import { Kind } from './kind.ts';

/** What is known of a path in a view. A removed one is what it was. */
export interface Facts {
  /** What the layer, or the range of layers, did to it; None where nothing did. */
  readonly change: Change;
  readonly kind: Kind;
  /** Whether it is a further name of a file that is stored under another. */
  readonly isLink: boolean;
  /** Bytes of a regular file; null for what has none. */
  readonly size: number | null;
  /** What a later layer makes of it, null: nothing; asked only where it matters, as it takes longer than all the rest. */
  readonly fate: () => PathFate | null;
}

export type FactTest = (facts: Facts) => boolean;

const TESTS: Readonly<Record<string, FactTest>> = {
  added: ({ change }) => change === Change.Added,
  modified: ({ change }) => change === Change.Content || change === Change.Metadata,
  removed: ({ change }) => change === Change.Removed,
  hidden: ({ fate }) => fate() !== null,
  file: ({ kind }) => kind === Kind.File,
  dir: ({ kind }) => kind === Kind.Directory,
  overwritten: ({ fate }) => fate() === 'overwritten',
  repeated: ({ fate }) => fate() === 'repeated',
  deleted: ({ fate }) => fate() === 'deleted',
  unchanged: ({ change }) => change === Change.Unchanged || change === Change.None,
  content: ({ change }) => change === Change.Content,
  metadata: ({ change }) => change === Change.Metadata,
  link: ({ kind, isLink }) => isLink || kind === Kind.Symlink || kind === Kind.Hardlink,
  symlink: ({ kind }) => kind === Kind.Symlink,
  hardlink: ({ kind, isLink }) => isLink || kind === Kind.Hardlink,
  device: ({ kind }) => kind === Kind.Char || kind === Kind.Block,
  fifo: ({ kind }) => kind === Kind.Fifo,
};

/** The words that may follow `is:`, those first that are asked for most: a narrow screen ends before the last ones. */
export const FACT_WORDS: readonly string[] = Object.keys(TESTS);

/** The question that a word asks, or null where it is not known. */
export function factTest(word: string): FactTest | null {
  return Object.hasOwn(TESTS, word) ? (TESTS[word] ?? null) : null;
}
