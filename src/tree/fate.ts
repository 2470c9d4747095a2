import { Change } from './change.ts';
import { NOTHING } from './entries.ts';
import { Kind } from './kind.ts';
import { NO_RECORD } from './records.ts';
import type { Stack } from './stack.ts';

/**
 * The record in which a later layer overwrites, repeats or deletes what a path shows under `layer`; NO_RECORD when
 * none does. Directories and links are written again with every change around them: no bytes, nothing hidden.
 */
export function hidingRecord({ records, entries }: Stack, node: number, layer: number): number {
  const record = records.after(node, layer);
  if (record === NO_RECORD || records.shownAt(node, layer) === NOTHING) return NO_RECORD;
  const change = records.changes[record] as Change;
  const isKept = change === Change.Metadata || change === Change.Unchanged;
  const isFile = entries.kindOf(records.befores[record] ?? NOTHING) === Kind.File;
  return isKept && !isFile ? NO_RECORD : record;
}

/** What a later layer makes of what a path shows, in the words of the ledger. */
export type PathFate = 'overwritten' | 'repeated' | 'deleted';

/** What becomes of what a path shows under `layer`; null where no later layer hides it. */
export function fateOf(stack: Stack, node: number, layer: number): PathFate | null {
  const record = hidingRecord(stack, node, layer);
  if (record === NO_RECORD) return null;
  switch (stack.records.changes[record] as Change) {
    case Change.Removed:
      return 'deleted';
    case Change.Metadata:
    case Change.Unchanged:
      return 'repeated';
    default:
      return 'overwritten';
  }
}
