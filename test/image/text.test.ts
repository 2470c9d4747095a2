/** Names in a tar are bytes in no promised encoding, and what an image says is hostile until it has been escaped. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, shown, textOf, visible, visibleJson, asciiText } from '../../src/image/text.ts';

/** Any UTF-16 unit, lone surrogates too. */
const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit));

describe('a byte string', () => {
  it('holds one unit for each byte of the text in UTF-8', () => {
    expect(bytesOf('a/ü')).toBe('a/\xc3\xbc');
    expect(bytesOf('日')).toBe('\xe6\x97\xa5');
    expect(bytesOf('\u{1f600}')).toBe('\xf0\x9f\x98\x80');
  });

  it('is an ASCII text itself', () => {
    expect(bytesOf('usr/lib')).toBe('usr/lib');
    expect(textOf('usr/lib')).toBe('usr/lib');
  });

  it('gives back the text that it was made from', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(textOf(bytesOf(text))).toBe(text);
      }),
    );
  });

  it('gives back a byte order mark that a name begins with: two names are never shown as one', () => {
    expect(textOf(bytesOf('\ufeffname'))).toBe('\ufeffname');
    expect(shown(bytesOf('\ufeffname'))).toBe('\\ufeffname');
  });

  it.each([
    ['a byte of Latin-1', 'caf\xe9', 'caf\\xe9'],
    ['a sequence that ends too early', 'a\xe6\x97', 'a\\xe6\\x97'],
    ['a slash spelt with two bytes', '\xc0\xaf', '\\xc0\\xaf'],
    ['a surrogate spelt in UTF-8', '\xed\xa0\x80', '\\xed\\xa0\\x80'],
  ])('that is no UTF-8 is written byte by byte: %s', (_, bytes, text) => {
    expect(textOf(bytes)).toBe(text);
  });

  it('that is no UTF-8 keeps the ASCII in it, and is told from every other byte string of its kind', () => {
    const highByte = fc.integer({ min: 0x80, max: 0xff }).map((code) => String.fromCharCode(code));
    fc.assert(
      fc.property(highByte, highByte, (one, other) => {
        fc.pre(one !== other);
        expect(textOf(`a${one}`)).not.toBe(textOf(`a${other}`));
        expect(textOf(`a${one}`)).toMatch(/^a\\x[89a-f][0-9a-f]$/);
      }),
    );
  });
});

describe('what a terminal is given', () => {
  it.each([
    ['a line feed', 'a\nb', 'a\\nb'],
    ['a carriage return', 'a\rb', 'a\\rb'],
    ['a tab', 'a\tb', 'a\\tb'],
    ['an escape', '\u001b[31m', '\\e[31m'],
    ['a NUL', '\0', '\\x00'],
    ['a bell', '\u0007', '\\x07'],
    ['a delete', '\u007f', '\\x7f'],
    ['the one-byte CSI of C1', '\u009b31m', '\\x9b31m'],
    ['a soft hyphen', 'a\u00adb', 'a\\xadb'],
    ['the mark that turns the writing right to left', '\u202etxt.exe', '\\u202etxt.exe'],
    ['an isolate', '\u2066a\u2069', '\\u2066a\\u2069'],
    ['the Arabic letter mark', '\u061c', '\\u061c'],
    ['a left-to-right mark', '\u200e', '\\u200e'],
    ['a zero-width space', 'a\u200bb', 'a\\u200bb'],
    ['a line separator', '\u2028', '\\u2028'],
    ['a word joiner', '\u2060', '\\u2060'],
    ['a byte order mark', '\ufeff', '\\ufeff'],
    ['an interlinear annotation', '\ufff9', '\\ufff9'],
    ['a high surrogate alone', '\ud83dx', '\\ud83dx'],
    ['a low surrogate alone', 'x\ude00', 'x\\ude00'],
    ['a tag', 'a\u{e0041}b', 'a\\u{e0041}b'],
    ['a filler that takes cells and shows nothing', '\u3164', '\\u3164'],
    ['a grapheme joiner', 'a\u034fb', 'a\\u034fb'],
    ['a vowel separator', '\u180e', '\\u180e'],
  ])('has %s written out', (_, text, harmless) => {
    expect(visible(text)).toBe(harmless);
  });

  it.each(['plain text', 'größe', '日本語', '\u{1f600}', 'e\u0301', 'non\u00a0breaking', '\u2764\ufe0f'])(
    'has %s as it is',
    (text) => {
      expect(visible(text)).toBe(text);
    },
  );

  it('has no control character in it, whatever the text was', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyUnit }), (text) => {
        expect(visible(text)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
        expect(visible(text).isWellFormed()).toBe(true);
      }),
    );
  });

  it('is the beginning of a text that is longer than any line', () => {
    expect(visible('x'.repeat(32_768))).toBe('x'.repeat(32_768));
    expect(visible('x'.repeat(32_769))).toBe(`${'x'.repeat(32_768)}…`);
    expect(visible('\n'.repeat(5_000_000)).length).toBeLessThan(100_000);
  });

  it('is a name of any bytes, escaped after it has been decoded', () => {
    expect(shown('\xc2\x9b')).toBe('\\x9b');
    expect(shown('a\n\xff')).toBe('a\\n\\xff');
  });
});

describe('a JSON text for a terminal', () => {
  it('says the same, with nothing unsafe in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = visibleJson(JSON.stringify({ [text]: text }));
        expect(json).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
        expect(JSON.parse(json)).toEqual({ [text]: text });
      }),
    );
    expect(visibleJson('"\u009b\u{e0041}"')).toBe('"\\u009b\\udb40\\udc41"');
  });
});

describe('a text for whoever reads nothing but ASCII', () => {
  it('has escapes for the rest, and dots for an ellipsis', () => {
    expect(asciiText('COPY --chown=… é 🐳\n')).toBe('COPY --chown=... \\xe9 \\u{1f433}\n');
  });
});
