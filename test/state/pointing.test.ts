import { describe, expect, it } from 'vitest';
import { layoutOf } from '../../src/state/layout.ts';
import { placeAt } from '../../src/state/pointing.ts';
import { filesCursor, wasteCursor } from '../../src/state/selectors.ts';
import { initialState, PANES, type State } from '../../src/state/state.ts';
import { update } from '../../src/state/update.ts';
import { file, whiteout } from '../harness/archive.ts';
import { after, cursorPath, opened, rowPaths, SMALL, typed, WIDE } from '../harness/explorer.ts';
import { paneLines } from '../harness/explorer-screen.ts';

const FILES = Array.from({ length: 30 }, (_, index) => file(`f${index}`, 'x'.repeat(100 - index)));
const SHOP = [FILES, [whiteout('f0'), whiteout('f1'), whiteout('f2')], [file('new', 'y')]];

function pointed(
  state: State,
  what: 'click' | 'wheel-up' | 'wheel-down',
  column: number,
  row: number,
): State {
  return update(state, { type: 'pointed', what, column, row, now: 0, textLines: 100 }).state;
}

describe.each([
  ['120x40', WIDE],
  ['80x24', SMALL],
])('at %s', (_, size) => {
  const state = opened(SHOP, { size });

  it('every row of every pane is where it is drawn', () => {
    for (const pane of PANES) {
      const place = layoutOf(state)?.panes[pane];
      if (place === undefined) continue;
      const lines = paneLines(state, pane);
      const column = pane === 'files' && layoutOf(state)?.isWide === true ? size.columns - 2 : 2;
      const top = Array.from({ length: size.rows }, (__, row) => row).find(
        (row) => placeAt(state, column, row)?.pane === pane,
      );
      expect(top, pane).toBeDefined();
      const rows = lines.map((__, index) => placeAt(state, column, (top ?? 0) + index));
      expect(rows.every((each) => each?.pane === pane)).toBe(true);
      const inLists = rows.map((each) => each?.row ?? null);
      expect(inLists.filter((row) => row !== null)).toEqual(
        Array.from({ length: place.listRows }, (__, row) => row),
      );
      // The lower border is no row, and neither are the upper one and a heading.
      expect(inLists.at(0)).toBeNull();
      expect(inLists.at(-1)).toBeNull();
    }
  });

  it('header and status line are of no pane', () => {
    expect(placeAt(state, 2, 0)).toBeNull();
    expect(placeAt(state, 2, size.rows - 1)).toBeNull();
    expect(pointed(state, 'click', 2, 0)).toBe(state);
  });

  it('a click on a layer goes there', () => {
    const clicked = pointed(after(state, 'next-pane'), 'click', 5, 4);
    expect(clicked).toMatchObject({ focus: 'layers', layers: { cursor: 1 } });
    expect(pointed(state, 'click', 5, 5).layers.cursor).toBe(2);
  });

  it('a click on a file goes there, and beyond the last row only to the pane', () => {
    const column = size.columns - 5;
    const row = layoutOf(state)?.isWide === true ? 3 : (layoutOf(state)?.panes.layers?.rows ?? 0) + 3;
    const clicked = pointed(state, 'click', column, row + 4);
    expect(clicked.focus).toBe('files');
    expect(filesCursor(clicked)).toBe(4);
    const onNew = after(state, 'down', 'down');
    expect(pointed(onNew, 'click', column, row + 4)).toMatchObject({ focus: 'files' });
    expect(filesCursor(pointed(onNew, 'click', column, row + 4))).toBe(0);
  });

  it('the wheel moves what is under it and leaves the focus', () => {
    const column = size.columns - 5;
    const row = layoutOf(state)?.isWide === true ? 10 : size.rows - 4;
    const turned = pointed(state, 'wheel-down', column, row);
    expect(filesCursor(turned)).toBe(3);
    expect(turned).toMatchObject({ focus: 'layers', layers: { cursor: 0 }, message: null });
    expect(filesCursor(pointed(turned, 'wheel-up', column, row))).toBe(0);
    expect(pointed(state, 'wheel-up', column, row)).toMatchObject({ message: null });
  });
});

it('a second click on the row that was chosen is Enter', () => {
  const once = pointed(opened(SHOP), 'click', 5, 4);
  expect(once).toMatchObject({ focus: 'layers', layers: { cursor: 1 } });
  expect(pointed(once, 'click', 5, 4)).toEqual(after(once, 'enter'));
  expect(pointed(once, 'click', 5, 5)).toMatchObject({ focus: 'layers', layers: { cursor: 2 } });
});

describe('a click on the mark of a directory', () => {
  const TREE = [[file('a/one', 'x'.repeat(9)), file('a/two', 'x'), file('b/three', 'xx')]];
  const click = (state: State, row: number, isOnFold: boolean): State =>
    update(state, { type: 'pointed', what: 'click', column: 100, row, isOnFold, now: 0, textLines: 0 }).state;

  it('folds it and unfolds it at once, whatever has been chosen before', () => {
    const state = opened(TREE);
    expect(rowPaths(state)).toEqual(['a', 'a/one', 'a/two', 'b', 'b/three']);
    const folded = click(state, 6, true);
    expect(rowPaths(folded)).toEqual(['a', 'a/one', 'a/two', 'b']);
    expect(folded).toMatchObject({ focus: 'files', message: null });
    expect(cursorPath(folded)).toBe('b');
    const again = click(folded, 6, true);
    expect(rowPaths(again)).toEqual(rowPaths(state));
    expect(cursorPath(again)).toBe('b');
    expect(rowPaths(click(again, 3, true))).toEqual(['a', 'b', 'b/three']);
  });

  it('is no click on its row', () => {
    const once = click(opened(TREE), 6, false);
    expect(rowPaths(once)).toHaveLength(5);
    expect(cursorPath(once)).toBe('b');
  });

  it('is nothing to the wheel', () => {
    const action = { type: 'pointed', what: 'wheel-down', column: 100, row: 3, isOnFold: true } as const;
    const turned = update(opened(TREE), { ...action, now: 0, textLines: 0 }).state;
    expect(rowPaths(turned)).toHaveLength(5);
  });
});

it('a click on a wasted copy goes there', () => {
  const state = opened(SHOP);
  const row =
    Array.from({ length: 40 }, (_, at) => at).find((at) => placeAt(state, 2, at)?.pane === 'waste') ?? 0;
  const clicked = pointed(state, 'click', 2, row + 3);
  expect(clicked.focus).toBe('waste');
  expect(wasteCursor(clicked)).toBe(1);
});

it('the wheel moves the help, the list of images, and details', () => {
  const help = after(opened(SHOP, { size: SMALL }), 'help');
  expect(pointed(help, 'wheel-down', 2, 2).help).toEqual({ top: 3 });
  expect(pointed(help, 'click', 2, 2)).toBe(help);
  const images = ['a', 'b', 'c', 'd', 'e'].map((reference) => ({
    reference,
    bytes: 1,
    created: 1,
    platform: null,
  }));
  const list = update(initialState(SMALL, 'images'), { type: 'images-listed', images, problem: null }).state;
  expect(pointed(list, 'wheel-down', 2, 2).picker.cursor).toBe(3);
  const details = opened(SHOP, { size: { columns: 120, rows: 30 } });
  const row =
    Array.from({ length: 30 }, (_, at) => at).find((at) => placeAt(details, 2, at)?.pane === 'details') ?? 0;
  expect(pointed(details, 'wheel-down', 2, row + 1)).toMatchObject({ details: { top: 3 }, focus: 'layers' });
});

describe('a click on the name of a screen', () => {
  const clickOn = (state: State, command: 'waste-screen' | 'images' | 'explore') =>
    update(state, { type: 'pointed', what: 'click', column: 70, row: 0, command, now: 0, textLines: 0 });

  it('leads there, as its key does', () => {
    const state = opened(SHOP);
    expect(clickOn(state, 'waste-screen').state).toEqual(after(state, 'waste-screen'));
    expect(clickOn(state, 'images')).toMatchObject({
      state: { screen: 'images' },
      effect: { type: 'list-images' },
    });
    expect(clickOn(after(state, 'image'), 'explore').state.screen).toBe('explore');
  });

  it('leaves the help and what is being typed', () => {
    const helped = after(opened(SHOP), 'help');
    expect(clickOn(helped, 'waste-screen').state).toMatchObject({ help: null, screen: 'waste' });
    const typing = typed(after(opened(SHOP), 'filter'), 'f1');
    expect(clickOn(typing, 'waste-screen').state).toMatchObject({
      typing: null,
      screen: 'waste',
      files: { filter: 'f1' },
    });
  });

  it('is nothing to the wheel', () => {
    const state = opened(SHOP);
    const action = { type: 'pointed', what: 'wheel-down', column: 70, row: 0, now: 0, textLines: 0 } as const;
    expect(update(state, { ...action, command: 'waste-screen' }).state.screen).toBe('explore');
  });
});

it('a click ends the typing of a filter, and keeps it', () => {
  const state = typed(after(opened(SHOP), 'filter'), 'f1');
  expect(pointed(state, 'click', 5, 3)).toMatchObject({
    typing: null,
    files: { filter: 'f1' },
    focus: 'layers',
  });
});

it('nothing is anywhere on a screen that is too small', () => {
  expect(placeAt(opened(SHOP, { size: { columns: 50, rows: 10 } }), 2, 2)).toBeNull();
});

it('the wheel leaves a text that is being typed as it is', () => {
  const typing = typed(after(opened(SHOP), 'filter'), 're:(');
  const turned = pointed(typing, 'wheel-down', 100, 5);
  expect(turned).toMatchObject({ typing: 'files-filter', files: { filter: 're:(' } });
  expect(filesCursor(pointed(typed(after(opened(SHOP), 'filter'), 'f'), 'wheel-down', 100, 5))).toBe(3);
});

it('a click is a first key as well, and the wheel is none', () => {
  const newcomer = { ...opened(SHOP), isFirstRun: true };
  expect(pointed(newcomer, 'wheel-down', 100, 5).isFirstRun).toBe(true);
  expect(pointed(newcomer, 'click', 100, 5).isFirstRun).toBe(false);
});

it.each(['waste-screen', 'image'] as const)('on the screen that %s opens a click does nothing', (command) => {
  const state = after(opened(SHOP), command);
  expect(pointed(state, 'click', 10, 5)).toEqual(state);
});
