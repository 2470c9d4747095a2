import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Column } from '../../src/tree/growable.ts';
import { decodeSnapshot, encodeSnapshot, factsIn, type Snapshot } from '../../src/cache/snapshot.ts';

const VERSION = 3;

const columns = fc
  .uniqueArray(
    fc.tuple(
      fc.string(),
      fc.oneof(
        fc.uint8Array(),
        fc.uint16Array(),
        fc.int32Array(),
        fc.uint32Array(),
        fc.float64Array({ noNaN: true }),
      ),
    ),
    { selector: ([name]) => name },
  )
  .map((each) => new Map(each));
const snapshots: fc.Arbitrary<Snapshot> = fc.record({ facts: fc.jsonValue(), columns });

function bytesOf(snapshot: Snapshot): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(encodeSnapshot(snapshot, VERSION)));
}

const SOME: Snapshot = {
  facts: { reference: 'peel/sample:latest' },
  columns: new Map<string, Column>([
    ['names', Uint8Array.of(1, 2, 3)],
    ['sizes', Float64Array.of(2 ** 53 - 1, 0)],
  ]),
};

describe('a snapshot', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(snapshots, (snapshot) => {
        expect(decodeSnapshot(bytesOf(snapshot).buffer, VERSION)).toEqual({
          facts: JSON.parse(JSON.stringify(snapshot.facts)) as unknown,
          columns: snapshot.columns,
        });
      }),
    );
  });

  it('has columns that are the bytes which were read, not copies of them', () => {
    const { buffer } = bytesOf(SOME);
    const columns = decodeSnapshot(buffer, VERSION)?.columns;
    expect(columns?.get('sizes')?.buffer).toBe(buffer);
  });

  it('is none when any byte is another', () => {
    const whole = bytesOf(SOME);
    for (let at = 0; at < whole.length; at++) {
      const damaged = whole.slice();
      damaged.fill((whole[at] ?? 0) ^ 0x20, at, at + 1);
      expect(decodeSnapshot(damaged.buffer, VERSION), `byte ${at}`).toBeNull();
    }
  });

  it('is none when it has been cut off, or something follows it', () => {
    const whole = bytesOf(SOME);
    for (let length = 0; length < whole.length; length++) {
      expect(decodeSnapshot(whole.slice(0, length).buffer, VERSION)).toBeNull();
    }
    expect(decodeSnapshot(new Uint8Array([...whole, 0]).buffer, VERSION)).toBeNull();
  });

  it('is none to another version', () => {
    expect(decodeSnapshot(bytesOf(SOME).buffer, VERSION + 1)).toBeNull();
    expect(factsIn(bytesOf(SOME), VERSION + 1)).toBeNull();
  });

  it('tells its facts from its first bytes', () => {
    expect(factsIn(bytesOf(SOME).subarray(0, 4096), VERSION)).toEqual(SOME.facts);
    expect(factsIn(bytesOf(SOME).subarray(0, 40), VERSION)).toBeNull();
  });
});
