import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  byteNeedle,
  findFrom,
  findNext,
  findPrevious,
  occurrencesOf,
  textNeedle,
} from '../../src/content/search.ts';

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

describe('a search', () => {
  /** Bytes that count how often one of them is looked at. */
  function counted(bytes: Uint8Array): { bytes: Uint8Array; looks: () => number } {
    let looks = 0;
    const get = (target: Uint8Array, key: string | symbol): unknown => {
      if (typeof key === 'string' && /^\d+$/.test(key)) looks++;
      return Reflect.get(target, key, target);
    };
    return { bytes: new Proxy(bytes, { get }), looks: () => looks };
  }

  it.each(['aaaaaaaaaaaaaaab', 'AAAAaaaaaaaaaaab', 'baaaaaaaaaaaaaaa', `${'a'.repeat(255)}b`])(
    'looks at each byte once, whatever is repeated in it: %s',
    (text) => {
      const needle = textNeedle(text);
      if (needle === null) throw new Error('no needle');
      for (const find of [findNext, findPrevious]) {
        const { bytes, looks } = counted(Buffer.alloc(20_000, 'a'));
        expect(find(bytes, needle, find === findNext ? 0 : bytes.length)).toBe(-1);
        expect(looks()).toBeLessThanOrEqual(20_000);
      }
      for (const direction of ['next', 'previous'] as const) {
        const { bytes, looks } = counted(Buffer.alloc(20_000, 'a'));
        expect(findFrom(bytes, needle, 10_000, direction)).toBeNull();
        expect(looks()).toBeLessThanOrEqual(20_000 + text.length);
      }
    },
  );
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

describe('what is counted', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const counted = (text: string, wanted: string) => {
    const needle = textNeedle(wanted);
    if (needle === null) throw new Error('nothing is searched for');
    return occurrencesOf(bytes(text), needle);
  };

  it('is every place that the next one is gone to, those that overlap too', () => {
    expect(counted('aaaa', 'aa')).toEqual({ offsets: [0, 1, 2], isCutOff: false });
    expect(counted('Ab ab AB', 'ab')).toEqual({ offsets: [0, 3, 6], isCutOff: false });
    expect(counted('abc', 'x')).toEqual({ offsets: [], isCutOff: false });
  });

  it('ends with the 999th, and after 4 MiB, and says so', () => {
    expect(counted('a'.repeat(999), 'a')).toMatchObject({ isCutOff: false });
    const many = counted('a'.repeat(1000), 'a');
    expect([many.offsets.length, many.isCutOff]).toEqual([999, true]);
    const far = counted(`a${' '.repeat(4 * 1024 * 1024)}a`, 'a');
    expect(far).toEqual({ offsets: [0], isCutOff: true });
  });
});
