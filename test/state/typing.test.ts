/** Prompts: one line editor for all of them, and what was typed there before. */
import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/state/actions.ts';
import { typedText } from '../../src/state/selectors.ts';
import type { State } from '../../src/state/state.ts';
import { update } from '../../src/state/update.ts';
import { file } from '../harness/archive.ts';
import { after, opened, rowPaths, typed } from '../harness/explorer.ts';

const told = (state: State, ...actions: readonly Action[]): State =>
  actions.reduce((before, action) => update(before, action).state, state);
const to = (where: 'left' | 'right' | 'first' | 'last'): Action => ({ type: 'caret-moved', to: where });

const LAYERS = [[file('abc', 'x'), file('ac', 'xx'), file('b', 'xxx')]];
const there = after(opened(LAYERS), 'enter');
const images = ['abc', 'ac'].map((reference) => ({ reference, bytes: null, created: null, platform: null }));

const textOf = (state: State): string =>
  typedText(state)?.text ?? (state.errand?.kind === 'asking' ? state.errand.destination : '');

/** Each prompt, just begun. */
const PROMPTS: readonly (readonly [name: string, state: State])[] = [
  ['the filter', after(there, 'filter')],
  ['the directory to extract into', after(there, 'extract')],
  ['the text to find in a file', after(there, 'file', 'filter')],
  [
    'the filter of the images',
    typed(told(after(there, 'images'), { type: 'images-listed', images, problem: null }), ''),
  ],
];

describe.each(PROMPTS)('%s', (_name, prompt) => {
  it('is edited wherever its cursor stands', () => {
    const state = told(typed(prompt, 'ac'), to('left'), { type: 'typed', text: 'b' });
    expect([textOf(state), state.behindCaret]).toEqual(['abc', 1]);
    expect(textOf(told(state, { type: 'erased' }))).toBe('ac');
    expect(textOf(told(state, { type: 'erased', what: 'next' }))).toBe('ab');
    expect(textOf(told(state, { type: 'erased', what: 'before' }))).toBe('c');
    expect(textOf(told(state, to('first'), { type: 'erased', what: 'behind' }))).toBe('');
    expect(textOf(told(state, to('last'), { type: 'typed', text: 'd' }))).toBe('abcd');
    expect(told(state, to('right'))).toMatchObject({ behindCaret: 0, typing: state.typing });
  });
});

describe.each(PROMPTS.slice(0, 3))('%s, by Up and Down', (_name, prompt) => {
  const again = (state: State, text: string): State => {
    const kept = after(typed(state, text), 'enter');
    // Nothing of what is under way is asked about again.
    return { ...prompt, typedBefore: kept.typedBefore };
  };
  const third = again(again(prompt, 'one'), 'two');

  it('says where there is nothing, and stays open', () => {
    const said = after(typed(prompt, 'x'), 'up');
    expect([textOf(said), said.typing, said.message]).toEqual([
      'x',
      prompt.typing,
      'Nothing older was typed here.',
    ]);
    expect(after(said, 'down')).toMatchObject({
      typing: prompt.typing,
      message: 'Nothing newer was typed here.',
    });
  });

  it('leads to what was typed before, and back to what is typed', () => {
    const draft = told(typed(third, 'new'), to('first'));
    const texts = (['up', 'up', 'up', 'down', 'down', 'down'] as const).reduce<State[]>(
      (states, key) => [...states, after(states.at(-1) ?? draft, key)],
      [],
    );
    expect(texts.map(textOf)).toEqual(['two', 'one', 'one', 'two', 'new', 'new']);
    expect(texts.map(({ message }) => message)).toEqual([
      ...[null, null, 'Nothing older was typed here.'],
      ...[null, null, 'Nothing newer was typed here.'],
    ]);
    // The cursor is at the end of each.
    expect(textOf(typed(texts[1] ?? third, '!'))).toBe('one!');
  });

  it('has each text once, twenty at most, and none that Esc has left', () => {
    const left = after(typed(third, 'left'), 'back');
    expect(left.typedBefore).toEqual(third.typedBefore);
    let state = again(third, 'one');
    expect(textOf(after(state, 'up', 'up'))).toBe('two');
    expect(after(state, 'up', 'up', 'up').message).toBe('Nothing older was typed here.');
    for (let count = 0; count < 30; count++) state = again(state, `text ${count}`);
    const ups = Array<'up'>(20).fill('up');
    expect(textOf(after(state, ...ups))).toBe('text 10');
    expect(after(state, ...ups, 'up').message).toBe('Nothing older was typed here.');
  });
});

describe('a filter that was typed before', () => {
  it('is gone by at once, and kept by any key but Esc', () => {
    const kept = after(typed(after(there, 'filter'), 'ab'), 'next-pane');
    const back = after(kept, 'back', 'filter', 'up');
    expect(back.files).toMatchObject({ filter: 'ab', applied: 'ab' });
    expect(rowPaths(back)).toEqual(['abc']);
  });

  it('is left out where it is what stands there', () => {
    const kept = after(typed(after(there, 'filter'), 'ab'), 'enter', 'filter');
    expect(after(kept, 'up').message).toBe('Nothing older was typed here.');
  });

  it('is there again in the next image', () => {
    const kept = after(typed(after(there, 'filter'), 'ab'), 'enter');
    const listed = told(after(kept, 'images'), { type: 'images-listed', images, problem: null });
    expect(after(listed, 'enter').typedBefore['files-filter']).toEqual(['ab']);
  });
});

describe('a directory that is completed', () => {
  it('is typed on at its end', () => {
    const asked = after(told(typed(after(there, 'extract'), '/tm'), to('left')), 'next-pane');
    const completed = { text: '/tmp/', candidates: null };
    const done = told(asked, { type: 'completed', typed: '/tm', completed });
    expect(textOf(typed(done, 'x'))).toBe('/tmp/x');
  });
});
