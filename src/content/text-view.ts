import { type ContentView, MAX_SPANS, type Span } from './content-view.ts';
import { type TextEncoding, textBytes } from './encoding.ts';
import { type LineEndings, RowIndex, type RowPlace } from './row-index.ts';
import { findNext, type Needle, textNeedle } from './search.ts';
import { readerOf, shownPiece } from './shown-line.ts';

/** A row of a text. */
export interface TextRow {
  /** From 1; null where the row goes on with a line that is longer than any row. */
  readonly line: number | null;
  readonly text: string;
}

/** A file read as text, in rows: a line is one, or several where it is very long. */
export class TextView implements ContentView {
  readonly encoding: TextEncoding;
  /** The text in UTF-8, without a byte order mark; of an 8-bit one the bytes as they are. */
  readonly bytes: Uint8Array;
  private readonly index: RowIndex;

  /** @param held the file's bytes. */
  constructor(held: Uint8Array, encoding: TextEncoding) {
    this.encoding = encoding;
    this.bytes = textBytes(held, encoding);
    this.index = new RowIndex(this.bytes);
  }

  get rowCount(): number {
    return this.index.count;
  }

  get lineCount(): number {
    return this.index.lines;
  }

  get endings(): LineEndings {
    return this.index.endings;
  }

  rows(first: number, count: number): string[] {
    return this.numberedRows(first, count).map(({ text }) => text);
  }

  numberedRows(first: number, count: number): TextRow[] {
    return this.index.places(first, count).map(({ start, end, line }) => {
      const bytes = this.bytes.subarray(start, end);
      return { line, text: shownPiece(readerOf(bytes)(bytes), 0).text };
    });
  }

  rowOf(offset: number): number {
    return this.index.rowOf(offset);
  }

  offsetOf(row: number): number {
    return this.placeOf(row)?.start ?? this.bytes.length;
  }

  needle(text: string): Needle | null {
    return textNeedle(text);
  }

  spans(row: number, needle: Needle): Span[] {
    const place = this.placeOf(row);
    if (place === null) return [];
    const read = readerOf(this.bytes.subarray(place.start, place.end));
    const spans: Span[] = [];
    let from = place.start;
    let units = 0;
    let column = 0;
    /** How far the text of the row goes that ends with the byte before `end`. */
    const walkTo = (end: number) => {
      const piece = shownPiece(read(this.bytes.subarray(from, end)), column);
      from = end;
      column = piece.column;
      return (units += piece.text.length);
    };
    while (spans.length < MAX_SPANS) {
      const at = findNext(this.bytes, needle, from, place.end);
      if (at === -1) break;
      const start = walkTo(at);
      spans.push({ start, end: walkTo(Math.min(place.end, at + needle.bytes.length)) });
    }
    return spans;
  }

  private placeOf(row: number): RowPlace | null {
    return this.index.places(row, 1)[0] ?? null;
  }
}
