// A file that is written grows beside its place under a hidden name, and has its own when nothing more can fail.

import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { beforeEndingSignal } from '../system/ending-signals.ts';

/** What a file is called while it is written begins with this, and is hidden. */
export const PART_PREFIX = '.peel-';

/** A name that nothing has. */
export function partName(): string {
  return `${PART_PREFIX}${randomUUID()}`;
}

/**
 * Removes a file, or a directory with what is in it, when a signal ends the process, as it would have done; the result
 * undoes it.
 * @param path what there is to remove at that moment; null: nothing.
 */
export function removedBySignals(
  path: () => string | Buffer | null,
  signals?: readonly NodeJS.Signals[],
): () => void {
  return beforeEndingSignal(() => {
    const removed = path();
    if (removed !== null) rmSync(removed, { recursive: true, force: true });
  }, signals);
}
