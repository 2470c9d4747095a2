/** Every key of the keymap on every screen: it does something, or says why not, and what it says is true. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/state/actions.ts';
import { initialState, opening, type State } from '../../src/state/state.ts';
import { update } from '../../src/state/update.ts';
import { KEYMAP } from '../../src/ui/keymap.ts';
import { file, whiteout } from '../harness/archive.ts';
import { after, effectOf, opened, WIDE } from '../harness/explorer.ts';

const COMMANDS = KEYMAP.flatMap(({ bindings }) => bindings.map(({ command }) => command));

/** What a command says that does nothing; 'does' where it does something, with or without a word. */
type Table = Readonly<Record<Command, string>>;

const all = (commands: readonly Command[], answer: string) =>
  Object.fromEntries(commands.map((command) => [command, answer]));

const MOVES = [
  'up',
  'down',
  'page-up',
  'page-down',
  'half-page-up',
  'half-page-down',
  'first',
  'last',
] as const;
/** Screens, and what does its work on each of them. */
const EVERYWHERE = [
  ...(['images', 'explore', 'waste-screen', 'image', 'file', 'waste', 'next-pane', 'previous-pane'] as const),
  ...(['back', 'filter', 'help', 'redraw', 'suspend', 'quit', 'interrupt'] as const),
];
const FOLDS = ['toggle-fold', 'fold-all', 'unfold-all', 'fewer-levels', 'more-levels'] as const;
const SHOWN = ['toggle-added', 'toggle-modified', 'toggle-removed', 'toggle-unchanged'] as const;

const FILES = 'That key is for the files: {explore} leads there.';
const LAYERS = 'That key goes from layer to layer: {explore} leads there.';
const MATCHES = 'That key goes through what a filter finds among the files: {explore} leads there.';
const GROUPS = 'That key groups what is wasted: {waste-screen} leads there.';
const PANES = 'That key is for panes and lists: {explore} and {waste-screen} lead to some.';
const DETAILS = 'There are no more details here: {explore} leads to those of layers and files.';
const HERE = 'The image is here: there is nothing to pull.';
const NO_FILE = 'There is no file under the cursor: {explore} leads to the files.';
const NOT_ASKED = 'Nothing asks to be overwritten: {extract} extracts.';
const IN_AN_IMAGE = 'That key works in an image: choose one and press {enter}.';

const COMMON = {
  ...all([...MOVES, ...EVERYWHERE], 'does'),
  ...all([...FOLDS, ...SHOWN, 'toggle-range', 'toggle-flat'], FILES),
  pull: HERE,
  overwrite: NOT_ASKED,
};

const ON_WASTE = {
  ...COMMON,
  ...all(['up', 'page-up', 'half-page-up', 'first'], 'This is the first row.'),
  ...all(['down', 'page-down', 'half-page-down', 'last'], 'This is the last row.'),
  ...all(['enter', 'right', 'group', 'zoom', 'copy'], 'does'),
  'waste-screen': 'These are the bytes and who wasted them.',
  filter: 'Waste is not filtered: {explore} leads to the files.',
  left: '{back} leads to the layers.',
  details: 'What would help stands on this screen already.',
  'toggle-order': 'Waste stands by bytes, most first, and in groups.',
  'toggle-mode': FILES,
  ...all(['next-layer', 'previous-layer'], LAYERS),
  ...all(['next-match', 'previous-match'], MATCHES),
  ...all(['extract', 'page'], 'A group is several copies: {enter} leads to them.'),
  'copy-content': 'Content is copied where it is seen: {file} shows the file.',
} as Table;

const ON_IMAGE = {
  ...COMMON,
  ...all(['up', 'page-up', 'half-page-up', 'first'], 'This is the first row.'),
  // All of so small an image is on the screen.
  ...all(['down', 'page-down', 'half-page-down', 'last'], 'This is the last row.'),
  image: 'This is all that is known of the image.',
  file: NO_FILE,
  enter: 'There is nothing to open here.',
  ...all(['left', 'right'], 'Nothing here is wider than the screen.'),
  ...all(['toggle-order', 'toggle-mode'], FILES),
  group: GROUPS,
  zoom: PANES,
  details: DETAILS,
  ...all(['next-layer', 'previous-layer'], LAYERS),
  ...all(['next-match', 'previous-match'], MATCHES),
  ...all(['extract', 'page', 'copy-content'], NO_FILE),
  copy: 'The image has no ID that is known: there is nothing to copy.',
} as Table;

const ON_FILE = {
  ...COMMON,
  ...all([...MOVES, 'left', 'right'], 'There is nothing here.'),
  file: 'This is the file.',
  enter: '{next-layer} and {previous-layer} show the file as other layers have it.',
  'toggle-mode': 'There is no content to show in another way.',
  'toggle-order': FILES,
  group: GROUPS,
  zoom: PANES,
  details: DETAILS,
  'next-layer': 'does',
  'previous-layer': 'No earlier layer has it.',
  ...all(['next-match', 'previous-match'], 'Nothing is searched for: {filter} begins.'),
  ...all(['extract', 'page', 'copy'], 'does'),
  'copy-content': 'It is still being read.',
} as Table;

const ON_IMAGES = {
  ...all(COMMANDS, IN_AN_IMAGE),
  ...all(['down', 'page-down', 'half-page-down', 'last', 'enter', 'filter'], 'does'),
  ...all(['help', 'redraw', 'quit', 'interrupt'], 'does'),
  ...all(['up', 'page-up', 'half-page-up', 'first'], 'This is the first row.'),
  ...all(
    ['explore', 'waste', 'waste-screen', 'image', 'file'],
    'No image is open yet: choose one and press {enter}.',
  ),
  images: 'These are the images.',
  pull: 'No image is missing here: there is nothing to pull.',
  back: '{quit} leaves peel.',
} as Table;

const ON_IMAGES_OF_ONE = {
  ...ON_IMAGES,
  ...all(['explore', 'waste', 'waste-screen', 'image', 'back'], 'does'),
  file: NO_FILE,
} as Table;

const SHOP = [[file('a', 'aaaa')], [whiteout('a'), file('b', 'b')]];
const LISTED = ['a:1', 'b:1'].map((reference) => ({ reference, bytes: 1, created: 1, platform: null }));
const withList = (state: State): State =>
  update(state, { type: 'images-listed', images: LISTED, problem: null }).state;

const SCREENS: readonly (readonly [string, State, Table])[] = [
  ['the waste', after(opened(SHOP), 'waste-screen'), ON_WASTE],
  ['the image', after(opened(SHOP), 'image'), ON_IMAGE],
  ['a file that is being read', after(opened(SHOP), 'enter', 'file'), ON_FILE],
  ['the images', withList(initialState(WIDE, 'images')), ON_IMAGES],
  ['the images, one of them open', withList(after(opened(SHOP), 'images')), ON_IMAGES_OF_ONE],
];

function answer(before: State, command: Command): string {
  const state: State = { ...before, message: null };
  const next = after(state, command);
  const isDone = effectOf(state, command) !== undefined || !sameBut(state, next);
  return isDone ? 'does' : (next.message ?? 'nothing at all');
}

/** Whether nothing but the message has changed, and what is asked for to be drawn. */
function sameBut(before: State, next: State): boolean {
  const { message: _, ...one } = before;
  const { message: __, ...other } = next;
  return JSON.stringify(one, flat) === JSON.stringify(other, flat);
}

const flat = (key: string, value: unknown): unknown => (key === 'analysis' ? null : value);

describe.each(SCREENS)('on the screen of %s', (_, state, table) => {
  it.each(COMMANDS.filter((command) => command !== 'suspend'))('%s', (command) => {
    expect(answer(state, command)).toBe(table[command]);
  });
});

describe('p, where no image is missing', () => {
  const START = opening(initialState(WIDE, 'images'), 'shop', 0);

  it('says so on every screen, and what is known', () => {
    const onExplore = opened(SHOP);
    for (const state of [onExplore, ...SCREENS.slice(0, 3).map(([, each]) => each)])
      expect(answer(state, 'pull')).toBe(HERE);
    expect(answer(START, 'pull')).toBe('It is not known yet whether the image is here.');
    const pulling = update(START, { type: 'pull', layers: [], now: 0 }).state;
    for (const command of ['explore', 'waste-screen', 'image'] as const)
      expect(answer(after(pulling, command), 'pull')).toBe('It is being pulled.');
    const failed = update(START, { type: 'failed', message: 'No route.' }).state;
    expect(answer(failed, 'pull')).toMatch(/^It could not be opened/);
  });
});

describe('the numbers in the list of images', () => {
  const listed = withList(after(opened(SHOP), 'images'));

  it('lead to the screens of the image that is open, as everywhere', () => {
    expect(after(listed, 'explore')).toMatchObject({ screen: 'explore' });
    expect(after(listed, 'waste-screen')).toMatchObject({ screen: 'waste' });
    expect(after(listed, 'image')).toMatchObject({ screen: 'image' });
    const withFile = withList(after(opened(SHOP), 'enter', 'file', 'images'));
    expect(after(withFile, 'file')).toMatchObject({ screen: 'file' });
  });
});
