import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteNeedle, findFrom, findNext, findPrevious, textNeedle } from '../../src/content/search.ts';

const haystack = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'B', 'ö', '\n'), maxLength: 60 });
const typed = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'ö'), minLength: 1, maxLength: 4 });
/** ASCII alone: bytes beyond are a part of something else. */
const small = (text: string) => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

describe('the next occurrence, and the one before', () => {
  it('are those that searching the text finds', () => {
    fc.assert(
      fc.property(haystack, typed, fc.nat(70), (text, wanted, from) => {
        const needle = textNeedle(wanted);
        if (needle === null) throw new Error('no needle');
        const folds = wanted === wanted.toLowerCase();
        const bytes = Buffer.from(folds ? small(text) : text);
        const found = Buffer.from(wanted);
        expect(findNext(Buffer.from(text), needle, from)).toBe(
          from > bytes.length ? -1 : bytes.indexOf(found, from),
        );
        expect(findPrevious(Buffer.from(text), needle, from)).toBe(
          from === 0 ? -1 : bytes.lastIndexOf(found, from - 1),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('may lie on the other side of the end', () => {
    const bytes = Buffer.from('one two one');
    const needle = textNeedle('one');
    if (needle === null) throw new Error('no needle');
    expect(findFrom(bytes, needle, 0, 'next')).toEqual({ offset: 8, isWrapped: false });
    expect(findFrom(bytes, needle, 8, 'next')).toEqual({ offset: 0, isWrapped: true });
    expect(findFrom(bytes, needle, 8, 'previous')).toEqual({ offset: 0, isWrapped: false });
    expect(findFrom(bytes, needle, 0, 'previous')).toEqual({ offset: 8, isWrapped: true });
    expect(findFrom(bytes, needle, -1, 'next')).toEqual({ offset: 0, isWrapped: false });
    expect(findFrom(Buffer.from('two'), needle, 0, 'next')).toBeNull();
  });
});

describe('what is typed', () => {
  it('is nothing to search for where it is empty', () => {
    expect(textNeedle('')).toBeNull();
    expect(byteNeedle('')).toBeNull();
  });

  it.each([
    ['0x7f45', [0x7f, 0x45]],
    ['7F 45 4c', [0x7f, 0x45, 0x4c]],
    ['7f', [0x37, 0x66]],
    ['7f4', [0x37, 0x66, 0x34]],
    ['0x7', [0x30, 0x78, 0x37]],
  ])('among bytes: %j is %j', (text, bytes) => {
    expect([...(byteNeedle(text)?.bytes ?? [])]).toEqual(bytes);
  });
});
