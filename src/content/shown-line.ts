import stringWidth from 'string-width';
import { textOf, visible } from '../image/text.ts';

/** Cells from one tab stop to the next. */
const TAB_CELLS = 8;

/** How the bytes of one line are read: as UTF-8, or where they are none, byte by byte. */
export type ReadLine = (bytes: Uint8Array) => string;

/** @returns how to read this line and every part of it that begins and ends with whole characters. */
export function readerOf(line: Uint8Array): ReadLine {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    decoder.decode(line);
    return (bytes) => decoder.decode(bytes);
  } catch {
    return (bytes) => textOf(byteString(bytes) + NO_UTF8).slice(0, -SHOWN_NO_UTF8.length);
  }
}

/** A byte that is never UTF-8 by itself: with it a part of a line is read as the whole line is. */
const NO_UTF8 = '\xff';
const SHOWN_NO_UTF8 = '\\xff';

function byteString(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** A piece of a line as a terminal may be given it, and the column where it ends. */
export interface ShownPiece {
  readonly text: string;
  /** In cells, from the line's beginning. */
  readonly column: number;
}

/**
 * A piece of a line made harmless: tabs lead to the next tab stop, other control characters become escapes.
 * @param column where the piece begins, in cells.
 */
export function shownPiece(text: string, column: number): ShownPiece {
  let shown = '';
  let at = column;
  for (const [index, part] of text.split('\t').entries()) {
    if (index > 0) {
      const spaces = TAB_CELLS - (at % TAB_CELLS);
      shown += ' '.repeat(spaces);
      at += spaces;
    }
    const safe = visible(part);
    shown += safe;
    at += cells(safe);
  }
  return { text: shown, column: at };
}

const ASCII = /^[\x20-\x7e]*$/;

const cells = (text: string): number => (ASCII.test(text) ? text.length : stringWidth(text));
