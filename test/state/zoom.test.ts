import { describe, expect, it } from 'vitest';
import { layoutOf } from '../../src/state/layout.ts';
import { PANES, type Pane, type State } from '../../src/state/state.ts';
import { update } from '../../src/state/update.ts';
import { file, whiteout } from '../harness/archive.ts';
import { after, cursorPath, opened, SMALL, WIDE } from '../harness/explorer.ts';

const SHOP = [
  Array.from({ length: 60 }, (_, index) => file(`f${index}`, 'x'.repeat(100 - index))),
  [whiteout('f0'), whiteout('f1')],
];

const panesOf = (state: State): string[] => Object.keys(layoutOf(state)?.panes ?? {});
const resized = (state: State, columns: number, rows: number): State =>
  update(state, { type: 'resized', size: { columns, rows } }).state;

describe.each([
  ['120x40', WIDE],
  ['80x24', SMALL],
])('a zoom at %s', (_, size) => {
  it.each(PANES)('gives %s the whole screen, and gives it back', (pane: Pane) => {
    const focused: State = { ...opened(SHOP, { size }), focus: pane };
    const zoomed = after(focused, 'zoom');
    expect(layoutOf(zoomed)?.panes).toEqual({
      [pane]: {
        columns: size.columns,
        rows: size.rows - 2,
        listRows: size.rows - 4 - (pane === 'details' ? 0 : 1),
      },
    });
    expect(panesOf(after(zoomed, 'zoom'))).toEqual(panesOf(focused));
  });

  it('follows the focus', () => {
    const zoomed = after(opened(SHOP, { size }), 'zoom');
    expect(panesOf(after(zoomed, 'next-pane'))).toEqual(['files']);
    expect(panesOf(after(zoomed, 'details'))).toEqual(['details']);
    expect(panesOf(after(zoomed, 'details', 'details'))).toEqual(['layers']);
    expect(panesOf(after(zoomed, 'waste'))).toEqual(['waste']);
    expect(panesOf(after(zoomed, 'filter'))).toEqual(['files']);
  });

  it('ends with Esc, after what Esc leaves before it', () => {
    const zoomed = after(opened(SHOP, { size }), 'enter', 'zoom', 'toggle-range');
    const ended = after(zoomed, 'back');
    expect(ended).toMatchObject({ isZoomed: true, files: { rangeStart: null } });
    expect(after(ended, 'back')).toMatchObject({ isZoomed: false, focus: 'files' });
    expect(after(ended, 'back', 'back').focus).toBe('layers');
  });

  it('is as it was when one comes back from another screen', () => {
    const zoomed = after(opened(SHOP, { size }), 'enter', 'last', 'zoom');
    for (const [there, back] of [
      ['waste-screen', 'explore'],
      ['image', 'back'],
      ['file', 'back'],
    ] as const) {
      const again = after(zoomed, there, back);
      expect(panesOf(again)).toEqual(['files']);
      expect(cursorPath(again)).toBe(cursorPath(zoomed));
    }
  });

  it('outlasts a resize, with the cursor in view', () => {
    const zoomed = after(opened(SHOP, { size }), 'enter', 'last', 'zoom');
    const small = resized(zoomed, 60, 15);
    expect(panesOf(small)).toEqual(['files']);
    expect(cursorPath(small)).toBe('f59');
    expect(small.files.top).toBe(60 - (layoutOf(small)?.panes.files?.listRows ?? 0));
  });
});

it('the waste has a zoom of its own', () => {
  const zoomed = after(opened(SHOP), 'waste-screen', 'zoom');
  expect(zoomed).toMatchObject({ isZoomed: false, wasteScreen: { isZoomed: true } });
  expect(after(zoomed, 'explore')).toMatchObject({ isZoomed: false });
  expect(after(zoomed, 'back')).toMatchObject({ screen: 'waste', wasteScreen: { isZoomed: false } });
});

it.each(['image', 'file'] as const)(
  'on the screen of the %s there is nothing to zoom, which is said',
  (screen) => {
    const state = after(opened(SHOP), 'enter', screen);
    expect(after(state, 'zoom').message).not.toBeNull();
    expect(after(state, 'zoom')).toMatchObject({ isZoomed: false });
  },
);
