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
