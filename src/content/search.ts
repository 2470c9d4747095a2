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
  const { length } = needle.bytes;
  const last = Math.min(end - 1, bytes.length - length);
  const stop = lastByteOf(bytes, needle, needle.bytes, {
    start: Math.max(0, from),
    end: last + length,
    step: 1,
  });
  return stop === -1 ? -1 : stop - length + 1;
}

/** The last occurrence that begins before `before`, at `least` or behind it; -1 where there is none. */
export function findPrevious(bytes: Uint8Array, needle: Needle, before: number, least = 0): number {
  const { length } = needle.bytes;
  const last = Math.min(before - 1, bytes.length - length);
  return lastByteOf(bytes, needle, needle.bytes.toReversed(), {
    start: last + length - 1,
    end: Math.max(0, least) - 1,
    step: -1,
  });
}

/**
 * The byte, on the way from `start` to before `end`, that completes the pattern; -1 where none does. Each byte is
 * looked at once (Knuth, Morris and Pratt, 1977): a file of one letter, and a text that nearly is, take no longer.
 */
function lastByteOf(
  bytes: Uint8Array,
  needle: Needle,
  pattern: Uint8Array,
  { start, end, step }: { readonly start: number; readonly end: number; readonly step: 1 | -1 },
): number {
  if ((end - start) * step < pattern.length) return -1;
  const fold = tableFor(needle);
  const borders = bordersOf(pattern);
  let matched = 0;
  for (let at = start; at !== end; at += step) {
    const byte = fold[bytes[at] ?? 0];
    while (matched > 0 && byte !== pattern[matched]) matched = borders[matched - 1] ?? 0;
    if (byte === pattern[matched]) matched++;
    if (matched === pattern.length) return at;
  }
  return -1;
}

/** Of each beginning of a pattern the length of the longest shorter one that it ends with. */
function bordersOf(pattern: Uint8Array): Uint16Array {
  const borders = new Uint16Array(pattern.length);
  for (let at = 1, border = 0; at < pattern.length; at++) {
    while (border > 0 && pattern[at] !== pattern[border]) border = borders[border - 1] ?? 0;
    if (pattern[at] === pattern[border]) border++;
    borders[at] = border;
  }
  return borders;
}

/** Where something stands, from the beginning on. */
export interface Occurrences {
  /** Of their first bytes, in order; they may overlap, as the next one that is gone to may. */
  readonly offsets: readonly number[];
  /** Whether there may be more of them: so many were found, or so many bytes looked at, that it was left there. */
  readonly isCutOff: boolean;
}

/** What is counted while somebody types: no more of them, and no further, lest a key wait. */
const MAX_COUNTED = 999;
const MAX_COUNTED_BYTES = 4 * 1024 * 1024;

export function occurrencesOf(bytes: Uint8Array, needle: Needle): Occurrences {
  const offsets: number[] = [];
  const end = Math.min(bytes.length, MAX_COUNTED_BYTES);
  let at = findNext(bytes, needle, 0, end);
  while (at !== -1 && offsets.length < MAX_COUNTED) {
    offsets.push(at);
    at = findNext(bytes, needle, at + 1, end);
  }
  return { offsets, isCutOff: at !== -1 || end < bytes.length };
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
  // Where nothing was found is not searched again.
  const other = isNext
    ? findNext(bytes, needle, 0, from + 1)
    : findPrevious(bytes, needle, bytes.length, from);
  return other === -1 ? null : { offset: other, isWrapped: true };
}

const AS_IT_IS = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const AS_SMALL = AS_IT_IS.map((byte) => (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte));

const tableFor = ({ foldsCase }: Needle): Uint8Array => (foldsCase ? AS_SMALL : AS_IT_IS);
