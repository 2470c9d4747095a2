/** The exit status that shells give to what a hang-up has ended: 128 and the number of SIGHUP. */
export const HUNG_UP = 129;

/** Signals that end a process which does not listen to them. */
const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Has `tidy` called, once, before one of these signals does to the process what it would have done; the result undoes
 * that. Whoever else listens to the signal hears it too, and those who count listeners (Ink) hear it alone.
 */
export function beforeEndingSignal(
  tidy: () => void,
  signals: readonly NodeJS.Signals[] = ENDING,
): () => void {
  const hear = (signal: NodeJS.Signals) => {
    forget();
    tidy();
    process.kill(process.pid, signal);
  };
  const forget = () => signals.forEach((signal) => process.off(signal, hear));
  for (const signal of signals) process.on(signal, hear);
  return forget;
}

/**
 * Holds these signals back until `isReady` resolves, which one of them has asked for; then it does what it would have
 * done; null: it is for somebody else. Meanwhile nobody who counts listeners (Ink) ends the process. The result undoes that.
 */
export function holdEndingSignals(
  isReady: (signal: NodeJS.Signals) => Promise<unknown> | null,
  signals: readonly NodeJS.Signals[] = ENDING,
): () => void {
  let isHeard = false;
  const hear = (signal: NodeJS.Signals) => {
    const ready = isHeard ? null : isReady(signal);
    if (ready === null) return;
    isHeard = true;
    void ready.finally(() => {
      forget();
      process.kill(process.pid, signal);
    });
  };
  const forget = () => signals.forEach((signal) => process.off(signal, hear));
  for (const signal of signals) process.on(signal, hear);
  return forget;
}
