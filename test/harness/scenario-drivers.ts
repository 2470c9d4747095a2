/** What a scenario runs in: anything that has a screen, and takes what hands do at a keyboard. */
import { createElement } from 'react';
import { render } from 'ink';
import { parseArguments } from '../../src/cli/arguments.ts';
import { explore } from '../../src/cli/explore.ts';
import type { OpenTerminal } from '../../src/cli/terminal.ts';
import { DEFAULTS } from '../../src/config/settings.ts';
import { messageOf } from '../../src/image/errors.ts';
import { App } from '../../src/ui/app.tsx';
import { TerminalLoan } from '../../src/ui/terminal-loan.ts';
import { themeFor } from '../../src/ui/theme.ts';
import { FakeTerminal } from './fake-tty.ts';
import type { Screen } from './screen.ts';
import { openPeel } from './terminal.ts';

/** Cells of a screen. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** DOCKER_HOST of every scenario, on which no daemon answers: what it shows depends on no machine. */
export const NO_DAEMON = 'unix:///nonexistent/docker.sock';

/** How a screen may look: `mono` is what NO_COLOR asks for. */
export type Look = 'colour' | 'mono';

/** What the emulator gets that tells no background. */
const PALETTES = { colour: '16', mono: 'mono' } as const satisfies Record<Look, string>;

/** How peel is started. */
export interface Start {
  readonly args: readonly string[];
  readonly size: Size;
  readonly look: Look;
  /** Variables beside the small environment that every program gets. */
  readonly env: Readonly<Record<string, string>>;
}

/** How peel ended, and what it said on the terminal that it gave back. */
export interface Ending {
  readonly status: number;
  readonly said: string;
}

/** A peel that runs, as its user has it. */
export interface Driver extends AsyncDisposable {
  readonly screen: Screen;
  /** Sends the bytes of a key (see `bytesOf`); does not wait. */
  press(key: string): void;
  /** Sends text in one piece; does not wait. */
  type(text: string): void;
  resize(columns: number, rows: number): Promise<void>;
  /**
   * Resolves when what peel makes of all that it has been sent, and has begun to answer, is on the screen: what is not
   * there then has not been shown. What must come from a disk or a daemon first is not waited for.
   */
  answers(): Promise<void>;
  /** Resolves when peel has ended. */
  ending(): Promise<Ending>;
}

export type OpenDriver = (start: Start) => Driver;

/** The variables of a program that shows a scenario. */
export function environmentOf({ look, env }: Pick<Start, 'look' | 'env'>): Record<string, string> {
  return { DOCKER_HOST: NO_DAEMON, ...(look === 'mono' ? { NO_COLOR: '1' } : {}), ...env };
}

/** The program as it was built, in a pseudo-terminal of its own. */
export function inPty({ args, size, look, env }: Start): Driver {
  const terminal = openPeel(args, {
    ...size,
    env: environmentOf({ look, env }),
  });
  return {
    screen: terminal.screen,
    press: (key) => terminal.press(key),
    type: (text) => terminal.type(text),
    resize: (columns, rows) => terminal.resize(columns, rows),
    // On the normal buffer another program has the terminal, or peel has gone: it paints nothing there.
    answers: () => (terminal.screen.buffer === 'normal' ? terminal.screen.settles() : terminal.answers()),
    async ending() {
      const { status } = await terminal.exit();
      const { screen } = terminal;
      // A line that is longer than the terminal is wide goes on in the next one.
      const lines = screen.lines().map((_, y) => screen.slice(y, 0, screen.columns));
      return { status, said: lines.join('').trimEnd() };
    },
    [Symbol.asyncDispose]: () => terminal[Symbol.asyncDispose](),
  };
}

/**
 * All of peel but its launcher and its terminal, in this very process: the screen is drawn by Ink without a pseudo-terminal.
 * What is in the environment of a process cannot be given to it: DOCKER_HOST must be NO_DAEMON in this one.
 */
export function inProcess({ args, size, look }: Start): Driver {
  const fake = new FakeTerminal(size.columns, size.rows);
  const { screen } = fake;
  let onResize = (): void => undefined;
  let flush = (): Promise<void> => Promise.resolve();
  const loan = new TerminalLoan();
  const terminal: OpenTerminal = {
    size,
    lend: loan.lend,
    pass: (bytes) => void fake.stdout.write(bytes),
    redraw: () => undefined,
    async show(store, left, { keymap }) {
      onResize = () =>
        store.dispatch({ type: 'resized', size: { columns: screen.columns, rows: screen.rows } });
      const theme = themeFor({ palette: PALETTES[look], unicode: true });
      const ink = render(createElement(App, { store, keymap, loan, theme }), {
        stdout: fake.stdout,
        stdin: fake.stdin,
        interactive: true,
        patchConsole: false,
        alternateScreen: true,
        exitOnCtrlC: false,
        maxFps: 60,
      });
      flush = () => ink.waitUntilRenderFlush();
      try {
        await Promise.race([left, ink.waitUntilExit()]);
      } finally {
        ink.unmount();
        await ink.waitUntilExit();
        ink.cleanup();
      }
    },
  };
  let hasEnded = false;
  const ended = explore(parseArguments(args), { ...DEFAULTS, hints: false }, terminal)
    .then((status) => ({ status, said: '' }))
    .catch((error: unknown) => ({ status: 2, said: `peel: ${messageOf(error)}` }))
    .then(async (ending) => {
      hasEnded = true;
      await screen.end(`peel ended (exit status ${ending.status}) ${ending.said}`);
      return ending;
    });
  return {
    screen,
    press: (key) => fake.press(key),
    type: (text) => fake.type(text),
    async resize(columns, rows) {
      await fake.resize(columns, rows);
      onResize();
    },
    async answers() {
      // Keys reach Ink within this turn of the event loop; it draws what they change in the next ones.
      await flush();
      await screen.settles();
    },
    ending: () => ended,
    async [Symbol.asyncDispose]() {
      if (!hasEnded) fake.press('ctrl-c');
      await ended;
      screen.dispose();
    },
  };
}
