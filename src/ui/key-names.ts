// Names of keys. A key that writes a character is called by it; the others have the names of this table.

/** How keys are called on the screen, by name. */
const LABELS: Readonly<Record<string, string>> = {
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
  backspace: 'Backspace',
  delete: 'Del',
};

/** Names of all keys that write no character, but for those with Ctrl. */
export const NAMED_KEYS: readonly string[] = Object.keys(LABELS);

/** Ctrl with a letter; a terminal sends H, I, J and M with Ctrl as Backspace, Tab and Enter. */
const WITH_CTRL = /^ctrl\+([a-gklnop-z])$/;

/** How a key is called on the screen. */
export function keyLabel(key: string): string {
  const letter = WITH_CTRL.exec(key)?.[1];
  return letter === undefined ? (LABELS[key] ?? key) : `^${letter.toUpperCase()}`;
}

/** Whether a key writes a character. */
export function isCharacter(key: string): boolean {
  return Array.from(key).length === 1;
}

/** Whether a terminal can tell peel of a key of that name. */
export function isKeyName(name: string): boolean {
  if (isCharacter(name)) return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(name);
  return Object.hasOwn(LABELS, name) || WITH_CTRL.test(name);
}
