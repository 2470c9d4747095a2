// The one table of keys: handlers, hints, help and docs are read from it, and a person's own keys laid over it.

import type { Command } from '../state/actions.ts';
import type { ScreenName } from '../state/state.ts';
import { keyLabel } from './key-names.ts';

export interface Binding {
  readonly command: Command;
  /** Names of keys (`key-names.ts`); the first one is shown where there is room for one. */
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
      { command: 'half-page-up', keys: ['ctrl+u'], help: 'half a page up' },
      { command: 'half-page-down', keys: ['ctrl+d'], help: 'half a page down' },
      { command: 'first', keys: ['g', 'home'], help: 'first row' },
      { command: 'last', keys: ['G', 'end'], help: 'last row' },
      { command: 'next-pane', keys: ['tab'], help: 'next pane; where a screen has one, the next screen' },
      { command: 'previous-pane', keys: ['shift+tab'], help: 'previous pane, or screen' },
      {
        command: 'details',
        keys: ['d'],
        help: 'details of what is under the cursor; again: back',
      },
      { command: 'zoom', keys: ['z'], help: 'the whole screen for the pane or list; again: all of them' },
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
      { command: 'fewer-levels', keys: ['('], help: 'show one level less, everywhere' },
      { command: 'more-levels', keys: [')'], help: 'show one level more, everywhere' },
      { command: 'filter', keys: ['/'], help: 'filter paths as you type; Enter keeps it, Esc clears it' },
      {
        command: 'next-match',
        keys: ['n'],
        help: 'next path that the filter finds; in a file, match or change',
      },
      {
        command: 'previous-match',
        keys: ['N'],
        help: 'previous path that the filter finds, match or change',
      },
      { command: 'toggle-mode', keys: ['t'], help: "this layer's changes, or everything up to it" },
      {
        command: 'toggle-range',
        keys: ['v'],
        help: 'changes of several layers: from this one to where you go',
      },
      { command: 'toggle-order', keys: ['s'], help: 'sort by size, by name, or by change in size' },
      {
        command: 'toggle-flat',
        keys: ['F'],
        help: 'all files in one list, the largest first; again: the tree',
      },
      { command: 'toggle-added', keys: ['a'], help: 'show or leave out what was added' },
      { command: 'toggle-modified', keys: ['m'], help: 'show or leave out what was modified' },
      { command: 'toggle-removed', keys: ['r'], help: 'show or leave out what was removed' },
      { command: 'toggle-unchanged', keys: ['u'], help: 'show or leave out what did not change' },
    ],
  },
  {
    title: 'Taking out',
    bindings: [
      { command: 'extract', keys: ['x'], help: 'extract the file or directory: asks where' },
      { command: 'overwrite', keys: ['O'], help: 'where something is there already, and it asks: overwrite' },
      { command: 'page', keys: ['o'], help: 'open the file in $PAGER, else in $VISUAL or $EDITOR' },
      { command: 'copy', keys: ['y'], help: 'copy the path, the command of a layer, what would help' },
      { command: 'copy-content', keys: ['Y'], help: 'copy what is in the file that is shown' },
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
      {
        command: 'back',
        keys: ['escape'],
        help: 'back: clear filter or range, leave a pane; twice: end reading',
      },
      { command: 'help', keys: ['?'], help: 'this help' },
      {
        command: 'redraw',
        keys: ['ctrl+l'],
        help: 'write the screen anew, whatever another program wrote on it',
      },
      { command: 'suspend', keys: ['ctrl+z'], help: 'stop peel until the shell continues it (fg)' },
      { command: 'quit', keys: ['q'], help: 'leave peel; in the help, leave the help' },
      { command: 'interrupt', keys: ['ctrl+c'], help: 'leave peel, with exit status 130' },
    ],
  },
];

/** What leads to each screen. */
export const SCREEN_COMMANDS: Readonly<Record<ScreenName, Command>> = {
  images: 'images',
  explore: 'explore',
  waste: 'waste-screen',
  image: 'image',
  file: 'file',
};

/** Which key asks for which command: the table, with a person's own keys in place of some. */
export interface Keymap {
  readonly groups: readonly BindingGroup[];
  /** By names of keys. */
  readonly commands: ReadonlyMap<string, Command>;
}

/** Keys that a person has chosen, by command. */
export type OwnKeys = ReadonlyMap<Command, readonly string[]>;

/** A key that a person gives to one command is taken from the one that has it in the table. */
export function keymapWith(own: OwnKeys): Keymap {
  const taken = new Set([...own.values()].flat());
  const groups = KEYMAP.map(({ title, bindings }) => ({
    title,
    bindings: bindings.map(({ command, keys, help }) => ({
      command,
      keys: own.get(command) ?? keys.filter((key) => !taken.has(key)),
      help,
    })),
  }));
  const pairs = groups.flatMap(({ bindings }) =>
    bindings.flatMap(({ command, keys }) => keys.map((key) => [key, command] as const)),
  );
  return { groups, commands: new Map(pairs) };
}

export const DEFAULT_KEYMAP: Keymap = keymapWith(new Map());

/** Keys of a command, the one to be shown first. */
export function keysOf({ groups }: Keymap, command: Command): readonly string[] {
  const bindings = groups.flatMap((group) => group.bindings);
  return bindings.find((binding) => binding.command === command)?.keys ?? [];
}

/** What a command's first key is called on the screen; for one that no key asks for, its own name. */
export function labelOf(keymap: Keymap, command: Command): string {
  const [first] = keysOf(keymap, command);
  return first === undefined ? command : keyLabel(first);
}

/** A text of the state with its keys in it: `{quit}` stands for the key of that command, `{{` for a brace. */
export function withLabels(keymap: Keymap, text: string): string {
  return text.replaceAll(/\{\{|\{([a-z-]+)\}/g, (whole, name: string | undefined) => {
    if (name === undefined) return '{';
    return isCommand(name) ? labelOf(keymap, name) : whole;
  });
}

const COMMANDS: ReadonlySet<string> = new Set(
  KEYMAP.flatMap(({ bindings }) => bindings.map(({ command }) => command)),
);

export function isCommand(name: string): name is Command {
  return COMMANDS.has(name);
}
