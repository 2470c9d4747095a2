import { useApp } from 'ink';
import type { Mouse } from './use-mouse.ts';

/** A stopped process hears nothing of time: this passes only when the signal has not stopped it. */
const STOPPED_BY_THEN_MS = 200;

/**
 * A function that does what ^Z does outside of raw mode: gives the terminal back, stops the whole process group, and
 * takes the terminal again when the shell continues it. Where nobody could continue it (no job control), the kernel
 * ignores the signal, and so it goes on.
 */
export function useSuspend(mouse: Mouse | null): () => void {
  const { suspendTerminal } = useApp();
  return () => {
    mouse?.off();
    void suspendTerminal(async () => {
      const continued = new Promise<void>((resolve) => {
        process.once('SIGCONT', resolve);
        setTimeout(resolve, STOPPED_BY_THEN_MS);
      });
      process.kill(0, 'SIGTSTP');
      await continued;
      // The terminal may have another size by now, and nobody has told.
      process.kill(process.pid, 'SIGWINCH');
    }).then(() => mouse?.on());
  };
}
