/** What holds of every pane, whatever the image, the size and the focus. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/state/actions.ts';
import { layoutOf, MIN_COLUMNS, MIN_ROWS } from '../../../src/state/layout.ts';
import { PANES, type State } from '../../../src/state/state.ts';
import { update } from '../../../src/state/update.ts';
import { cells } from '../../../src/ui/text/segments.ts';
import { file, symlink } from '../../harness/archive.ts';
import { after, opened } from '../../harness/explorer.ts';
import { ASCII, paneLines, screenText, UNICODE } from '../../harness/explorer-screen.ts';
import { randomImage } from '../../harness/random-image.ts';

const HOSTILE = 'tab\t\u001b]0;title\u0007\u202e.txt';
const LONG = `${'very-long-directory-name/'.repeat(8)}\u{1f600}${'日本語'.repeat(10)}`;
const ODD = [
  [
    file(HOSTILE, 'x'),
    file(LONG, 'y'.repeat(5000)),
    symlink('link', HOSTILE),
    file('caf\u00e9/\u{1f600}', 'z'),
  ],
  [file(HOSTILE, 'y'), file(LONG, 'z'.repeat(5000)), file('caf\u00e9/\u{1f600}', 'w')],
];
const HISTORY = [`RUN echo '${HOSTILE}' ${'日本語 '.repeat(30)}`, '(ENV A=\u009b31m)', `COPY ${LONG}`];

const resized = (state: State, columns: number, rows: number): State =>
  update(state, { type: 'resized', size: { columns, rows } }).state;

/** Each screen that is no explorer has exactly the cells of the terminal. */
function checkScreens(state: State): void {
  const file = state.file === null ? [] : (['file'] as const);
  for (const screen of ['waste', 'image', ...file] as const) {
    const shown: State = { ...state, screen };
    for (const theme of [UNICODE, ASCII]) {
      const lines = screenText(shown, theme).split('\n');
      expect(lines).toHaveLength(state.size.rows);
      expect(new Set(lines.map(cells))).toEqual(new Set([state.size.columns]));
    }
  }
}

/** Each pane that is there has exactly the cells that the layout gives it. */
function checkPanes(state: State): void {
  const layout = layoutOf(state);
  for (const theme of [UNICODE, ASCII]) {
    for (const pane of PANES) {
      const place = layout?.panes[pane];
      if (place === undefined) continue;
      const lines = paneLines(state, pane, theme);
      expect(lines).toHaveLength(place.rows);
      expect(new Set(lines.map(cells))).toEqual(new Set([place.columns]));
    }
  }
}

describe('the panes of an image with odd names', () => {
  const state = opened(ODD, { history: HISTORY });

  it('have exactly their cells at every size, with every focus', () => {
    for (let columns = MIN_COLUMNS; columns <= 250; columns += 7) {
      for (let rows = MIN_ROWS; rows <= 80; rows += 9) {
        for (const command of ['explore', 'enter', 'waste', 'next-pane', 'previous-pane'] as const) {
          checkPanes(after(resized(state, columns, rows), command));
        }
      }
    }
  });

  it('and so have the other screens, grouped in every way', () => {
    const situations: readonly (readonly Command[])[] = [
      ['waste-screen'],
      ['waste-screen', 'next-pane'],
      ['waste-screen', 'group'],
      ['waste-screen', 'group', 'group', 'next-pane'],
      ['waste-screen', 'group', 'group', 'group'],
      ['enter', 'down', 'file'],
    ];
    const states = situations.map((commands) => after(state, ...commands));
    for (let columns = MIN_COLUMNS; columns <= 250; columns += 13) {
      for (let rows = MIN_ROWS; rows <= 80; rows += 9) {
        for (const each of states) checkScreens(resized(each, columns, rows));
      }
    }
  });

  it('send no control character, no turn of direction, and no half of a character', () => {
    for (let columns = MIN_COLUMNS; columns <= 130; columns++) {
      for (const commands of [
        ['enter', 'unfold-all', 'last'],
        ['waste'],
        ['image'],
        ['waste-screen'],
        ['waste-screen', 'group', 'next-pane'],
        ['waste-screen', 'group', 'group'],
        ['enter', 'down', 'enter'],
      ]) {
        const text = screenText(after(resized(state, columns, 40), ...(commands as Command[])));
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
        expect(text.isWellFormed()).toBe(true);
      }
    }
  });

  it('show what they escape', () => {
    const text = screenText(after(state, 'enter'));
    expect(text).toContain('tab\\t\\e]0;title\\x07\\u202e.txt');
  });
});

describe('the panes of a random image', () => {
  it('have exactly their cells, whatever was pressed', () => {
    const commands = fc.array(
      fc.constantFrom<Command>(
        ...([
          'down',
          'down',
          'page-down',
          'last',
          'left',
          'right',
          'enter',
          'next-pane',
          'next-layer',
        ] as const),
        ...([
          'toggle-mode',
          'toggle-order',
          'toggle-added',
          'toggle-removed',
          'image',
          'waste-screen',
          'file',
          'waste',
          'group',
        ] as const),
      ),
      { maxLength: 8 },
    );
    const size = fc.record({
      columns: fc.integer({ min: MIN_COLUMNS, max: 200 }),
      rows: fc.integer({ min: MIN_ROWS, max: 60 }),
    });
    fc.assert(
      fc.property(randomImage, commands, size, (image, pressed, { columns, rows }) => {
        const state = after(opened(image.layers), ...pressed);
        checkPanes(state);
        checkPanes(resized(state, columns, rows));
        checkScreens(resized(state, columns, rows));
      }),
      { numRuns: 200 },
    );
  });
});

describe('a file from another age', () => {
  it.each([-62_135_596_800, 0, 253_402_300_800, 1e15, Number.NaN])(
    'is shown like every other, with a time of %d seconds',
    (mtime) => {
      const state = after(opened([[file('a', 'x', { mtime })], [file('b', 'y', { mtime })]]), 'enter');
      expect(screenText(state)).toContain('-rw-r--r--');
    },
  );
});
