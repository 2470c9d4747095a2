import { openSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { render } from 'ink';
import { createElement } from 'react';
import { PeelError } from '../image/errors.ts';
import type { ScreenSize } from '../state/state.ts';
import { App } from '../ui/app.tsx';
import type { Store } from '../ui/store.ts';
import { themeFor } from '../ui/theme.ts';

/** The terminal that peel was started in. */
export interface OpenTerminal {
  readonly size: ScreenSize;
  /** Draws a store's state until `left` resolves. The terminal is whole again when this settles, however it does. */
  show(store: Store, left: Promise<void>): Promise<void>;
}

/** Frames a second at most. */
const MAX_FPS = 60;

/**
 * The terminal for a full screen. Keys come from the controlling terminal where standard input is a pipe.
 * @throws PeelError `no-terminal` when there are no keys to be read.
 */
export async function openTerminal(): Promise<OpenTerminal> {
  const stdin = keyboard();
  return {
    size: sizeOf(process.stdout),
    async show(store, left) {
      const onResize = () => store.dispatch({ type: 'resized', size: sizeOf(process.stdout) });
      process.stdout.on('resize', onResize);
      const theme = themeFor({ colour: hasColour(process.env), unicode: isUtf8(process.env) });
      const ink = render(createElement(App, { store, theme }), {
        stdin,
        alternateScreen: true,
        incrementalRendering: true,
        // Ink takes a CI's environment for the lack of a terminal; there is one, or this would not run.
        interactive: true,
        exitOnCtrlC: false,
        maxFps: MAX_FPS,
      });
      const exited = ink.waitUntilExit();
      const fail = (error: unknown) => {
        ink.unmount();
        failure = { error };
      };
      let failure: { error: unknown } | null = null;
      process.once('uncaughtException', fail);
      try {
        await Promise.race([left, exited]);
        ink.unmount();
        await exited;
      } finally {
        process.off('uncaughtException', fail);
        process.stdout.off('resize', onResize);
        if (stdin !== process.stdin) stdin.destroy();
      }
      if (failure !== null) throw (failure as { error: unknown }).error;
    },
  };
}

function keyboard(): ReadStream {
  if (process.stdin.isTTY) return process.stdin;
  try {
    return new ReadStream(openSync('/dev/tty', 'r'));
  } catch (cause) {
    throw new PeelError(
      'no-terminal',
      'There is no terminal to read keys from: use --json, or pipe the output.',
      { cause },
    );
  }
}

/** A terminal that does not tell its size (a serial line) is taken for the usual one. */
function sizeOf({ columns, rows }: { columns?: number; rows?: number }): ScreenSize {
  return { columns: columns || 80, rows: rows || 24 };
}

/** no-color.org: any value but the empty one means no colour. */
function hasColour({ NO_COLOR, TERM }: NodeJS.ProcessEnv): boolean {
  return (NO_COLOR === undefined || NO_COLOR === '') && TERM !== 'vt100';
}

/** Whether the locale's character set can show more than ASCII (POSIX: LC_ALL before LC_CTYPE before LANG). */
function isUtf8({ LC_ALL, LC_CTYPE, LANG }: NodeJS.ProcessEnv): boolean {
  return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '');
}
