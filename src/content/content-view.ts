import type { Needle } from './search.ts';

/** A part of a row's text, in UTF-16 units: from `start` to before `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The content of a file as rows that a terminal may be given. */
export interface ContentView {
  readonly rowCount: number;
  /** What is searched. Offsets are those of its bytes. */
  readonly bytes: Uint8Array;
  /** The rows from `first` on, as many as there are; they are as wide as they are, and are cut where they are drawn. */
  rows(first: number, count: number): string[];
  /** The row that a byte stands in. */
  rowOf(offset: number): number;
  /** The first byte of a row. */
  offsetOf(row: number): number;
  /** What a text that somebody has typed searches for here; null for the empty one. */
  needle(text: string): Needle | null;
  /** Where in the text of a row the needle stands, in order; a beginning of them where there are very many. */
  spans(row: number, needle: Needle): Span[];
}

/** More occurrences in one row are not looked for. */
export const MAX_SPANS = 512;
