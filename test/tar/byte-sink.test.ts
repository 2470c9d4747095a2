import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Enough, IGNORE, pump, sniffing, untilEnough } from '../../src/tar/byte-sink.ts';
import { inPieces, pieces, streamOf } from '../harness/raw-tar.ts';
import { failingSink, KeepingSink, SlowSink } from '../harness/sinks.ts';

const TEXT = Buffer.from('abcdefghij');

describe('a pump', () => {
  it('hands every chunk on, in order, and then says that it was the last', async () => {
    const sink = new KeepingSink();
    await pump(inPieces(TEXT, 3), sink);
    expect(sink.chunks.map((chunk) => Buffer.from(chunk).toString())).toEqual(['abc', 'def', 'ghi', 'j']);
    expect(sink.isEnded).toBe(true);
  });

  it('shows every chunk before it is handed on', async () => {
    const sink = new KeepingSink();
    const seen: string[] = [];
    await pump(inPieces(TEXT, 5), sink, (chunk) => seen.push(`${String(chunk)} after ${sink.chunks.length}`));
    expect(seen).toHaveLength(2);
    expect(seen.map((text) => text.replace(/.* /, ''))).toEqual(['0', '1']);
  });

  it('waits whenever the sink asks it to', async () => {
    const sink = new SlowSink();
    await pump(inPieces(TEXT, 1), sink);
    expect(sink.early).toBe(0);
    expect(sink.bytes.toString()).toBe('abcdefghij');
  });

  it('asks for no more while the sink is not ready', async () => {
    let given = 0;
    function* counting(): Generator<Uint8Array, void> {
      for (const piece of pieces(Buffer.alloc(100), 1)) {
        given++;
        yield piece;
      }
    }
    const ready = Promise.withResolvers<undefined>();
    const sink = { write: () => false, drained: () => ready.promise, end: () => Promise.resolve() };
    const pumping = pump(streamOf(counting()), sink);
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    // The stream itself may hold a chunk or two.
    expect(given).toBeLessThan(5);
    ready.resolve(undefined);
    await pumping;
    expect(given).toBe(100);
  });

  it('fails with the error of the stream, as it is, and does not call that an end', async () => {
    const broken = new Error('the cable was pulled');
    function* breaking(): Generator<Uint8Array, void> {
      yield* pieces(TEXT, 4);
      throw broken;
    }
    const sink = new KeepingSink();
    await expect(pump(streamOf(breaking()), sink)).rejects.toBe(broken);
    expect(sink.isEnded).toBe(false);
  });

  it('fails where the stream closes before its end', async () => {
    const stream = inPieces(TEXT, 1);
    const sink = new KeepingSink();
    const pumping = pump(stream, sink, () => stream.destroy());
    await expect(pumping).rejects.toThrow();
    expect(sink.isEnded).toBe(false);
  });

  it.each(['asked to wait', 'given a chunk'])('fails with the error of a sink that was %s', async (when) => {
    const full = new Error('no more room');
    const stream = inPieces(TEXT, 1);
    const throwing = {
      ...failingSink(full),
      write: () => {
        throw full;
      },
    };
    await expect(pump(stream, when === 'given a chunk' ? throwing : failingSink(full))).rejects.toBe(full);
    expect(stream.destroyed).toBe(true);
  });

  it('fails with the error that a sink has at its end', async () => {
    const full = new Error('no more room');
    await expect(pump(inPieces(TEXT, 1), { ...failingSink(full), write: () => true })).rejects.toBe(full);
  });

  it('ends at once where there is nothing', async () => {
    const sink = new KeepingSink();
    await pump(inPieces(Buffer.alloc(0), 1), sink);
    expect(sink).toMatchObject({ chunks: [], isEnded: true });
  });
});

describe('a sink that looks before it chooses', () => {
  it.each([1, 3, 4, 5, 100])('sees the first bytes and loses none, in pieces of %d', async (size) => {
    const sink = new KeepingSink();
    const heads: string[] = [];
    await pump(
      inPieces(TEXT, size),
      sniffing(4, (head) => {
        heads.push(Buffer.from(head).toString());
        return sink;
      }),
    );
    expect(heads).toEqual(['abcd']);
    expect(sink.bytes.toString()).toBe('abcdefghij');
    expect(sink.isEnded).toBe(true);
  });

  it.each(['', 'ab'])('sees all there is where fewer bytes come: %j', async (text) => {
    const sink = new KeepingSink();
    const heads: string[] = [];
    await pump(
      inPieces(Buffer.from(text), 1),
      sniffing(4, (head) => {
        heads.push(Buffer.from(head).toString());
        return sink;
      }),
    );
    expect(heads).toEqual([text]);
    expect(sink.bytes.toString()).toBe(text);
    expect(sink.isEnded).toBe(true);
  });

  it('keeps the pace of the sink that it has chosen', async () => {
    const sink = new SlowSink();
    await pump(
      inPieces(TEXT, 1),
      sniffing(4, () => sink),
    );
    expect(sink.early).toBe(0);
    expect(sink.bytes.toString()).toBe('abcdefghij');
  });

  it('fails as that one does', async () => {
    const full = new Error('no more room');
    await expect(
      pump(
        inPieces(TEXT, 5),
        sniffing(4, () => failingSink(full)),
      ),
    ).rejects.toBe(full);
  });
});

describe('a sink that nobody waits for any more', () => {
  class CancelledSink extends KeepingSink {
    cancelled = 0;
    cancel(): void {
      this.cancelled++;
    }
  }

  it('is told so when the stream fails, or another sink on the way', async () => {
    function* breaking(): Generator<Uint8Array, void> {
      yield TEXT;
      throw new Error('the cable was pulled');
    }
    const sink = new CancelledSink();
    await expect(
      pump(
        streamOf(breaking()),
        sniffing(4, () => sink),
      ),
    ).rejects.toThrow('the cable was pulled');
    expect(sink).toMatchObject({ cancelled: 1, isEnded: false });
  });

  it('is not told so when all has gone well', async () => {
    const sink = new CancelledSink();
    await pump(inPieces(TEXT, 5), sink);
    expect(sink).toMatchObject({ cancelled: 0, isEnded: true });
  });
});

describe('what nobody needs', () => {
  it('goes by', async () => {
    await expect(pump(inPieces(TEXT, 1), IGNORE)).resolves.toBeUndefined();
  });
});

describe('a sink that has had enough', () => {
  /** Takes four bytes, then says that it wants no more: at once, or when it is waited for. */
  class SatedSink extends KeepingSink {
    isCancelled = false;
    private readonly when: 'written' | 'drained';

    constructor(when: 'written' | 'drained') {
      super();
      this.when = when;
    }

    override write(chunk: Uint8Array): boolean {
      super.write(chunk);
      if (this.bytes.length < 4) return true;
      if (this.when === 'written') throw new Enough();
      return false;
    }

    override drained(): Promise<void> {
      return this.bytes.length < 4 ? Promise.resolve() : Promise.reject(new Enough());
    }

    cancel(): void {
      this.isCancelled = true;
    }
  }

  it.each(['written', 'drained'] as const)('ends its stream, and that is no failure (%s)', async (when) => {
    const stream = Readable.from(['one', 'two', 'three'].map((text) => Buffer.from(text)));
    const sink = new SatedSink(when);
    await pump(stream, sink);
    expect(sink.bytes.toString()).toBe('onetwo');
    expect([stream.destroyed, sink.isCancelled]).toEqual([true, true]);
  });

  it.each(['written', 'drained'] as const)('may let the rest go by (%s)', async (when) => {
    const stream = Readable.from(['one', 'two', 'three'].map((text) => Buffer.from(text)));
    const sink = new SatedSink(when);
    let done = 0;
    await pump(
      stream,
      untilEnough(sink, () => {
        done++;
      }),
    );
    expect(sink.bytes.toString()).toBe('onetwo');
    expect({ done, isCancelled: sink.isCancelled, isEnded: sink.isEnded }).toEqual({
      done: 1,
      isCancelled: true,
      isEnded: false,
    });
    expect(stream.readableEnded).toBe(true);
  });

  it('is told apart from one that fails', async () => {
    const failing = untilEnough(failingSink(new Error('not today')));
    await expect(pump(Readable.from([Buffer.from('x')]), failing)).rejects.toThrow('not today');
  });
});
