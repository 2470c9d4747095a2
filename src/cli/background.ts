// What a terminal answers when it is asked for its background (xterm's OSC 11, "Change VT100 text background colour").

import type { TerminalInput } from './terminal-input.ts';

export type Background = 'dark' | 'light';

/**
 * The question, and behind it one that every terminal knows (DA1, primary device attributes): answers come in order, so
 * that the second tells when there will be no first.
 */
const QUESTION = '\u001b]11;?\u0007\u001b[c';

/**
 * Asks a terminal in raw mode. Null when it does not know; a terminal that knows no question at all leaves it open. Its
 * answers do not reach whoever reads the keys.
 */
export function askBackground(
  input: TerminalInput,
  output: { write(text: string): unknown },
): Promise<Background | null> {
  return new Promise((resolve) => {
    let background: Background | null = null;
    input.onReply((reply) => {
      if (reply.kind === 'background') background = backgroundOf(reply.color);
      if (reply.kind === 'attributes') resolve(background);
    });
    input.expectReplies();
    output.write(QUESTION);
  });
}

/** Luminance at which black stands out from a colour as white does (WCAG 2.1, contrast ratio). */
const MIDDLE = Math.sqrt(1.05 * 0.05) - 0.05;

/** Whether a colour as X11 writes them (`rgb:1e1e/1e1e/1e1e`, one to four digits each) is dark; null: it is none. */
export function backgroundOf(color: string): Background | null {
  const channels = /^rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})(?:\/[\da-f]{1,4})?$/i.exec(color);
  if (channels === null) return null;
  const [red = 0, green = 0, blue = 0] = channels.slice(1).map(linear);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > MIDDLE ? 'light' : 'dark';
}

/** A channel's share of light, from its digits (sRGB). */
function linear(digits: string): number {
  const value = Number.parseInt(digits, 16) / (16 ** digits.length - 1);
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
