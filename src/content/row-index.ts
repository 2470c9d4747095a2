import { capacityFor, grown } from '../tree/growable.ts';

/** A row has so many bytes at most: what is longer than this goes on in the next row. Nobody reads lines like that. */
export const MAX_ROW_BYTES = 8 * 1024;

/** Of so many rows the place of one is kept: a text of nothing but line feeds would cost four times its size otherwise. */
const STRIDE = 16;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** How the lines of a text end. */
export type LineEndings = 'LF' | 'CRLF' | 'mixed' | 'none';

/** Where a row stands. */
export interface RowPlace {
  /** Bytes from `start` to `end`, the line's end left out. */
  readonly start: number;
  readonly end: number;
  /** Number of its line, from 1; null where it goes on with a line that has begun above. */
  readonly line: number | null;
}

/** The rows of a text, found in one pass over its bytes; any of them is then at hand at once. */
export class RowIndex {
  /** Number of rows. */
  count = 0;
  /** Number of lines; a last one without a line feed counts. */
  lines = 0;
  readonly endings: LineEndings;
  private readonly bytes: Uint8Array;
  /** Of every sixteenth row: its first byte, and how many lines have ended before it. */
  private starts: Uint32Array = new Uint32Array(0);
  private linesBefore: Uint32Array = new Uint32Array(0);

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    let returns = 0;
    let feeds = 0;
    // A text may have a row for each byte: what is done for one is little.
    for (let at = 0, start = 0; at < bytes.length; at++) {
      if (at === start && this.count++ % STRIDE === 0) this.note(start, feeds);
      if (bytes[at] === LINE_FEED) {
        feeds++;
        if (bytes[at - 1] === CARRIAGE_RETURN) returns++;
        start = at + 1;
      } else if (at - start === MAX_ROW_BYTES - 1) {
        start = this.nextRow(start);
        // Line ends that a long row takes along are met where they stand.
        if (bytes[start - 1] === LINE_FEED) at = start - 2;
        else at = start - 1;
      }
    }
    this.lines = feeds + (bytes.length > 0 && bytes[bytes.length - 1] !== LINE_FEED ? 1 : 0);
    this.endings = feeds === 0 ? 'none' : returns === 0 ? 'LF' : returns === feeds ? 'CRLF' : 'mixed';
  }

  /** The places of the rows from `first` on, as many as there are. */
  places(first: number, count: number): RowPlace[] {
    const places: RowPlace[] = [];
    const from = Math.max(0, first);
    const end = Math.min(this.count, first + count);
    if (from >= end) return places;
    let { start, linesBefore } = this.noted(from - (from % STRIDE));
    for (let row = from - (from % STRIDE); row < end; row++) {
      const next = this.nextRow(start);
      if (row >= from) places.push(this.placeOf(start, next, linesBefore));
      if (this.bytes[next - 1] === LINE_FEED) linesBefore++;
      start = next;
    }
    return places;
  }

  /** The row that a byte stands in; line ends belong to theirs. */
  rowOf(offset: number): number {
    let low = 0;
    let high = Math.max(0, Math.ceil(this.count / STRIDE) - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    let row = low * STRIDE;
    for (let next = this.nextRow(this.starts[low] ?? 0); next <= offset; next = this.nextRow(next)) {
      if (row + 1 >= this.count) break;
      row++;
    }
    return row;
  }

  private note(start: number, linesBefore: number): void {
    const place = Math.floor(this.count / STRIDE);
    if (place === this.starts.length) {
      this.starts = grown(this.starts, capacityFor(place + 1));
      this.linesBefore = grown(this.linesBefore, capacityFor(place + 1));
    }
    this.starts[place] = start;
    this.linesBefore[place] = linesBefore;
  }

  private noted(row: number): { start: number; linesBefore: number } {
    const place = row / STRIDE;
    return { start: this.starts[place] ?? 0, linesBefore: this.linesBefore[place] ?? 0 };
  }

  private placeOf(start: number, next: number, linesBefore: number): RowPlace {
    const { bytes } = this;
    let end = next;
    if (bytes[end - 1] === LINE_FEED) end--;
    if (end < next && end > start && bytes[end - 1] === CARRIAGE_RETURN) end--;
    const isFirst = start === 0 || bytes[start - 1] === LINE_FEED;
    return { start, end, line: isFirst ? linesBefore + 1 : null };
  }

  /** Where the row after the one that begins at `start` begins. */
  private nextRow(start: number): number {
    const { bytes } = this;
    const end = Math.min(bytes.length, start + MAX_ROW_BYTES);
    for (let at = start; at < end; at++) if (bytes[at] === LINE_FEED) return at + 1;
    return end === bytes.length ? end : this.wholeCharacters(start, end);
  }

  /** A row that is broken ends with a whole character, and does not part a line from its end. */
  private wholeCharacters(start: number, end: number): number {
    const { bytes } = this;
    if (bytes[end] === LINE_FEED) return end + 1;
    if (bytes[end] === CARRIAGE_RETURN && bytes[end + 1] === LINE_FEED) return end + 2;
    for (let at = end; at > end - 4 && at > start; at--) {
      if (((bytes[at] ?? 0) & 0xc0) !== 0x80) return at;
    }
    return end;
  }
}
