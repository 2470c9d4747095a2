import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { gridOf, type Grid, paint } from '../../../src/ui/terminal/paint.ts';
import { cellsOf, isSure } from '../../../src/ui/terminal/grapheme.ts';
import { shownCells, terminalThat, wantedCells } from '../../harness/cells.ts';
import { Screen } from '../../harness/screen.ts';

const screens: Screen[] = [];
afterEach(() => screens.splice(0).forEach((screen) => screen.dispose()));

function screenOf(columns: number, rows: number): Screen {
  const screen = new Screen(columns, rows);
  screens.push(screen);
  return screen;
}

const EVERY = { repeats: false };

/** What is written for `after` on a screen of 20 x 4 that shows `before`. */
function written(before: string, after: string, can = EVERY): string {
  const old = gridOf(before, 20, 4, null);
  return paint(old, gridOf(after, 20, 4, old), can);
}

describe('painting', () => {
  it('writes nothing that is on the screen already', () => {
    expect(written('one\ntwo', 'one\ntwo')).toBe('');
    expect(written('one', 'one   ')).toBe('');
    expect(written('\u001b[32m \u001b[39m', ' '), 'a colour that nobody sees').toBe('');
  });

  it('clears a screen that it does not know', () => {
    const grid = gridOf('one\n\ntwo', 20, 4, null);
    expect(paint(null, grid, EVERY)).toBe('\u001b[m\u001b[H\u001b[J\u001b[Hone\u001b[3Htwo');
    expect(paint(gridOf('one', 30, 4, null), grid, EVERY), 'another size').toMatch(
      /^\u001b\[m\u001b\[H\u001b\[J/,
    );
  });

  it('moves to a cell that differs, and writes it alone', () => {
    expect(written('abcdefgh', 'abcdeXgh')).toBe('\u001b[1;6HX');
    expect(written('\nabc', '\nXbc')).toBe('\u001b[2HX');
  });

  it('writes again what is shorter than stepping over it', () => {
    expect(written('abcdefgh', 'Xbcdefgh')).toBe('\u001b[HX');
    expect(written('abcdefgh', 'XbcdeYgh'), 'four cells, as many as the step takes').toBe('\u001b[HXbcdeY');
    expect(written('abcdefghij', 'XbcdefgYij')).toBe('\u001b[HX\u001b[6CY');
    expect(written('┃bcdef┃', 'XbcdeY┃')).toBe('\u001b[HXbcdeY');
  });

  it('erases the rest of a row that becomes blank', () => {
    expect(written('abcdefgh', 'abc')).toBe('\u001b[1;4H\u001b[K');
    expect(written('abcdefgh', 'abcdefX')).toBe('\u001b[1;7HX ');
  });

  it('erases blanks without moving over them, and those between them too', () => {
    expect(written('abc def ghi|', '           |')).toBe('\u001b[H\u001b[11X');
    expect(written('abc|', '   |')).toBe('\u001b[H   ');
    expect(written('abcdefgh|', '        X')).toBe('\u001b[H        X');
  });

  it('has characters repeated by a terminal that can', () => {
    expect(written('', '----------+', { repeats: true })).toBe('\u001b[H-\u001b[9b+');
    expect(written('', '----------+')).toBe('\u001b[H----------+');
    expect(written('', '━━━━━━━━━━┓', { repeats: true }), 'tmux repeats ASCII alone').toBe(
      '\u001b[H━━━━━━━━━━┓',
    );
    expect(written('', 'xxxxx', { repeats: true }), 'where that is shorter').toBe('\u001b[Hxxxxx');
    expect(written('', '\u001b[7m          \u001b[27m|', { repeats: true })).toBe(
      '\u001b[H\u001b[7m \u001b[9b\u001b[m|',
    );
  });

  it('changes styles as little as it must, and ends in the plain one', () => {
    expect(written('abcdef', '\u001b[32mX\u001b[39mbcdef')).toBe('\u001b[H\u001b[32mX\u001b[m');
    expect(written('aaa', '\u001b[1mX\u001b[22m\u001b[2mY\u001b[22mZ')).toBe(
      '\u001b[H\u001b[1mX\u001b[;2mY\u001b[mZ',
    );
    expect(
      written('aaa', '\u001b[1;2;38;5;99mX\u001b[22;2mY'),
      'what ends bold ends dim too, which is set again',
    ).toBe('\u001b[H\u001b[1;2;38;5;99mX\u001b[22;2mY \u001b[m');
    expect(written('', '\u001b[32mab cd\u001b[39m'), 'a blank has no colour to change').toBe(
      '\u001b[H\u001b[32mab cd\u001b[m',
    );
    expect(written('', '\u001b[32mab\u001b[39m  \u001b[31mcd\u001b[39m')).toBe(
      '\u001b[H\u001b[32mab  \u001b[31mcd\u001b[m',
    );
    expect(written('', '\u001b[7mab\u001b[27m cd'), 'inverse shows on blanks').toBe(
      '\u001b[H\u001b[7mab\u001b[m cd',
    );
  });

  it('finds its place by columns after anything that is no ASCII', () => {
    expect(written('│abcdefghi', '╎abcdefghX')).toBe('\u001b[H╎\u001b[10GX');
  });

  it('rubs out both halves of a wide character', () => {
    expect(written('日本語', '日X 語')).toBe('\u001b[1;3HX ');
    expect(written('日本語', 'X日日')).toBe('\u001b[HX日日 ');
  });

  it('gives a grapheme that terminals do not agree on blanks to stand on, and moves on by columns', () => {
    expect(written('a', '📦a')).toBe('\u001b[H  \u001b[1G📦\u001b[1;3Ha');
    expect(written('📦abcd', '📦abcX'), 'it is left alone while it stays').toBe('\u001b[1;6HX');
    const family = '👩‍👩‍👧';
    expect(
      written('a'.repeat(20), `${family}${'a'.repeat(18)}`),
      'what it may have run over comes again',
    ).toBe(`\u001b[H  \u001b[1G${family}\u001b[1;3H${'a'.repeat(8)}`);
    expect(written(`${family}${'a'.repeat(18)}`, 'a'.repeat(20)), 'and when it goes').toBe(
      `\u001b[H${'a'.repeat(10)}`,
    );
    expect(written('', `${' '.repeat(18)}📦`), 'at the edge it must not go on in the next row').toBe(
      '\u001b[1;19H  \u001b[1;19H\u001b[?7l📦\u001b[?7h',
    );
  });

  it('leaves out what the screen has no room for', async () => {
    const screen = screenOf(5, 2);
    await screen.draw(paint(null, gridOf('abcdefgh\nabc日x\nthird', 5, 2, null), EVERY));
    expect(screen.lines()).toEqual(['abcde', 'abc日']);
    const half = gridOf('abcd日', 5, 1, null);
    expect(half.rows[0]?.texts.join('|')).toBe('a|b|c|d| ');
  });

  it('sends no control character of a frame', () => {
    expect(written('', 'a\u001b[2Jb\u0007c\u009b1md\u001b')).toBe('\u001b[Hab?c?1md');
  });
});

/** Characters of every kind that a name may be made of. */
const text = fc.oneof(
  { weight: 8, arbitrary: fc.stringMatching(/^[ a-c.]{1,6}$/) },
  { weight: 2, arbitrary: fc.constantFrom(' '.repeat(9), 'a'.repeat(9), '─'.repeat(5)) },
  { weight: 3, arbitrary: fc.constantFrom('│', '┃', '━━━', '▸', '…', '·', 'é', 'ß', 'Ж', '█▒') },
  { weight: 2, arbitrary: fc.constantFrom('日', '本語', 'かな', '한') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('📦', '✅', 'e\u0301', '🇩🇪', '👩‍👩‍👧', '❤️', 'ก', 'ที่', '\u0301', 'नि'),
  },
);
const sgr = fc.constantFrom(
  '',
  '1',
  '2',
  '7',
  '4',
  '9',
  '32',
  '31',
  '1;34',
  '44',
  '22',
  '27',
  '39',
  '49',
  '0',
  '38;5;99',
  '48;2;1;2;3',
);
const line = fc
  .array(fc.tuple(sgr, text), { maxLength: 7 })
  .map((parts) =>
    parts.map(([style, shown]) => (style === '' ? shown : `\u001b[${style}m${shown}`)).join(''),
  );
const frame = fc.array(line, { minLength: 1, maxLength: 5 }).map((lines) => lines.join('\n'));

/** Terminals differ in how many cells they take for what is not sure: as xterm says, or always one, or always two. */
const ideas: readonly (readonly [string, ((code: number) => 0 | 1 | 2) | null])[] = [
  ['xterm', null],
  ['one cell a code point', (code) => (isSure(String.fromCodePoint(code)) ? widthOf(code) : 1)],
  ['two cells a code point', (code) => (isSure(String.fromCodePoint(code)) ? widthOf(code) : 2)],
];
const widthOf = (code: number) => cellsOf(String.fromCodePoint(code)) as 1 | 2;

describe('any sequence of frames', () => {
  const sizes = [
    [24, 5],
    [7, 3],
    [2, 2],
  ] as const;
  it.each(ideas.flatMap(([idea, width]) => sizes.map(([columns, rows]) => ({ idea, columns, rows, width }))))(
    'leads to each of them, cell by cell, on $columns x $rows of a terminal that takes $idea',
    async ({ columns, rows, width }) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(frame, { minLength: 1, maxLength: 6 }),
          fc.boolean(),
          async (frames, repeats) => {
            const terminal = terminalThat(columns, rows, width);
            let shown: Grid | null = null;
            for (const next of frames) {
              const grid: Grid = gridOf(next, columns, rows, shown);
              const bytes = paint(shown, grid, { repeats });
              await new Promise<void>((parsed) => terminal.write(bytes, parsed));
              shown = grid;
              expect(shownCells(terminal, grid), JSON.stringify(bytes)).toEqual(wantedCells(grid));
            }
            terminal.dispose();
          },
        ),
        { numRuns: 60 },
      );
    },
  );
});
