import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodingOf, textBytes } from '../../src/content/encoding.ts';

const utf8 = (text: string) => Buffer.from(text);
const utf16le = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
const utf16be = (text: string) => Buffer.from(utf16le(text)).swap16();

describe('the encoding of a text', () => {
  it.each([
    ['ASCII', utf8('plain\r\n\ttext\f')],
    ['ASCII', utf8('')],
    ['ASCII', utf8('\u001b[31mred\u001b[0m b\bbo\bol\bld\bd')],
    ['UTF-8', utf8('größer 日本 \u{1f600}')],
    ['UTF-8 with BOM', utf8('\ufeffgrößer')],
    ['UTF-16LE', utf16le('größer\r\n')],
    ['UTF-16BE', utf16be('größer\r\n')],
    ['8-bit', Buffer.from('Gr\xf6\xdfe\n', 'latin1')],
  ] as const)('is %s', (encoding, bytes) => {
    expect(encodingOf(bytes)).toBe(encoding);
  });

  it.each([
    ['a NUL byte', utf8('text\0text')],
    ['control characters that no text has, and no UTF-8', Buffer.from([0x01, 0xff, 0x41])],
    ['a byte order mark of UTF-16, but U+0000 as well', Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0])],
  ])('is none where there is %s', (_, bytes) => {
    expect(encodingOf(bytes)).toBeNull();
  });

  it('is not lost where the bytes end within a character, if more would follow', () => {
    const cut = utf8('größer 日本').subarray(0, -1);
    expect(encodingOf(cut, true)).toBe('UTF-8');
    expect(encodingOf(cut, false)).toBe('8-bit');
  });

  it('is UTF-8 exactly where a decoder says so', () => {
    const byte = fc.constantFrom(
      0x41,
      0x80,
      0x8f,
      0x90,
      0x9f,
      0xa0,
      0xbf,
      0xc0,
      0xc1,
      0xc2,
      0xe0,
      0xed,
      0xef,
      0xf0,
      0xf4,
      0xf5,
    );
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 5 }), (some) => {
        const bytes = Buffer.from([0xc3, 0xb6, ...some]);
        expect(encodingOf(bytes) === 'UTF-8').toBe(isUtf8(bytes));
        const isBeginning = some.length === 0 || [0, 1, 2, 3].some((n) => canBecomeUtf8(bytes, n));
        expect(encodingOf(bytes, true) === 'UTF-8').toBe(isBeginning);
      }),
      { numRuns: 5000 },
    );
  });

  /** Whether some bytes more could make a text of it. */
  function canBecomeUtf8(bytes: Buffer, more: number): boolean {
    return [0x80, 0x90, 0xa0].some((first) =>
      isUtf8(Buffer.concat([bytes, Buffer.from([first, 0x80, 0x80].slice(0, more))])),
    );
  }

  it('is told of large texts too, wherever a character stands', () => {
    const large = Buffer.alloc(3 * 1024 * 1024 + 1, 'ö');
    expect(encodingOf(large.subarray(0, large.length - 1))).toBe('UTF-8');
    expect(encodingOf(large.subarray(1, large.length - 2))).toBe('8-bit');
  });
});

it('a text is read as UTF-8, whatever it was', () => {
  for (const bytes of [utf8('größer'), utf8('\ufeffgrößer'), utf16le('größer'), utf16be('größer')]) {
    const encoding = encodingOf(bytes);
    expect(encoding === null ? null : Buffer.from(textBytes(bytes, encoding)).toString()).toBe('größer');
  }
  const latin = Buffer.from('gr\xf6\xdfer', 'latin1');
  expect(textBytes(latin, '8-bit')).toBe(latin);
});
