import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../src/tree/name-order.ts';

/** Orders two names that lie in one buffer, one behind the other. */
function compare(a: string, b: string): number {
  const bytes = Buffer.from(a + b, 'latin1');
  return compareRuns(bytes, 0, a.length, a.length, bytes.length);
}

/** Names in the order in which a directory lists them. */
const sorted = (...names: string[]) => names.sort(compare);

describe('names', () => {
  it('sort as people count', () => {
    expect(sorted('f10', 'f2', 'f1')).toEqual(['f1', 'f2', 'f10']);
    expect(sorted('a1b10', 'a1b9', 'a02b1')).toEqual(['a1b9', 'a1b10', 'a02b1']);
    expect(sorted('libssl.so.3', 'libssl.so.1.10', 'libssl.so.1.9')).toEqual([
      'libssl.so.1.9',
      'libssl.so.1.10',
      'libssl.so.3',
    ]);
  });

  it('sort by bytes where nothing is counted', () => {
    expect(sorted('b', 'B', 'a', '\xc3\xa4')).toEqual(['B', 'a', 'b', '\xc3\xa4']);
    expect(sorted('ab', 'a', 'abc')).toEqual(['a', 'ab', 'abc']);
    expect(sorted('a-', 'a1', 'a.')).toEqual(['a-', 'a.', 'a1']);
  });

  it('that count alike stand with the shorter one first', () => {
    expect(sorted('f001', 'f1', 'f01')).toEqual(['f1', 'f01', 'f001']);
    // What comes after the number tells more than how it is written.
    expect(sorted('f1a', 'f0001')).toEqual(['f0001', 'f1a']);
  });

  it('count to the last digit, however many there are', () => {
    const large = ['n10000000000000000003', 'n10000000000000000001', 'n10000000000000000002'];
    const inOrder = large.toSorted();
    expect(sorted(...large)).toEqual(inOrder);
    expect(sorted(...large.toReversed())).toEqual(inOrder);
    const digits = (last: string) => `n${'9'.repeat(400)}${last}`;
    expect(sorted(digits('2'), digits('1'))).toEqual([digits('1'), digits('2')]);
  });

  it('have one order, from whatever order they come', () => {
    const name = fc.string({ unit: fc.constantFrom('0', '1', '2', 'a', '-'), minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        expect(Math.sign(compare(a, b)) + Math.sign(compare(b, a))).toBe(0);
        expect(compare(a, b) === 0).toBe(a === b);
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });
});
