import { describe, expect, it } from 'vitest';
import type { Action, Command } from '../../src/state/actions.ts';
import { initialState, type State } from '../../src/state/state.ts';
import { FILTER_HELP, FILTER_HINT } from '../../src/ui/filter-help.ts';
import { actionFor as actionWith, labelIn, lettersKept } from '../../src/ui/key-action.ts';
import { keyLabel } from '../../src/ui/key-names.ts';
import { DEFAULT_KEYMAP, KEYMAP, keymapWith, labelOf, withLabels } from '../../src/ui/keymap.ts';
import { after, opened, SMALL } from '../harness/explorer.ts';
import { file } from '../harness/archive.ts';

const BINDINGS = KEYMAP.flatMap(({ bindings }) => bindings);
const EXPLORER = opened([[file('a', 'x')]]);
const TYPING = after(EXPLORER, 'filter');
const PICKER: State = initialState(SMALL, 'images');

const AT = { now: 7, textLines: 3 };
const actionFor = (state: State, key: string, at: typeof AT) => actionWith(DEFAULT_KEYMAP, state, key, at);
const command = (name: Command): Action => ({ type: 'command', command: name, ...AT });

describe('the keymap', () => {
  it('binds no key twice', () => {
    const keys = BINDINGS.flatMap(({ keys: names }) => names);
    expect(keys).toEqual([...new Set(keys)]);
  });

  it('names every command once, with a key and a help', () => {
    const commands = BINDINGS.map((binding) => binding.command);
    expect(commands).toEqual([...new Set(commands)]);
    for (const { keys, help } of BINDINGS) {
      expect(keys.length).toBeGreaterThan(0);
      expect(help).not.toBe('');
    }
  });

  it('is told in lines that the smallest usual terminal has room for, and so is the filter', () => {
    const helps = [...BINDINGS.map(({ help }) => help), ...FILTER_HELP.map(([, help]) => help)];
    expect(helps.filter((help) => help.length > 62)).toEqual([]);
    expect(FILTER_HINT.length).toBeLessThan(55);
  });

  it('needs Ctrl for nothing but what has it in every program in a terminal', () => {
    const withCtrl = BINDINGS.filter(({ keys }) => keys.some((key) => key.startsWith('ctrl+')));
    expect(withCtrl.map((binding) => binding.command)).toEqual([
      'half-page-up',
      'half-page-down',
      'redraw',
      'suspend',
      'interrupt',
    ]);
  });

  it.each<[string, string, Command]>([
    ['k', 'up', 'up'],
    ['j', 'down', 'down'],
    ['h', 'left', 'left'],
    ['l', 'right', 'right'],
    ['g', 'home', 'first'],
    ['G', 'end', 'last'],
  ])('has %s of vi and %s for the same', (vi, arrow, name) => {
    expect(actionFor(EXPLORER, vi, AT)).toEqual(command(name));
    expect(actionFor(EXPLORER, arrow, AT)).toEqual(command(name));
  });

  it('has the keys that every screen promises', () => {
    expect(actionFor(EXPLORER, '?', AT)).toEqual(command('help'));
    expect(actionFor(EXPLORER, 'q', AT)).toEqual(command('quit'));
    expect(actionFor(EXPLORER, '/', AT)).toEqual(command('filter'));
    expect(actionFor(EXPLORER, 'escape', AT)).toEqual(command('back'));
  });

  it('says of every other key that it is unknown', () => {
    expect(actionFor(EXPLORER, 'Z', AT)).toEqual({ type: 'unknown-key', key: 'Z' });
    expect(actionFor(EXPLORER, 'ctrl+x', AT)).toEqual({ type: 'unknown-key', key: 'ctrl+x' });
  });

  it('has a label for each key that tells it from all others', () => {
    const labels = BINDINGS.flatMap(({ keys }) => keys.map(keyLabel));
    expect(new Set(labels).size).toBe(labels.length);
    expect(keyLabel('shift+tab')).toBe('Shift-Tab');
    expect(keyLabel('k')).toBe('k');
  });
});

describe('while a text is typed', () => {
  it.each(['q', 'j', '?', '/', '1', 'G', 'ü', '日', '\u{1f600}'])('%s is a letter', (key) => {
    expect(actionFor(TYPING, key, AT)).toEqual({ type: 'typed', text: key });
  });

  it('Space is a space, and Backspace takes one away', () => {
    expect(actionFor(TYPING, 'space', AT)).toEqual({ type: 'typed', text: ' ' });
    expect(actionFor(TYPING, 'backspace', AT)).toEqual({ type: 'erased' });
    expect(actionFor(TYPING, 'delete', AT)).toEqual({ type: 'erased', what: 'next' });
  });

  it('Ctrl with W takes a word away, with U all of it, unless somebody has given them to a command', () => {
    for (const [keys, move] of [
      [['left'], 'left'],
      [['right'], 'right'],
      [['home', 'ctrl+a'], 'first'],
      [['end', 'ctrl+e'], 'last'],
    ] as const)
      for (const key of keys) expect(actionFor(TYPING, key, AT)).toEqual({ type: 'caret-moved', to: move });
    expect(actionFor(TYPING, 'ctrl+k', AT)).toEqual({ type: 'erased', what: 'behind' });
    expect(actionFor(TYPING, 'ctrl+w', AT)).toEqual({ type: 'erased', what: 'word' });
    expect(actionFor(TYPING, 'ctrl+u', AT)).toEqual({ type: 'erased', what: 'before' });
    const own = keymapWith(new Map([['help' as const, ['ctrl+u']]]));
    expect(actionWith(own, TYPING, 'ctrl+u', AT)).toEqual(command('help'));
    expect(actionFor(EXPLORER, 'ctrl+u', AT)).toEqual(command('half-page-up'));
    expect(actionFor(PICKER, 'ctrl+u', AT)).toEqual(command('half-page-up'));
  });

  it('in vain, letters are letters too, in the help as well', () => {
    const vain: State = { ...EXPLORER, typing: 'nothing' };
    for (const state of [vain, { ...vain, help: { top: 0 } }])
      expect(actionFor(state, 'q', AT)).toEqual({ type: 'typed', text: 'q' });
  });

  it.each<[string, Command]>([
    ['enter', 'enter'],
    ['escape', 'back'],
    ['up', 'up'],
    ['down', 'down'],
    ['pageup', 'page-up'],
    ['pagedown', 'page-down'],
    ['tab', 'next-pane'],
    ['ctrl+c', 'interrupt'],
    ['ctrl+z', 'suspend'],
    ['ctrl+l', 'redraw'],
  ])('%s does what it always does', (key, name) => {
    expect(actionFor(TYPING, key, AT)).toEqual(command(name));
  });

  it('a key that is no text does nothing', () => {
    expect(actionFor(TYPING, 'ctrl+d', AT)).toBeNull();
  });

  it('every key is a command again while the help is shown', () => {
    expect(actionFor(after(TYPING, 'help'), 'q', AT)).toEqual(command('quit'));
  });
});

describe('the list of images', () => {
  it('is left with q and explained with ? until a filter is typed, which / begins', () => {
    expect(actionFor(PICKER, 'q', AT)).toEqual(command('quit'));
    expect(actionFor(PICKER, '?', AT)).toEqual(command('help'));
    expect(actionFor(PICKER, '/', AT)).toEqual(command('filter'));
    const typing: State = { ...PICKER, typing: 'picker-filter' };
    for (const key of ['q', '?', '/'])
      expect(actionFor(typing, key, AT)).toEqual({ type: 'typed', text: key });
  });

  it('takes every other letter for its filter at once', () => {
    for (const key of ['j', 'i', 'w', '-', '6'])
      expect(actionFor(PICKER, key, AT)).toEqual({ type: 'typed', text: key });
    expect(lettersKept(DEFAULT_KEYMAP)).toEqual(['q']);
  });

  it('has the numbers of the screens for what they are everywhere, until something is typed', () => {
    expect(['1', '2', '3', '4', '5'].map((key) => actionFor(PICKER, key, AT))).toEqual(
      (['images', 'explore', 'waste-screen', 'image', 'file'] as const).map(command),
    );
    const typing: State = { ...PICKER, typing: 'picker-filter' };
    expect(actionFor(typing, '2', AT)).toEqual({ type: 'typed', text: '2' });
  });
});

describe('keys that a person has chosen', () => {
  const own = keymapWith(
    new Map<Command, readonly string[]>([
      ['quit', ['x', 'ctrl+q']],
      ['filter', ['a']],
      ['enter', ['o']],
      ['back', ['ctrl+g']],
      ['pull', []],
    ]),
  );

  it('take the place of the command’s own', () => {
    expect(actionWith(own, EXPLORER, 'x', AT)).toEqual(command('quit'));
    expect(actionWith(own, EXPLORER, 'q', AT)).toEqual({ type: 'unknown-key', key: 'q' });
    expect(actionWith(own, EXPLORER, 'p', AT)).toEqual({ type: 'unknown-key', key: 'p' });
    expect(actionWith(own, EXPLORER, 'enter', AT)).toEqual({ type: 'unknown-key', key: 'enter' });
  });

  it('are taken from the command that has them in the table', () => {
    expect(actionWith(own, EXPLORER, 'a', AT)).toEqual(command('filter'));
    expect(labelOf(own, 'toggle-added')).toBe('toggle-added');
  });

  it('leave all others as they are', () => {
    expect(actionWith(own, EXPLORER, 'j', AT)).toEqual(command('down'));
    expect(keymapWith(new Map())).toEqual(DEFAULT_KEYMAP);
  });

  it('are letters while a text is typed, which Enter and Esc keep or leave as ever', () => {
    expect(actionWith(own, TYPING, 'x', AT)).toEqual({ type: 'typed', text: 'x' });
    expect(actionWith(own, TYPING, 'o', AT)).toEqual({ type: 'typed', text: 'o' });
    expect(actionWith(own, TYPING, 'enter', AT)).toEqual(command('enter'));
    expect(actionWith(own, TYPING, 'escape', AT)).toEqual(command('back'));
    expect(actionWith(own, TYPING, 'ctrl+g', AT)).toEqual(command('back'));
    expect(actionWith(own, PICKER, 'enter', AT)).toEqual(command('enter'));
  });

  it('leave and explain the list of images until its filter is begun', () => {
    expect(actionWith(own, PICKER, 'x', AT)).toEqual(command('quit'));
    expect(actionWith(own, PICKER, 'a', AT)).toEqual(command('filter'));
    expect(actionWith(own, PICKER, 'q', AT)).toEqual({ type: 'typed', text: 'q' });
  });

  it('are shown by their names', () => {
    expect(labelOf(own, 'quit')).toBe('x');
    expect(labelOf(own, 'back')).toBe('^G');
    expect(withLabels(own, '{quit} leaves peel, {no-such} stays {images}.')).toBe(
      'x leaves peel, {no-such} stays 1.',
    );
    expect(labelIn(own, EXPLORER, 'enter')).toBe('o');
    expect(labelIn(own, TYPING, 'enter')).toBe('Enter');
    expect(labelIn(own, TYPING, 'back')).toBe('^G');
    expect(labelIn(own, PICKER, 'quit')).toBe('x');
  });
});
