// The one table of keys: handlers, hints and help are read from it.

import type { Action, Command } from '../state/actions.ts';
import type { State } from '../state/state.ts';

export interface Binding {
  readonly command: Command;
  /** Names of keys, as `keyName` gives them; the first one is shown where there is room for one. */
  readonly keys: readonly string[];
  readonly help: string;
}

export interface BindingGroup {
  readonly title: string;
  readonly bindings: readonly Binding[];
}

export const KEYMAP: readonly BindingGroup[] = [
  {
    title: 'Moving',
    bindings: [
      { command: 'up', keys: ['k', 'up'], help: 'one row up' },
      { command: 'down', keys: ['j', 'down'], help: 'one row down' },
      { command: 'page-up', keys: ['b', 'pageup'], help: 'one page up' },
      { command: 'page-down', keys: ['f', 'pagedown'], help: 'one page down' },
      { command: 'first', keys: ['g', 'home'], help: 'first row' },
      { command: 'last', keys: ['G', 'end'], help: 'last row' },
      { command: 'next-pane', keys: ['tab'], help: 'next pane; where a screen has one, the next screen' },
      { command: 'previous-pane', keys: ['shift+tab'], help: 'previous pane, or screen' },
      { command: 'next-layer', keys: ['J', ']'], help: 'next layer, from any pane' },
      { command: 'previous-layer', keys: ['K', '['], help: 'previous layer, from any pane' },
    ],
  },
  {
    title: 'Files',
    bindings: [
      {
        command: 'enter',
        keys: ['enter'],
        help: 'fold a directory, look at a file, go to a wasted file',
      },
      { command: 'right', keys: ['l', 'right'], help: 'unfold, or go into the directory' },
      { command: 'left', keys: ['h', 'left'], help: 'fold, or go to the directory above' },
      { command: 'toggle-fold', keys: ['space'], help: 'fold or unfold' },
      { command: 'fold-all', keys: ['-'], help: 'fold all' },
      { command: 'unfold-all', keys: ['+', '='], help: 'unfold all' },
      { command: 'filter', keys: ['/'], help: 'filter paths as you type; Enter keeps it, Esc clears it' },
      { command: 'toggle-mode', keys: ['t'], help: "this layer's changes, or everything up to it" },
      { command: 'toggle-order', keys: ['s'], help: 'sort by size or by name' },
      { command: 'toggle-added', keys: ['a'], help: 'show or leave out what was added' },
      { command: 'toggle-modified', keys: ['m'], help: 'show or leave out what was modified' },
      { command: 'toggle-removed', keys: ['r'], help: 'show or leave out what was removed' },
      { command: 'toggle-unchanged', keys: ['u'], help: 'show or leave out what did not change' },
    ],
  },
  {
    title: 'Everywhere',
    bindings: [
      { command: 'pull', keys: ['p'], help: 'pull the image that is missing' },
      { command: 'images', keys: ['1'], help: 'choose another image' },
      { command: 'explore', keys: ['2'], help: 'layers and files' },
      { command: 'waste-screen', keys: ['3'], help: 'where every byte went, and who wasted it' },
      { command: 'group', keys: ['c'], help: 'there: group by cause, path, directory, fate' },
      { command: 'image', keys: ['4', 'i'], help: 'all that is known of the image' },
      { command: 'file', keys: ['5'], help: 'the file under the cursor' },
      { command: 'waste', keys: ['w'], help: 'wasted files, beside the layers' },
      { command: 'back', keys: ['escape'], help: 'back: clear the filter, cancel reading, leave a pane' },
      { command: 'help', keys: ['?'], help: 'this help' },
      { command: 'suspend', keys: ['ctrl+z'], help: 'stop peel until the shell continues it (fg)' },
      { command: 'quit', keys: ['q'], help: 'leave peel' },
      { command: 'interrupt', keys: ['ctrl+c'], help: 'leave peel, with exit status 130' },
    ],
  },
];

const COMMANDS: ReadonlyMap<string, Command> = new Map(
  KEYMAP.flatMap(({ bindings }) =>
    bindings.flatMap(({ command, keys }) => keys.map((key) => [key, command] as const)),
  ),
);

/** Keys that mean the same while a text is being typed. */
const WHILE_TYPING: ReadonlySet<string> = new Set([
  ...['up', 'down', 'pageup', 'pagedown', 'home', 'end', 'enter', 'escape', 'tab', 'shift+tab'],
  ...['ctrl+c', 'ctrl+z'],
]);

/** In the list of images any letter begins its filter, but for these: `/` first, and they are letters like others. */
const BEFORE_TYPING: ReadonlySet<string> = new Set(['q', '?', '/']);

/** What a key asks for in a state. Null: nothing at all, as for a key that only a shell would know. */
export function actionFor(
  state: State,
  key: string,
  at: { readonly now: number; readonly textLines: number },
): Action | null {
  if (isForText(state, key)) return typing(key);
  const command = COMMANDS.get(key);
  return command === undefined ? { type: 'unknown-key', key } : { type: 'command', command, ...at };
}

function isForText({ screen, typing: field, help }: State, key: string): boolean {
  if (help !== null || WHILE_TYPING.has(key)) return false;
  return field !== null || (screen === 'images' && isCharacter(key) && !BEFORE_TYPING.has(key));
}

function isCharacter(key: string): boolean {
  return Array.from(key).length === 1;
}

function typing(key: string): Action | null {
  if (key === 'backspace' || key === 'delete') return { type: 'erased' };
  if (key === 'space') return { type: 'typed', text: ' ' };
  return isCharacter(key) ? { type: 'typed', text: key } : null;
}

const KEY_LABELS: Readonly<Record<string, string>> = {
  up: 'Up',
  down: 'Down',
  left: 'Left',
  right: 'Right',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  enter: 'Enter',
  escape: 'Esc',
  tab: 'Tab',
  'shift+tab': 'Shift-Tab',
  space: 'Space',
  'ctrl+c': '^C',
  'ctrl+z': '^Z',
};

/** How a key is called on the screen. */
export function keyLabel(key: string): string {
  return KEY_LABELS[key] ?? key;
}

/** How the first key of a command is called on the screen. */
export function labelOf(command: Command): string {
  const bindings = KEYMAP.flatMap((group) => group.bindings);
  return keyLabel(bindings.find((binding) => binding.command === command)?.keys[0] ?? '');
}
