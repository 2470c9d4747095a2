import { type Key, useInput, usePaste } from 'ink';

/** Names of keys that are no characters, in the order in which Ink's flags are asked. */
const NAMED: readonly (readonly [flag: keyof Key, name: string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

/**
 * Calls `onKey` with the name of each key, one by one: a terminal hands over keys that were typed fast, or came
 * together over a slow line, as one string.
 */
export function useKeys(onKey: (key: string) => void, onPaste: (text: string) => void): void {
  useInput((input, key) => {
    const named = NAMED.find(([flag]) => key[flag] === true);
    if (key.tab) onKey(key.shift ? 'shift+tab' : 'tab');
    else if (named !== undefined) onKey(named[1]);
    else if (key.ctrl) onKey(`ctrl+${input}`);
    else for (const char of input) onKey(NAMED_CHARS[char] ?? char);
  });
  usePaste(onPaste);
}

const NAMED_CHARS: Readonly<Record<string, string>> = {
  ' ': 'space',
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\u007f': 'backspace',
  '\b': 'backspace',
  '\u0003': 'ctrl+c',
  '\u0015': 'ctrl+u',
  '\u0017': 'ctrl+w',
  '\u001a': 'ctrl+z',
};
