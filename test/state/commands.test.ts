/** A person at the keyboard, with a small image open. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/state/actions.ts';
import { currentWaste, wasteRows } from '../../src/state/selectors.ts';
import { initialState, PANES, type State } from '../../src/state/state.ts';
import { update } from '../../src/state/update.ts';
import { file } from '../harness/archive.ts';
import { after, cursorPath, effectOf, opened, SMALL, typed } from '../harness/explorer.ts';
import { onF9, SHOP, shop } from '../harness/shop.ts';

describe('the layers pane', () => {
  it('has the focus first, on the first instruction', () => {
    expect(shop()).toMatchObject({ focus: 'layers', layers: { cursor: 0 }, message: null });
  });

  it('walks every instruction, with or without a layer, and says where the ends are', () => {
    expect(after(shop(), 'down').layers.cursor).toBe(1);
    expect(after(shop(), 'last').layers.cursor).toBe(4);
    expect(after(shop(), 'last', 'down')).toMatchObject({
      layers: { cursor: 4 },
      message: 'This is the last row.',
    });
    expect(after(shop(), 'up')).toMatchObject({ layers: { cursor: 0 }, message: 'This is the first row.' });
    expect(after(shop(), 'page-down', 'page-down').layers.cursor).toBe(4);
    expect(after(shop(), 'last', 'first').layers.cursor).toBe(0);
  });

  it('can be walked from any other pane', () => {
    const state = after(onF9, 'next-layer');
    expect(state).toMatchObject({ focus: 'files', layers: { cursor: 3 } });
    expect(after(state, 'previous-layer').layers.cursor).toBe(2);
    expect(after(shop(), 'waste', 'next-layer')).toMatchObject({ focus: 'waste', layers: { cursor: 1 } });
  });
});

describe('Tab', () => {
  it('goes through every pane and around, and back with Shift', () => {
    const focuses = (command: Command) => {
      let state = shop();
      return PANES.map(() => (state = after(state, command)).focus);
    };
    expect(focuses('next-pane')).toEqual(['files', 'details', 'waste', 'layers']);
    expect(focuses('previous-pane')).toEqual(['waste', 'details', 'files', 'layers']);
  });
});

describe('waste', () => {
  const onWaste = after(shop(), 'waste');

  it('stands with the most bytes first', () => {
    expect(wasteRows(onWaste).map(({ bytes }) => bytes)).toEqual([500, 100, 90, 5]);
  });

  it('is jumped to by Enter: the layer that stores the copy, and the file', () => {
    const state = after(onWaste, 'down', 'enter');
    expect(state.focus).toBe('files');
    expect(state.open?.facts?.instructions[state.layers.cursor]?.layer).toBe(1);
    expect(cursorPath(state)).toBe('app/data/f1');
  });

  it('is found though its directory was folded, its kind left out, a filter set, another mode chosen', () => {
    const hidden = typed(after(onF9, 'fold-all', 'toggle-added', 'toggle-mode', 'filter'), 'nothing');
    const state = after({ ...hidden, typing: null }, 'waste', 'enter');
    expect(cursorPath(state)).toBe('usr/lib/a');
    expect(state.files).toMatchObject({ mode: 'changes', filter: '' });
  });

  it('can be looked through to its end', () => {
    expect(currentWaste(after(onWaste, 'last'))?.bytes).toBe(5);
    expect(after(onWaste, 'last', 'down').message).toBe('This is the last row.');
  });

  it('is not there where nothing is wasted', () => {
    const state = after(opened([[file('a', 'x')]]), 'waste', 'enter');
    expect(state.message).toBe('Nothing is wasted here.');
    expect(after(state, 'down').message).toBe('There is nothing here.');
  });
});

describe('Enter', () => {
  it('leads from a layer to its files, and from a file to its details', () => {
    expect(after(shop(), 'enter').focus).toBe('files');
    expect(after(onF9, 'enter')).toMatchObject({
      focus: 'details',
      lastFocus: { subject: 'files', lower: 'details' },
    });
  });
});

describe('Esc leaves one thing at a time', () => {
  it('first the details of the image, then a filter, then the pane', () => {
    const deep = { ...typed(after(onF9, 'filter'), 'f1'), typing: null };
    const steps: State[] = [after(deep, 'toggle-image')];
    for (let step = 0; step < 4; step++) steps.push(after(steps.at(-1) ?? deep, 'back'));
    expect(steps.map(({ files, details, focus }) => [files.filter, details.showsImage, focus])).toEqual([
      ['f1', true, 'details'],
      ['f1', false, 'files'],
      ['', false, 'files'],
      ['', false, 'layers'],
      ['', false, 'layers'],
    ]);
    expect(steps.at(-1)?.message).toMatch(/q leaves/);
  });

  it('cancels the reading of an image, and leads to the images', () => {
    const reading = opened(SHOP, { read: 1 });
    expect(effectOf(reading, 'back')).toEqual({ type: 'cancel' });
    expect(after(reading, 'back')).toMatchObject({ screen: 'images', open: null, message: 'Cancelled.' });
    expect(effectOf(shop(), 'back')).toBeUndefined();
  });
});

describe('leaving', () => {
  it.each(['layers', 'files', 'details', 'waste'] as const)('works from the %s pane', (focus) => {
    const state = { ...shop(), focus };
    expect(effectOf(state, 'quit')).toEqual({ type: 'quit', isInterrupted: false });
    expect(effectOf(state, 'interrupt')).toEqual({ type: 'quit', isInterrupted: true });
  });

  it('works from the help and from the list of images', () => {
    expect(effectOf(after(shop(), 'help'), 'quit')).toEqual({ type: 'quit', isInterrupted: false });
    expect(effectOf(initialState(SMALL, 'images'), 'quit')).toEqual({ type: 'quit', isInterrupted: false });
  });
});

describe('the help', () => {
  it('comes and goes, and changes nothing below it', () => {
    const help = after(onF9, 'help');
    expect(help.help).toEqual({ top: 0 });
    for (const command of ['help', 'back', 'enter'] as const) {
      expect(after(help, command)).toEqual({ ...onF9, help: null, message: null });
    }
  });

  it('scrolls, and takes no other command', () => {
    const help = after(onF9, 'help');
    expect(after(help, 'down').help).toEqual({ top: 1 });
    expect(after(help, 'down', 'up').help).toEqual({ top: 0 });
    expect(after(help, 'toggle-order')).toMatchObject({
      files: { order: 'size' },
      message: 'Esc leaves the help.',
    });
  });
});

describe('the list of images', () => {
  const images = ['a:1', 'b:1', 'c:1'].map((reference) => ({
    reference,
    bytes: 1,
    created: 1,
    platform: null,
  }));
  const start: State = { ...initialState(SMALL, 'images'), typing: 'picker-filter' };
  const listed = update(start, { type: 'images-listed', images, problem: null }).state;

  it('opens the one under the cursor', () => {
    expect(effectOf(after(listed, 'down'), 'enter')).toEqual({ type: 'open', reference: 'b:1' });
    expect(after(listed, 'down', 'enter')).toMatchObject({
      screen: 'explore',
      open: { name: 'b:1' },
      typing: null,
    });
  });

  it('has ends, and says so', () => {
    expect(after(listed, 'last', 'down')).toMatchObject({
      picker: { cursor: 2 },
      message: 'This is the last row.',
    });
    expect(after(listed, 'up').message).toBe('This is the first row.');
  });

  it('opens nothing where nothing is left', () => {
    const state = typed(listed, 'nowhere');
    expect(effectOf(state, 'enter')).toBeUndefined();
    expect(after(state, 'enter').message).toBe('No image to open.');
  });

  it('is left by Esc: a filter first, then for the image that is open', () => {
    expect(after(typed(listed, 'b'), 'back').picker.filter).toBe('');
    expect(after(listed, 'back').message).toBe('q leaves peel.');
    const from = after(shop(), 'images');
    expect(from).toMatchObject({ screen: 'images', typing: 'picker-filter' });
    expect(after(from, 'back')).toMatchObject({ screen: 'explore', typing: null, focus: 'layers' });
  });
});

describe('the images of an archive', () => {
  const images = ['linux/amd64', 'linux/arm64'].map((platform, index) => ({
    reference: 'shop:1',
    key: `sha256:${index}`,
    bytes: 1,
    created: null,
    platform,
  }));
  const opening: State = { ...shop(), picker: { ...shop().picker, filter: 'left over', cursor: 7 } };
  const found = update(opening, { type: 'images-found', images, place: 'shop.tar' }).state;

  it('are a list of their own, in place of the image that was to be opened', () => {
    expect(found).toMatchObject({
      screen: 'images',
      typing: 'picker-filter',
      open: null,
      picker: { images, place: 'shop.tar', problem: null, filter: '', cursor: 0 },
    });
  });

  it('are opened by their keys, as they may all be called the same', () => {
    expect(effectOf(after(found, 'down'), 'enter')).toEqual({ type: 'choose', key: 'sha256:1' });
    expect(after(found, 'down', 'enter')).toMatchObject({ screen: 'explore', open: { name: 'shop:1' } });
  });

  it('are left by Esc, and peel with them', () => {
    expect(effectOf(found, 'back')).toEqual({ type: 'quit', isInterrupted: false });
    expect(effectOf(typed(found, 'x'), 'back')).toBeUndefined();
  });

  it('are there again while one of them is open; the daemon is not asked', () => {
    const chosen = after(found, 'enter');
    expect(effectOf(chosen, 'images')).toBeUndefined();
    const again = after(chosen, 'images');
    expect(again).toMatchObject({ screen: 'images', picker: { images } });
    expect(after(again, 'back').screen).toBe('explore');
    expect(effectOf(shop(), 'images')).toEqual({ type: 'list-images' });
  });
});
