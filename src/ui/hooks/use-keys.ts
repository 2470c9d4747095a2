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
    // Named by `silent-keys.ts`: as one key, with which nothing is typed.
    if (key.hyper) {
      onKey(input);
      return;
    }
    const named = NAMED.find(([flag]) => key[flag] === true);
    if (isBehindEscape(input, key)) onKey('escape');
    if (key.tab) onKey(key.shift ? 'shift+tab' : 'tab');
    else if (named !== undefined) onKey(named[1]);
    else if (key.ctrl && input !== '') onKey(`ctrl+${input}`);
    else for (const char of input) onKey(NAMED_CHARS[char] ?? char);
  });
  usePaste(onPaste);
}

/**
 * Whether Esc was pressed before the key: a slow line hands both over together, as terminals do Alt with the key, and Ink
 * takes them for that. Alt with a key that comes alone has been told apart before. Those that come as sequences of their own (Alt with an arrow) are what
 * they are without it, and Alt-Backspace erases.
 */
function isBehindEscape(input: string, key: Key): boolean {
  if (!key.meta) return false;
  return key.escape || key.return || key.tab || Array.from(input).length === 1;
}

const NAMED_CHARS: Readonly<Record<string, string>> = {
  ' ': 'space',
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\u007f': 'backspace',
  '\b': 'backspace',
  '\u0001': 'ctrl+a',
  '\u0003': 'ctrl+c',
  '\u0004': 'ctrl+d',
  '\u0005': 'ctrl+e',
  '\u000b': 'ctrl+k',
  '\u000c': 'ctrl+l',
  '\u0015': 'ctrl+u',
  '\u0017': 'ctrl+w',
  '\u001a': 'ctrl+z',
};
