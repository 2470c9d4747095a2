import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import type { Work } from '../tar/sought-layer.ts';

/** So long work goes on at once: a key that is pressed meanwhile is not felt to wait. */
const SLICE_MS = 8;

/**
 * Does work bit by bit; keys are heard, and the screen is drawn, in between.
 * @param told is called after each slice, and when all is done. @returns what comes of the work.
 * @throws what the work throws; the signal's reason.
 */
export async function inSlices<T>(
  work: Work<T>,
  signal: AbortSignal,
  told: () => void = () => undefined,
): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    const end = doFor(SLICE_MS, work);
    told();
    if (end !== null) return end.value;
    await setImmediate();
  }
}

/** What the work has ended with, if it has. */
function doFor<T>(milliseconds: number, work: Work<T>): IteratorReturnResult<T> | null {
  const end = performance.now() + milliseconds;
  do {
    const step = work.next();
    if (step.done === true) return step;
  } while (performance.now() < end);
  return null;
}
