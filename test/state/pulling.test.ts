import { describe, expect, it } from 'vitest';
import type { PulledLayer } from '../../src/image/source.ts';
import type { Action } from '../../src/state/actions.ts';
import { initialState, opening, type State } from '../../src/state/state.ts';
import { update } from '../../src/state/update.ts';
import { after, effectOf, factsFor, opened, WIDE } from '../harness/explorer.ts';
import { file } from '../harness/archive.ts';
import { textOf, UNICODE } from '../harness/explorer-screen.ts';
import { actionFor } from '../../src/ui/key-action.ts';
import { DEFAULT_KEYMAP } from '../../src/ui/keymap.ts';
import { headerLine } from '../../src/ui/header.ts';
import { layoutOf } from '../../src/state/layout.ts';
import { pullPane } from '../../src/ui/panes/pull-pane.ts';
import { missingLines } from '../../src/ui/screens/missing.ts';

const OFFER = {
  said: 'The daemon holds no image shop:latest.',
  near: ['shop:1'],
  command: 'docker pull shop',
};
const MISSING = {
  type: 'image-missing',
  offer: OFFER,
  message: 'It is not there.',
  hasFailed: false,
} as const;
const START = opening(initialState(WIDE, 'images'), 'shop', 0);
const missing = update(START, MISSING).state;

const headerText = (state: State): string => textOf(headerLine(state, UNICODE.glyphs, DEFAULT_KEYMAP));

const layer = (id: string, change: Partial<PulledLayer> = {}): PulledLayer => ({
  ...{ id, status: 'Waiting', fetched: 0, total: null, share: null, isDone: false },
  ...change,
});
const pulling = (state: State, layers: readonly PulledLayer[], now: number): State =>
  update(state, { type: 'pull', layers, now }).state;

describe('an image that is missing', () => {
  it('has a screen of its own, where nothing is read', () => {
    expect(missing).toMatchObject({
      screen: 'missing',
      open: { progress: null, missing: { offer: OFFER, message: 'It is not there.' } },
    });
  });

  it('is pulled on demand: it is opened anew', () => {
    expect(effectOf(missing, 'pull')).toEqual({ type: 'pull' });
    const again = after(missing, 'pull');
    expect(again).toMatchObject({ screen: 'explore', open: { name: 'shop', missing: null } });
  });

  it('is shown at once as what the daemon is asked for, before it has told of any layer', () => {
    const asked = after(missing, 'pull');
    expect(asked.open).toMatchObject({ pulled: [], progress: { phase: 'pulling' } });
    expect(headerText(asked)).toMatch(/ peel › pulling shop · 0 s/);
    const place = layoutOf(asked)?.panes.layers;
    if (place === undefined) throw new Error('the layers have no place');
    const lines = pullPane(asked, place, UNICODE.glyphs).map(textOf).join('\n');
    expect(lines).toContain('Asking the daemon to pull it');
    expect(after(asked, 'back').message).toBe('{back} again cancels pulling the image.');
    // It may have come there by now: then there is nothing to pull.
    const image = update(asked, { type: 'image', image: factsFor(1) }).state;
    expect(image.open?.pulled).toBeNull();
  });

  it('is offered again when the pull has failed', () => {
    const failed = update(after(missing, 'pull'), {
      ...MISSING,
      message: 'No route.',
      hasFailed: true,
    }).state;
    expect(failed).toMatchObject({ screen: 'missing', open: { progress: null, pulled: null } });
    const lines = missingLines(failed, 20, UNICODE.glyphs, DEFAULT_KEYMAP).map(textOf).join('\n');
    for (const said of ['shop:1', 'No route.', 'p tries again, as this does:', 'docker pull shop'])
      expect(lines).toContain(said);
    expect(effectOf(failed, 'pull')).toEqual({ type: 'pull' });
  });

  it('is left for good where it was named, and for the list where it was chosen from that', () => {
    expect(effectOf(missing, 'back')).toEqual({ type: 'quit', isInterrupted: false });
    const picker = { ...missing.picker, images: [] };
    expect(after({ ...missing, picker }, 'back')).toMatchObject({ screen: 'images', open: null });
    expect(effectOf({ ...missing, picker }, 'back')).toBeUndefined();
  });

  it('may be given up for another one', () => {
    expect(effectOf(missing, 'images')).toEqual({ type: 'list-images' });
    expect(after(missing, 'images')).toMatchObject({ screen: 'images', open: null });
  });

  it('says of other keys that they do nothing', () => {
    expect(after(missing, 'down').message).toBe(
      'The image is not here: {pull} pulls it, {quit} or {back} leaves it.',
    );
  });

  it('is nothing once its reading has been cancelled', () => {
    const cancelled = after(START, 'back', 'back');
    expect(update(cancelled, MISSING).state).toBe(cancelled);
  });
});

describe('a pull', () => {
  it('sums what has come; the total is known when no layer’s is unknown', () => {
    const first = pulling(START, [layer('a', { fetched: 5, total: 10 }), layer('b')], 100);
    expect(first.open?.progress).toMatchObject({ phase: 'pulling', bytes: 5, total: null, startedAt: 100 });
    const there = layer('b', { total: 0, isDone: true, share: 1 });
    const second = pulling(first, [layer('a', { fetched: 7, total: 10 }), there], 300);
    expect(second.open?.progress).toMatchObject({ bytes: 7, total: 10, startedAt: 100, now: 300 });
    expect(pulling(START, [], 0).open?.progress?.total).toBeNull();
  });

  it('has a cursor on its layers, which goes to the first instruction when the image is there', () => {
    const layers = Array.from({ length: 50 }, (_, index) => layer(String(index)));
    const last = after(pulling(START, layers, 0), 'last');
    expect(last.layers.cursor).toBe(49);
    expect(last.layers.top).toBeGreaterThan(0);
    const there = update(last, { type: 'image', image: factsFor(3) }).state;
    expect(there.layers).toEqual({ cursor: 0, top: 0 });
    expect(there.open?.pulled).toBeNull();
  });

  it('does not count for how long the export has been waited for', () => {
    const pulled = pulling(START, [layer('a')], 0);
    const preparing: Action = { type: 'progress', phase: 'preparing', bytes: 0, total: null, now: 9000 };
    expect(update(pulled, preparing).state.open?.progress).toMatchObject({
      phase: 'preparing',
      startedAt: 9000,
    });
  });

  it('is cancelled by Esc, twice', () => {
    const pulled = pulling(START, [layer('a')], 0);
    const asked = after(pulled, 'back');
    expect(asked.message).toBe('{back} again cancels pulling the image.');
    expect(effectOf(asked, 'back')).toEqual({ type: 'cancel' });
  });

  it('is nothing that an image needs which is here', () => {
    expect(after(opened([[file('a', 'x')]]), 'pull').message).toMatch(/nothing to pull/);
    expect(after(pulling(START, [], 0), 'pull').message).toBe('It is being pulled.');
  });
});

describe('the platforms of an image from the daemon’s list', () => {
  const images = ['linux/amd64', 'linux/arm64'].map((platform) => ({
    ...{ reference: 'shop:1', key: platform, platform, bytes: 1, created: null },
  }));
  const found = update(START, { type: 'images-found', images, place: 'shop:1', isListed: true }).state;

  it('lead back to that list with Esc', () => {
    expect(effectOf(found, 'back')).toEqual({ type: 'list-images' });
    expect(after(found, 'back').picker).toMatchObject({ images: null, place: null, isListed: false });
  });

  it('are chosen by their key', () => {
    expect(effectOf(after(found, 'down'), 'enter')).toEqual({ type: 'choose', key: 'linux/arm64' });
  });
});

describe('an image that is found missing while something is typed or read', () => {
  const states: readonly State[] = [
    after(START, 'filter'),
    { ...START, typing: 'picker-filter' },
    { ...START, typing: 'file-search' },
    after(START, 'help'),
  ];

  it.each(states)('has keys of its own: typing $typing, help $help', (state) => {
    const missing = update(state, MISSING).state;
    expect(missing).toMatchObject({ screen: 'missing', typing: null, help: null });
    expect(effectOf(missing, 'pull')).toEqual({ type: 'pull' });
    expect(effectOf(missing, 'back')).toEqual({ type: 'quit', isInterrupted: false });
    for (const key of ['p', 'q', '1'])
      expect(actionFor(DEFAULT_KEYMAP, missing, key, { now: 0, textLines: 0 })?.type).toBe('command');
  });
});
