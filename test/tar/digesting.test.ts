import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { pump } from '../../src/tar/byte-sink.ts';
import { digesting } from '../../src/tar/digesting.ts';
import { inPieces } from '../harness/raw-tar.ts';
import { failingSink, KeepingSink, SlowSink } from '../harness/sinks.ts';

const BYTES = Buffer.from('abcdefgh'.repeat(10_000));
const DIGEST = `sha256:${createHash('sha256').update(BYTES).digest('hex')}`;

describe('bytes whose digest is taken', () => {
  it('go on unchanged, and have it whatever pieces they come in', async () => {
    for (const size of [1000, 65_536, BYTES.length]) {
      const told: string[] = [];
      const sink = new KeepingSink();
      await pump(
        inPieces(BYTES, size),
        digesting(sink, (digest) => told.push(digest)),
      );
      expect(sink.bytes.equals(BYTES)).toBe(true);
      expect(sink.isEnded).toBe(true);
      expect(told).toEqual([DIGEST]);
    }
  });

  it('wait where the sink behind asks them to', async () => {
    const sink = new SlowSink();
    await pump(
      inPieces(BYTES, 1000),
      digesting(sink, () => undefined),
    );
    expect(sink.early).toBe(0);
  });

  it('have none when the sink behind fails', async () => {
    const told: string[] = [];
    const failing = digesting(failingSink(new Error('no')), (digest) => told.push(digest));
    await expect(pump(inPieces(BYTES, 1000), failing)).rejects.toThrow('no');
    expect(told).toEqual([]);
  });
});
