import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import type { Work } from '../tar/sought-layer.ts';

/** So long work goes on at once: a key that is pressed meanwhile is not felt to wait. */
const SLICE_MS = 8;

/**
 * Does work bit by bit; keys are heard, and the screen is drawn, in between.
 * @param told is called after each slice, and when all is done.
 * @throws what the work throws; the signal's reason.
 */
export async function inSlices(
  work: Work,
  signal: AbortSignal,
  told: () => void = () => undefined,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const isDone = doFor(SLICE_MS, work);
    told();
    if (isDone) return;
    await setImmediate();
  }
}

function doFor(milliseconds: number, work: Work): boolean {
  const end = performance.now() + milliseconds;
  do {
    if (work.next().done === true) return true;
  } while (performance.now() < end);
  return false;
}
