/** A person who wants to know what several layers change together. */
import { describe, expect, it } from 'vitest';
import type { State } from '../../src/state/state.ts';
import { after, opened, rowPaths, typed } from '../harness/explorer.ts';
import { paneLines } from '../harness/explorer-screen.ts';
import { file, whiteout } from '../harness/archive.ts';

const LAYERS = [
  [file('a', 'one'), file('b', 'two')],
  [file('a', 'other'), file('c', 'new')],
  [file('d', 'three'), whiteout('c')],
  [file('a', 'one'), file('e', 'last')],
];
const HISTORY = ['ADD', 'RUN 1', '(ENV A=b)', 'RUN 2', 'RUN 3'];
const atLayer = (layer: number): State =>
  after(opened(LAYERS, { history: HISTORY }), ...Array<'next-layer'>(layer).fill('next-layer'));
const title = (state: State): string => paneLines(state, 'files')[0] ?? '';
const range = after(atLayer(1), 'toggle-range', 'next-layer', 'next-layer');

describe('a range of layers', () => {
  it('goes from where it was begun to the chosen layer', () => {
    expect(title(range)).toContain('changes of layers 1 to 3');
    expect(rowPaths(range)).toEqual(['d', 'e', 'a']);
  });

  it('may go the other way', () => {
    const back = after(atLayer(3), 'toggle-range', 'previous-layer', 'previous-layer');
    expect(title(back)).toContain('changes of layers 1 to 3');
    expect(rowPaths(back)).toEqual(rowPaths(range));
  });

  it('is that of one layer at first', () => {
    const begun = after(atLayer(1), 'toggle-range');
    expect(title(begun)).toContain('changes of layers 1 to 1');
    expect(rowPaths(begun)).toEqual(rowPaths(atLayer(1)));
    expect(begun.message).toMatch(/begins at 1/);
  });

  it('ends with the same key, or with Esc, and says so', () => {
    for (const command of ['toggle-range', 'back'] as const) {
      const ended = after(range, command);
      expect(title(ended)).toContain('changes of layer 3');
      expect(ended.message).toMatch(/No range/);
    }
  });

  it('ends after the filter that is in it', () => {
    const filtered = after(typed(after(range, 'filter'), 'd'), 'enter');
    expect(rowPaths(filtered)).toEqual(['d']);
    const cleared = after(filtered, 'back');
    expect(title(cleared)).toContain('changes of layers 1 to 3');
    expect(title(after(cleared, 'back'))).toContain('changes of layer 3');
  });

  it('tells in everything what has changed since its beginning', () => {
    const everything = after(range, 'toggle-mode');
    expect(title(everything)).toContain('everything up to layer 3, changed since 1');
    expect(rowPaths(everything)).toEqual(['d', 'e', 'a', 'b']);
    expect(rowPaths(after(everything, 'toggle-unchanged'))).toEqual(['d', 'e']);
  });

  it('is marked in the layers pane, instructions without layers between included', () => {
    const marks = (state: State) =>
      paneLines(state, 'layers')
        .slice(2, 7)
        .map((line) => line.slice(1, 4));
    expect(marks(range)).toEqual(['  0', '┃ 1', '┃ ·', '┃ 2', '▸ 3']);
    expect(marks(after(range, 'back'))).toEqual(['  0', '  1', '  ·', '  2', '▸ 3']);
  });

  it('needs a layer to begin at, and waits for one to end at', () => {
    const onEnv = after(atLayer(1), 'down');
    expect(after(onEnv, 'toggle-range')).toMatchObject({ files: { rangeStart: null } });
    expect(after(onEnv, 'toggle-range').message).toMatch(/no layer/);
    expect(paneLines(after(atLayer(1), 'toggle-range', 'down'), 'files').join('')).toContain(
      'makes no layer',
    );
  });

  it('waits for all of its layers', () => {
    const reading = after(opened(LAYERS, { read: 2 }), 'toggle-range', 'next-layer', 'next-layer');
    expect(paneLines(reading, 'files').join('')).toContain('has not been read yet');
  });

  it('tells of a file what it is above the last layer, wherever the cursor is', () => {
    const back = after(atLayer(3), 'toggle-range', 'previous-layer', 'previous-layer', 'enter', 'first');
    expect(rowPaths(back)[0]).toBe('d');
    expect(paneLines(back, 'details').join('')).toContain('5 B');
  });

  it('is left by the way from a wasted copy to its file', () => {
    expect(after(range, 'waste', 'enter').files.rangeStart).toBeNull();
  });
});
