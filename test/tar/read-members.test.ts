import { describe, expect, it } from 'vitest';
import { type ByteSink, IGNORE, pump } from '../../src/tar/byte-sink.ts';
import { MAX_MEMBER_HOLE_BYTES } from '../../src/tar/holes.ts';
import { membersSink } from '../../src/tar/read-members.ts';
import { inPieces, member, pieces, rawTar, streamOf } from '../harness/raw-tar.ts';
import { failingSink, KeepingSink, SlowSink } from '../harness/sinks.ts';
import { sparse } from '../harness/sparse-tar.ts';

const BIG = 'abcdefgh'.repeat(100_000);

/** Feeds every member to the sink that is made for it. */
async function readInto(tar: Uint8Array, size: number, sinkFor: (name: string) => ByteSink): Promise<void> {
  await pump(
    inPieces(tar, size),
    membersSink(({ name }) => sinkFor(name)),
  );
}

describe('a tar', () => {
  it('is taken apart member by member, each fed whole to its sink before the next one comes', async () => {
    const sinks: KeepingSink[] = [];
    const tar = rawTar({ name: 'a', content: 'one' }, { name: 'b' }, { name: 'c', content: BIG });
    await readInto(tar, 10_000, () => {
      expect(sinks.every(({ isEnded }) => isEnded)).toBe(true);
      const sink = new KeepingSink();
      sinks.push(sink);
      return sink;
    });
    expect(sinks.map(({ bytes }) => bytes.toString())).toEqual(['one', '', BIG]);
    expect(sinks.every(({ isEnded }) => isEnded)).toBe(true);
  });

  it('tells the sink of the member that is being read when nobody waits for it any more', () => {
    const cancelled: string[] = [];
    const sink = membersSink(({ name }) =>
      Object.assign(new KeepingSink(), { cancel: () => void cancelled.push(name) }),
    );
    sink.write(member({ name: 'a', content: 'one' }));
    sink.write(member({ name: 'b', content: BIG }).subarray(0, 1000));
    sink.cancel?.();
    expect(cancelled.length).toBe(1);
  });

  it('waits for a sink that asks it to', async () => {
    const sink = new SlowSink();
    await readInto(rawTar({ name: 'a', content: BIG }), 10_000, () => sink);
    expect(sink.early).toBe(0);
    expect(sink.bytes.toString()).toBe(BIG);
  });

  it('makes its own source wait meanwhile', async () => {
    const tar = rawTar({ name: 'a', content: 'x'.repeat(8_000_000) });
    const ready = Promise.withResolvers<undefined>();
    const stuck = { write: () => false, drained: () => ready.promise, end: () => Promise.resolve() };
    let given = 0;
    function* counting(): Generator<Uint8Array, void> {
      for (const piece of pieces(tar, 100_000)) {
        given += piece.length;
        yield piece;
      }
    }
    const reading = pump(
      streamOf(counting()),
      membersSink(() => stuck),
    );
    for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
    // A few buffers' worth have been taken in, but never the whole of it.
    expect(given).toBeLessThan(4_000_000);
    ready.resolve(undefined);
    await reading;
    expect(given).toBe(tar.length);
  });

  it('fails with the error of a sink, as it is', async () => {
    const full = new Error('no more room');
    const tar = rawTar({ name: 'a', content: BIG }, { name: 'b' });
    await expect(readInto(tar, 10_000, () => failingSink(full))).rejects.toBe(full);
    await expect(readInto(rawTar({ name: 'empty' }), 512, () => failingSink(full))).rejects.toBe(full);
  });

  it('fails where it is cut off within a member', async () => {
    const cut = member({ name: 'a', content: BIG }).subarray(0, 5000);
    await expect(readInto(cut, 512, () => new KeepingSink())).rejects.toThrow(/unexpected end/i);
  });

  it('may leave out less of its own members than a layer of its files', async () => {
    const zeros = (name: string, size: number) => sparse('pax 1.0', { name, size, map: [size, 0], data: '' });
    const half = MAX_MEMBER_HOLE_BYTES / 2;
    const allowed = rawTar(zeros('a', half), zeros('b', half));
    await readInto(allowed, 65_536, () => IGNORE);
    const hostile = rawTar(zeros('a', half), zeros('b', half + 1));
    await expect(readInto(hostile, 65_536, () => IGNORE)).rejects.toMatchObject({ code: 'hostile' });
  });
});
