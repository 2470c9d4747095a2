import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { IGNORE, pump } from '../../src/tar/byte-sink.ts';
import { decompressing } from '../../src/tar/decompress.ts';
import { Expansion } from '../../src/tar/expansion.ts';
import { inPieces } from '../harness/raw-tar.ts';

const MIB = 1024 ** 2;

describe('what comes out of an archive', () => {
  it('may be any amount as long as it is not many times what goes in', () => {
    const expansion = new Expansion(100, 10);
    expansion.takeIn(1000);
    expect(() => expansion.giveOut(10_000)).not.toThrow();
    expect(() => expansion.giveOut(1)).toThrow(expect.objectContaining({ code: 'hostile' }));
    expansion.takeIn(1);
    expect(() => expansion.giveOut(9)).not.toThrow();
  });

  it('may be many times what goes in as long as it is little', () => {
    const expansion = new Expansion(100, 10);
    expansion.takeIn(1);
    expect(() => expansion.giveOut(100)).not.toThrow();
    expect(() => expansion.giveOut(1)).toThrow('It unpacks to more than 10 times its size');
  });

  it('may be zeros that gzip packed, however many: it never gets above 1032 for one', async () => {
    const packed = gzipSync(Buffer.alloc(64 * MIB));
    const expansion = new Expansion(MIB);
    expansion.takeIn(packed.length);
    await pump(inPieces(packed, 4096), decompressing('gzip', IGNORE, expansion));
  });

  it('is refused where it is zeros that zstd packed', async () => {
    const packed = zstdCompressSync(Buffer.alloc(64 * MIB));
    const expansion = new Expansion(MIB);
    expansion.takeIn(packed.length);
    await expect(
      pump(inPieces(packed, 4096), decompressing('zstd', IGNORE, expansion)),
    ).rejects.toMatchObject({ code: 'hostile' });
  });
});
