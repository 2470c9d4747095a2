/** What is searched for: bytes, ASCII letters in either case where `foldsCase`. */
export interface Needle {
  readonly bytes: Uint8Array;
  readonly foldsCase: boolean;
}

/** Somebody types it: nobody types more. */
const MAX_NEEDLE_UNITS = 256;

/**
 * A text to search for. Small letters find capitals too, a text with a capital finds itself alone (smart case, of ASCII
 * letters). Null for the empty one.
 */
export function textNeedle(text: string): Needle | null {
  if (text === '') return null;
  const bytes = new TextEncoder().encode(text.slice(0, MAX_NEEDLE_UNITS));
  return { bytes, foldsCase: text === text.toLowerCase() };
}

const HEX_WORD = /^0x((?:[0-9a-f]{2})+)$/i;
const HEX_PAIRS = /^[0-9a-f]{2}(?: +[0-9a-f]{2})+$/i;

/** What is meant among bytes: `0x7f454c46` and `7f 45 4c 46` are bytes, all else is text. */
export function byteNeedle(text: string): Needle | null {
  const digits = HEX_WORD.exec(text)?.[1] ?? (HEX_PAIRS.test(text) ? text.replaceAll(' ', '') : null);
  if (digits === null) return textNeedle(text);
  const pairs = digits.slice(0, MAX_NEEDLE_UNITS).match(/../g) ?? [];
  return { bytes: Uint8Array.from(pairs, (pair) => parseInt(pair, 16)), foldsCase: false };
}

/** The first occurrence that begins at `from` or behind it, before `end`; -1 where there is none. */
export function findNext(bytes: Uint8Array, needle: Needle, from: number, end = bytes.length): number {
  const fold = tableFor(needle);
  const first = needle.bytes[0];
  const last = Math.min(end - 1, bytes.length - needle.bytes.length);
  for (let at = Math.max(0, from); at <= last; at++) {
    if (fold[bytes[at] ?? 0] === first && standsAt(bytes, needle, fold, at)) return at;
  }
  return -1;
}

/** The last occurrence that begins before `before`; -1 where there is none. */
export function findPrevious(bytes: Uint8Array, needle: Needle, before: number): number {
  const fold = tableFor(needle);
  const first = needle.bytes[0];
  for (let at = Math.min(before - 1, bytes.length - needle.bytes.length); at >= 0; at--) {
    if (fold[bytes[at] ?? 0] === first && standsAt(bytes, needle, fold, at)) return at;
  }
  return -1;
}

/** An occurrence, and whether it was found only beyond the end, going on from the other one. */
export interface Found {
  /** Of its first byte. */
  readonly offset: number;
  readonly isWrapped: boolean;
}

/** The next occurrence behind the byte `from`, or the one before it; null where there is none at all. */
export function findFrom(
  bytes: Uint8Array,
  needle: Needle,
  from: number,
  direction: 'next' | 'previous',
): Found | null {
  const isNext = direction === 'next';
  const offset = isNext ? findNext(bytes, needle, from + 1) : findPrevious(bytes, needle, from);
  if (offset !== -1) return { offset, isWrapped: false };
  const other = isNext ? findNext(bytes, needle, 0) : findPrevious(bytes, needle, bytes.length);
  return other === -1 ? null : { offset: other, isWrapped: true };
}

function standsAt(bytes: Uint8Array, needle: Needle, fold: Uint8Array, at: number): boolean {
  for (let index = 1; index < needle.bytes.length; index++) {
    if (fold[bytes[at + index] ?? 0] !== needle.bytes[index]) return false;
  }
  return true;
}

const AS_IT_IS = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const AS_SMALL = AS_IT_IS.map((byte) => (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte));

const tableFor = ({ foldsCase }: Needle): Uint8Array => (foldsCase ? AS_SMALL : AS_IT_IS);
