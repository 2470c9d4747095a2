// The clipboard of whoever looks at the terminal, be it at the other end of an SSH connection: OSC 52 (xterm's control
// sequences, "Manipulate Selection Data"). The terminal never answers: whether it took the text nobody knows.

import { formatBytes } from '../../image/format.ts';

/** What says which terminal, and what between it and us, is to be spoken to. */
export interface ClipboardEnvironment {
  readonly TERM?: string | undefined;
  /** Set by tmux, and by GNU screen. */
  readonly TMUX?: string | undefined;
  readonly STY?: string | undefined;
}

/** What to write to the terminal, or why there is nothing to write. */
export type Copy = { readonly sequence: string } | { readonly refusal: string };

/** Terminals take sequences of 100,000 bytes (hterm's limit, which most have made their own), head and end included. */
const MAX_SEQUENCE_BYTES = 100_000;

const HEAD = '\u001b]52;c;';
const END = '\u0007';

/** So many bytes of text fit: base64 makes four of three. */
export const MAX_COPIED_BYTES = Math.floor((MAX_SEQUENCE_BYTES - HEAD.length - END.length) / 4) * 3;

/** GNU screen takes no longer string than 768 bytes (its MAXSTR), older ones than 256. */
const SCREEN_PIECE_BYTES = 240;
const SCREEN_STRING_BYTES = 700;

/** Terminals that know no sequences, or have no clipboard. */
const WITHOUT_CLIPBOARD = /^(?:dumb|linux|vt\d+)/;

/**
 * The sequence that puts a text, or bytes, on the clipboard. tmux does so itself where `set-clipboard` is on, and hands
 * it on where `allow-passthrough` is: it is told both, and heeds what it may. GNU screen hands on what it is told to.
 */
export function copyToClipboard(content: string | Uint8Array, environment: ClipboardEnvironment): Copy {
  const { TERM = '', TMUX = '', STY = '' } = environment;
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  if (bytes.length > MAX_COPIED_BYTES) {
    return { refusal: `too long for a terminal's clipboard: ${formatBytes(MAX_COPIED_BYTES)} is the limit` };
  }
  if (WITHOUT_CLIPBOARD.test(TERM)) return { refusal: `this terminal (${TERM}) has no clipboard` };
  const plain = `${HEAD}${base64(bytes)}${END}`;
  if (TMUX !== '' || TERM.startsWith('tmux')) return { sequence: plain + throughTmux(plain) };
  if (STY !== '') return { sequence: throughScreen(plain) };
  // Over SSH nothing but this name tells of screen, and tmux may have it too; what is too long screen would type out.
  if (TERM.startsWith('screen'))
    return { sequence: (plain.length <= SCREEN_STRING_BYTES ? plain : '') + throughScreen(plain) };
  return { sequence: plain };
}

/** tmux(1), `allow-passthrough`: every escape in it is written twice. */
function throughTmux(sequence: string): string {
  return `\u001bPtmux;${sequence.replaceAll('\u001b', '\u001b\u001b')}\u001b\\`;
}

/** screen(1), "Virtual Terminal": what a device control string holds goes to the terminal as it is. */
function throughScreen(sequence: string): string {
  const pieces = sequence.match(new RegExp(`[^]{1,${SCREEN_PIECE_BYTES}}`, 'g')) ?? [];
  return pieces.map((piece) => `\u001bP${piece}\u001b\\`).join('');
}

/** `btoa` takes a string of bytes. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
