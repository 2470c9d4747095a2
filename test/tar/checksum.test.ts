import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHECKSUM_BYTES, CHECKSUM_KEY_BYTES } from '../../src/image/entry.ts';
import { EMPTY_CHECKSUM, PayloadChecksum } from '../../src/tar/checksum.ts';

function checksumOf(...pieces: readonly Uint8Array[]): string {
  const checksum = new PayloadChecksum();
  checksum.begin(pieces.reduce((total, { length }) => total + length, 0));
  for (const piece of pieces) checksum.add(Buffer.from(piece));
  return Buffer.from(checksum.take()).toString('hex');
}

describe('the checksum of a payload', () => {
  it('is another one under another key, where it is taken under one at all', () => {
    const [one, same, other] = [1, 1, 2].map(
      (value) => new PayloadChecksum(Buffer.alloc(CHECKSUM_KEY_BYTES, value)),
    );
    const large = Buffer.alloc(10_000);
    expect(one?.of(large)).toEqual(same?.of(large));
    expect(one?.of(large)).not.toEqual(other?.of(large));
  });

  it('is as long as the columns of a layer have room for', () => {
    const checksum = new PayloadChecksum();
    for (const size of [1, 10_000]) expect(checksum.of(Buffer.alloc(size))).toHaveLength(CHECKSUM_BYTES);
    expect(EMPTY_CHECKSUM).toHaveLength(CHECKSUM_BYTES);
  });

  it('is the same however the payload is cut into pieces', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 200 }),
      fc.nat({ max: 9000 }).map((length) => Uint8Array.from({ length }, (_, index) => index * 7)),
    );
    fc.assert(
      fc.property(bytes, fc.array(fc.nat({ max: 9000 })), (payload, cuts) => {
        const at = [0, ...cuts.map((cut) => Math.min(cut, payload.length)), payload.length].sort(
          (a, b) => a - b,
        );
        const pieces = at.slice(1).map((end, index) => payload.subarray(at[index], end));
        expect(checksumOf(...pieces)).toBe(checksumOf(payload));
      }),
    );
  });

  it('is another one for every other payload', () => {
    const bytes = fc.uint8Array({ maxLength: 40 });
    fc.assert(
      fc.property(bytes, bytes, (one, other) => {
        fc.pre(!Buffer.from(one).equals(other));
        expect(checksumOf(one)).not.toBe(checksumOf(other));
      }),
    );
  });

  it('tells payloads apart that differ in nothing but zeros at their end', () => {
    const sums = [0, 1, 15, 16, 17, 32, 4095, 4096, 4097, 5000].map((length) =>
      checksumOf(new Uint8Array(length)),
    );
    expect(new Set(sums).size).toBe(sums.length);
  });

  it('of nothing is known beforehand', () => {
    expect(checksumOf()).toBe(Buffer.from(EMPTY_CHECKSUM).toString('hex'));
    expect(checksumOf(new Uint8Array(0))).toBe(checksumOf());
  });
});
