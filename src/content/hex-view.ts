import { type ContentView, MAX_SPANS, type Span } from './content-view.ts';
import { byteNeedle, findNext, type Needle } from './search.ts';

/** Bytes in a row. */
const HEX_ROW_BYTES = 16;

/** A row's bytes stand in two halves. */
const HALF = HEX_ROW_BYTES / 2;
const OFFSET_DIGITS = 8;

/** Where a row's bytes begin: `00000010  `. */
const HEX_START = OFFSET_DIGITS + 2;
/** Where their characters begin: behind two halves of three cells a byte, a space between, and ` |`. */
const ASCII_START = HEX_START + HEX_ROW_BYTES * 3 + 1 + 2;

/** A file's bytes as numbers, in the rows of `hexdump -C`. */
export class HexView implements ContentView {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get rowCount(): number {
    return Math.ceil(this.bytes.length / HEX_ROW_BYTES);
  }

  rows(first: number, count: number): string[] {
    const from = Math.max(0, first);
    const end = Math.min(this.rowCount, first + count);
    return Array.from({ length: Math.max(0, end - from) }, (_, index) => this.row(from + index));
  }

  rowOf(offset: number): number {
    return Math.floor(offset / HEX_ROW_BYTES);
  }

  offsetOf(row: number): number {
    return row * HEX_ROW_BYTES;
  }

  needle(text: string): Needle | null {
    return byteNeedle(text);
  }

  spans(row: number, needle: Needle): Span[] {
    const start = this.offsetOf(row);
    const end = Math.min(this.bytes.length, start + HEX_ROW_BYTES);
    const hex: Span[] = [];
    const ascii: Span[] = [];
    // It may have begun in a row above.
    for (let from = start - needle.bytes.length + 1; hex.length < MAX_SPANS;) {
      const at = findNext(this.bytes, needle, from, end);
      if (at === -1) break;
      const first = Math.max(at, start) - start;
      const last = Math.min(at + needle.bytes.length, end) - start - 1;
      hex.push({ start: hexColumn(first), end: hexColumn(last) + 2 });
      ascii.push({ start: ASCII_START + first, end: ASCII_START + last + 1 });
      from = at + needle.bytes.length;
    }
    return [...hex, ...ascii];
  }

  private row(row: number): string {
    const offset = this.offsetOf(row);
    const bytes = this.bytes.subarray(offset, offset + HEX_ROW_BYTES);
    let hex = '';
    let ascii = '';
    for (const [index, byte] of bytes.entries()) {
      hex += `${index === HALF ? ' ' : ''}${byte.toString(16).padStart(2, '0')} `;
      ascii += byte >= 0x20 && byte <= 0x7e ? String.fromCharCode(byte) : '.';
    }
    const digits = offset.toString(16).padStart(OFFSET_DIGITS, '0');
    return `${digits}  ${hex.padEnd(ASCII_START - HEX_START - 1)}|${ascii}|`;
  }
}

const hexColumn = (index: number): number => HEX_START + index * 3 + (index >= HALF ? 1 : 0);
