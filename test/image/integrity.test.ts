import { describe, expect, it } from 'vitest';
import { integrityText, mismatchesOf, mismatchText } from '../../src/image/integrity.ts';

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

describe('what has been verified of an image', () => {
  const unseen = { mismatches: null };
  const right = { mismatches: [] };
  const wrong = { mismatches: [{ of: 'diffId', expected: A, actual: B }] } as const;

  it('is nothing where nobody has looked', () => {
    expect(integrityText([unseen, unseen], 2)).toBeNull();
    expect(integrityText([], 2)).toBeNull();
  });

  it('is how many of its layers, read or not', () => {
    expect(integrityText([right], 1)).toBe('1 of 1 layer verified');
    expect(integrityText([right, unseen], 3)).toBe('1 of 3 layers verified');
  });

  it('is said of layers that are being verified, and of those that cannot be', () => {
    expect(integrityText([unseen, unseen], 2, 'under way')).toBe('not verified yet');
    expect(integrityText([right, unseen], 2, 'under way')).toBe('1 of 2 layers verified so far');
    expect(integrityText([unseen], 1, { problem: 'It has changed.' })).toBe('not verified: It has changed.');
  });

  it('is the first layer that has other digests', () => {
    const why = `layer 1: its diff ID should be ${A}, but is ${B}`;
    expect(integrityText([right, wrong], 2)).toBe(`1 of 2 layers is not what the digests say; ${why}`);
    expect(integrityText([right, wrong, wrong], 3)).toBe(
      `2 of 3 layers are not what the digests say; ${why}`,
    );
  });
});
