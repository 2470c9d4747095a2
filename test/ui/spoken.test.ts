import { describe, expect, it } from 'vitest';
import { update } from '../../src/state/update.ts';
import { DEFAULT_KEYMAP } from '../../src/ui/keymap.ts';
import { spokenLines } from '../../src/ui/spoken.ts';
import { cells } from '../../src/ui/text/segments.ts';
import { file, whiteout } from '../harness/archive.ts';
import { after, opened, SMALL, typed, WIDE } from '../harness/explorer.ts';
import { UNICODE } from '../harness/explorer-screen.ts';
import type { State } from '../../src/state/state.ts';

const said = (state: State): string[] => spokenLines(state, UNICODE.glyphs, DEFAULT_KEYMAP);

const SHOP = [
  [file('app/f2', 'xx'), file('a', 'y')],
  [file('app/f2', 'xx', { uid: 1000 }), whiteout('a')],
];

describe('a screen reader', () => {
  it('is told the row under the cursor in words', () => {
    const files = after(opened(SHOP), 'down', 'enter', 'unfold-all');
    expect(said(files)).toContain('Files, 1 of 3: /app, unchanged, 2 B, drwxr-xr-x, 0:0');
    expect(said(after(files, 'down'))).toContain(
      'Files, 2 of 3: /app/f2, only attributes modified, 2 B, -rw-r--r--, 1000:0',
    );
    expect(said(after(files, 'last'))).toContain('Files, 3 of 3: /a, removed, 1 B, -rw-r--r--, 0:0');
  });

  it('is told what the last key did, and what is typed', () => {
    expect(said(after(opened(SHOP), 'toggle-order')).at(-1)).toBe('Sorted by name.');
    expect(said(after(opened(SHOP), 'up')).at(-1)).toBe('This is the first row.');
    expect(said(typed(after(opened(SHOP), 'filter'), 'f2')).at(-1)).toBe('filter: f2');
  });

  it('is told nothing new while an image is read', () => {
    const reading = opened(SHOP, { read: 1 });
    const progress = (bytes: number, now: number): State =>
      update(reading, { type: 'progress', phase: 'reading', bytes, total: 100, now }).state;
    expect(said(progress(20, 3000))).toEqual(said(progress(10, 1000)));
  });

  it.each([SMALL, WIDE, { columns: 60, rows: 15 }])(
    'is given no more than the screen has room for: %j',
    (size) => {
      for (const state of [
        opened(SHOP, { size }),
        after(opened(SHOP, { size }), 'help'),
        after(opened(SHOP, { size }), 'image'),
      ]) {
        expect(said(state).length).toBeLessThan(size.rows);
        for (const line of said(state)) expect(cells(line)).toBeLessThan(size.columns);
      }
    },
  );

  it('is sent nothing that an image would have its terminal do', () => {
    const evil = opened([[file('\u001b]0;pwned\u0007', 'x')]], { history: ['RUN \u001b[2J\u009b1m'] });
    for (const state of [evil, after(evil, 'enter'), after(evil, 'waste'), after(evil, 'image')]) {
      expect(said(state).join('\n')).toMatch(/^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f]*$/);
    }
  });
});
