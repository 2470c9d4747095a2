/** Pages of every list: where the cursor and the first row on the screen are after a page, and half of one. */
import { describe, expect, it } from 'vitest';
import { imageRows, paneRows } from '../../src/state/layout.ts';
import { listRows } from '../../src/state/moving.ts';
import { pickerTop } from '../../src/state/picker-selectors.ts';
import { filesCursor, wasteCursor } from '../../src/state/selectors.ts';
import { initialState, type State } from '../../src/state/state.ts';
import { update } from '../../src/state/update.ts';
import { wasteListRows } from '../../src/state/waste-layout.ts';
import { copyCursor, groupCursor } from '../../src/state/waste-selectors.ts';
import { directory, file, whiteout } from '../harness/archive.ts';
import { after, opened, SMALL } from '../harness/explorer.ts';

const COUNT = 90;
const numbers = Array.from({ length: COUNT }, (_, index) => index);
/** Ninety layers; the first has ninety files, which the second deletes. */
const LONG = opened(
  [
    [directory('d'), ...numbers.map((index) => file(`d/f${index}`, 'x'.repeat(index + 1)))],
    numbers.map((index) => whiteout(`d/f${index}`)),
    ...numbers.slice(2).map((): ReturnType<typeof file>[] => []),
  ],
  { size: SMALL },
);
const PICKER = update(initialState(SMALL, 'images'), {
  type: 'images-listed',
  images: numbers.map((index) => ({ reference: `i${index}`, bytes: 1, created: 1, platform: null })),
  problem: null,
}).state;

interface List {
  readonly name: string;
  readonly state: State;
  readonly height: number;
  readonly at: (state: State) => { readonly cursor: number; readonly top: number };
}

const onFiles = after(LONG, 'enter', 'unfold-all');
const onWaste = after(LONG, 'waste');
const byPath = after(LONG, 'waste-screen', 'group');
const onCopies = after(LONG, 'waste-screen', 'next-pane');

const LISTS: readonly List[] = [
  { name: 'layers', state: LONG, height: listRows(LONG, 'layers'), at: ({ layers }) => layers },
  {
    name: 'files',
    state: onFiles,
    height: listRows(onFiles, 'files'),
    at: (state) => ({ cursor: filesCursor(state), top: state.files.top }),
  },
  {
    name: 'waste',
    state: onWaste,
    height: listRows(onWaste, 'waste'),
    at: (state) => ({ cursor: wasteCursor(state), top: state.waste.top }),
  },
  {
    name: 'groups of the waste',
    state: byPath,
    height: wasteListRows(byPath, 'groups'),
    at: (state) => ({ cursor: groupCursor(state), top: state.wasteScreen.groups.path.top }),
  },
  {
    name: 'copies of a group',
    state: onCopies,
    height: wasteListRows(onCopies, 'copies'),
    at: (state) => ({ cursor: copyCursor(state), top: state.wasteScreen.copies.top }),
  },
  {
    name: 'images',
    state: PICKER,
    height: imageRows(SMALL),
    at: (state) => ({ cursor: state.picker.cursor, top: pickerTop(state) }),
  },
];

describe.each(LISTS)('the list of $name', ({ state, height, at }) => {
  it('begins a page down with what was its last row, and the cursor is there', () => {
    expect(height).toBeGreaterThan(2);
    expect(at(state)).toMatchObject({ cursor: 0, top: 0 });
    expect(at(after(state, 'page-down'))).toMatchObject({ cursor: height - 1, top: height - 1 });
    const two = 2 * (height - 1);
    expect(at(after(state, 'page-down', 'page-down'))).toMatchObject({ cursor: two, top: two });
    expect(at(after(state, 'page-down', 'page-down', 'page-up'))).toMatchObject({
      cursor: height - 1,
      top: height - 1,
    });
  });

  it('is turned with its cursor, which stays at its height', () => {
    expect(at(after(state, 'down', 'page-down'))).toMatchObject({ cursor: height, top: height - 1 });
    expect(at(after(state, 'down', 'page-down', 'page-up'))).toMatchObject({ cursor: 1, top: 0 });
  });

  it('goes by half a page too', () => {
    const half = Math.floor(height / 2);
    expect(at(after(state, 'half-page-down'))).toMatchObject({ cursor: half, top: half });
    expect(at(after(state, 'half-page-down', 'half-page-up'))).toMatchObject({ cursor: 0, top: 0 });
  });

  it('ends full, its cursor on the last row', () => {
    const pages = Array<'page-down'>(COUNT).fill('page-down');
    const { cursor, top } = at(after(state, ...pages));
    expect(top).toBe(cursor - height + 1);
    expect(after(state, ...pages, 'page-down').message).toBe('This is the last row.');
    expect(after(state, ...pages, 'half-page-down').message).toBe('This is the last row.');
    expect(after(state, 'half-page-up').message).toBe('This is the first row.');
  });
});

it('texts are read on with one line in common', () => {
  const help = after(LONG, 'help', 'page-down').help;
  expect(help).toEqual({ top: paneRows(SMALL) - 1 });
  expect(after(LONG, 'help', 'half-page-down').help).toEqual({ top: Math.floor(paneRows(SMALL) / 2) });
});
