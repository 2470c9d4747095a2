/** How long a wait may last before it counts as failed, in milliseconds. A bound for failures, never a pace. */
const patience = 30_000;

interface Wait {
  readonly holds: () => boolean;
  readonly resolve: () => void;
  readonly reject: (reason: string) => void;
}

/** What tests wait for: tried whenever something has happened, never on a clock. */
export class Conditions {
  readonly #waits = new Set<Wait>();
  #ended: string | undefined;

  /**
   * Resolves at the first `try()` at which `holds` is true.
   * @param message the failure's, given the reason.
   * @param bound milliseconds after which the wait has failed.
   * @throws when the bound passes, or nothing more can happen.
   */
  met(holds: () => boolean, message: (reason: string) => string, bound = patience): Promise<void> {
    const failure = failureOfTest();
    return new Promise<void>((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        this.#waits.delete(wait);
        act();
      };
      const wait: Wait = {
        holds,
        resolve: () => settle(resolve),
        reject: (reason) =>
          settle(() => {
            failure.message = message(reason);
            reject(failure);
          }),
      };
      const timer = setTimeout(() => wait.reject(`not within ${bound} ms`), bound);
      this.#waits.add(wait);
      if (this.#ended !== undefined) this.end(this.#ended);
    });
  }

  /** Something has happened: whoever has waited for it goes on. */
  try(): void {
    for (const wait of [...this.#waits]) if (wait.holds()) wait.resolve();
  }

  /** Nothing more will happen, for this reason: what does not hold by now never will. */
  end(reason: string): void {
    this.#ended = reason;
    this.try();
    for (const wait of [...this.#waits]) wait.reject(reason);
  }
}

/**
 * An error to be filled in and thrown later, made before the first await so that its stack leads to the line of
 * the test; the harness's own lines are left out.
 */
export function failureOfTest(): Error {
  const failure = new Error();
  const lines = (failure.stack ?? '').split('\n');
  failure.stack = lines.filter((line) => !/\/test\/harness\/[a-z-]+\.ts/.test(line)).join('\n');
  return failure;
}
