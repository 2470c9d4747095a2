/**
 * The hands and the eyes of a scenario. Whatever is looked for is awaited; nothing waits for a time. What must not be there
 * is looked for once, when peel has answered the last key: before that, it may only not be there yet.
 */
import { SCREENS } from '../../src/state/state.ts';
import { type RegionReader, RegionView } from './scenario-region.ts';
import { bodyOf, panesOf } from './frames.ts';
import { expectGolden } from './golden.ts';
import type { Driver, Look } from './scenario-drivers.ts';
import type { Screen } from './screen.ts';
import { holds, type Pattern, quoted } from './scenario-lines.ts';

/** Which golden screens are looked at beside their text. */
export interface Looking {
  /** Null: the styles are of no interest, or another program has a say in them. */
  readonly look: Look | null;
  /** Whether a golden screen may be written where that is asked for. */
  readonly mayWrite: boolean;
}

/** ECMA-48 brackets around what a terminal pastes. */
const PASTE = { begin: '\u001b[200~', end: '\u001b[201~' };

/** Whether what is drawn is as large as the screen: the names of the screens and the lower border end where it does. */
function fills(screen: Screen): boolean {
  const { columns, rows } = screen;
  if (screen.line(0).startsWith('peel')) return screen.text().startsWith(tooSmall(columns, rows));
  const isFramed = /[┐┓+#]/u.test(screen.charAt(columns - 1, 1));
  const isAsHigh = isFramed ? /[┘┛+#]/u.test(screen.charAt(columns - 1, rows - 2)) : screen.line(-1) !== '';
  return screen.line(0).length >= columns - 2 && isAsHigh;
}

/** What the one line says on a screen that is too small, as much of it as there is room for. */
function tooSmall(columns: number, rows: number): string {
  const text = `peel needs 60x15; this is ${columns}x${rows}.`;
  return text.length > columns ? text.slice(0, 5) : text;
}

/** Somebody at the keyboard. */
export class User {
  readonly #driver: Driver;
  readonly #looking: Looking;

  constructor(driver: Driver, looking: Looking) {
    this.#driver = driver;
    this.#looking = looking;
  }

  // --- hands -------------------------------------------------------------------------------------------------

  /** Presses keys one after the other; after each, waits until the screen has answered: it is another one. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.#answered(`“${key}”`, () => this.#driver.press(key));
    }
  }

  /** Presses keys in one go, as those that are held down come over a slow line; what follows must wait. */
  hammer(keys: string): void {
    this.#driver.type(keys);
  }

  /** Goes to the files of a layer, from the layers with the cursor on the first of them. */
  async toFilesOf(layer: number): Promise<void> {
    await this.press(...Array<string>(layer).fill(']'), 'tab');
    await this.pane('Files').hasTitle(`changes of layer ${layer}`);
    await this.pane('Files').hasFocus();
  }

  /** Types text letter by letter. */
  async type(text: string): Promise<void> {
    await this.press(...Array.from(text));
  }

  /** Pastes text, as a terminal does that says so. */
  async paste(text: string): Promise<void> {
    await this.#answered('the paste', () => this.#driver.type(PASTE.begin + text + PASTE.end));
  }

  /** Gives the terminal another size, and waits until peel has filled it. */
  async resize(columns: number, rows: number): Promise<void> {
    await this.#driver.resize(columns, rows);
    const { screen } = this.#driver;
    await screen.until(`peel fills ${columns} x ${rows}`, () => fills(screen));
  }

  /** Presses a key that ends peel. */
  async leaves(key: string, status = 0, said: Pattern = ''): Promise<void> {
    this.#driver.press(key);
    const ending = await this.#driver.ending();
    if (ending.status !== status || !holds(ending.said, said)) {
      throw new Error(
        `“${key}” was to end peel with status ${status}, saying ${quoted(said)}; ` +
          `it ended with ${ending.status}, saying ${quoted(ending.said)}`,
      );
    }
  }

  async #answered(what: string, act: () => void): Promise<void> {
    const { screen } = this.#driver;
    const before = screen.text();
    act();
    await screen.until(`${what} changes the screen`, () => screen.text() !== before);
  }

  // --- eyes --------------------------------------------------------------------------------------------------

  /** The pane whose title begins with a name: `Layers`, `Files`, `File`, `Waste` … */
  pane(name: string): RegionView {
    const { screen } = this.#driver;
    const read: RegionReader = () => panesOf(screen).find((pane) => pane.name === name) ?? null;
    return new RegionView(this.#driver, `the pane ${name}`, read);
  }

  /** All between the header and the status line, for screens without panes. */
  get body(): RegionView {
    const { screen } = this.#driver;
    return new RegionView(this.#driver, 'the screen', () => bodyOf(screen));
  }

  /** The names of the panes, top to bottom and left to right. */
  async hasPanes(...names: readonly string[]): Promise<void> {
    const { screen } = this.#driver;
    await screen.until(`the panes are ${names.join(', ')}`, () => {
      return (
        panesOf(screen)
          .map(({ name }) => name.replace(/ .*/, ''))
          .join() === names.join()
      );
    });
  }

  /** The screen that the header names as the current one: `Explore`, `Waste` … */
  async isOn(name: string): Promise<void> {
    const number = SCREENS.findIndex((screen) => screen.toLowerCase() === name.toLowerCase()) + 1;
    const current = new RegExp(`\\[\\d ${name}\\]| ${name}$|\\[${number}\\]`, 'u');
    await this.#until(`the screen is ${name}`, (screen) => current.test(screen.line(0)));
  }

  /** The first line. */
  async header(pattern: Pattern): Promise<void> {
    await this.#until(`the header has ${quoted(pattern)}`, (screen) => holds(screen.line(0), pattern));
  }

  /** The last line. */
  async status(pattern: Pattern): Promise<void> {
    await this.#until(`the last line has ${quoted(pattern)}`, (screen) => holds(screen.line(-1), pattern));
  }

  /** Anywhere on the screen. */
  async sees(pattern: Pattern): Promise<void> {
    await this.#driver.screen.shows(pattern);
  }

  /** Nowhere on the screen, once the last key has been answered. */
  async seesNot(pattern: Pattern): Promise<void> {
    const { screen } = this.#driver;
    await this.#driver.answers();
    screen.expect(`the screen does not show ${quoted(pattern)}`, () => !holds(screen.text(), pattern));
  }

  /**
   * The screen as it is now, in words: to be compared with what it becomes. A multiplexer draws a frame in pieces: a
   * scenario that goes through them compares with a golden screen instead, which is awaited.
   */
  get picture(): string {
    return this.#driver.screen.text();
  }

  /** The screen is again what `picture` was. */
  async seesAgain(picture: string): Promise<void> {
    await this.#driver.screen.becomes(picture);
  }

  /** The terminal has been given this to paste. */
  async hasCopied(text: string): Promise<void> {
    const { screen } = this.#driver;
    const what = () => `the clipboard is ${quoted(text)}, not ${quoted(screen.clipboard)}`;
    await screen.until(what, () => screen.clipboard === text);
  }

  /** The style of the cell where a text begins, in the words of `CellStyle`. */
  async seesColour(text: string, colour: string): Promise<void> {
    await this.#until(`“${text}” is ${colour}`, (screen) => {
      const { x, y } = screen.find(text);
      return screen.styleAt(x, y).fg === colour;
    });
  }

  /**
   * The screen is `snapshots/<name>.<columns>x<rows>.txt`, and its styles are the ones of this look.
   * @param change what another run would show otherwise, and what stands for it: as many cells.
   */
  async golden(
    name: string,
    change: { readonly from: string; readonly to: string } | null = null,
  ): Promise<void> {
    const { screen } = this.#driver;
    const { look, mayWrite } = this.#looking;
    const options = { ...(mayWrite ? {} : { rewrite: false }), ...(change === null ? {} : { change }) };
    // The text is the same in every look; the one in colour writes it.
    if (look !== 'mono' || !isWriting(options)) await expectGolden(screen, name, options);
    if (look !== null) await expectGolden(screen, name, { ...options, look });
    if (look === 'mono') await this.#isWithoutColour();
  }

  async #isWithoutColour(): Promise<void> {
    await this.#until('no cell has a colour', (screen) =>
      screen.styles().every((row) => row.every(({ fg, bg }) => fg === 'default' && bg === 'default')),
    );
  }

  async #until(what: string, isSo: (screen: Driver['screen']) => boolean): Promise<void> {
    const { screen } = this.#driver;
    await screen.until(what, () => isSo(screen));
  }
}

const isWriting = ({ rewrite }: { rewrite?: boolean }): boolean =>
  rewrite ?? process.env['PEEL_WRITE_SNAPSHOTS'] === '1';
