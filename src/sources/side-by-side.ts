/**
 * Does something with every item, so many at once, in their order. When one fails the others are given up, and waited for.
 * @throws the first failure; the signal's reason.
 */
export async function sideBySide<T>(
  items: readonly T[],
  most: number,
  signal: AbortSignal,
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const givingUp = new AbortController();
  const either = AbortSignal.any([signal, givingUp.signal]);
  const left = items.values();
  const failures: unknown[] = [];
  const lane = async () => {
    try {
      // All lanes take from the same row.
      for (const item of left) {
        either.throwIfAborted();
        await work(item, either);
      }
    } catch (error) {
      failures.push(error);
      givingUp.abort();
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, lane));
  signal.throwIfAborted();
  if (failures.length > 0) throw failures[0];
}

/**
 * Runs tasks side by side, so many at once, and hands over their results in the order of the tasks.
 * @throws as `sideBySide`; all have ended by then.
 */
export async function* inTheirOrder<T>(
  tasks: readonly ((signal: AbortSignal) => Promise<T>)[],
  most: number,
  signal: AbortSignal,
): AsyncGenerator<T> {
  const over = new AbortController();
  const slots = tasks.map((task) => ({ task, result: Promise.withResolvers<T>() }));
  // The turn of a result to be heard may come later, or never.
  for (const { result } of slots) result.promise.catch(() => undefined);
  const done = sideBySide(slots, most, AbortSignal.any([signal, over.signal]), async (slot, either) => {
    slot.result.resolve(await slot.task(either));
  }).catch((error: unknown) => {
    for (const { result } of slots) result.reject(error);
  });
  try {
    for (const { result } of slots) yield await result.promise;
  } finally {
    over.abort();
    await done;
  }
}
