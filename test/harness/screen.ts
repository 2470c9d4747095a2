import headless from '@xterm/headless';
import { Conditions, failureOfTest } from './conditions.ts';
import { differences } from './differences.ts';
import { type CellStyle, styleOf } from './style.ts';

const showCursor = 25;
const synchronizedUpdate = 2026;

/** The sign that stands before the chosen row, and its stand-in where the locale has no such character. */
const cursorSign = /(?:^|[│┃|!#])([▸>])(?=[^│┃|!#])/gu;

/**
 * The screen that a person would see: bytes go in, a terminal emulator draws them, and tests ask what stands there.
 *
 * Conditions are tried each time the emulator has parsed a chunk and no frame is half drawn (between the
 * begin and the end of a synchronized update), so that a test waits for what it wants to see and for nothing else.
 */
export class Screen {
  readonly #terminal: headless.Terminal;
  readonly #conditions = new Conditions();
  /** DEC private modes that are set. A terminal starts with its cursor shown (25). */
  readonly #modes = new Set([showCursor]);
  #clipboard = '';
  #received = '';
  #unparsed = 0;
  #wholeFrames = 0;

  /** @param columns cells. @param rows cells. @param lineFeedReturns true where no tty turns \n into \r\n. */
  constructor(columns: number, rows: number, lineFeedReturns = false) {
    this.#terminal = new headless.Terminal({
      allowProposedApi: true,
      cols: columns,
      rows,
      convertEol: lineFeedReturns,
      scrollback: 1000,
    });
    this.#terminal.parser.registerOscHandler(52, (copied) => {
      // `c;` and base64: the clipboard, which the emulator itself does not have.
      this.#clipboard = Buffer.from(copied.replace(/^c;/, ''), 'base64').toString();
      return true;
    });
    this.#terminal.parser.registerCsiHandler({ final: 'J' }, (params) => {
      const { cursorX, cursorY } = this.#terminal.buffer.active;
      if (params[0] === 0 && cursorX === 0 && cursorY === 0) this.#wholeFrames++;
      return false;
    });
    this.#follow('h', (mode) => this.#modes.add(mode));
    this.#follow('l', (mode) => this.#modes.delete(mode));
  }

  /** Notes DEC private modes as they are set and reset; the emulator goes on to handle them itself. */
  #follow(final: string, note: (mode: number) => void): void {
    this.#terminal.parser.registerCsiHandler({ prefix: '?', final }, (params) => {
      params.flat().forEach(note);
      return false;
    });
  }

  /** Has the terminal tell its background when it is asked (OSC 11), which the emulator itself does not; X11's spelling. */
  answersBackground(color: string): void {
    this.#terminal.parser.registerOscHandler(11, (asked) => {
      if (asked === '?') this.#terminal.input(`\u001b]11;${color}\u001b\\`, false);
      return true;
    });
  }

  /** Has the terminal leave the question of what it is (DA1) to the test. */
  answersLate(): void {
    this.#terminal.parser.registerCsiHandler({ final: 'c' }, () => true);
  }

  /** Draws a chunk of output; the promise resolves once it has been parsed and all conditions were tried. */
  async draw(chunk: string): Promise<void> {
    this.#received += chunk;
    this.#unparsed++;
    await new Promise<void>((parsed) => this.#terminal.write(chunk, parsed));
    this.#unparsed--;
    this.#try();
  }

  /** Says that no more output will come, and why: what is still awaited has failed. */
  async end(why: string): Promise<void> {
    await new Promise<void>((parsed) => this.#terminal.write('', parsed));
    this.#conditions.end(why);
  }

  /** Answers of the terminal to the program's queries (cursor position, device attributes). */
  onReply(listener: (bytes: string) => void): void {
    this.#terminal.onData(listener);
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows);
  }

  dispose(): void {
    this.#conditions.end('the test has ended');
    this.#terminal.dispose();
  }

  // --- what stands on it -------------------------------------------------------------------------------------

  get columns(): number {
    return this.#terminal.cols;
  }

  get rows(): number {
    return this.#terminal.rows;
  }

  /** Which of the terminal's two buffers is shown: full-screen programs draw on the alternate one. */
  get buffer(): 'normal' | 'alternate' {
    return this.#terminal.buffer.active.type;
  }

  /** What the program has copied last (OSC 52); empty: nothing. */
  get clipboard(): string {
    return this.#clipboard;
  }

  get cursorVisible(): boolean {
    return this.#modes.has(showCursor);
  }

  /** DEC private modes that the program has set and not reset, but for the cursor's: bracketed paste, mouse … */
  get modes(): readonly number[] {
    return [...this.#modes].filter((mode) => mode !== showCursor).sort((a, b) => a - b);
  }

  /** All bytes received since the start or the last `forget()`, as text. */
  get received(): string {
    return this.#received;
  }

  /** Rows of the visible screen, top first, without the blanks at their ends. */
  lines(): string[] {
    return Array.from({ length: this.rows }, (_, y) => this.line(y));
  }

  /** Row `y` (0 on top; negative counts from the bottom), without the blanks at its end. */
  line(y: number): string {
    const buffer = this.#terminal.buffer.active;
    const row = buffer.getLine(buffer.baseY + (y < 0 ? this.rows + y : y));
    // A line may still hold what stood beyond the edge before the screen became narrower.
    return row?.translateToString(true, 0, this.columns).trimEnd() ?? '';
  }

  /** What stands in row `y` from cell `from` up to cell `to`, the blanks included. */
  slice(y: number, from: number, to: number): string {
    const buffer = this.#terminal.buffer.active;
    return buffer.getLine(buffer.baseY + y)?.translateToString(false, from, to) ?? '';
  }

  text(): string {
    return this.lines().join('\n');
  }

  /** Rows that carry the cursor sign, each from the sign to the end of its pane, top first. */
  cursors(): string[] {
    return this.lines().flatMap((line) =>
      [...line.matchAll(cursorSign)].map(
        (match) =>
          line
            .slice(match.index)
            .replace(/^[│┃|!#]/u, '')
            .split(/[│┃|!#]/u)[0]
            ?.trimEnd() ?? '',
      ),
    );
  }

  /** The chosen row of the pane that has the focus (thick border), or the only one. */
  selected(): string | undefined {
    const focused = this.lines().find((line) => /[┃#][▸>]/u.test(line));
    const row = focused === undefined ? this.cursors()[0] : /[┃#]([▸>][^┃#]*)/u.exec(focused)?.[1];
    return row?.trimEnd();
  }

  /** Where `pattern` begins on the screen, in cells. @throws when it is not there. */
  find(pattern: string | RegExp): { x: number; y: number } {
    for (const [y, line] of this.lines().entries()) {
      const at = typeof pattern === 'string' ? line.indexOf(pattern) : line.search(pattern);
      if (at >= 0) return { x: this.#cellAt(y, at), y };
    }
    throw new Error(`${String(pattern)} is not on the screen:\n${this.#picture()}`);
  }

  /** The cell in which the character at `index` of row `y` stands: wide characters take two cells. */
  #cellAt(y: number, index: number): number {
    const buffer = this.#terminal.buffer.active;
    const line = buffer.getLine(buffer.baseY + y);
    let seen = 0;
    for (let x = 0; x < this.columns; x++) {
      const cell = line?.getCell(x);
      if (cell?.getWidth() === 0) continue;
      if (seen >= index) return x;
      // A cell that was never written has no characters and reads as one blank.
      seen += Math.max(1, cell?.getChars().length ?? 1);
    }
    return this.columns;
  }

  /** The character in the cell at column `x`, row `y`, both from 0; empty in the second cell of a wide one. */
  charAt(x: number, y: number): string {
    const buffer = this.#terminal.buffer.active;
    return (
      buffer
        .getLine(buffer.baseY + y)
        ?.getCell(x)
        ?.getChars() ?? ''
    );
  }

  /** The style of the cell at column `x`, row `y`, both from 0. */
  styleAt(x: number, y: number): CellStyle {
    const buffer = this.#terminal.buffer.active;
    return styleOf(buffer.getLine(buffer.baseY + y)?.getCell(x));
  }

  /** Styles of all cells, row by row. */
  styles(): CellStyle[][] {
    return Array.from({ length: this.rows }, (_, y) =>
      Array.from({ length: this.columns }, (_, x) => this.styleAt(x, y)),
    );
  }

  // --- waiting -----------------------------------------------------------------------------------------------

  /** Waits until `pattern` stands on the screen. Text must lie on one row; an expression sees all rows. */
  async shows(pattern: string | RegExp): Promise<void> {
    await this.until(`the screen shows ${quoted(pattern)}`, () => matches(this.text(), pattern));
  }

  /** Waits until `pattern` stands nowhere on the screen: for what has been seen there, else it has waited for nothing. */
  async hides(pattern: string | RegExp): Promise<void> {
    await this.until(`the screen no longer shows ${quoted(pattern)}`, () => !matches(this.text(), pattern));
  }

  /** Waits until the chosen row (see `selected`) matches `pattern`. */
  async selects(pattern: string | RegExp): Promise<void> {
    await this.until(`the chosen row is ${quoted(pattern)}`, () => matches(this.selected() ?? '', pattern));
  }

  /** Waits until the whole screen is `text`. */
  async becomes(text: string): Promise<void> {
    const what = () => `the screen is what was expected (-, not +)\n${differences(text, this.text())}\n`;
    await this.until(what, () => this.text() === text);
  }

  /** Waits until all output that has come is drawn and no frame is half drawn. The program may still be thinking. */
  async settles(): Promise<void> {
    await this.until('no frame is half drawn', () => true);
  }

  /** How many frames have come that were painted whole: they begin with all that was there being erased. */
  get wholeFrames(): number {
    return this.#wholeFrames;
  }

  /**
   * Looks once: for what is not to be waited for, such as that something is not there.
   * @throws with a picture of the screen when `holds` is false.
   */
  expect(what: string, holds: () => boolean): void {
    if (holds()) return;
    const failure = failureOfTest();
    failure.message = `expected that ${what}, but it is not so:\n${this.#picture()}`;
    throw failure;
  }

  /** Drops the bytes seen so far from `received`. */
  forget(): void {
    this.#received = '';
  }

  /**
   * Waits until `holds` is true, trying it after each parsed chunk.
   * @param what completes "waited until …" in the failure's message; asked for only then if it is a function.
   * @param bound milliseconds after which the wait has failed.
   * @throws with a picture of the screen when the bound passes or the program ends first.
   */
  async until(what: string | (() => string), holds: () => boolean, bound?: number): Promise<void> {
    const told = () => `waited until ${typeof what === 'string' ? what : what()}`;
    const met = this.#conditions.met(
      holds,
      (reason) => `${told()}, but ${reason}:\n${this.#picture()}`,
      bound,
    );
    this.#try();
    await met;
  }

  /** Tries what is awaited, unless a frame is half drawn. */
  #try(): void {
    if (this.#unparsed === 0 && !this.#modes.has(synchronizedUpdate)) this.#conditions.try();
  }

  #picture(): string {
    const frame = '~'.repeat(this.columns);
    return [
      frame,
      ...this.lines(),
      frame,
      `${this.buffer} buffer, cursor ${this.cursorVisible ? 'visible' : 'hidden'}`,
    ].join('\n');
  }
}

function matches(text: string, pattern: string | RegExp): boolean {
  return typeof pattern === 'string' ? text.includes(pattern) : text.search(pattern) >= 0;
}

function quoted(pattern: string | RegExp): string {
  return typeof pattern === 'string' ? `“${pattern}”` : String(pattern);
}
