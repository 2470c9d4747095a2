import { openSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { type Instance, render } from 'ink';
import { createElement, type ReactNode } from 'react';
import { PeelError } from '../image/errors.ts';
import type { ScreenSize } from '../state/state.ts';
import { holdEndingSignals, HUNG_UP } from '../system/ending-signals.ts';
import { App } from '../ui/app.tsx';
import type { Store } from '../ui/store.ts';
import { type Lend, TerminalLoan } from '../ui/terminal-loan.ts';
import { type Wishes, Looks } from './looks.ts';
import { ScreenOutput, type WriteBytes } from './screen-output.ts';
import { TerminalInput } from './terminal-input.ts';
import { terminalMouse } from './terminal-mouse.ts';

/** The terminal that peel was started in. */
export interface OpenTerminal {
  readonly size: ScreenSize;
  /** Draws a store's state until `left` resolves. The terminal is whole again when this settles, however it does. */
  show(store: Store, left: Promise<void>, wishes: Wishes): Promise<void>;
  /** While it shows something: has something run that has the terminal for itself. */
  readonly lend: Lend;
  /** While it shows something: hands it bytes that change nothing on the screen. */
  pass(bytes: string): void;
  /** While it shows something: clears it and writes the whole screen anew, whatever is on it. */
  redraw(): void;
}

/**
 * The terminal for a full screen. Keys come from the controlling terminal where standard input is a pipe.
 * @throws PeelError `no-terminal` when there are no keys to be read.
 */
export function openTerminal(): OpenTerminal {
  const stdin = keyboard();
  const loan = new TerminalLoan();
  const write: WriteBytes = (text, written) => process.stdout.write(text, written);
  const output = new ScreenOutput(write, () => sizeOf(process.stdout));
  return {
    lend: loan.lend,
    pass: (bytes) => output.pass(bytes),
    redraw: () => output.invalidate(),
    size: sizeOf(process.stdout),
    async show(store, left, wishes) {
      // What is typed ahead is echoed until keys are asked for one by one, which Ink does only when its first frame
      // stands; and a terminal that has a second screen goes back from it to where its cursor was.
      const input = new TerminalInput(stdin);
      input.on('end', hangUp);
      input.on('error', hangUp);
      input.setRawMode(true);
      process.stdout.write('\r');
      const looks = new Looks(wishes, input, process.env);
      try {
        await looks.first;
        await draw(store, { input, output, loan }, left, { ...wishes, looks });
      } finally {
        await looks.last;
        input.close();
        if (stdin !== process.stdin) stdin.destroy();
      }
    },
  };
}

/** The terminal's two ends, and where it is lent. */
interface Ends {
  readonly input: TerminalInput;
  readonly output: ScreenOutput;
  readonly loan: TerminalLoan;
}

/** @throws whatever is thrown while the screen is up, once the terminal is whole again. */
async function draw(
  store: Store,
  { input, output, loan }: Ends,
  left: Promise<void>,
  { looks, keymap, mouse: wantsMouse }: Wishes & { readonly looks: Looks },
): Promise<void> {
  const mouse = wantsMouse ? terminalMouse(input, process.stdout) : null;
  const app = () => createElement(App, { store, keymap, mouse, loan, theme: looks.theme });
  input.answersTo = output;
  const ink = renderOn(output, input, app());
  looks.onChange(() => ink.rerender(app()));
  const exited = ink.waitUntilExit();
  const thrown = Promise.withResolvers<never>();
  // A terminal that was made smaller and large again has moved its lines, though its size is the old one and no
  // `resize` is emitted: whatever is believed to be on the screen is not believed after this signal.
  const repaint = () => {
    store.dispatch({ type: 'resized', size: sizeOf(process.stdout) });
    output.invalidate();
  };
  // An answer that comes when nobody reads it any more would be the first line that the shell is given: what ends peel
  // waits for those that are under way, and then has its way; Ink gives the terminal back before it does.
  const forgetSignals = holdEndingSignals((signal) =>
    // The terminal sends it to whoever has it, and to us as well.
    signal === 'SIGINT' && output.isLent ? null : Promise.all([output.close(), looks.last]),
  );
  process.on('SIGWINCH', repaint);
  process.on('uncaughtException', thrown.reject);
  try {
    await Promise.race([left, exited, thrown.promise]);
  } finally {
    process.off('SIGWINCH', repaint);
    process.off('uncaughtException', thrown.reject);
    looks.onChange(() => undefined);
    try {
      await output.close();
      ink.unmount();
      // What was thrown while Ink drew is thrown here once more.
      await exited;
    } finally {
      input.answersTo = null;
      input.setRawMode(false);
      forgetSignals();
    }
  }
}

/** Has Ink draw on an output, and read keys from an input: of a terminal's streams they have what Ink uses. */
export function renderOn(output: ScreenOutput, input: TerminalInput, node: ReactNode): Instance {
  return render(node, {
    stdin: input.asStdin,
    stdout: output as unknown as NodeJS.WriteStream,
    alternateScreen: true,
    // Ink hands over each frame as one text then, and leaves it to the output what is written of it, and when.
    debug: true,
    // Ink takes a CI's environment for the lack of a terminal; there is one, or this would not run.
    interactive: true,
    exitOnCtrlC: false,
  });
}

/** What a hang-up gives back and waits for (`holdEndingSignals`) takes less. */
const HANG_UP_MS = 5000;

/**
 * A terminal that sends no keys any more has gone: does what the kernel does for those whose only terminal it was. Where it
 * has, this is the same once more.
 */
function hangUp(): void {
  process.kill(process.pid, 'SIGHUP');
  // The signal comes by the event loop, which without the keys may have nothing to wait for, and would end as if all were done.
  setTimeout(() => process.exit(HUNG_UP), HANG_UP_MS);
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

/** A terminal that does not tell its size (a serial line says 0) is taken for the usual one. */
function sizeOf({ columns = 0, rows = 0 }: { columns?: number; rows?: number }): ScreenSize {
  return { columns: columns > 0 ? columns : 80, rows: rows > 0 ? rows : 24 };
}
