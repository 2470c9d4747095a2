/** What comes from outside: the image as it is read, the terminal's size, text that is typed. */
import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/state/actions.ts';
import { pickerImages } from '../../src/state/picker-selectors.ts';
import { filesView, wasteCount } from '../../src/state/selectors.ts';
import { initialState, opening, type State } from '../../src/state/state.ts';
import { update } from '../../src/state/update.ts';
import { directory, file, whiteout } from '../harness/archive.ts';
import {
  after,
  cursorPath,
  factsFor,
  opened,
  rowPaths,
  SMALL,
  typed,
  UNSEEN_BLOB,
  WIDE,
} from '../harness/explorer.ts';
import { analysisOf } from '../harness/tree.ts';

const told = (state: State, ...actions: readonly Action[]): State =>
  actions.reduce((before, action) => update(before, action).state, state);

const LAYERS = [
  [directory('d'), file('d/a', 'aaaa'), file('b', 'bb')],
  [file('d/c', 'ccc'), whiteout('b')],
];

describe('an image that is being read', () => {
  const start = opening(initialState(WIDE, 'images'), 'shop', 1000);

  it('has nothing to show at first, and says what is waited for', () => {
    expect(filesView(start)).toEqual({ kind: 'nothing', reason: 'no-image' });
    expect(start.screen).toBe('explore');
    expect(start.open?.progress).toMatchObject({ phase: 'opening', startedAt: 1000, firstByteAt: null });
  });

  it('has layers before it has files', () => {
    const state = told(start, { type: 'image', image: factsFor(2) });
    expect(state.open?.facts?.instructions).toHaveLength(2);
    expect(filesView(state)).toEqual({ kind: 'nothing', reason: 'not-read' });
  });

  it('shows the files of a layer as soon as it has been read', () => {
    const state = opened(LAYERS, { read: 1 });
    expect(rowPaths(state)).toEqual(['d', 'd/a', 'b']);
    expect(filesView(after(state, 'next-layer'))).toEqual({ kind: 'nothing', reason: 'not-read' });
  });

  it('says of an instruction without a layer that it has none', () => {
    const state = opened(LAYERS, { history: ['ADD', '(ENV)', 'RUN'] });
    expect(filesView(after(state, 'down'))).toEqual({ kind: 'nothing', reason: 'no-layer' });
  });

  it('keeps cursors where they are while layers come', () => {
    const before = after(opened(LAYERS, { read: 1 }), 'enter', 'down');
    expect(cursorPath(before)).toBe('d/a');
    const state = told(before, {
      type: 'layer',
      analysis: analysisOf(...LAYERS),
      blobs: [UNSEEN_BLOB, UNSEEN_BLOB],
    });
    expect(cursorPath(state)).toBe('d/a');
    expect(state.focus).toBe('files');
    expect(wasteCount(state)).toBe(1);
  });

  it('keeps the view of a layer while others come, but where a filter asks what these decide', () => {
    const more: Action = {
      type: 'layer',
      analysis: analysisOf(...LAYERS),
      blobs: [UNSEEN_BLOB, UNSEEN_BLOB],
    };
    const both = told(opened(LAYERS, { read: 1 }), more);
    const first = both.open === null ? both : { ...both, open: { ...both.open, layersRead: 1 } };
    const viewOf = (state: State) => {
      const view = filesView(state);
      return view.kind === 'rows' ? view.view : null;
    };
    const kept = viewOf(first);
    expect(viewOf(both)).toBe(kept);
    const asks = (state: State): State => ({ ...state, files: { ...state.files, applied: 'is:deleted' } });
    const asked = viewOf(asks(first));
    expect(viewOf(asks(both))).not.toBe(asked);
  });

  it('counts time from its first byte on', () => {
    const reading = { type: 'progress', phase: 'reading', total: 100 } as const;
    const state = told(start, { ...reading, bytes: 10, now: 3000 }, { ...reading, bytes: 20, now: 4000 });
    expect(state.open?.progress).toEqual({
      ...{ phase: 'reading', bytes: 20, total: 100 },
      ...{ startedAt: 1000, firstByteAt: 3000, now: 4000 },
    });
    expect(told(state, { type: 'tick', now: 9000 }).open?.progress?.now).toBe(9000);
  });

  it('counts anew what is compared, when all has been read', () => {
    const read = { type: 'progress', phase: 'reading', bytes: 100, total: 100, now: 3000 } as const;
    const compared = { type: 'progress', phase: 'comparing', bytes: 5, total: 50 } as const;
    const state = told(start, read, { ...compared, now: 5000 }, { ...compared, bytes: 9, now: 6000 });
    expect(state.open?.progress).toMatchObject({
      phase: 'comparing',
      bytes: 9,
      firstByteAt: 5000,
      now: 6000,
    });
  });

  it('is being prepared until the first byte has come', () => {
    const preparing = { type: 'progress', phase: 'preparing', bytes: 0, total: 100, now: 2000 } as const;
    expect(told(start, preparing).open?.progress).toMatchObject({ phase: 'preparing', firstByteAt: null });
  });

  it('is whole, or broken, in the end', () => {
    const whole = told(start, { type: 'complete' });
    expect(whole.open).toMatchObject({ isComplete: true, progress: null, failure: null });
    const broken = told(start, { type: 'failed', message: 'The cable was pulled.' });
    expect(broken.open).toMatchObject({
      isComplete: false,
      progress: null,
      failure: 'The cable was pulled.',
    });
  });

  it('is no longer heard of once it has been left', () => {
    const left = after(opened(LAYERS, { read: 1 }), 'back', 'back');
    expect(left.open).toBeNull();
    expect(told(left, { type: 'complete' }, { type: 'tick', now: 5 })).toEqual(left);
  });
});

describe('another image', () => {
  it('is looked at afresh, with the settings that were chosen', () => {
    const before = after(
      opened(LAYERS),
      'toggle-order',
      'toggle-mode',
      'toggle-added',
      'fold-all',
      'down',
      'enter',
    );
    const state = opening(before, 'other', 0);
    expect(state.files).toMatchObject({
      order: 'name',
      mode: 'everything',
      otherwise: 'folded',
      wanted: 0,
      top: 0,
    });
    expect(state.files.leftOut).toEqual(before.files.leftOut);
    expect(state).toMatchObject({ focus: 'layers', layers: { cursor: 0, top: 0 }, message: null });
  });
});

describe('another size of the terminal', () => {
  const many = [Array.from({ length: 100 }, (_, index) => file(`f${index}`, 'x'))];

  it('keeps the cursor on its path, and on the screen', () => {
    const low = after(opened(many), 'enter', 'last', 'up', 'up');
    const path = cursorPath(low);
    const state = told(low, { type: 'resized', size: SMALL });
    expect(state.size).toEqual(SMALL);
    expect(cursorPath(state)).toBe(path);
    expect(cursorPath(told(state, { type: 'resized', size: WIDE }))).toBe(path);
    expect(state.files.top).toBeGreaterThan(low.files.top);
  });

  it('leaves no empty rows where there is room for more', () => {
    const state = after(opened(many, { size: SMALL }), 'enter', 'last');
    const large = told(state, { type: 'resized', size: { columns: 120, rows: 80 } });
    expect(large.files.top).toBeLessThan(state.files.top);
    expect(rowPaths(large).length - large.files.top).toBe(80 - 2 - 3);
  });
});

describe('text that is typed', () => {
  it('filters the files as it comes, and as it goes', () => {
    const typing = after(opened(LAYERS), 'enter', 'filter');
    const state = typed(typing, 'a');
    expect(rowPaths(state)).toEqual(['d', 'd/a']);
    expect(rowPaths(told(state, { type: 'erased' }))).toEqual(['d', 'd/a', 'b']);
    expect(told(state, { type: 'erased' }, { type: 'erased' }).files.filter).toBe('');
  });

  it('loses its last word with the spaces behind it, or all of it', () => {
    const word = (text: string) =>
      told(after(opened(LAYERS), 'filter'), { type: 'typed', text }, { type: 'erased', what: 'word' }).files
        .filter;
    expect(['a bc  ', 'a bc', 'a', ' ', ''].map(word)).toEqual(['a ', 'a ', '', '', '']);
    const state = told(after(opened(LAYERS), 'filter'), { type: 'typed', text: 'a bc' });
    expect(told(state, { type: 'erased', what: 'before' }).files.filter).toBe('');
  });

  it('is erased character by character, not half of one', () => {
    const state = typed(after(opened(LAYERS), 'filter'), 'a\u{1f600}');
    expect(told(state, { type: 'erased' }).files.filter).toBe('a');
  });

  it('filters the list of images, in either case, with the cursor on the first', () => {
    const images = ['shop:latest', 'debian:12', 'SHOP/old:1'].map((reference) => {
      return { reference, bytes: null, created: null, platform: null };
    });
    const picker: State = initialState(WIDE, 'images');
    const listed = told(picker, { type: 'images-listed', images, problem: null });
    const state = typed(after(listed, 'down', 'down'), 'Shop');
    expect(pickerImages(state).map(({ reference }) => reference)).toEqual(['shop:latest', 'SHOP/old:1']);
    expect(state.picker.cursor).toBe(0);
  });

  it('is lost behind the help', () => {
    const helped = after(initialState(WIDE, 'images'), 'help');
    expect(typed(helped, 'shop')).toEqual(helped);
    const filtering: State = { ...after(opened(LAYERS), 'enter', 'filter'), help: { top: 0 } };
    expect(typed(filtering, 'a')).toEqual(filtering);
  });

  it('is cut where a paste brings more than anybody types', () => {
    const state = typed(after(opened(LAYERS), 'enter', 'filter'), 'a'.repeat(1_000_000));
    expect(state.files.filter).toBe('a'.repeat(4096));
  });

  it('is lost where nothing is being typed', () => {
    const state = opened(LAYERS);
    expect(typed(state, 'x')).toEqual(state);
  });
});

describe('a key that nothing is bound to', () => {
  it('is named in the message', () => {
    expect(told(opened(LAYERS), { type: 'unknown-key', key: 'Z' }).message).toContain('Z');
  });

  it('leaves its message until the next command', () => {
    const state = told(opened(LAYERS), { type: 'unknown-key', key: 'Z' });
    expect(after(state, 'down').message).toBeNull();
  });
});
