import { describe, expect, it } from 'vitest';
import type { PulledLayer } from '../../../src/image/source.ts';
import { initialState, opening, type State } from '../../../src/state/state.ts';
import { update } from '../../../src/state/update.ts';
import { headerLine } from '../../../src/ui/header.ts';
import { pullPane } from '../../../src/ui/panes/pull-pane.ts';
import { DEFAULT_KEYMAP } from '../../../src/ui/keymap.ts';
import { missingLines } from '../../../src/ui/screens/missing.ts';
import { SMALL } from '../../harness/explorer.ts';
import { textOf, UNICODE } from '../../harness/explorer-screen.ts';

const { glyphs } = UNICODE;
const START = opening(initialState(SMALL, 'images'), 'shop', 0);

const LAYERS: readonly PulledLayer[] = [
  { id: '6e7f8a9b0c1d', status: 'Already exists', fetched: 0, total: 0, share: 1, isDone: true },
  { id: '953cf7bd0271', status: 'Extracting', fetched: 15e6, total: 15e6, share: 0.25, isDone: false },
  { id: '0b97e7a4136f', status: 'Downloading', fetched: 12.5e6, total: 25e6, share: 0.5, isDone: false },
  { id: 'd5442e6d3891', status: 'Dreaming\u001b', fetched: 0, total: null, share: null, isDone: false },
];
const pulling: State = update(START, { type: 'pull', layers: LAYERS, now: 4000 }).state;
const pane = (columns: number): string[] =>
  pullPane(pulling, { columns, rows: 7, listRows: 4 }, glyphs).map(textOf);

describe('the layers that are being pulled', () => {
  it('say what is done with them, what has come of them, and how far that is', () => {
    expect(pane(80)).toEqual([
      '┏━ Layers to pull ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 1 of 4 done ━┓',
      '┃ layer                                 bytes                                  ┃',
      '┃▸6e7f8a9b0c1d already here                   ████████████████████             ┃',
      '┃ 953cf7bd0271 extracting             15.0 MB █████···············             ┃',
      '┃ 0b97e7a4136f downloading    12.5 MB/25.0 MB ██████████··········             ┃',
      '┃ d5442e6d3891 Dreaming\\e                     ····················             ┃',
      `┗${'━'.repeat(78)}┛`,
    ]);
  });

  it('give up the ends of their IDs where there is little room', () => {
    expect(pane(48)[4]).toBe('┃ 0b97e7a4 downloading    12.5 MB/25.0 MB ██···┃');
  });
});

describe('the header', () => {
  const header = (state: State): string => textOf(headerLine(state, glyphs, DEFAULT_KEYMAP));

  it('says what is pulled, and how long already', () => {
    const later = update(pulling, { type: 'tick', now: 8000 }).state;
    expect(header(later)).toMatch(/^ peel › pulling shop · 27\.5 MB · 4 s /);
    const known = LAYERS.slice(0, 3);
    const whole = update(later, { type: 'pull', layers: known, now: 8000 }).state;
    expect(header(whole)).toMatch(/^ peel › pulling shop · 27\.5 MB of 40\.0 MB · 4 s /);
  });

  it('says nothing of bytes before there are any', () => {
    const state = update(START, { type: 'pull', layers: [], now: 0 }).state;
    expect(header(state)).toMatch(/pulling shop · 0 s /);
  });
});

describe('the screen of a missing image', () => {
  const offer = { said: 'There is no shop\u001b.', near: ['shop:1'], command: 'docker pull shop' };
  const missing = update(START, {
    type: 'image-missing',
    offer,
    message: 'Not there.',
    hasFailed: false,
  }).state;

  it('says so, names what is near and what would fetch it, harmlessly, line by line in full width', () => {
    const lines = missingLines(missing, 20, glyphs, DEFAULT_KEYMAP).map(textOf);
    expect(lines).toHaveLength(20);
    for (const line of lines) expect(line).toHaveLength(80);
    const text = lines.join('\n');
    for (const words of ['There is no shop\\e.', 'shop:1', 'p pulls it', 'docker pull shop'])
      expect(text).toContain(words);
  });
});
