import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { State } from '../../../src/state/state.ts';
import { barCells } from '../../../src/ui/panes/layers-pane.ts';
import { file, whiteout } from '../../harness/archive.ts';
import { after, opened, UNSEEN_BLOB } from '../../harness/explorer.ts';
import { ASCII, paneLines } from '../../harness/explorer-screen.ts';

const SHOP = [
  [file('a', 'x'.repeat(1000)), file('b', 'y'.repeat(1000))],
  [file('c', 'z'.repeat(500))],
  [whiteout('a')],
  [],
];
const HISTORY = ['ADD base', '(ENV A=b)', 'COPY c', 'RUN rm a', 'RUN true'];

const rows = (state: State): string[] =>
  paneLines(state, 'layers')
    .slice(2, -1)
    .map((line) => line.slice(1, -1).trimEnd());

describe('the layers pane', () => {
  it('shows each layer’s bytes to scale, and empty instructions between them', () => {
    expect(rows(opened(SHOP, { history: HISTORY })).map((row) => row.replace(/ +/g, ' '))).toEqual([
      expect.stringMatching(/^▸ 0 2\.0 kB █+▒+ ADD base$/),
      ' · · ENV A=b',
      expect.stringMatching(/^ 1 500 B █+ COPY c$/),
      ' 2 0 B · ▾1.0 kB RUN rm a',
      ' 3 0 B · RUN true',
    ]);
  });

  it('marks every layer that hides bytes, with how many: beside its own, where there is room for both', () => {
    const layers = [
      [file('a', 'x'.repeat(1000)), file('b', 'y'.repeat(10))],
      [file('a', 'z'.repeat(1000))],
      [file('b', 'w'.repeat(10)), whiteout('a')],
    ];
    const on = (columns: number): string[] => rows(opened(layers, { size: { columns, rows: 40 } }));
    for (const columns of [60, 80, 120, 200]) {
      expect(on(columns).map((row) => row.includes('▾'))).toEqual([false, true, true]);
      expect(on(columns).map((row) => row.includes('▒'))).toEqual([true, true, false]);
    }
    expect(on(80)[1]?.replace(/ +/g, ' ')).toMatch(/^ 1 1\.0 kB ▒+ ▾1\.0 kB RUN step 1$/);
    expect(on(120)[1]?.replace(/ +/g, ' ')).toMatch(/^ 1 1\.0 kB ▒+ ▾1\.0 kB RUN step 1$/);
    expect(on(120)[2]?.replace(/ +/g, ' ')).toMatch(/^ 2 10 B █ ▾1\.0 kB RUN step 2$/);
  });

  it('shortens bars, all to one scale, until what each layer hides stands beside its own', () => {
    const layers = [
      [file('a', 'x'.repeat(120_000)), file('b', 'y'.repeat(60_000))],
      [file('a', 'z'.repeat(120_000))],
      [file('c', 'c'.repeat(180_000))],
      [whiteout('b')],
    ];
    const bars = (columns: number): string[] =>
      rows(opened(layers, { size: { columns, rows: 40 } })).map((row) => /[█▒▓]+/.exec(row)?.[0] ?? '');
    const narrow = opened(layers, { size: { columns: 120, rows: 40 } });
    expect(rows(narrow)[1]).toContain('▾120.0 kB');
    expect(rows(narrow)[3]).toContain('▾60.0 kB');
    expect(bars(120)).toEqual(['▒▒▒▒▒▒▒▒', '█████', '████████', '']);
    // Where those figures have a column of their own, bars have all their cells.
    expect(bars(200).map((bar) => bar.length)).toEqual([16, 11, 16, 0]);
  });

  it('marks them without colour and without a character beyond ASCII too', () => {
    const state = opened(SHOP, { history: HISTORY });
    const lines = paneLines(state, 'layers', ASCII).slice(2, -1);
    expect(lines.map((line) => line.includes('v1.0 kB'))).toContain(true);
    expect(lines[0]).toMatch(/%+:+/);
    expect(lines.join('')).toMatch(/^[ -~]*$/);
  });

  it('shows of a layer that is still to come what is known', () => {
    const [first, , second] = rows(opened(SHOP, { history: HISTORY, read: 1 }));
    expect(first).toContain('█');
    expect(second?.replace(/ +/g, ' ')).toBe(' 1 … COPY c');
  });

  it('marks a layer whose bytes are not those of its digests', () => {
    const state = opened(SHOP, { history: HISTORY, size: { columns: 160, rows: 60 } });
    const [base = UNSEEN_BLOB, ...blobs] = state.open?.blobs ?? [];
    const wrong = {
      ...base,
      mismatches: [{ of: 'diffId', expected: 'sha256:a', actual: 'sha256:b' }],
    } as const;
    const marked: State = { ...state, open: state.open && { ...state.open, blobs: [wrong, ...blobs] } };
    expect(rows(marked)[0]).toMatch(/^▸ 0! +2\.0 kB/);
    expect(rows(marked)[2]).not.toContain('!');
    const details = paneLines(marked, 'details').join(' ');
    expect(details.replaceAll(/[│ ]+/g, ' ')).toContain(
      'Its bytes are wrong: its diff ID should be sha256:a, but is sha256:b.',
    );
  });

  it('says how many layers there are, or which rows of a longer list these are', () => {
    expect(paneLines(opened(SHOP, { history: HISTORY }), 'layers')[0]).toMatch(/ 4 ━┓$/);
    const many = opened(Array.from({ length: 60 }, (_, index) => [file(`f${index}`, 'x')]));
    expect(paneLines(many, 'layers')[0]).toMatch(/ 1-\d+ of 60 /);
    expect(paneLines(after(many, 'last'), 'layers')[0]).toMatch(/-60 of 60 /);
    expect(paneLines(after(many, 'last'), 'layers').join('\n')).toContain('▸59');
  });
});

describe('the bar of a layer', () => {
  it('is to the scale of the largest', () => {
    expect(barCells(100, 0, 100, 20)).toEqual({ live: 20, mixed: 0, wasted: 0 });
    expect(barCells(50, 0, 100, 20)).toEqual({ live: 10, mixed: 0, wasted: 0 });
    expect(barCells(100, 50, 100, 20)).toEqual({ live: 10, mixed: 0, wasted: 10 });
    expect(barCells(100, 100, 100, 20)).toEqual({ live: 0, mixed: 0, wasted: 20 });
  });

  it('is as long as that of any layer of the same size, whatever of it is hidden', () => {
    for (const hidden of [0, 1, 40, 60, 99, 100]) {
      const { live, mixed, wasted } = barCells(100, hidden, 2000, 20);
      expect(live + mixed + wasted).toBe(1);
    }
  });

  it('gives the lesser part a cell from half a cell on, and below that a cell with the other', () => {
    expect(barCells(1000, 24, 1000, 20)).toEqual({ live: 19, mixed: 1, wasted: 0 });
    expect(barCells(1000, 25, 1000, 20)).toEqual({ live: 19, mixed: 0, wasted: 1 });
    expect(barCells(1000, 975, 1000, 20)).toEqual({ live: 0, mixed: 1, wasted: 19 });
    expect(barCells(1000, 974, 1000, 20)).toEqual({ live: 1, mixed: 0, wasted: 19 });
  });

  it('shows whatever is there, nothing that is not, and no layer longer than a larger one', () => {
    const bytes = fc.integer({ min: 1, max: 1e9 });
    fc.assert(
      fc.property(
        bytes,
        fc.nat({ max: 1000 }),
        bytes,
        fc.integer({ min: 10, max: 28 }),
        (size, share, more, width) => {
          const hidden = Math.floor((size * share) / 1000);
          const largest = size + more - 1;
          const { live, mixed, wasted } = barCells(size, hidden, largest, width);
          expect(live + mixed > 0).toBe(hidden < size);
          expect(mixed + wasted > 0).toBe(hidden > 0);
          expect(live + mixed + wasted).toBe(Math.max(1, Math.round((size / largest) * width)));
        },
      ),
    );
  });
});
