/**
 * Runs tasks side by side, a few at once, and tells their results in the order of the tasks. Unpacking goes on in threads
 * of its own: while one layer's bytes are looked at, those of others are unpacked.
 * @throws what the first task that fails throws; the others are aborted, and have ended by then.
 */
export async function* sideBySide<T>(
  tasks: readonly ((signal: AbortSignal) => Promise<T>)[],
  atOnce: number,
  signal: AbortSignal,
): AsyncGenerator<T> {
  const over = new AbortController();
  const within = AbortSignal.any([signal, over.signal]);
  const failures: unknown[] = [];
  const waiting = tasks.map((task) => ({ task, result: Promise.withResolvers<T>() }));
  // Whoever is free takes the next one.
  const toDo = waiting.values();
  const work = async () => {
    for (const { task, result } of toDo) {
      // Its turn to be heard may come later.
      result.promise.catch(() => undefined);
      try {
        within.throwIfAborted();
        result.resolve(await task(within));
      } catch (error) {
        failures.push(error);
        over.abort();
        result.reject(error);
      }
    }
  };
  const workers = Array.from({ length: atOnce }, work);
  try {
    for (const { result } of waiting) yield await result.promise;
  } catch (error) {
    signal.throwIfAborted();
    throw failures[0] ?? error;
  } finally {
    over.abort();
    await Promise.all(workers);
  }
}
