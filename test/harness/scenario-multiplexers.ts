/** peel in a program that draws it anew on another terminal: tmux and GNU screen, each with a server of its own. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { environmentOf, type OpenDriver } from './scenario-drivers.ts';
import { Terminal } from './terminal.ts';

const launcher = fileURLToPath(new URL('../../bin/peel.js', import.meta.url));

/** How the multiplexer is told to be quiet: no line of its own, no waiting for what may follow an Escape. */
interface Multiplexer {
  readonly settings: string;
  /** A line of sh that becomes the multiplexer with `$@` in it, of which only the server lives on. */
  readonly start: string;
  readonly stop: string;
}

// Whatever settings the machine or its user has for them are left aside.
const TMUX: Multiplexer = {
  settings: 'set -g status off\nset -s escape-time 0\nset -g default-terminal screen-256color\n',
  start: 'exec tmux -u -S "$HOME/socket" -f "$HOME/settings" new-session sh "$HOME/inside" "$@"',
  stop: 'tmux -S "$HOME/socket" kill-server',
};
const SCREEN: Multiplexer = {
  settings: 'startup_message off\naltscreen on\ndefutf8 on\nvbell off\nterm screen\nmaptimeout 0\n',
  start:
    'export SCREENDIR="$HOME/sockets"; mkdir -m 700 "$SCREENDIR"; exec screen -U -S peel -c "$HOME/settings" sh "$HOME/inside" "$@"',
  stop: 'screen -S peel -X quit',
};

export const inTmux: OpenDriver = (start) => open(TMUX, start);
export const inGnuScreen: OpenDriver = (start) => open(SCREEN, start);

function open({ settings, start, stop }: Multiplexer, { args, size, look, env }: Parameters<OpenDriver>[0]) {
  const terminal = new Terminal('/bin/sh', ['-c', start, 'sh', ...args], {
    ...size,
    env: { SYSSCREENRC: '/dev/null', ...environmentOf({ look, env }) },
    files: {
      settings,
      inside: `'${process.execPath}' '${launcher}' "$@"; echo $? >"$HOME/status"\n`,
    },
  });
  const { screen, home } = terminal;
  return {
    screen,
    press: (key: string) => terminal.press(key),
    type: (text: string) => terminal.type(text),
    resize: (columns: number, rows: number) => terminal.resize(columns, rows),
    answers: () =>
      Promise.reject(
        new Error('A multiplexer does not tell when it has drawn: expect what is there instead.'),
      ),
    async ending() {
      await terminal.exit();
      return { status: Number(readFileSync(join(home, 'status'), 'utf8')), said: '' };
    },
    async [Symbol.asyncDispose]() {
      // A server that has ended by itself cannot be told to.
      const environment = { ...process.env, HOME: home, SCREENDIR: join(home, 'sockets') };
      await promisify(execFile)('/bin/sh', ['-c', stop], { env: environment }).catch(() => undefined);
      await terminal[Symbol.asyncDispose]();
    },
  };
}
