// A program in a pseudo-terminal, watched with a clock: when its screen shows something, and when it has answered a key.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type IPty, spawn } from '@lydell/node-pty';
import { bytesOf } from '../test/harness/keys.ts';
import { Screen } from '../test/harness/screen.ts';

/** A program that has been silent for so long has drawn all of its answer. */
const SILENCE_MS = 80;
/** A program that has used next to no processor time for so long has nothing more to do. */
const REST_MS = 250;
/** A program that has not begun to answer by then has no answer. */
const NO_ANSWER_MS = 3000;

/** Clock ticks of a second in /proc (sysconf(_SC_CLK_TCK) on every Linux). */
const TICKS = 100;

export class TimedTerminal {
  readonly screen: Screen;
  private readonly pty: IPty;
  private readonly home: string;
  private readonly started = performance.now();
  private lastOutput = 0;
  private bytes = 0;
  private isRunning = true;

  constructor(command: readonly string[], env: NodeJS.ProcessEnv = {}, size = { columns: 120, rows: 40 }) {
    this.screen = new Screen(size.columns, size.rows);
    this.home = mkdtempSync(join(tmpdir(), 'peel-bench-home-'));
    mkdirSync(join(this.home, '.local/state/peel'), { recursive: true });
    writeFileSync(join(this.home, '.local/state/peel/welcomed'), '');
    const [file = '', ...args] = command;
    const { PATH } = process.env;
    const own = { PATH, HOME: this.home, TERM: 'xterm-256color', LC_ALL: 'C.UTF-8', TZ: 'UTC' };
    this.pty = spawn(file, args, {
      cols: size.columns,
      rows: size.rows,
      cwd: this.home,
      env: { ...own, ...env },
    });
    this.pty.onData((chunk) => {
      this.lastOutput = performance.now();
      this.bytes += Buffer.byteLength(chunk);
      void this.screen.draw(chunk);
    });
    this.screen.onReply((bytes) => {
      if (this.isRunning) this.pty.write(bytes);
    });
    this.pty.onExit(() => (this.isRunning = false));
  }

  /** Milliseconds from the program's start until its screen shows something; null when it does not in time. */
  async shows(pattern: RegExp, patienceMs: number): Promise<number | null> {
    return this.screen
      .until(`${pattern} is shown`, () => pattern.test(this.screen.text()), patienceMs)
      .then(() => performance.now() - this.started)
      .catch(() => null);
  }

  /** Presses a key: milliseconds until the last byte of its answer, and how many bytes that were; null: no answer came. */
  async press(
    key: string,
    silenceMs: number = SILENCE_MS,
  ): Promise<{ milliseconds: number; bytes: number } | null> {
    await this.silence(silenceMs);
    const before = this.bytes;
    const pressed = performance.now();
    this.pty.write(bytesOf(key));
    while (this.bytes === before) {
      if (performance.now() - pressed > NO_ANSWER_MS || !this.isRunning) return null;
      await pause(1);
    }
    await this.silence(silenceMs);
    return { milliseconds: this.lastOutput - pressed, bytes: this.bytes - before };
  }

  /** Processor time of the program so far, in seconds; to a hundredth. */
  cpuSeconds(): number {
    const fields = readFileSync(`/proc/${this.pty.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  }

  /** Resolves when the program does nothing: what it does beside, once its screen stands, is no part of a key. */
  async rest(): Promise<void> {
    let before: number;
    do {
      before = this.cpuSeconds();
      await pause(REST_MS);
    } while (this.cpuSeconds() - before > 1.5 / TICKS);
  }

  async silence(silenceMs: number = SILENCE_MS): Promise<void> {
    while (performance.now() - this.lastOutput < silenceMs) await pause(5);
  }

  [Symbol.dispose](): void {
    if (this.isRunning) this.pty.kill('SIGKILL');
    this.screen.dispose();
    rmSync(this.home, { recursive: true, force: true });
  }
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
