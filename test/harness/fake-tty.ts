import { PassThrough, Writable } from 'node:stream';
import { type Instance, render, type RenderOptions } from 'ink';
import type { ReactNode } from 'react';
import { bytesOf } from './keys.ts';
import { Screen } from './screen.ts';

/** A terminal's output end without a terminal: what Ink asks of a TTY, drawn on a `Screen`. */
class FakeStdout extends Writable {
  readonly isTTY = true;
  readonly fd = 1;
  readonly #screen: Screen;

  constructor(screen: Screen) {
    super({ decodeStrings: false });
    this.#screen = screen;
  }

  get columns(): number {
    return this.#screen.columns;
  }

  get rows(): number {
    return this.#screen.rows;
  }

  getWindowSize(): [number, number] {
    return [this.columns, this.rows];
  }

  getColorDepth(): number {
    return 4;
  }

  hasColors(count = 16): boolean {
    return count <= 16;
  }

  override _write(chunk: string | Buffer, _encoding: BufferEncoding, done: () => void): void {
    void this.#screen.draw(chunk.toString()).then(done);
  }
}

/** A terminal's input end: bytes arrive as they are typed, and raw mode is only noted. */
export class FakeStdin extends PassThrough {
  readonly isTTY = true;
  readonly fd = 0;
  isRaw = false;

  setRawMode(isRaw: boolean): this {
    this.isRaw = isRaw;
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

/** A pair of streams that an Ink program takes for a terminal, its screen, and hands to type with. */
export class FakeTerminal {
  readonly screen: Screen;
  readonly #stdout: FakeStdout;
  readonly #stdin = new FakeStdin();

  /** @param columns cells. @param rows cells. */
  constructor(columns: number, rows: number) {
    // Nothing stands between the program and the screen that would turn \n into \r\n, as a tty does.
    this.screen = new Screen(columns, rows, true);
    this.#stdout = new FakeStdout(this.screen);
  }

  /** Output as the type that `render()` wants: of a real TTY stream it has only what Ink uses. */
  get stdout(): NodeJS.WriteStream {
    return this.#stdout as unknown as NodeJS.WriteStream;
  }

  get stdin(): NodeJS.ReadStream {
    return this.#stdin as unknown as NodeJS.ReadStream;
  }

  /** Whether the program reads keys one by one: a terminal left in this state is broken for the shell. */
  get isRaw(): boolean {
    return this.#stdin.isRaw;
  }

  /** Presses keys one after the other without waiting: see `bytesOf` for the names. */
  press(...keys: string[]): void {
    for (const key of keys) this.#stdin.write(bytesOf(key));
  }

  /** Sends text in one piece. */
  type(text: string): void {
    this.#stdin.write(text);
  }

  /** Presses keys slowly: after each, waits until the screen is another one. */
  async step(...keys: string[]): Promise<void> {
    for (const key of keys) {
      const before = this.screen.text();
      this.press(key);
      await this.screen.until(`“${key}” changes the screen`, () => this.screen.text() !== before);
    }
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.screen.settles();
    this.screen.resize(columns, rows);
    this.#stdout.emit('resize');
  }
}

/** What `renderOnScreen` gives: the terminal with the program on it. */
export interface RenderedTerminal extends AsyncDisposable {
  readonly terminal: FakeTerminal;
  readonly screen: Screen;
  readonly instance: Instance;
}

/**
 * Renders an Ink tree full-screen on a fake terminal.
 * @param options the size in cells, and whatever else `render()` takes.
 * @returns to be declared with `await using`: it unmounts the tree at the end of the test.
 */
export function renderOnScreen(
  node: ReactNode,
  { columns, rows, ...options }: Omit<RenderOptions, 'stdin' | 'stdout'> & { columns: number; rows: number },
): RenderedTerminal {
  const terminal = new FakeTerminal(columns, rows);
  const instance = render(node, {
    stdout: terminal.stdout,
    stdin: terminal.stdin,
    // Ink is not interactive where CI is set, and would take over the console of the test runner.
    interactive: true,
    patchConsole: false,
    alternateScreen: true,
    exitOnCtrlC: false,
    ...options,
  });
  return {
    terminal,
    screen: terminal.screen,
    instance,
    async [Symbol.asyncDispose]() {
      instance.unmount();
      await instance.waitUntilExit().catch(() => undefined);
      instance.cleanup();
      terminal.screen.dispose();
    },
  };
}
