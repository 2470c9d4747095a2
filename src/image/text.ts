import type { ByteString } from './entry.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** The bytes of a text in UTF-8, as a byte string. */
export function bytesOf(text: string): ByteString {
  if (isAscii(text)) return text;
  let bytes = '';
  for (const byte of encoder.encode(text)) bytes += String.fromCharCode(byte);
  return bytes;
}

/** The text of a byte string: UTF-8 where it is that, else each byte beyond ASCII written as `\xNN`. */
export function textOf(bytes: ByteString): string {
  if (isAscii(bytes)) return bytes;
  try {
    return decoder.decode(Uint8Array.from(bytes, (unit) => unit.charCodeAt(0)));
  } catch {
    return bytes.replace(/[\x80-\xff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`);
  }
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}

/**
 * What must never reach a terminal as it is: C0 and C1 control characters, the marks that turn the writing
 * direction (Unicode, UAX #9), zero-width and line-separating characters, and lone surrogates.
 */
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u001b': '\\e' };

/** A text made harmless and visible for one line of a terminal: control characters become escapes. */
export function visible(text: string): string {
  return text.replace(UNSAFE, (char) => SHORT[char] ?? escaped(char));
}

function escaped(char: string): string {
  const code = char.charCodeAt(0);
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** A byte string as text that a terminal may be given. */
export function shown(bytes: ByteString): string {
  return visible(textOf(bytes));
}
