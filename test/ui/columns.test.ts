/** Neighbouring cells never touch, and nothing is cut without the ellipsis, whatever an image claims. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutOf } from '../../src/state/layout.ts';
import { type State } from '../../src/state/state.ts';
import { pullPane } from '../../src/ui/panes/pull-pane.ts';
import { cells, fitRight, fitValue } from '../../src/ui/text/segments.ts';
import { file, whiteout } from '../harness/archive.ts';
import { after, opened } from '../harness/explorer.ts';
import { paneLines, screenText, textOf, UNICODE } from '../harness/explorer-screen.ts';

const VALUES = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.replaceAll(/[\p{Cc}\p{Cf}\s]/gu, 'x')),
  fc.nat().map(String),
);

describe('a value in a column', () => {
  it('is as wide as its column, begins with a gap, and is whole or marked', () => {
    fc.assert(
      fc.property(VALUES, fc.integer({ min: 3, max: 24 }), (text, width) => {
        const value = fitValue(text, width, '…');
        expect(cells(value)).toBe(width);
        expect(value.startsWith(' ')).toBe(true);
        if (cells(text) < width) expect(value.trimStart()).toBe(text.trimStart());
        else expect(value).toContain('…');
      }),
    );
  });

  it('keeps both its ends', () => {
    expect(fitValue('3000000:3000001', 11, '…')).toBe(' 30000…0001');
    expect(fitRight('3000000:3000001', 10, '...')).toBe('3000...001');
  });
});

/** Owners of every length, sizes of every unit, names that look like values; more layers than two digits number. */
const OWNERS = [0, 7, 1000, 65534, 300_000, 3_000_000, 4_294_967_295];
const HOSTILE = [
  [
    ...OWNERS.map((uid, index) =>
      file(`f${index}`, 'x'.repeat(10 ** Math.min(index, 6) - 1), { uid, gid: uid }),
    ),
    file('3000000:3000001', 'y', { uid: 3_000_000, gid: 3_000_001 }),
  ],
  [...OWNERS.map((_, index) => whiteout(`f${index}`)), file('3000000:3000001', 'other', { uid: 1 })],
  ...Array.from({ length: 103 }, (_, index) => [file('3000000:3000001', `${index}`.repeat(5))]),
];
const SIZES = [60, 80, 100, 120, 140, 200].map((columns) => ({ columns, rows: 40 }));
const OPENED = SIZES.map((size): State => opened(HOSTILE, { size }));

const rowsOf = (state: State, pane: 'files' | 'layers'): string[] =>
  paneLines(state, pane)
    .slice(2, -1)
    .map((line) => line.slice(1, -1).trimEnd())
    .filter((line) => line !== '');

describe('the files pane', () => {
  it.each(OPENED)('has every owner whole or marked as cut, at $size.columns columns', (state) => {
    for (const shown of [state, after(state, 'toggle-flat'), after(state, 'toggle-order')]) {
      const rows = rowsOf(after(shown, 'enter'), 'files').slice(0, OWNERS.length + 1);
      expect(rows.length).toBeGreaterThan(OWNERS.length);
      for (const row of rows) {
        expect(row).toMatch(
          /^[▸ ]\+ +[\d.]+ k?M?B(?: {1,}\+[\d.]+ k?M?B)?(?: [-drwx]{10})?(?: +\S+)?(?: {2,}| \/|  )/,
        );
        const owner = / (\d+:\d+|\d+(?::\d*)?…[\d:]*) /.exec(row)?.[1];
        if (owner === undefined || owner.includes('…')) continue;
        const [uid, gid] = owner.split(':').map(Number);
        expect(OWNERS.includes(uid ?? -1)).toBe(true);
        expect([uid, 3_000_001]).toContain(gid);
      }
    }
  });

  it('shows the longest owner whole where there is room', () => {
    const wide = OPENED.at(-1);
    if (wide === undefined) throw new Error('nothing is open');
    expect(rowsOf(after(wide, 'enter'), 'files').join('\n')).toContain(' 4294967295:4294967295 ');
    const narrow = OPENED[3];
    if (narrow === undefined) throw new Error('nothing is open');
    expect(rowsOf(after(narrow, 'enter'), 'files').join('\n')).not.toMatch(/ 42949672+ /);
  });
});

it('a layer beyond the hundredth has its whole number', () => {
  for (const state of OPENED) {
    const last = rowsOf(after(state, 'last'), 'layers').at(-1) ?? '';
    expect(last).toMatch(/^▸104 +\d+ B /);
    // Its number is whole in the life of the file too.
    const its = after(state, 'last', 'enter', 'last', 'file');
    expect(screenText(its)).toMatch(/│▸104 /);
    expect(screenText(its)).toMatch(/│ 103 /);
  }
});

it('bytes of a pulled layer leave a gap before what is done with it', () => {
  const layer = { id: '0123456789ab', status: 'Already exists', share: 0.999, isDone: false };
  const pulled = [{ ...layer, fetched: 999_900_000, total: 999_940_000 }];
  for (const { open, ...state } of OPENED) {
    if (open === null) throw new Error('nothing is open');
    const pulling: State = { ...state, open: { ...open, pulled } };
    const place = layoutOf(pulling)?.panes.layers;
    if (place === undefined) throw new Error('the layers have no place');
    const row = textOf(pullPane(pulling, place, UNICODE.glyphs)[2] ?? []);
    expect(row).toMatch(/ already here +999\.9 MB\/999\.9 MB /);
    expect(cells(row)).toBe(place.columns);
  }
});
