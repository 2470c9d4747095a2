import type { Action, Command } from '../state/actions.ts';
import { SCREENS, type State } from '../state/state.ts';
import { isCharacter, keyLabel } from './key-names.ts';
import { type Keymap, labelOf, keysOf, SCREEN_COMMANDS } from './keymap.ts';

/** What these keys mean while a text is typed, where nobody has said otherwise: it can always be kept or left. */
const WHILE_TYPING: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['up', 'up'],
  ['down', 'down'],
  ['pageup', 'page-up'],
  ['pagedown', 'page-down'],
  ['home', 'first'],
  ['end', 'last'],
  ['enter', 'enter'],
  ['escape', 'back'],
  ['tab', 'next-pane'],
  ['shift+tab', 'previous-pane'],
]);

/** In the list of images any letter begins its filter, but for the keys of these; once it has begun, they are letters too. */
const BEFORE_TYPING: ReadonlySet<Command> = new Set<Command>(['quit', 'help', 'filter']);
/** Their digits lead to them from there as from everywhere. */
const BY_NUMBER: ReadonlySet<Command> = new Set<Command>(SCREENS.map((screen) => SCREEN_COMMANDS[screen]));

const HALF_PAGES: ReadonlySet<Command> = new Set<Command>(['half-page-up', 'half-page-down']);

/** What a key asks for in a state. Null: nothing at all, as for a key that only a shell would know. */
export function actionFor(
  keymap: Keymap,
  state: State,
  key: string,
  at: { readonly now: number; readonly textLines: number },
): Action | null {
  if (isForText(keymap, state, key)) return typing(key);
  const command = keymap.commands.get(key) ?? (takesText(state) ? WHILE_TYPING.get(key) : undefined);
  return command === undefined ? { type: 'unknown-key', key } : { type: 'command', command, ...at };
}

/** What the key of a command is called in a state: while a text is typed, characters are letters. */
export function labelIn(keymap: Keymap, state: State, command: Command): string {
  if (!takesText(state)) return labelOf(keymap, command);
  const own = keysOf(keymap, command).find((key) => !isForText(keymap, state, key));
  const usual = Array.from(WHILE_TYPING).find(([, meant]) => meant === command)?.[0];
  const key = own ?? usual;
  return key === undefined ? labelOf(keymap, command) : keyLabel(key);
}

/** Whether letters are typed into a text, or would begin one. */
function takesText({ screen, typing: field, help }: State): boolean {
  if (field === 'nothing') return true;
  return help === null && (field !== null || screen === 'images');
}

function isForText(keymap: Keymap, state: State, key: string): boolean {
  if (!takesText(state)) return false;
  const isTyped = state.typing !== null && state.typing !== 'nothing';
  if (WHILE_TYPING.has(key) && !(isTyped && EDITS.has(key))) return false;
  const command = keymap.commands.get(key);
  if (key.startsWith('ctrl+') && command !== undefined) {
    // While a text is typed, ^U takes it away.
    return state.typing !== null && HALF_PAGES.has(command);
  }
  if (state.typing !== null) return true;
  if (!isCharacter(key)) return false;
  if (command === undefined) return true;
  return !BEFORE_TYPING.has(command) && !(BY_NUMBER.has(command) && /^\d$/.test(key));
}

/** Letters that begin no filter in the list of images. */
export function lettersKept(keymap: Keymap): string[] {
  const keys = Array.from(BEFORE_TYPING, (command) => keysOf(keymap, command)).flat();
  return keys.filter((key) => isCharacter(key) && /\p{L}/u.test(key));
}

/** Keys that edit a text that is typed, those of a shell's line. */
const EDITS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['left', { type: 'caret-moved', to: 'left' }],
  ['right', { type: 'caret-moved', to: 'right' }],
  ['home', { type: 'caret-moved', to: 'first' }],
  ['ctrl+a', { type: 'caret-moved', to: 'first' }],
  ['end', { type: 'caret-moved', to: 'last' }],
  ['ctrl+e', { type: 'caret-moved', to: 'last' }],
  ['backspace', { type: 'erased' }],
  ['delete', { type: 'erased', what: 'next' }],
  ['ctrl+w', { type: 'erased', what: 'word' }],
  ['ctrl+u', { type: 'erased', what: 'before' }],
  ['ctrl+k', { type: 'erased', what: 'behind' }],
]);

function typing(key: string): Action | null {
  const edit = EDITS.get(key);
  if (edit !== undefined) return edit;
  if (key === 'space') return { type: 'typed', text: ' ' };
  return isCharacter(key) ? { type: 'typed', text: key } : null;
}
