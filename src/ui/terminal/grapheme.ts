// What takes up cells: graphemes, how wide they are, and how far terminals agree on that.
import stringWidth from 'string-width';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Letters, digits, punctuation and signs of the scripts whose widths terminals have agreed on since there is Unicode. */
const NARROW = /^[\p{L}\p{N}\p{P}\p{S}]$/u;
const EMOJI = /^\p{Emoji}/u;
const WIDE = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]$/u;

/** Whether a text has nothing but printable ASCII: a cell for each character, on every terminal. */
export function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
}

/** The graphemes of a text, in order. */
export function graphemesOf(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Cells that a grapheme takes; what takes none by itself is given one, as Ink gives it one. */
export function cellsOf(grapheme: string): number {
  return Math.max(1, stringWidth(grapheme));
}

/** Cells that a terminal with its own idea of a grapheme's width may take for it at most: two for each code point. */
export function mostCellsOf(grapheme: string, cells: number): number {
  return Math.max(cells, 2 * Array.from(grapheme).length);
}

/** Ideographs, kana and hangul that have always been wide; no parts of syllables, which join. */
const isOldWide = (code: number) =>
  (code > 0x3040 && code < 0xa000) || (code >= 0xac00 && code < 0xd7a4) || (code >= 0xf900 && code < 0xfb00);

/**
 * Whether every terminal takes as many cells for a grapheme as `cellsOf` says. Of one that is not printable ASCII that is
 * sure only of single letters and signs that are older than emoji, and of the ideographs, kana and hangul that have
 * always been wide.
 */
export function isSure(grapheme: string): boolean {
  return grapheme.length === 1 && sureCells(grapheme.charCodeAt(0)) > 0;
}

/** What `sureCells` has found out, plus one; 0 where it has not been asked. */
const found = new Uint8Array(0x10000);

/**
 * Cells that every terminal takes for a UTF-16 unit; 0 where that is not sure, or it is no grapheme by itself. Units of
 * which it is sure never join one another.
 */
export function sureCells(unit: number): number {
  const before = found[unit] ?? 0;
  if (before > 0) return before - 1;
  const text = String.fromCharCode(unit);
  const cells = isSureUnit(unit, text) ? cellsOf(text) : 0;
  found[unit] = cells + 1;
  return cells;
}

function isSureUnit(unit: number, text: string): boolean {
  if (isAscii(text)) return true;
  const isOld = unit < 0x530 || (unit >= 0x2010 && unit < 0x27c0);
  if (isOld) return NARROW.test(text) && (!EMOJI.test(text) || unit < 0x100);
  return isOldWide(unit) && WIDE.test(text);
}

/** Bytes that a text takes in UTF-8. */
export function utf8Length(text: string): number {
  if (isAscii(text)) return text.length;
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
