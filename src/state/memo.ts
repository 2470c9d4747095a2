/** What empties each of the memories. */
const memories: (() => void)[] = [];

/** Forgets all answers: an image that is closed is not kept alive by what was last asked about it. */
export function forgetAnswers(): void {
  for (const empty of memories) empty();
}

/**
 * A function that remembers its last answer, for as long as it is asked with the same arguments: how selectors
 * answer many questions of one frame with one computation.
 */
export function rememberLast<A extends readonly unknown[], R>(compute: (...args: A) => R): (...args: A) => R {
  let last: { args: A; result: R } | null = null;
  memories.push(() => (last = null));
  return (...args) => {
    if (last === null || args.some((arg, index) => !Object.is(arg, last?.args[index]))) {
      last = { args, result: compute(...args) };
    }
    return last.result;
  };
}
