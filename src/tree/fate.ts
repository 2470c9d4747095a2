import { Change } from './change.ts';
import { NOTHING } from './entries.ts';
import { Kind } from './layer-entries.ts';
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
