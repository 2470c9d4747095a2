/** peel inside of tmux and GNU screen, each of them in a terminal of its own, as over ssh. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { Terminal, type TerminalOptions } from './terminal.ts';

const run = promisify(execFile);
const launcher = fileURLToPath(new URL('../../bin/peel.js', import.meta.url));

/** A multiplexer that shows one program on its whole screen. */
export interface Multiplexer {
  readonly name: 'tmux' | 'screen';
  /** What TERM is for programs inside of it. */
  readonly term: string;
}

export const multiplexers: readonly Multiplexer[] = [
  { name: 'tmux', term: 'screen' },
  { name: 'tmux', term: 'tmux-256color' },
  { name: 'screen', term: 'screen' },
];

/** A multiplexer in a terminal. */
export interface MultiplexedPeel extends AsyncDisposable {
  /** The outer terminal: what a person sees. */
  readonly terminal: Terminal;
  /** What the multiplexer believes to show: the lines of its window, without the blanks at their ends. */
  window(): Promise<string[]>;
  /** What `window` gives for these lines. */
  windowOf(lines: readonly string[]): string[];
}

/** Opens `peel ...args` in a multiplexer that reads no configuration but the test's. */
export function openMultiplexed(
  { name, term }: Multiplexer,
  args: readonly string[],
  options: TerminalOptions,
): MultiplexedPeel {
  return name === 'tmux' ? openTmux(term, args, options) : openScreen(args, options);
}

function openTmux(term: string, args: readonly string[], options: TerminalOptions): MultiplexedPeel {
  const files = { 'tmux.conf': `set -g status off\nset -g default-terminal ${term}\nset -s escape-time 0\n` };
  const command = [process.execPath, launcher, ...args].map((word) => `'${word}'`).join(' ');
  const inner = `exec tmux -f "$HOME/tmux.conf" -S "$HOME/socket" new-session "${command}"`;
  const terminal = new Terminal('/bin/sh', ['-c', inner], { ...options, files });
  const ask = (...words: string[]) => run('tmux', ['-S', join(terminal.home, 'socket'), ...words]);
  return {
    terminal,
    window: async () => linesOf((await ask('capture-pane', '-p')).stdout),
    windowOf: (lines) => [...lines],
    async [Symbol.asyncDispose]() {
      await ask('kill-server').catch(() => undefined);
      await terminal[Symbol.asyncDispose]();
    },
  };
}

function openScreen(args: readonly string[], options: TerminalOptions): MultiplexedPeel {
  const files = { screenrc: 'startup_message off\ndefutf8 on\nterm screen\n' };
  const inner =
    'mkdir -m 700 "$HOME/sockets"; SCREENDIR="$HOME/sockets" exec screen -c "$HOME/screenrc" -U -S peel "$@"';
  const words = ['-c', inner, 'screen', process.execPath, launcher, ...args];
  const terminal = new Terminal('/bin/sh', words, { ...options, files });
  const env = { ...process.env, SCREENDIR: join(terminal.home, 'sockets'), HOME: terminal.home };
  const ask = (...command: string[]) => run('screen', ['-S', 'peel', '-p', '0', ...command], { env });
  const copy = join(terminal.home, 'hardcopy');
  return {
    terminal,
    async window() {
      await ask('-X', 'hardcopy', copy);
      // A command is only handed over; a question is answered, after it.
      await ask('-Q', 'title');
      return linesOf(readFileSync(copy, 'latin1'));
    },
    // A hard copy has the lowest byte of each character.
    windowOf: (lines) => lines.map((line) => Buffer.from(line, 'latin1').toString('latin1')),
    async [Symbol.asyncDispose]() {
      await ask('-X', 'quit').catch(() => undefined);
      await terminal[Symbol.asyncDispose]();
    },
  };
}

function linesOf(text: string): string[] {
  return text.split('\n').map((line) => line.replace(/ +$/, ''));
}
