import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type IPty, spawn } from '@lydell/node-pty';
import { bytesOf } from './keys.ts';
import { Screen } from './screen.ts';

const launcher = fileURLToPath(new URL('../../bin/peel.js', import.meta.url));

const pidFile = 'peel.pid';

/** The size and the surroundings of a program. */
export interface TerminalOptions {
  /** Cells. Default 80. */
  readonly columns?: number;
  /** Cells. Default 24. */
  readonly rows?: number;
  /** Variables added to the small environment that every program gets; undefined takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Whether somebody is here for the first time, and sees the hint for those. Default false. */
  readonly isNewcomer?: boolean;
  /** The background that the terminal tells when it is asked, `rgb:ffff/ffff/ffff`. Default: it does not know. */
  readonly background?: string;
  /** Text files to put into the program's home, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

/** How a program ended: its exit code, or the signal that killed it; `status` is what a shell makes of both. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly status: number;
}

/** Opens the built peel in a terminal of its own, as `peel …args` in a shell would. */
export function openPeel(args: readonly string[], options: TerminalOptions = {}): Terminal {
  return new Terminal(process.execPath, [launcher, ...args], options);
}

/**
 * Opens an interactive shell: for what only a shell can show (job control, the screen and the line editing that
 * come back). Its prompt is `$ `; `peel …` runs the built program, to which `signalPeel` then sends.
 */
export async function openShell(options: TerminalOptions = {}): Promise<Terminal> {
  // A shell reads this file when it starts; what a test types stays as short as what a person types. The inner
  // shell writes its process id down and becomes peel.
  const peel = `sh -c 'echo $$ >"$HOME/${pidFile}"; exec "$0" "$@"' '${process.execPath}' '${launcher}' "$@"`;
  const files = { ...options.files, '.shrc': `PS1='$ '\npeel() { ${peel}; }\n` };
  const env = { ENV: '$HOME/.shrc', ...options.env };
  const shell = new Terminal('/bin/sh', ['-i'], { ...options, env, files });
  await prompts(shell);
  return shell;
}

/**
 * Waits until a shell waits: its prompt stands on the last line that is not empty. A ^C that nobody reads any more is
 * echoed by the terminal, and the prompt follows it.
 */
export async function prompts(shell: Terminal): Promise<void> {
  await shell.screen.until('the shell prompts', () => {
    return shell.screen.buffer === 'normal' && /(^|\n|\^C)\$$/.test(shell.screen.text().trimEnd());
  });
}

/** A program in a real pseudo-terminal with a screen to look at and hands to type with. */
export class Terminal {
  readonly screen: Screen;
  readonly #pty: IPty;
  /** The program's home and working directory; gone with the terminal. */
  readonly home: string;
  readonly #ended: Promise<Exit>;
  #running = true;

  constructor(file: string, args: readonly string[], options: TerminalOptions = {}) {
    const { columns = 80, rows = 24 } = options;
    this.screen = new Screen(columns, rows);
    if (options.background !== undefined) this.screen.answersBackground(options.background);
    this.home = mkdtempSync(join(tmpdir(), 'peel-home-'));
    if (options.isNewcomer !== true) welcome(this.home);
    for (const [name, text] of Object.entries(options.files ?? {})) {
      mkdirSync(dirname(join(this.home, name)), { recursive: true });
      writeFileSync(join(this.home, name), text);
    }
    this.#pty = spawn(file, [...args], {
      cols: columns,
      rows,
      cwd: this.home,
      env: this.#environment(options.env),
    });
    this.#pty.onData((chunk) => void this.screen.draw(chunk));
    this.screen.onReply((bytes) => {
      if (this.#running) this.#pty.write(bytes);
    });
    this.#ended = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode, signal }) => {
        this.#running = false;
        const exit = exitOf(exitCode, signal ?? 0);
        void this.screen
          .end(`the program ended (${exit.signal ?? `exit status ${exit.status}`})`)
          .then(() => resolve(exit));
      });
    });
  }

  /**
   * Little enough that a test sees the same screen on every machine: no CI (Ink stops being interactive),
   * no colour switches, and a home of its own, so that nothing kept from other runs can be found.
   */
  #environment(extra: TerminalOptions['env']): Record<string, string> {
    const all: Record<string, string | undefined> = {
      PATH: process.env['PATH'],
      HOME: this.home,
      TMPDIR: tmpdir(),
      TERM: 'xterm-256color',
      LC_ALL: 'C.UTF-8',
      TZ: 'UTC',
      ...extra,
    };
    return Object.fromEntries(
      Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined),
    );
  }

  /** Presses keys one after the other without waiting for the program: see `bytesOf` for the names. */
  press(...keys: string[]): void {
    for (const key of keys) this.#pty.write(bytesOf(key));
  }

  /** Sends text in one piece, as a paste or a very fast burst of keys arrives. */
  type(text: string): void {
    this.#pty.write(text);
  }

  /** Presses keys slowly: after each, waits until the screen is another one. */
  async step(...keys: string[]): Promise<void> {
    for (const key of keys) {
      const before = this.screen.text();
      this.press(key);
      await this.screen.until(`“${key}” changes the screen`, () => this.screen.text() !== before);
    }
  }

  /** Gives the terminal another size, in cells; the kernel tells the program with SIGWINCH. */
  async resize(columns: number, rows: number): Promise<void> {
    await this.screen.settles();
    this.screen.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  /**
   * Resolves when the program has answered what it has been sent, and its answer is on the screen. It is told that its
   * terminal's size may have changed, upon which it paints all of the screen as it is then; where keys have come, libuv has
   * read them before it looks at signals. It is told twice, since a signal is quicker than a key: the kernel hands on what is
   * written to a pseudo-terminal in a worker of its own, which is late on a busy machine. For programs that paint so, as
   * peel does: others are waited for in vain.
   */
  async answers(): Promise<void> {
    await this.#paintsAll();
    await this.#paintsAll();
  }

  async #paintsAll(): Promise<void> {
    const { screen } = this;
    await screen.settles();
    const before = screen.wholeFrames;
    if (this.#running) this.signal('SIGWINCH');
    await screen.until('the program paints all of its screen', () => screen.wholeFrames > before);
  }

  /** Sends a signal to the program. */
  signal(name: NodeJS.Signals): void {
    process.kill(this.#pty.pid, name);
  }

  /** Sends a signal to the peel that was started last in this shell. */
  signalPeel(name: NodeJS.Signals): void {
    process.kill(Number(readFileSync(join(this.home, pidFile), 'utf8')), name);
  }

  /** Takes the terminal away, as a broken connection does: the program gets SIGHUP and can write nowhere. */
  hangUp(): void {
    // On Unix the object has this method, though the type, which also covers Windows, does not name it.
    (this.#pty as IPty & { destroy(): void }).destroy();
  }

  /** Waits for the program's end; all it wrote is on the screen then. */
  async exit(): Promise<Exit> {
    await this.screen
      .until('the program ends', () => !this.#running)
      .catch((error: unknown) => {
        if (this.#running) throw error;
      });
    return this.#ended;
  }

  /** Kills what is left of the program and forgets its home. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#running) {
      this.#pty.kill('SIGKILL');
      await this.#ended;
    }
    this.screen.dispose();
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** Leaves in a home what peel leaves there when its screen has been opened for the first time. */
function welcome(home: string): void {
  const folder = join(home, '.local/state/peel');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'welcomed'), '');
}

function exitOf(code: number, signal: number): Exit {
  if (signal === 0) return { code, signal: null, status: code };
  const name = Object.entries(constants.signals).find(([, number]) => number === signal)?.[0];
  return { code: null, signal: (name ?? `SIG${signal}`) as NodeJS.Signals, status: 128 + signal };
}
