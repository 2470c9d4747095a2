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

async function bytesOf(snapshot: Snapshot): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(Buffer.concat(await encodeSnapshot(snapshot, VERSION)));
}

const SOME: Snapshot = {
  facts: { reference: 'peel/sample:latest' },
  columns: new Map<string, Column>([
    ['names', Uint8Array.of(1, 2, 3)],
    ['sizes', Float64Array.of(2 ** 53 - 1, 0)],
  ]),
};

describe('a snapshot', () => {
  it('comes back as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(snapshots, async (snapshot) => {
        expect(await decodeSnapshot((await bytesOf(snapshot)).buffer, VERSION)).toEqual({
          facts: JSON.parse(JSON.stringify(snapshot.facts)) as unknown,
          columns: snapshot.columns,
        });
      }),
    );
  });

  it('has columns that are the bytes which were read, not copies of them', async () => {
    const { buffer } = await bytesOf(SOME);
    const columns = (await decodeSnapshot(buffer, VERSION))?.columns;
    expect(columns?.get('sizes')?.buffer).toBe(buffer);
  });

  it('lets keys be heard while it is checked, however many columns it has', async () => {
    const column = new Uint8Array(3 * 1024 * 1024);
    const columns = new Map(Array.from({ length: 6 }, (_, index) => [`column ${index}`, column]));
    const encoding = { isOver: false };
    void encodeSnapshot({ facts: null, columns }, VERSION).then(() => (encoding.isOver = true));
    let turns = 0;
    for (; !encoding.isOver; turns++) await new Promise((resolve) => setImmediate(resolve));
    expect(turns).toBeGreaterThanOrEqual(5);
  });

  it('is none when any byte is another', async () => {
    const whole = await bytesOf(SOME);
    for (let at = 0; at < whole.length; at++) {
      const damaged = whole.slice();
      damaged.fill((whole[at] ?? 0) ^ 0x20, at, at + 1);
      expect(await decodeSnapshot(damaged.buffer, VERSION), `byte ${at}`).toBeNull();
    }
  });

  it('is none when it has been cut off, or something follows it', async () => {
    const whole = await bytesOf(SOME);
    for (let length = 0; length < whole.length; length++) {
      expect(await decodeSnapshot(whole.slice(0, length).buffer, VERSION)).toBeNull();
    }
    expect(await decodeSnapshot(new Uint8Array([...whole, 0]).buffer, VERSION)).toBeNull();
  });

  it('is none to another version', async () => {
    expect(await decodeSnapshot((await bytesOf(SOME)).buffer, VERSION + 1)).toBeNull();
    expect(factsIn(await bytesOf(SOME), VERSION + 1)).toBeNull();
  });

  it('tells its facts from its first bytes', async () => {
    expect(factsIn((await bytesOf(SOME)).subarray(0, 4096), VERSION)).toEqual(SOME.facts);
    expect(factsIn((await bytesOf(SOME)).subarray(0, 40), VERSION)).toBeNull();
  });
});
