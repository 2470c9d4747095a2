import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SoughtFile } from '../../src/sources/sought-file.ts';
import { unpackSought } from '../../src/sources/unpack-sought.ts';
import type { ByteSink } from '../../src/tar/byte-sink.ts';
import { type Compression, compressionOf } from '../../src/tar/decompress.ts';
import { Expansion } from '../../src/tar/expansion.ts';
import { failingSink, KeepingSink, SlowSink } from '../harness/sinks.ts';

/** Many pieces of it are read, and many chunks come out. */
const CONTENT = Buffer.concat([randomBytes(5_000_000), Buffer.alloc(9_000_000, 'peel '), randomBytes(77)]);
const BEFORE = Buffer.alloc(1000, 'before');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'peel-unpack-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Unpacks what stands in a file, with other bytes before and behind it; what passed() was told. */
async function unpacked(
  packed: Buffer,
  to: ByteSink,
  { signal = new AbortController().signal, expansion = new Expansion(), behind = Buffer.alloc(0) } = {},
): Promise<number[]> {
  const path = join(folder, 'blob');
  writeFileSync(path, Buffer.concat([BEFORE, packed, behind, BEFORE]));
  const file = await SoughtFile.open(path);
  const extent = { start: BEFORE.length, end: BEFORE.length + packed.length + behind.length };
  const compression: Compression = compressionOf(packed);
  const told: number[] = [];
  const passed = (bytes: number) => void told.push(bytes);
  try {
    await unpackSought(file, { extent, compression }, to, { expansion, passed }, signal);
  } finally {
    await file.close();
  }
  return told;
}

const PACKED = [
  ['gzip', gzipSync(CONTENT)],
  ['zstd', zstdCompressSync(CONTENT)],
] as const;

describe('a part of a file that is unpacked', () => {
  it.each(PACKED)('comes out whole (%s)', async (_, packed) => {
    const sink = new KeepingSink();
    const told = await unpacked(packed, sink);
    expect(sink.bytes.equals(CONTENT)).toBe(true);
    expect(sink.isEnded).toBe(true);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(packed.length);
  });

  it('is packed: nothing else is unpacked', async () => {
    await expect(unpacked(CONTENT, new KeepingSink())).rejects.toThrow('need no unpacker');
  });

  it('goes at the pace of a slow sink', async () => {
    const sink = new SlowSink();
    await unpacked(gzipSync(CONTENT), sink);
    expect(sink.bytes.equals(CONTENT)).toBe(true);
  });

  it('may be several gzip members', async () => {
    const sink = new KeepingSink();
    await unpacked(Buffer.concat([gzipSync(CONTENT), gzipSync('and more')]), sink);
    expect(sink.bytes.equals(Buffer.concat([CONTENT, Buffer.from('and more')]))).toBe(true);
  });

  it('ends where the packed bytes end, whatever stands behind them', async () => {
    const sink = new KeepingSink();
    await unpacked(gzipSync('little'), sink, { behind: Buffer.alloc(20_000_000) });
    expect(sink.bytes.toString()).toBe('little');
  });
});

describe('unpacking ends early', () => {
  it.each(PACKED)('where the packed bytes are cut off (%s)', async (_, packed) => {
    const cut = packed.subarray(0, packed.length - 3_000_000);
    await expect(unpacked(cut, new KeepingSink())).rejects.toThrow(/unexpected end/i);
  });

  it('where they are damaged', async () => {
    const packed = gzipSync(CONTENT);
    packed.fill(0xff, 2_000_000, 2_000_100);
    await expect(unpacked(packed, new KeepingSink())).rejects.toHaveProperty('code', 'Z_DATA_ERROR');
  });

  it('with the error of the sink', async () => {
    const error = new Error('Enough of that.');
    await expect(unpacked(gzipSync(CONTENT), failingSink(error))).rejects.toBe(error);
  });

  it('where much more comes out than goes in', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    await expect(
      unpacked(bomb, new KeepingSink(), { expansion: new Expansion(1000, 10) }),
    ).rejects.toMatchObject({
      code: 'hostile',
    });
  });

  it('when the signal says so, with its reason', async () => {
    const ending = new AbortController();
    const reason = new Error('No longer wanted.');
    const sink = new KeepingSink();
    const write = sink.write.bind(sink);
    sink.write = (chunk) => {
      ending.abort(reason);
      return write(chunk);
    };
    await expect(unpacked(gzipSync(CONTENT), sink, { signal: ending.signal })).rejects.toBe(reason);
  });
});
