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
 * direction (Unicode, UAX #9), line-separating characters, lone surrogates, and whatever shows as nothing at all
 * (zero-width characters, tags, fillers), but for the selectors that choose between the looks of one emoji.
 */
const UNSAFE =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\ufff9-\ufffb[\p{Default_Ignorable_Code_Point}--[\ufe00-\ufe0f]]]/gv;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u001b': '\\e' };

/** Nobody reads a line that is longer: one of megabytes would only be measured, cut and wrapped in vain. */
const MAX_SHOWN_UNITS = 32 * 1024;

/**
 * A text made harmless and visible for one line of a terminal: control characters become escapes, and of a text that
 * is longer than any line the beginning is left.
 */
export function visible(text: string): string {
  const beginning = text.length > MAX_SHOWN_UNITS ? `${text.slice(0, MAX_SHOWN_UNITS)}…` : text;
  return beginning.replace(UNSAFE, (char) => SHORT[char] ?? escaped(char));
}

function escaped(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}

/** A text in nothing but ASCII, for whoever reads no more: what goes beyond it as an escape. */
export function asciiText(text: string): string {
  return text.replaceAll('…', '...').replace(/[^\x00-\x7f]/gu, escaped);
}

/**
 * A JSON text that says the same and is harmless to a terminal: JSON itself escapes only C0 and lone surrogates, and
 * what is unsafe stands nowhere but in its strings.
 */
export function visibleJson(json: string): string {
  return json.replace(UNSAFE, (char) =>
    Array.from({ length: char.length }, (_, unit) => jsonEscape(char.charCodeAt(unit))).join(''),
  );
}

const jsonEscape = (unit: number) => `\\u${unit.toString(16).padStart(4, '0')}`;

/** A byte string as text that a terminal may be given. */
export function shown(bytes: ByteString): string {
  return visible(textOf(bytes));
}
