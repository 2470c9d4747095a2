import type { Region } from './frames.ts';
import {
  describeLines,
  holds,
  type Line,
  type Pattern,
  quoted,
  selected,
  standAt,
} from './scenario-lines.ts';
import type { Screen } from './screen.ts';

/** Reads a region off the screen as it is now; null where it is not there. */
export type RegionReader = () => Region | null;

/**
 * A part of the screen, and what may be expected of it. Each expectation is awaited, and fails with the screen; that
 * something is not there is looked at once, when the last key has been answered.
 */
export class RegionView {
  readonly #screen: Screen;
  readonly #answers: () => Promise<void>;
  readonly #name: string;
  readonly #read: RegionReader;

  /** @param answers resolves when what has been typed is answered. */
  constructor(
    { screen, answers }: { readonly screen: Screen; readonly answers: () => Promise<void> },
    name: string,
    read: RegionReader,
  ) {
    this.#screen = screen;
    this.#answers = answers;
    this.#name = name;
    this.#read = read;
  }

  /** The title at the left end of the border. */
  async hasTitle(pattern: Pattern): Promise<void> {
    await this.#until(`has the title ${quoted(pattern)}`, ({ title }) => holds(title, pattern));
  }

  /** The title at the right end of the border. */
  async hasNote(pattern: Pattern): Promise<void> {
    await this.#until(`has the note ${quoted(pattern)}`, ({ note }) => holds(note, pattern));
  }

  async hasFocus(): Promise<void> {
    await this.#until('has the focus', ({ hasFocus }) => hasFocus);
  }

  /** The row with the cursor. */
  async selects(line: Line): Promise<void> {
    const cursor = selected(line);
    await this.#until(`selects\n${describeLines([cursor])}\n`, ({ rows, selected: at }) => {
      return at >= 0 && standAt([cursor], rows, at, at);
    });
  }

  /** These rows and no others, but for empty ones at the end. */
  async lines(...lines: readonly Line[]): Promise<void> {
    await this.#until(`has these lines alone:\n${describeLines(lines)}\n`, ({ rows, selected: at }) => {
      return standAt(lines, rows, at, 0) && rows.slice(lines.length).every((row) => row === '');
    });
  }

  /** These rows on top. */
  async topLines(...lines: readonly Line[]): Promise<void> {
    await this.#until(`begins with\n${describeLines(lines)}\n`, ({ rows, selected: at }) =>
      standAt(lines, rows, at, 0),
    );
  }

  /** These rows, one right after the other, anywhere. */
  async containsLines(...lines: readonly Line[]): Promise<void> {
    await this.#until(`contains\n${describeLines(lines)}\n`, ({ rows, selected: at }) =>
      rows.some((_, from) => standAt(lines, rows, at, from)),
    );
  }

  /** In one of the rows. */
  async shows(pattern: Pattern): Promise<void> {
    await this.#until(`shows ${quoted(pattern)}`, ({ rows }) => rows.some((row) => holds(row, pattern)));
  }

  /** In none of the rows. */
  async hides(pattern: Pattern): Promise<void> {
    await this.#answers();
    this.#screen.expect(`${this.#name} hides ${quoted(pattern)}`, () => {
      const region = this.#read();
      return region !== null && !region.rows.some((row) => holds(row, pattern));
    });
  }

  /** The row of the cursor, counted from the first one: to be compared after something that must not move it. */
  get cursorHeight(): number {
    return this.#read()?.selected ?? -1;
  }

  /** The cursor stands in that row. */
  async hasCursorAt(height: number): Promise<void> {
    await this.#until(`has its cursor in row ${height}`, ({ selected: at }) => at === height);
  }

  async #until(what: string, isSo: (region: Region) => boolean): Promise<void> {
    await this.#screen.until(`${this.#name} ${what}`, () => {
      const region = this.#read();
      return region !== null && isSo(region);
    });
  }
}
