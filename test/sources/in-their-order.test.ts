import { describe, expect, it } from 'vitest';
import { inTheirOrder } from '../../src/sources/side-by-side.ts';

const { signal } = new AbortController();

async function all<T>(results: AsyncGenerator<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const result of results) found.push(result);
  return found;
}

/** Rejects as soon as it is told to give up. */
const untilAborted = (within: AbortSignal) =>
  new Promise<never>((_, reject) => {
    within.addEventListener('abort', () => reject(new Error('given up')));
  });

describe('tasks side by side', () => {
  it('have their results told in the order of the tasks, whichever ends first', async () => {
    const last = Promise.withResolvers<string>();
    const first = async () => `first after ${await last.promise}`;
    const second = async () => {
      last.resolve('the last');
      return Promise.resolve('second');
    };
    expect(await all(inTheirOrder([first, second], 2, signal))).toEqual(['first after the last', 'second']);
  });

  it('are no more at once than is said', async () => {
    let [running, most] = [0, 0];
    const task = async () => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      return --running;
    };
    await all(inTheirOrder([task, task, task, task, task], 2, signal));
    expect(most).toBe(2);
  });

  it('end with the first that fails: the others are given up, and none is begun', async () => {
    const ends: string[] = [];
    const patient = (within: AbortSignal) => untilAborted(within).finally(() => ends.push('patient'));
    const failing = () => Promise.reject(new Error('broken'));
    const later = () => Promise.resolve(ends.push('later'));
    await expect(all(inTheirOrder([patient, failing, later], 2, signal))).rejects.toThrow('broken');
    expect(ends).toEqual(['patient']);
  });

  it('are given up with whoever wanted them', async () => {
    const controller = new AbortController();
    const results = all(inTheirOrder([untilAborted], 1, controller.signal));
    controller.abort(new Error('enough'));
    await expect(results).rejects.toThrow('enough');
  });

  it('are given up when nobody asks on', async () => {
    const ended = Promise.withResolvers<string>();
    const quick = () => Promise.resolve('quick');
    const slow = (within: AbortSignal) => untilAborted(within).finally(() => ended.resolve('ended'));
    for await (const result of inTheirOrder([quick, slow], 2, signal)) {
      expect(result).toBe('quick');
      break;
    }
    expect(await ended.promise).toBe('ended');
  });
});
