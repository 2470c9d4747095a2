/** A person at the keyboard, on the screen of where every byte went. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/state/actions.ts';
import { opening, type State } from '../../src/state/state.ts';
import { update } from '../../src/state/update.ts';
import {
  currentCopy,
  groupCopies,
  groupCursor,
  groupTips,
  wasteGroups,
} from '../../src/state/waste-selectors.ts';
import { file, whiteout } from '../harness/archive.ts';
import { after, cursorPath, opened, SMALL } from '../harness/explorer.ts';
import { type Layers, pathOf } from '../harness/tree.ts';

const bytes = (count: number): string => 'x'.repeat(count);

/** Layer 2 deletes from two layers, layer 3 gives files to another owner, layer 4 overwrites one. */
const LAYERS = [
  [file('lists/a', bytes(500)), file('etc/conf', bytes(30))],
  [file('lists/b', bytes(300)), file('app/f1', bytes(40)), file('app/f2', bytes(41))],
  [whiteout('lists/a'), whiteout('lists/b')],
  [file('app/f1', bytes(40), { uid: 7 }), file('app/f2', bytes(41), { uid: 7 })],
  [file('etc/conf', bytes(31))],
];
const waste = after(opened(LAYERS), 'waste-screen');

const press = (...commands: readonly Command[]): State => after(waste, ...commands);

const groupOf = (state: State) => wasteGroups(state)?.at(groupCursor(state));
const copyOf = (state: State): string | null => {
  const copy = currentCopy(state);
  const analysis = state.open?.analysis ?? null;
  return copy === null || analysis === null ? null : pathOf(analysis, copy.node);
};

describe('the screen of the waste', () => {
  it('opens on the layer that wastes most, and its largest copy', () => {
    expect(waste.wasteScreen).toMatchObject({ grouping: 'cause', focus: 'groups' });
    expect(groupOf(waste)).toMatchObject({ key: 2, bytes: 800, copies: 2 });
    expect(copyOf(waste)).toBe('lists/a');
  });

  it('has the copies of the group under the cursor, each group its own', () => {
    expect(groupOf(press('down'))).toMatchObject({ key: 3, copies: 2 });
    expect(groupCopies(press('down'))).toBe(2);
    expect(copyOf(press('down'))).toBe('app/f2');
    expect(copyOf(press('last'))).toBe('etc/conf');
    expect(press('last', 'down').message).toBe('This is the last row.');
    expect(press('up').message).toBe('This is the first row.');
  });

  it('goes between its two lists with Tab, and with l and h', () => {
    expect(press('next-pane').wasteScreen.focus).toBe('copies');
    const low = after(opened(LAYERS, { size: SMALL }), 'waste-screen');
    expect(after(low, 'next-pane', 'next-pane').wasteScreen.focus).toBe('groups');
    expect(after(low, 'previous-pane').wasteScreen.focus).toBe('copies');
    expect(press('right').wasteScreen.focus).toBe('copies');
    expect(press('right', 'left').wasteScreen.focus).toBe('groups');
  });

  it('has what would help in the round of Tab where it stands, and leaves it with Esc or h', () => {
    const advice = press('next-pane', 'next-pane');
    expect(advice.wasteScreen).toMatchObject({ focus: 'copies', advice: { isFocused: true } });
    expect(press('previous-pane').wasteScreen.advice.isFocused).toBe(true);
    for (const command of ['back', 'left'] as const) {
      const left = after(advice, command);
      expect(left).toMatchObject({ screen: 'waste', wasteScreen: { advice: { isFocused: false } } });
    }
    expect(after(advice, 'next-pane').wasteScreen).toMatchObject({
      focus: 'groups',
      advice: { isFocused: false },
    });
    expect(after(advice, 'enter').message).toContain('This is to be read');
  });

  it('groups anew by one key, and around', () => {
    const groupings = [1, 2, 3, 4].map((times) => press(...Array<Command>(times).fill('group')));
    expect(groupings.map(({ wasteScreen }) => wasteScreen.grouping)).toEqual([
      'path',
      'directory',
      'fate',
      'cause',
    ]);
    expect(groupings.map(({ message }) => message)).toContain('Waste by directory.');
  });

  it('leads by Enter from a group to its copies, and from a copy to the file in the layer that stores it', () => {
    const copies = press('enter');
    expect(copies.wasteScreen.focus).toBe('copies');
    const there = after(copies, 'down', 'enter');
    expect(there).toMatchObject({ screen: 'explore', focus: 'files', layers: { cursor: 1 } });
    expect(cursorPath(there)).toBe('lists/b');
  });

  it('is come back to by Esc, with both cursors where they were', () => {
    const copy = press('down', 'enter', 'down');
    const back = after(copy, 'enter', 'back');
    expect(back.screen).toBe('waste');
    expect(back.wasteScreen).toEqual(copy.wasteScreen);
    expect(copyOf(back)).toBe('app/f1');
  });

  it('is left by Esc, one thing at a time', () => {
    const steps = [
      press('enter', 'down'),
      press('enter', 'down', 'back'),
      press('enter', 'down', 'back', 'back'),
    ];
    expect(steps.map(({ screen, wasteScreen }) => [screen, wasteScreen.focus])).toEqual([
      ['waste', 'copies'],
      ['waste', 'groups'],
      ['explore', 'groups'],
    ]);
  });

  it('opens the file of the copy under the cursor, and Esc leads back here', () => {
    const opened5 = press('down', 'enter', 'down', 'file');
    expect(opened5).toMatchObject({ screen: 'file', file: { layer: 1, from: { screen: 'waste' } } });
    expect(pathOf(opened5.open?.analysis ?? never(), opened5.file?.node ?? -1)).toBe('app/f1');
    expect(after(opened5, 'back')).toMatchObject({ screen: 'waste', wasteScreen: { focus: 'copies' } });
  });

  it('leads back here also from a file that had been opened elsewhere before', () => {
    const node = press('down', 'enter', 'down', 'file').file?.node;
    const before = after(press('down', 'enter', 'down', 'enter'), 'file');
    expect(before.file).toMatchObject({ node, from: { screen: 'explore' } });
    expect(after(before, 'waste-screen', 'file').file?.from).toEqual({ screen: 'waste' });
  });

  it('leads with w to the list beside the layers', () => {
    expect(press('waste')).toMatchObject({ screen: 'explore', focus: 'waste' });
  });

  it('says why keys of the files do nothing here', () => {
    for (const command of ['toggle-order', 'toggle-mode', 'next-layer', 'fold-all'] as const) {
      const state = press(command);
      expect(state).toEqual({ ...waste, message: expect.any(String) as string });
    }
    expect(press('toggle-order').message).toMatch(/by bytes/);
    expect(press('next-layer').message).toMatch(/{explore} leads there/);
  });

  it('says so where nothing is wasted', () => {
    const clean = after(opened([[file('a', 'x')]]), 'waste-screen');
    expect(after(clean, 'enter').message).toBe('Nothing is wasted here.');
    expect(after(clean, 'down').message).toBe('There is nothing here.');
    expect(currentCopy(clean)).toBeNull();
  });

  it('knows what would help against the group under its cursor', () => {
    expect(groupTips(waste).map(({ id, layers }) => [id, layers])).toEqual([
      ['deleted-later', [0, 2]],
      ['deleted-later', [1, 2]],
    ]);
    expect(groupTips(press('down')).map(({ id }) => id)).toEqual(['metadata-only']);
    expect(groupTips(press('group', 'group', 'last')).map(({ id }) => id)).toEqual(['overwritten-later']);
  });
});

describe('its cursors', () => {
  it('stay each on its own: for each way of grouping, and while other screens are looked at', () => {
    const chosen = press('down', 'group', 'down', 'down');
    expect(groupOf(chosen)).toMatchObject({ grouping: 'path' });
    const path = groupOf(chosen)?.key;
    const around = after(chosen, 'group', 'group', 'group');
    expect(groupOf(around)).toMatchObject({ grouping: 'cause', key: 3 });
    expect(groupOf(after(around, 'group'))?.key).toBe(path);
    expect(after(chosen, 'image', 'explore', 'waste-screen').wasteScreen).toEqual(chosen.wasteScreen);
  });

  /** The same screen once all layers have been read. */
  const readOn = (state: State, layers: Layers): State => {
    const { analysis, blobs } = opened(layers).open ?? never();
    return update(state, { type: 'layer', analysis: analysis ?? never(), blobs }).state;
  };

  it('stay on their group and copy while larger ones come with later layers', () => {
    const base = [file('small', 'x'), file('tiny', 'y'), file('mid', bytes(3)), file('big', bytes(9))];
    const layers = [base, [whiteout('small'), whiteout('tiny')], [whiteout('mid')], [whiteout('big')]];
    const chosen = after(opened(layers, { read: 3 }), 'waste-screen', 'down', 'enter', 'last');
    expect([groupOf(chosen)?.key, groupCursor(chosen), copyOf(chosen)]).toEqual([1, 1, 'tiny']);
    const later = readOn(chosen, layers);
    expect([groupOf(later)?.key, groupCursor(later), copyOf(later)]).toEqual([1, 2, 'tiny']);
  });

  it('stay on the first row as long as nobody has moved them', () => {
    const layers = [[file('a', 'x'), file('big', bytes(9))], [whiteout('a')], [whiteout('big')]];
    const early = after(opened(layers, { read: 2 }), 'waste-screen');
    expect(copyOf(early)).toBe('a');
    expect(copyOf(readOn(early, layers))).toBe('big');
  });

  it('of directories go to the nearest one above where theirs is none any more', () => {
    const base = [file('lib/a/f', 'x'), file('lib/b', 'yy'), file('big/f', bytes(500))];
    const layers = [base, [whiteout('lib/a/f'), whiteout('lib/b')], [whiteout('big/f')]];
    const chosen = after(opened(layers, { read: 2 }), 'waste-screen', 'group', 'group', 'down');
    const directoryOf = (state: State) => pathOf(state.open?.analysis ?? never(), groupOf(state)?.key ?? -1);
    expect(directoryOf(chosen)).toBe('lib/a');
    const later = readOn(chosen, layers);
    expect([directoryOf(later), groupCursor(later)]).toEqual(['', 1]);
  });

  it('are always on the screen, whatever its size', () => {
    const many = [
      Array.from({ length: 60 }, (_, index) => file(`f${index}`, bytes(index + 1))),
      ...Array.from({ length: 60 }, (_, index) => [whiteout(`f${index}`)]),
    ];
    const low = after(opened(many), 'waste-screen', 'last');
    const small = update(low, { type: 'resized', size: SMALL }).state;
    const { top } = small.wasteScreen.groups.cause;
    expect(groupCursor(small)).toBe(59);
    expect(top).toBeGreaterThan(low.wasteScreen.groups.cause.top);
    expect(top).toBeLessThanOrEqual(59);
  });

  it('of directories go to the nearest one above where theirs is none any more', () => {
    const small = [file('lib/a/f', 'x'), file('lib/b', 'y'), file('big/f', bytes(500))];
    const early = after(
      opened([small, [whiteout('lib/a/f')], [whiteout('big/f')]], { read: 2 }),
      'waste-screen',
    );
    const inLib = after(early, 'group', 'group', 'first');
    expect(groupCursor(inLib)).toBe(0);
  });

  it('are on the first row of another image, grouped as before', () => {
    const next = opening(press('group', 'last', 'enter'), 'other', 0);
    expect(next.wasteScreen).toMatchObject({ grouping: 'path', focus: 'groups', copies: { wanted: -1 } });
    expect(next.wasteScreen.groups.path).toEqual({ wanted: -1, top: 0 });
  });
});

describe('Tab on a screen of one pane', () => {
  it('leads to the next screen of the image and around, Shift-Tab to the one before', () => {
    const image = press('image');
    expect(after(image, 'next-pane').screen).toBe('explore');
    expect(after(image, 'previous-pane').screen).toBe('waste');
    const aFile = after(press('file'), 'image');
    expect(after(aFile, 'next-pane').screen).toBe('file');
    expect(after(aFile, 'next-pane', 'next-pane').screen).toBe('explore');
  });
});

function never(): never {
  throw new Error('there is an image');
}

it('the key that groups says in the explorer where it works, by the name of that key', () => {
  expect(after(opened([[file('a', 'x')]]), 'group').message).toContain('{waste-screen} leads there');
});
