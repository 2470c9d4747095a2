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
