import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_ROW_BYTES } from '../../src/content/row-index.ts';
import { TextView } from '../../src/content/text-view.ts';

const view = (text: string) => new TextView(Buffer.from(text), 'UTF-8');
const rows = (text: string) => view(text).rows(0, 100);

describe('the lines of a text', () => {
  it.each([
    ['', []],
    ['one', ['one']],
    ['one\n', ['one']],
    ['one\ntwo', ['one', 'two']],
    ['\n\n', ['', '']],
    ['one\r\ntwo\r\n', ['one', 'two']],
    ['one\rtwo\n', ['one\\rtwo']],
    ['one\r', ['one\\r']],
    ['\r\n\r\n', ['', '']],
  ])('of %j are %j', (text, lines) => {
    expect(rows(text)).toEqual(lines);
    expect(view(text).lineCount).toBe(lines.length);
  });

  it.each([
    ['', 'none'],
    ['one', 'none'],
    ['one\ntwo', 'LF'],
    ['one\r\ntwo', 'CRLF'],
    ['one\r\ntwo\n', 'mixed'],
  ] as const)('of %j end in %s', (text, endings) => {
    expect(view(text).endings).toBe(endings);
  });

  it('are found wherever one looks, as splitting the text finds them', () => {
    const line = fc.oneof(fc.string({ unit: fc.constantFrom('a', 'ö', '\r', '日') }), fc.constant(''));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 100 }), fc.nat(120), fc.nat(40), (lines, first, count) => {
        const text = lines.join('\n');
        const whole = text.split('\n').slice(0, text === '' || text.endsWith('\n') ? -1 : undefined);
        const shown = whole.map((each, index) =>
          (index < lines.length - 1 ? each.replace(/\r$/, '') : each).replaceAll('\r', '\\r'),
        );
        const read = view(text);
        expect(read.rowCount).toBe(whole.length);
        expect(read.numberedRows(first, count)).toEqual(
          shown.slice(first, first + count).map((each, index) => ({ line: first + index + 1, text: each })),
        );
        let offset = 0;
        for (const [row, each] of whole.entries()) {
          const next = offset + Buffer.byteLength(each) + 1;
          expect(read.offsetOf(row)).toBe(offset);
          expect(read.rowOf(offset)).toBe(row);
          expect(read.rowOf(Math.min(next - 1, read.bytes.length - 1))).toBe(row);
          offset = next;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are at hand at once in a text of nothing but line feeds', () => {
    const many = view('\n'.repeat(1_000_000));
    expect(many.rowCount).toBe(1_000_000);
    expect(many.numberedRows(999_999, 5)).toEqual([{ line: 1_000_000, text: '' }]);
    expect(many.rowOf(654_321)).toBe(654_321);
  });
});

describe('a line that is very long', () => {
  const text = `short\n${'日'.repeat(10_000)}\nlast`;

  it('goes on in further rows, which have no number, and breaks no character', () => {
    const read = view(text);
    const all = read.numberedRows(0, 100);
    expect(all.map(({ line }) => line)).toEqual([1, 2, null, null, null, 3]);
    expect(all.slice(1, 5).map(({ text: row }) => row)).toEqual([
      ...Array<string>(3).fill('日'.repeat(Math.floor(MAX_ROW_BYTES / 3))),
      '日'.repeat(10_000 - 3 * Math.floor(MAX_ROW_BYTES / 3)),
    ]);
    expect(read.lineCount).toBe(3);
    expect(read.rowOf(Buffer.byteLength('short\n') + 29_999)).toBe(4);
  });

  it.each(['\n', '\r\n'])('takes its end %j along where it just fits', (end) => {
    expect(rows(`${'x'.repeat(MAX_ROW_BYTES)}${end}y`)).toEqual(['x'.repeat(MAX_ROW_BYTES), 'y']);
  });

  it('may be no text at all to a reader of characters', () => {
    const bytes = Buffer.alloc(3 * MAX_ROW_BYTES, 0x80);
    expect(new TextView(bytes, '8-bit').rowCount).toBe(3);
  });
});

describe('what a terminal must not be given', () => {
  it('is shown, not sent', () => {
    expect(rows('\u001b[31mred\u0007\u009b\u202e')).toEqual(['\\e[31mred\\x07\\x9b\\u202e']);
  });

  it('are tabs: they lead to the next multiple of eight cells', () => {
    expect(rows('\ta\n1234567\tb\n12345678\tc\n日\td\n\u0007\te')).toEqual([
      '        a',
      '1234567 b',
      '12345678        c',
      '日      d',
      '\\x07    e',
    ]);
  });

  it('are bytes that are no UTF-8: their line shows them as numbers, other lines are read as ever', () => {
    const bytes = Buffer.concat([Buffer.from('größer\n'), Buffer.from('gr\xf6\xdfer\nö', 'latin1')]);
    expect(new TextView(bytes, '8-bit').rows(0, 9)).toEqual(['größer', 'gr\\xf6\\xdfer', '\\xf6']);
  });
});

describe('what is searched for', () => {
  /** The row with what is found in it in brackets. */
  function marked(text: string, typed: string, row = 0, read = view(text)): string {
    const needle = read.needle(typed);
    const [shown = ''] = read.rows(row, 1);
    const spans = needle === null ? [] : read.spans(row, needle);
    return spans.reduceRight(
      (line, { start, end }) => `${line.slice(0, start)}[${line.slice(start, end)}]${line.slice(end)}`,
      shown,
    );
  }

  it.each([
    ['one two one', 'one', '[one] two [one]'],
    ['aaaa', 'aa', '[aa][aa]'],
    ['\tone\t\u0007one', 'one', '        [one]     \\x07[one]'],
    ['größer, Größer', 'größ', '[größ]er, [Größ]er'],
    ['Größer, größer', 'Größ', '[Größ]er, größer'],
    ['a\tb', '\t', 'a[       ]b'],
    ['\u001b[1m', '\u001b', '[\\e][1m'],
    ['one', '', 'one'],
    ['one', 'two', 'one'],
  ])('in %j is found where it is shown: %j in %j', (text, typed, shown) => {
    expect(marked(text, typed)).toBe(shown);
  });

  it('is found in a line that is no UTF-8 too', () => {
    const read = new TextView(Buffer.from('\xf6a\xf6 \xc3\xb6 a', 'latin1'), '8-bit');
    expect(marked('', 'a', 0, read)).toBe('\\xf6[a]\\xf6 \\xc3\\xb6 [a]');
    expect(marked('', 'ö', 0, read)).toBe('\\xf6a\\xf6 [\\xc3\\xb6] a');
  });

  it('is marked up to the end of a row that a line goes on after', () => {
    const text = `${'x'.repeat(MAX_ROW_BYTES - 1)}needle`;
    const read = view(text);
    const needle = read.needle('needle');
    if (needle === null) throw new Error('no needle');
    expect(read.spans(0, needle)).toEqual([{ start: MAX_ROW_BYTES - 1, end: MAX_ROW_BYTES }]);
  });
});
