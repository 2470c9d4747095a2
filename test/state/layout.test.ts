import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Layout, layoutOf, MIN_COLUMNS, MIN_ROWS, scrolled } from '../../src/state/layout.ts';
import { initialState, type Pane, type State } from '../../src/state/state.ts';
import { factsFor } from '../harness/explorer.ts';

type Lower = State['lastFocus']['lower'];

function layoutFor(columns: number, rows: number, lower: Lower = 'files', instructions = 10): Layout | null {
  const { lastFocus } = initialState({ columns, rows }, 'explore');
  const facts = factsFor(instructions);
  const open = {
    name: 'x',
    facts,
    progress: null,
    pulled: null,
    missing: null,
    analysis: null,
    layersRead: 0,
    blobs: [],
    verification: 'none' as const,
    isComplete: true,
    failure: null,
  };
  return layoutOf({
    size: { columns, rows },
    focus: 'layers',
    isZoomed: false,
    lastFocus: { ...lastFocus, lower },
    open,
  });
}

const panesOf = (layout: Layout | null): Pane[] => (Object.keys(layout?.panes ?? {}) as Pane[]).sort();

/** Rows and columns of a pane; nothing where it is not there. */
const place = (layout: Layout, pane: Pane) => layout.panes[pane] ?? { columns: 0, rows: 0, listRows: 0 };

describe('a layout', () => {
  it('fills the screen between header and status line exactly, at every size', () => {
    for (let columns = MIN_COLUMNS; columns <= 250; columns++) {
      for (let rows = MIN_ROWS; rows <= 80; rows++) {
        for (const lower of ['files', 'details', 'waste'] as const) {
          const layout = layoutFor(columns, rows, lower, (columns * rows) % 40);
          if (layout === null) throw new Error(`no layout at ${columns}x${rows}`);
          const left = ['layers', 'details', 'waste'] as const;
          const stack = layout.isWide ? left : ([...left, 'files'] as const);
          const heights = stack.reduce((sum, pane) => sum + place(layout, pane).rows, 0);
          const widths = new Set(
            stack.map((pane) => layout.panes[pane]?.columns).filter((width) => width !== undefined),
          );
          const besides = layout.isWide ? place(layout, 'files').columns : 0;
          expect([heights, widths.size, Math.max(...widths) + besides]).toEqual([rows - 2, 1, columns]);
          if (layout.isWide) expect(place(layout, 'files').rows).toBe(rows - 2);
        }
      }
    }
  });

  it('gives every pane that is there rows for a list', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: MIN_COLUMNS, max: 250 }),
        fc.integer({ min: MIN_ROWS, max: 80 }),
        fc.constantFrom<Lower>('files', 'details', 'waste'),
        fc.nat({ max: 200 }),
        (columns, rows, lower, instructions) => {
          const layout = layoutFor(columns, rows, lower, instructions);
          for (const pane of Object.values(layout?.panes ?? {})) {
            expect(pane.listRows).toBeGreaterThan(0);
            expect(pane.listRows).toBeLessThanOrEqual(pane.rows - 2);
          }
        },
      ),
    );
  });

  it('is none where the screen is too small', () => {
    expect(layoutFor(MIN_COLUMNS, MIN_ROWS)).not.toBeNull();
    expect(layoutFor(MIN_COLUMNS - 1, MIN_ROWS)).toBeNull();
    expect(layoutFor(MIN_COLUMNS, MIN_ROWS - 1)).toBeNull();
  });

  it('shows all four panes on 120x40, whatever has the focus', () => {
    for (const lower of ['files', 'details', 'waste'] as const) {
      expect(panesOf(layoutFor(120, 40, lower))).toEqual(['details', 'files', 'layers', 'waste']);
    }
  });

  it('stacks panes under 100 columns: layers, and the one that had the focus last', () => {
    expect(panesOf(layoutFor(99, 40, 'files'))).toEqual(['files', 'layers']);
    expect(panesOf(layoutFor(80, 24, 'waste'))).toEqual(['layers', 'waste']);
    expect(panesOf(layoutFor(80, 24, 'details'))).toEqual(['details', 'layers']);
    expect(layoutFor(99, 40)?.isWide).toBe(false);
    expect(layoutFor(100, 40)?.isWide).toBe(true);
  });

  it('lets details and waste share a place where a wide screen is low', () => {
    expect(panesOf(layoutFor(120, 20, 'files'))).toEqual(['details', 'files', 'layers']);
    expect(panesOf(layoutFor(120, 20, 'waste'))).toEqual(['files', 'layers', 'waste']);
  });

  it('gives layers no more rows than they need', () => {
    // Borders and a heading around three instructions, on a screen that has room for many.
    expect(layoutFor(80, 60, 'files', 3)?.panes.layers?.listRows).toBe(3);
    expect(layoutFor(120, 60, 'files', 20)?.panes.layers?.listRows).toBe(20);
  });
});

describe('the first row on the screen', () => {
  it.each([
    { top: 0, cursor: 3, is: 0, why: 'stays while the cursor can be seen' },
    { top: 5, cursor: 14, is: 5, why: 'stays while the cursor is on the last row' },
    { top: 5, cursor: 15, is: 6, why: 'follows the cursor down, one row at a time' },
    { top: 5, cursor: 4, is: 4, why: 'follows it up' },
    { top: 0, cursor: 99, is: 90, why: 'goes to the end with it' },
    { top: 95, cursor: 99, is: 90, why: 'never leaves empty rows below the last one' },
    { top: -3, cursor: 2, is: 0, why: 'never leaves empty rows above the first one' },
  ])('$why', ({ top, cursor, is }) => {
    expect(scrolled(top, cursor, 10, 100)).toBe(is);
  });

  it('is the first of all where everything fits', () => {
    expect(scrolled(4, 4, 10, 5)).toBe(0);
    expect(scrolled(0, 0, 10, 0)).toBe(0);
  });

  it('always shows the cursor, and moves no further than it must', () => {
    const nat = fc.nat({ max: 60 });
    fc.assert(
      fc.property(
        nat,
        nat,
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 60 }),
        (top, at, height, count) => {
          const cursor = at % count;
          const is = scrolled(top, cursor, height, count);
          expect(is).toBeGreaterThanOrEqual(0);
          expect(cursor - is).toBeGreaterThanOrEqual(0);
          expect(cursor - is).toBeLessThan(height);
          expect(is).toBeLessThanOrEqual(Math.max(0, count - height));
          expect(scrolled(is, cursor, height, count)).toBe(is);
        },
      ),
    );
  });
});
