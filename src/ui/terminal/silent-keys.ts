// Keys that Ink knows and does not tell of, or tells of as if they were others: Insert and the function keys have no flag
// there, and Alt with a letter looks like Esc before it. They are handed to Ink in a form that it does tell of, that of
// the kitty keyboard protocol, which peel never asks a terminal for: Hyper held, and a text, which is their name.

/** What comes before the names of keys with Alt. */
export const ALT = 'alt+';

/** Numbers of xterm's sequences that end in `~`, by key; the others are keys that Ink tells of, or pastes. */
const NUMBERED: ReadonlyMap<number, string> = new Map([
  [2, 'insert'],
  ...[11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33, 34].map(
    (number, index) => [number, `f${index + 1}`] as const,
  ),
]);

/** Function keys, whatever is held with them. F3 with Shift looks like a terminal's word on its cursor, and stays what it is. */
const FUNCTION_KEY = /\u001b(?:O([P-S])|\[1;\d+([PQS])|\[(\d+)(?:;\d+)?~)/g;
/** Alt with a character comes in one piece. Where other keys have come with it, somebody has typed Esc, and then that. */
const WITH_ALT = /^\u001b([^\u0000-\u0020\u007f-\u009f[O])$/u;

/** What of the keys that came with a chunk Ink is handed; the terminal's own replies are in the chunk as well. */
export function heardByInk(keys: string, chunk: string): string {
  const alt = chunk.includes(keys) ? WITH_ALT.exec(keys)?.[1] : undefined;
  if (alt !== undefined) return asNamed(ALT + alt);
  return keys.replaceAll(FUNCTION_KEY, (whole, ss3?: string, csi?: string, number?: string) => {
    const letter = ss3 ?? csi;
    const name = letter === undefined ? NUMBERED.get(Number(number)) : `f${'PQRS'.indexOf(letter) + 1}`;
    return name === undefined ? whole : asNamed(name);
  });
}

/** Hyper, as the protocol has modifiers: a bit, and one. */
const HYPER = 16 + 1;

function asNamed(name: string): string {
  const text = Array.from(name, (char) => char.codePointAt(0)).join(':');
  return `\u001b[${'x'.charCodeAt(0)};${HYPER};${text}u`;
}
