import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pump } from '../../src/tar/byte-sink.ts';
import { type Compression, compressionOf, decompressing } from '../../src/tar/decompress.ts';
import { inPieces, pieces, streamOf } from '../harness/raw-tar.ts';
import { failingSink, KeepingSink, SlowSink } from '../harness/sinks.ts';

async function unpacked(packed: Uint8Array, size: number, compression: Compression): Promise<Buffer> {
  const sink = new KeepingSink();
  await pump(inPieces(packed, size), decompressing(compression, sink));
  expect(sink.isEnded).toBe(true);
  return sink.bytes;
}

const TEXT = Buffer.from('some text that repeats, that repeats, that repeats\n'.repeat(2000));

/** RFC 8878, 3.1.2: a frame that decoders pass over. */
function skippable(nibble: number, content: string): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(0x184d2a50 + nibble);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, Buffer.from(content)]);
}

describe('the compression of a blob', () => {
  it('is told by its first bytes', () => {
    expect(compressionOf(gzipSync(TEXT))).toBe('gzip');
    expect(compressionOf(zstdCompressSync(TEXT))).toBe('zstd');
    expect(compressionOf(TEXT)).toBe('none');
  });

  it('is zstd where it begins with any skippable frame', () => {
    for (let nibble = 0; nibble < 16; nibble++) expect(compressionOf(skippable(nibble, 'x'))).toBe('zstd');
  });

  it.each([
    ['nothing', []],
    ['half of a gzip magic', [0x1f]],
    ['a gzip magic gone wrong', [0x1f, 0x8c, 8, 0]],
    ['three bytes of a zstd magic', [0x28, 0xb5, 0x2f]],
    ['a zstd magic gone wrong', [0x29, 0xb5, 0x2f, 0xfd]],
    ['a frame beyond the skippable ones', [0x60, 0x2a, 0x4d, 0x18]],
    ['JSON', [0x7b, 0x22, 0x61, 0x22]],
  ])('is none for %s', (_, bytes) => {
    expect(compressionOf(Uint8Array.from(bytes))).toBe('none');
  });
});

describe('the unpacked bytes', () => {
  it('of a plain stream are the stream itself', () => {
    const sink = new KeepingSink();
    expect(decompressing('none', sink)).toBe(sink);
  });

  it.each([
    ['gzip', gzipSync('little')],
    ['zstd', zstdCompressSync('little')],
  ] as const)('of a little %s take little memory', async (compression, packed) => {
    const memory: number[] = [];
    const write = ({ buffer }: Uint8Array) => {
      memory.push(buffer.byteLength);
      return true;
    };
    const sink = { write, drained: () => Promise.resolve(), end: () => Promise.resolve() };
    await pump(inPieces(packed, packed.length), decompressing(compression, sink, undefined, packed.length));
    expect(memory).toHaveLength(1);
    // Node may take it out of a piece of memory that it keeps for such: 64 KiB and a little.
    expect(memory[0]).toBeLessThan(128 * 1024);
  });

  it.each([1, 10, 1 << 20])('of gzip and zstd are what was packed, in pieces of %d', async (size) => {
    expect(await unpacked(gzipSync(TEXT), size, 'gzip')).toEqual(TEXT);
    expect(await unpacked(zstdCompressSync(TEXT), size, 'zstd')).toEqual(TEXT);
  });

  it.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ] as const)('of %s leave no memory behind that has been looked at', async (compression, pack) => {
    const content = Buffer.alloc(20 * 1024 * 1024, 'what is in it ');
    const chunks: Uint8Array[] = [];
    const sink = new KeepingSink();
    const looking = {
      write: (chunk: Uint8Array) => {
        chunks.push(chunk);
        return sink.write(chunk);
      },
      drained: () => sink.drained(),
      end: () => sink.end(),
    };
    await pump(inPieces(pack(content), 1 << 16), decompressing(compression, looking));
    expect(sink.bytes.equals(content)).toBe(true);
    const memories = Array.from(new Set(chunks.map(({ buffer }) => buffer)));
    expect(memories.length).toBeGreaterThan(2);
    // The last one has room left, which the next bytes might have come into.
    for (const memory of memories.slice(0, -1)) expect(memory).toHaveProperty('detached', true);
  });

  it('of several gzip members are all of them, one after the other', async () => {
    const packed = Buffer.concat([gzipSync(TEXT.subarray(0, 500)), gzipSync(TEXT.subarray(500))]);
    expect(await unpacked(packed, 64, 'gzip')).toEqual(TEXT);
  });

  it('of several zstd frames are all of them, but for the skippable ones', async () => {
    const frames = [TEXT.subarray(0, 500), TEXT.subarray(500)].map((part) => zstdCompressSync(part));
    const [first = TEXT, second = TEXT] = frames;
    const packed = Buffer.concat([
      skippable(0, 'index'),
      first,
      skippable(7, ''),
      skippable(8, 'x'.repeat(70_000)),
      second,
      skippable(15, 'more'),
    ]);
    for (const size of [1, 64, 1 << 20]) expect(await unpacked(packed, size, 'zstd')).toEqual(TEXT);
  });

  it.each(['gzip', 'zstd'] as const)(
    'of %s come at the pace of the sink that they are for',
    async (compression) => {
      const large = Buffer.alloc(3_000_000, 'abc');
      const packed = compression === 'gzip' ? gzipSync(large) : zstdCompressSync(large);
      const sink = new SlowSink();
      await pump(inPieces(packed, 500), decompressing(compression, sink));
      expect(sink.early).toBe(0);
      expect(sink.bytes.equals(large)).toBe(true);
    },
  );
});

describe('unpacking fails', () => {
  it.each(['gzip', 'zstd'] as const)('where %s was cut off', async (compression) => {
    const packed = compression === 'gzip' ? gzipSync(TEXT) : zstdCompressSync(TEXT);
    const cut = packed.subarray(0, packed.length - 10);
    await expect(unpacked(cut, 16, compression)).rejects.toThrow(/unexpected end/i);
  });

  it.each(['gzip', 'zstd'] as const)('where %s is damaged, though more of it comes', async (compression) => {
    const noise = Buffer.alloc(300_000, 0xff);
    const head = (compression === 'gzip' ? gzipSync(TEXT) : zstdCompressSync(TEXT)).subarray(0, 15);
    await expect(unpacked(Buffer.concat([head, noise]), 16_000, compression)).rejects.toThrow();
  });

  it('with the error of the stream below, as it is', async () => {
    const broken = new Error('the cable was pulled');
    function* breaking(): Generator<Uint8Array, void> {
      yield* pieces(gzipSync(TEXT).subarray(0, 50), 10);
      throw broken;
    }
    await expect(pump(streamOf(breaking()), decompressing('gzip', new KeepingSink()))).rejects.toBe(broken);
  });

  it('with the error of the sink that the bytes are for, as it is', async () => {
    const full = new Error('no more room');
    const packed = gzipSync(Buffer.alloc(5_000_000, 'abc'));
    await expect(pump(inPieces(packed, 100), decompressing('gzip', failingSink(full)))).rejects.toBe(full);
  });
});

describe('unpacking that nobody waits for any more', () => {
  it('ends, however much would still come out of what has gone in', async () => {
    const packed = zstdCompressSync(Buffer.alloc(256 * 1024 * 1024));
    const first = Promise.withResolvers<undefined>();
    let pieces = 0;
    const counting = {
      write: () => {
        pieces++;
        first.resolve(undefined);
        return true;
      },
      drained: () => Promise.resolve(),
      end: () => Promise.resolve(),
    };
    const sink = decompressing('zstd', counting);
    sink.write(packed);
    await first.promise;
    sink.cancel?.();
    const before = pieces;
    // As long as another one takes to unpack the same.
    await unpacked(packed, packed.length, 'zstd');
    expect(pieces).toBe(before);
    expect(before).toBeLessThan(500);
  });
});
