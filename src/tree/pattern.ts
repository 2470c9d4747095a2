// Patterns of globs and regular expressions, once they have been read: what the automaton is built from. Characters
// are code points; the automaton reads their bytes in UTF-8, as names hold them.

/** Code points from the first to the last, both included. */
export type CharRange = readonly [first: number, last: number];

export type Pattern =
  /** One character out of these. */
  | { readonly kind: 'set'; readonly ranges: readonly CharRange[] }
  /** One character that is none of these. */
  | { readonly kind: 'none-of'; readonly ranges: readonly CharRange[] }
  /** One byte from the first to the last, whether it is a character or not. */
  | { readonly kind: 'byte'; readonly first: number; readonly last: number }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly parts: readonly Pattern[] }
  /** `max` may be Infinity. */
  | { readonly kind: 'repeat'; readonly part: Pattern; readonly min: number; readonly max: number }
  /** The beginning and the end of the path. */
  | { readonly kind: 'start' }
  | { readonly kind: 'end' };

/** Why a text is no pattern: a sentence for the person who types it. */
export class PatternProblem extends Error {}

const LAST_CODE_POINT = 0x10ffff;
const SLASH = 0x2f;

export const ANY: Pattern = { kind: 'set', ranges: [[0, LAST_CODE_POINT]] };
export const NOT_A_SLASH: Pattern = { kind: 'none-of', ranges: [[SLASH, SLASH]] };
export const A_SLASH: Pattern = literal('/');

/** One character, as it is. */
export function literal(char: string): Pattern {
  const code = char.codePointAt(0) ?? 0;
  return { kind: 'set', ranges: [[code, code]] };
}

export function sequence(...parts: readonly Pattern[]): Pattern {
  return { kind: 'sequence', parts };
}

export function choice(...parts: readonly Pattern[]): Pattern {
  return { kind: 'choice', parts };
}

export function repeat(part: Pattern, min: number, max = Infinity): Pattern {
  return { kind: 'repeat', part, min, max };
}

/** All code points that are in none of the ranges. */
export function withoutRanges(ranges: readonly CharRange[]): CharRange[] {
  const rest: CharRange[] = [];
  let next = 0;
  for (const [first, last] of ranges.toSorted(([a], [b]) => a - b)) {
    if (first > next) rest.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  if (next <= LAST_CODE_POINT) rest.push([next, LAST_CODE_POINT]);
  return rest;
}

/** The same pattern with ASCII letters in either case. */
export function foldingCase(pattern: Pattern): Pattern {
  switch (pattern.kind) {
    case 'set':
    case 'none-of':
      return { ...pattern, ranges: pattern.ranges.flatMap(inEitherCase) };
    case 'sequence':
    case 'choice':
      return { ...pattern, parts: pattern.parts.map(foldingCase) };
    case 'repeat':
      return { ...pattern, part: foldingCase(pattern.part) };
    default:
      return pattern;
  }
}

const CASE = 0x20;

/** The range, and the letters in it in the other case. */
function inEitherCase(range: CharRange): CharRange[] {
  const part = (first: number, last: number, shift: number): CharRange[] => {
    const from = Math.max(range[0], first);
    const to = Math.min(range[1], last);
    return from > to ? [] : [[from + shift, to + shift]];
  };
  return [range, ...part(0x41, 0x5a, CASE), ...part(0x61, 0x7a, -CASE)];
}

/** The byte sequences that write the characters of a range in UTF-8: for each place the first and the last byte. */
export function utf8Sequences([first, last]: CharRange): CharRange[][] {
  for (const end of [0x7f, 0x7ff, 0xffff]) {
    if (first <= end && last > end)
      return [...utf8Sequences([first, end]), ...utf8Sequences([end + 1, last])];
  }
  if (last <= 0x7f) return [[[first, last]]];
  // Split until the bytes after the first one that differs run through all of their values.
  for (let bits = 6; bits <= 18; bits += 6) {
    const low = 2 ** bits - 1;
    const isSplit = Math.floor(first / (low + 1)) !== Math.floor(last / (low + 1));
    if (!isSplit) continue;
    if (first % (low + 1) !== 0) {
      const end = first - (first % (low + 1)) + low;
      return [...utf8Sequences([first, end]), ...utf8Sequences([end + 1, last])];
    }
    if (last % (low + 1) !== low) {
      const start = last - (last % (low + 1));
      return [...utf8Sequences([first, start - 1]), ...utf8Sequences([start, last])];
    }
  }
  const firstBytes = utf8Bytes(first);
  const lastBytes = utf8Bytes(last);
  return [firstBytes.map((byte, place): CharRange => [byte, lastBytes[place] ?? byte])];
}

/** Lone surrogates too, which a text has none of, as three bytes. */
function utf8Bytes(code: number): number[] {
  const tail = (shift: number) => 0x80 | ((code >> shift) & 0x3f);
  if (code < 0x80) return [code];
  if (code < 0x800) return [0xc0 | (code >> 6), tail(0)];
  if (code < 0x10000) return [0xe0 | (code >> 12), tail(6), tail(0)];
  return [0xf0 | (code >> 18), tail(12), tail(6), tail(0)];
}
