/** A person at the keyboard, with a small image open. */
import { describe, expect, it } from 'vitest';
import type { Action, Command } from '../../src/state/actions.ts';
import { imageRows } from '../../src/state/layout.ts';
import { focusOn } from '../../src/state/moving.ts';
import {
  currentInstruction,
  currentLayer,
  currentWaste,
  filesNode,
  wasteList,
} from '../../src/state/selectors.ts';
import { initialState, PANES, type State } from '../../src/state/state.ts';
import { update } from '../../src/state/update.ts';
import { file, whiteout } from '../harness/archive.ts';
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
    expect(after(shop(), 'waste', 'next-layer').focus).toBe('waste');
  });

  it('is walked from other panes from layer to layer: an instruction without one has no files to show', () => {
    const layers = (...commands: Command[]) => {
      const state = after(shop(), ...commands);
      return currentInstruction(state)?.layer;
    };
    const count = shop().open?.facts?.layers.length ?? 0;
    expect(count).toBeGreaterThan(2);
    const steps = Array.from({ length: count - 1 }, () => 'next-layer' as const);
    expect(steps.map((_, index) => layers(...steps.slice(0, index + 1)))).toEqual(
      steps.map((_, index) => index + 1),
    );
    expect(layers('last', 'previous-layer')).toBeLessThan(count);
    expect(after(shop(), ...steps, 'next-layer').message).toBe('This is the last layer.');
    expect(after(shop(), 'previous-layer').message).toBe('This is the first layer.');
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

describe('the details', () => {
  it.each(['layers', 'files', 'waste'] as const)('are those of the %s pane, and left to it', (pane) => {
    const there = focusOn(shop(), pane);
    const details = after(there, 'details');
    expect(details).toMatchObject({ focus: 'details', lastFocus: { subject: pane } });
    expect(after(details, 'details').focus).toBe(pane);
    expect(after(details, 'back').focus).toBe(pane);
  });

  it('of a layer stand between the layers and the files', () => {
    const ofLayer = after(shop(), 'details');
    expect(after(ofLayer, 'next-pane').focus).toBe('files');
    expect(after(ofLayer, 'previous-pane').focus).toBe('layers');
  });

  it('of a file stand between the files and the waste', () => {
    const ofFile = after(onF9, 'details');
    expect(after(ofFile, 'next-pane').focus).toBe('waste');
    expect(after(ofFile, 'previous-pane').focus).toBe('files');
  });
});

describe('waste', () => {
  const onWaste = after(shop(), 'waste');
  const wastedBytes = (state: State) =>
    wasteList(state)
      ?.slice(0, 9)
      .map(({ bytes }) => bytes);

  it('stands with the most bytes first', () => {
    expect(wastedBytes(onWaste)).toEqual([500, 100, 90, 5]);
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

  it('is come back to by Esc from where Enter has led, the filter set there cleared first', () => {
    const jumped = after(onWaste, 'down', 'enter');
    const back = after(jumped, 'back');
    expect(back.focus).toBe('waste');
    expect(currentWaste(back)?.bytes).toBe(100);
    expect(after(jumped, 'enter', 'back', 'back').focus).toBe('waste');
    expect(after(jumped, 'next-pane', 'back', 'back').focus).toBe('waste');
    const filtered = after(typed(after(jumped, 'filter'), 'f'), 'enter');
    expect(after(filtered, 'back')).toMatchObject({ focus: 'files', files: { filter: '' } });
    expect(after(filtered, 'back', 'back').focus).toBe('waste');
    expect(after(jumped, 'next-pane', 'next-pane', 'back').focus).not.toBe('files');
  });

  it('keeps its cursor on a copy while larger ones come with later layers', () => {
    const layers = [[file('small', 'x'), file('big', 'xxx')], [whiteout('small')], [whiteout('big')]];
    const early = after(opened(layers, { read: 2 }), 'waste', 'first');
    expect(wastedBytes(early)).toEqual([1]);
    const unmoved: State = { ...early, open: opened(layers).open };
    expect(wastedBytes(unmoved)).toEqual([3, 1]);
    expect(currentWaste(unmoved)?.bytes).toBe(3);
    const chosen = after(opened(layers), 'waste', 'last');
    expect(currentWaste(chosen)?.bytes).toBe(1);
    expect(currentWaste({ ...chosen, open: early.open })?.bytes).toBe(1);
  });

  it('takes no key that would change the files unseen, and says where it works', () => {
    for (const command of ['toggle-order', 'toggle-mode', 'toggle-added', 'fold-all'] as const) {
      const state = after(onWaste, command);
      expect(state).toEqual({
        ...onWaste,
        message: expect.stringMatching(/files: {explore} leads there/) as string,
      });
    }
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
  it('leads from a layer to its files, and from a file to its screen', () => {
    expect(after(shop(), 'enter').focus).toBe('files');
    expect(after(onF9, 'enter')).toMatchObject({
      screen: 'file',
      file: { node: filesNode(onF9), layer: currentLayer(onF9), from: { screen: 'explore', focus: 'files' } },
    });
    expect(after(onF9, 'enter', 'back')).toMatchObject({ screen: 'explore', focus: 'files' });
  });
});

describe('Esc leaves one thing at a time', () => {
  it('first the screen of the image, then a filter, then the pane', () => {
    const deep = { ...typed(after(onF9, 'filter'), 'f1'), typing: null };
    const steps: State[] = [after(deep, 'image')];
    for (let step = 0; step < 4; step++) steps.push(after(steps.at(-1) ?? deep, 'back'));
    expect(steps.map(({ files, screen, focus }) => [files.filter, screen, focus])).toEqual([
      ['f1', 'image', 'files'],
      ['f1', 'explore', 'files'],
      ['', 'explore', 'files'],
      ['', 'explore', 'layers'],
      ['', 'explore', 'layers'],
    ]);
    expect(steps.at(-1)?.message).toMatch(/^{quit} leaves/);
  });

  it('asks before it cancels the reading of an image, and leads to the images then', () => {
    const reading = opened(SHOP, { read: 1 });
    expect(effectOf(reading, 'back')).toBeUndefined();
    const asked = after(reading, 'back');
    expect(asked.message).toBe('{back} again cancels reading the image.');
    expect(effectOf(asked, 'back')).toEqual({ type: 'cancel' });
    expect(after(asked, 'back')).toMatchObject({ screen: 'images', open: null, message: 'Cancelled.' });
    expect(effectOf(shop(), 'back')).toBeUndefined();
    expect(effectOf(after(shop(), 'back'), 'back')).toBeUndefined();
  });

  it('cancels nothing when another key has come between', () => {
    const asked = after(opened(SHOP, { read: 1 }), 'back');
    const others: readonly Action[] = [
      { type: 'command', command: 'down', now: 0, textLines: 0 },
      { type: 'unknown-key', key: 'Z' },
      { type: 'pointed', what: 'wheel-down', column: 5, row: 5, now: 0, textLines: 0 },
    ];
    for (const other of others) {
      const next = update(asked, other).state;
      expect(next.isCancelAsked).toBe(false);
      expect(effectOf(next, 'back')).toBeUndefined();
    }
    const ticked = update(asked, { type: 'tick', now: 5 }).state;
    expect(effectOf(ticked, 'back')).toEqual({ type: 'cancel' });
  });

  it('leaves pane, filter and screen before an image that is being read', () => {
    const reading = opened(SHOP, { read: 1 });
    const filtered = after(typed(after(reading, 'filter'), 'a'), 'enter', 'details');
    const keys = ['back', 'back', 'back'] as const;
    const states = keys.map((_, index) => after(filtered, ...keys.slice(0, index + 1)));
    expect(states.map(({ focus, files }) => [focus, files.filter])).toEqual([
      ['files', 'a'],
      ['files', ''],
      ['layers', ''],
    ]);
    expect(states.at(-1)?.isCancelAsked).toBe(false);
  });
});

describe('leaving', () => {
  it.each(['layers', 'files', 'details', 'waste'] as const)('works from the %s pane', (focus) => {
    const state = { ...shop(), focus };
    expect(effectOf(state, 'quit')).toEqual({ type: 'quit', isInterrupted: false });
    expect(effectOf(state, 'interrupt')).toEqual({ type: 'quit', isInterrupted: true });
  });

  it('works from the screens and from the list of images', () => {
    expect(effectOf(after(shop(), 'image'), 'quit')).toEqual({ type: 'quit', isInterrupted: false });
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
      message: '{back} leaves the help.',
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
  const listed = update(initialState(SMALL, 'images'), {
    type: 'images-listed',
    images,
    problem: null,
  }).state;

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

  it('moves by as many rows as stand on the screen', () => {
    const many = Array.from({ length: 50 }, (_, index) => {
      return { reference: `${index}`, bytes: 1, created: 1, platform: null };
    });
    const long = update(initialState(SMALL, 'images'), {
      type: 'images-listed',
      images: many,
      problem: null,
    }).state;
    expect(after(long, 'page-down').picker.cursor).toBe(imageRows(SMALL) - 1);
  });

  it('opens nothing where nothing is left', () => {
    const state = typed(listed, 'nowhere');
    expect(effectOf(state, 'enter')).toBeUndefined();
    expect(after(state, 'enter').message).toBe('No image to open.');
  });

  it('is left by Esc: a filter first, then for the image that is open', () => {
    const filtered = after(typed(listed, 'b'), 'back');
    expect(filtered).toMatchObject({ typing: null, picker: { filter: '', cursor: 1 } });
    expect(after(filtered, 'back').message).toBe('{quit} leaves peel.');
    const from = after(shop(), 'images');
    expect(from).toMatchObject({ screen: 'images', typing: null, picker: { filter: '' } });
    expect(after(from, 'back')).toMatchObject({ screen: 'explore', typing: null, focus: 'layers' });
  });

  it('begins its filter with any letter, or with / before the letters that are keys', () => {
    expect(typed(listed, 'b')).toMatchObject({ typing: 'picker-filter', picker: { filter: 'b' } });
    expect(after(listed, 'filter')).toMatchObject({ typing: 'picker-filter', picker: { filter: '' } });
  });

  it('stays an archive’s, though the daemon’s list comes late', () => {
    const found = update(initialState(SMALL, 'images'), {
      type: 'images-found',
      images: images.map((image) => ({ ...image, key: image.reference })),
      place: 'shop.tar',
      isListed: false,
    }).state;
    expect(update(found, { type: 'images-listed', images: [], problem: 'late' }).state).toEqual(found);
  });

  it('tells images of one name apart by their keys', () => {
    const same = ['1', '2', '3'].map((key) => ({
      reference: 'app:1',
      key,
      bytes: 1,
      created: 1,
      platform: null,
    }));
    const found = update(initialState(SMALL, 'images'), {
      type: 'images-found',
      images: same,
      place: 'shop.tar',
      isListed: false,
    }).state;
    const chosen = after(after(found, 'last', 'filter'), 'back');
    expect(chosen.picker.cursor).toBe(2);
  });

  it('keeps its cursor on an image when the list comes anew', () => {
    const chosen = after(listed, 'down');
    const anew = [{ reference: 'new:1', bytes: 1, created: 2, platform: null }, ...images];
    const later = update(chosen, { type: 'images-listed', images: anew, problem: null }).state;
    expect(effectOf(later, 'enter')).toEqual({ type: 'open', reference: 'b:1' });
    const gone = update(chosen, { type: 'images-listed', images: images.slice(0, 1), problem: null }).state;
    expect(gone.picker.cursor).toBe(0);
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
  const found = update(opening, { type: 'images-found', images, place: 'shop.tar', isListed: false }).state;

  it('are a list of their own, in place of the image that was to be opened', () => {
    expect(found).toMatchObject({
      screen: 'images',
      typing: null,
      open: null,
      picker: { images, place: 'shop.tar', isListed: false, problem: null, filter: '', cursor: 0 },
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

describe('the file under the cursor', () => {
  it('is none where a filter finds nothing, whatever file was looked at before', () => {
    const looked = after(onF9, 'file', 'back');
    expect(looked.file).not.toBeNull();
    const none = after(typed(after(looked, 'filter'), 'zzz'), 'enter');
    for (const there of [none, after(none, 'previous-pane'), after(none, 'details')]) {
      const said = after(there, 'file');
      expect(said.screen).toBe('explore');
      expect(said.message).toBe('The filter finds no file here: {back} clears it.');
      expect(said.message).toBe(after(none, 'extract').message);
    }
    expect(after(none, 'waste', 'file').screen).toBe('file');
    expect(after(none, 'waste-screen', 'explore', 'waste', 'file').screen).toBe('file');
  });
});

describe('/ where there is nothing to filter', () => {
  const places: readonly (readonly Command[])[] = [['image'], ['help'], ['waste', 'help']];

  it.each(places)('takes what is typed, so that nothing of it is a command: %s', (...commands) => {
    const before = after(shop(), ...commands);
    const vain = after(before, 'filter');
    expect(vain.typing).toBe('nothing');
    expect(vain.message).toMatch(/not (filtered|searched)/);
    expect(typed(vain, 'quit')).toEqual(vain);
    for (const end of ['enter', 'back'] as const)
      expect(after(vain, end)).toEqual({ ...before, message: null });
  });

  it('does the work of any other command, and is over', () => {
    const vain = after(shop(), 'image', 'filter');
    expect(after(vain, 'next-pane')).toMatchObject({ typing: null, screen: 'explore' });
  });

  it.each([[['waste']], [['waste-screen']], [['waste-screen', 'enter']]] as const)(
    'says where the files are and begins nothing, on the waste: %s',
    (commands) => {
      const before = after(shop(), ...commands);
      const said = after(before, 'filter');
      expect(said).toEqual({ ...before, message: 'Waste is not filtered: {explore} leads to the files.' });
      expect(after(said, 'down')).toEqual(after(before, 'down'));
    },
  );
});

describe('q in the help', () => {
  it('closes the help, and leaves peel from everywhere else', () => {
    const help = after(shop(), 'help');
    expect(effectOf(help, 'quit')).toBeUndefined();
    expect(after(help, 'quit').help).toBeNull();
    expect(effectOf(help, 'interrupt')).toEqual({ type: 'quit', isInterrupted: true });
    expect(effectOf(after(help, 'quit'), 'quit')).toEqual({ type: 'quit', isInterrupted: false });
  });
});

describe('the lower pane of a small screen', () => {
  const small = { ...shop(), size: SMALL };
  const below = (...commands: readonly Command[]) => after(small, ...commands).lastFocus.lower;

  it('is the files again once something is done to them, or another layer is chosen', () => {
    for (const command of [
      'toggle-mode',
      'toggle-order',
      'toggle-range',
      'fold-all',
      'down',
      'next-layer',
    ] as const)
      expect(below('waste', 'explore', command)).toBe('files');
    expect(below('waste', 'explore')).toBe('waste');
  });

  it('stays what has the focus, and where there is room for both', () => {
    expect(below('waste', 'next-layer')).toBe('waste');
    expect(after(shop(), 'waste', 'explore', 'down').lastFocus.lower).toBe('waste');
  });
});
