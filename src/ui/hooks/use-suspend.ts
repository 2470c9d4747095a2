import { useApp } from 'ink';
import { useRef } from 'react';
import type { Mouse } from './use-mouse.ts';

/** A stopped process hears nothing of time: this passes only when the signal has not stopped it. */
const STOPPED_BY_THEN_MS = 200;

/**
 * A function that does what ^Z does outside of raw mode: gives the terminal back, stops the whole process group, and
 * takes the terminal again when the shell continues it. Where nobody could continue it (no job control), the kernel
 * ignores the signal, and so it goes on.
 */
export function useSuspend(mouse: Mouse | null): () => void {
  const { suspendTerminal, waitUntilRenderFlush } = useApp();
  const isSuspending = useRef(false);
  const suspend = async () => {
    mouse?.off();
    // What is still on its way to the terminal, or back from it, is nothing for the shell.
    await waitUntilRenderFlush();
    await suspendTerminal(async () => {
      const continued = new Promise<void>((resolve) => {
        process.once('SIGCONT', resolve);
        setTimeout(resolve, STOPPED_BY_THEN_MS);
      });
      process.kill(0, 'SIGTSTP');
      await continued;
      // The terminal may have another size by now, and nobody has told.
      process.kill(process.pid, 'SIGWINCH');
      isSuspending.current = false;
    });
    mouse?.on();
  };
  return () => {
    if (isSuspending.current) return;
    isSuspending.current = true;
    void suspend();
  };
}
