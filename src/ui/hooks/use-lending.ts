import { useApp } from 'ink';
import { useEffectEvent, useLayoutEffect, useRef } from 'react';
import type { Lend, TerminalLoan } from '../terminal-loan.ts';
import type { Mouse } from './use-mouse.ts';

/** A stopped process hears nothing of time: this passes only when the signal has not stopped it. */
const STOPPED_BY_THEN_MS = 200;

/**
 * Offers the terminal to other programs while the screen stands. The result is a function that does what ^Z does outside
 * of raw mode: gives the terminal back, stops the whole process group, and takes the terminal again when the shell
 * continues it. Where nobody could continue it (no job control), the kernel ignores the signal, and so it goes on.
 */
export function useLending(mouse: Mouse | null, loan: TerminalLoan | null): () => void {
  const { suspendTerminal, waitUntilRenderFlush } = useApp();
  const lent = useRef(Promise.resolve());
  const isSuspending = useRef(false);
  const lendNow: Lend = async (run) => {
    mouse?.off();
    try {
      // What is still on its way to the terminal, or back from it, is nothing for others.
      await waitUntilRenderFlush();
      await suspendTerminal(async () => {
        try {
          await run();
        } finally {
          // The terminal may have another size by now, and nobody has told.
          process.kill(process.pid, 'SIGWINCH');
        }
      });
    } finally {
      mouse?.on();
    }
  };
  /** One after the other: there is one terminal. */
  const lend: Lend = (run) => {
    const turn = lent.current.then(() => lendNow(run));
    lent.current = turn.catch(() => undefined);
    return turn;
  };
  const offered = useEffectEvent(lend);
  useLayoutEffect(() => loan?.offer((run) => offered(run)), [loan]);
  const suspend = async () => {
    await lend(async () => {
      await stopped();
      // The next ^Z waits for its turn: the screen stands before Ink has the terminal back in all things.
      isSuspending.current = false;
    });
  };
  return () => {
    if (isSuspending.current) return;
    isSuspending.current = true;
    void suspend();
  };
}

async function stopped(): Promise<void> {
  const continued = new Promise<void>((resolve) => {
    process.once('SIGCONT', resolve);
    setTimeout(resolve, STOPPED_BY_THEN_MS);
  });
  process.kill(0, 'SIGTSTP');
  await continued;
}
