/**
 * What a terminal sends for a key: the bytes of xterm in its normal mode, which every terminal that peel
 * meets sends too. A key of one character stands for itself.
 */
const named = {
  enter: '\r',
  tab: '\t',
  'shift-tab': '\x1b[Z',
  escape: '\x1b',
  space: ' ',
  backspace: '\x7f',
  delete: '\x1b[3~',
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  home: '\x1b[H',
  end: '\x1b[F',
  pageup: '\x1b[5~',
  pagedown: '\x1b[6~',
  f1: '\x1bOP',
  f5: '\x1b[15~',
  'ctrl-c': '\x03',
  'ctrl-d': '\x04',
  'ctrl-l': '\x0c',
  'ctrl-z': '\x1a',
} as const;

/** The name of a key that is no single character. */
export type NamedKey = keyof typeof named;

/** @returns the bytes for `key`: a name of the table above, or one character. @throws on anything else. */
export function bytesOf(key: string): string {
  if (isNamed(key)) return named[key];
  if (key.length !== String.fromCodePoint(key.codePointAt(0) ?? 0).length)
    throw new Error(`no such key: ${key}`);
  return key;
}

function isNamed(key: string): key is NamedKey {
  return Object.hasOwn(named, key);
}
