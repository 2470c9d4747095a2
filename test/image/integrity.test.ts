import { describe, expect, it } from 'vitest';
import { mismatchesOf, mismatchText } from '../../src/image/integrity.ts';

const [A, B, C] = ['a', 'b', 'c'].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string, string];

describe('the digests of a layer', () => {
  it('agree where the bytes have what the documents say', () => {
    expect(mismatchesOf({ digest: A, diffId: B }, { digest: A, diffId: B })).toEqual([]);
  });

  it('are told one by one where they do not', () => {
    expect(mismatchesOf({ digest: A, diffId: B }, { digest: C, diffId: B })).toEqual([
      { of: 'digest', expected: A, actual: C },
    ]);
    expect(mismatchesOf({ digest: A, diffId: B }, { digest: B, diffId: A })).toEqual([
      { of: 'digest', expected: A, actual: B },
      { of: 'diffId', expected: B, actual: A },
    ]);
  });

  it('are not judged where one of them is unknown, or of another algorithm', () => {
    expect(mismatchesOf({ digest: null, diffId: A }, { digest: B, diffId: null })).toBeNull();
    expect(
      mismatchesOf({ digest: `sha512:${'a'.repeat(128)}`, diffId: null }, { digest: B, diffId: A }),
    ).toBeNull();
    expect(
      mismatchesOf({ digest: `sha512:${'a'.repeat(128)}`, diffId: A }, { digest: B, diffId: A }),
    ).toEqual([]);
  });

  it('are told in words that name both', () => {
    expect(mismatchText({ of: 'diffId', expected: A, actual: B })).toBe(
      `its diff ID should be ${A}, but is ${B}`,
    );
    expect(mismatchText({ of: 'digest', expected: A, actual: B })).toMatch(/^its digest should be /);
  });
});
