// Bytes are pushed, not pulled: a chunk that comes in runs through all that must see it (an archive's tar, a layer's
// tar inside it, a payload's checksum) in plain calls, without a promise for each step. Only where something on the
// way must wait does the source wait too.

import { finished, type Readable } from 'node:stream';

/** Something that takes a stream of bytes. */
export interface ByteSink {
  /**
   * Takes a chunk. False: nothing more should come before `drained` resolves. When the call ends the chunk's memory is
   * its maker's again, to be filled anew: a sink that needs bytes for longer has copied them.
   */
  write(chunk: Uint8Array): boolean;
  /** Resolves when more may come. Rejects when none ever can, with the reason. */
  drained(): Promise<void>;
  /** Says that all bytes have come; resolves when they have been dealt with. Rejects with what is wrong with them. */
  end(): Promise<void>;
  /** Says that nobody waits for anything any more: work that is still going on is given up. */
  cancel?(): void;
}

/** What a sink throws or rejects with that needs no more: whoever feeds it stops, and that is no failure. */
export class Enough extends Error {
  override readonly name = 'Enough';
}

/**
 * Feeds a stream to a sink, at the sink's pace. `see` is shown every chunk before, and may
 * refuse it. The stream flows: asking it for one
 * chunk after the other would leave a daemon waiting at the other end.
 * @throws the stream's error, or the sink's; either way, and when the sink has had `Enough`, the stream is destroyed
 *   and the sink cancelled.
 */
export function pump(stream: Readable, sink: ByteSink, see?: (chunk: Uint8Array) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    const fail = (error: unknown) => {
      isOver = true;
      stream.destroy();
      sink.cancel?.();
      if (error instanceof Enough) resolve();
      else reject(error instanceof Error ? error : new Error(String(error)));
    };
    stream.on('data', (chunk: Uint8Array) => {
      // A stream that is destroyed may still let go of what it has read ahead.
      if (isOver) return;
      try {
        see?.(chunk);
        if (sink.write(chunk)) return;
      } catch (error) {
        fail(error);
        return;
      }
      stream.pause();
      sink.drained().then(() => stream.resume(), fail);
    });
    // A stream that has been paused does not flow again by itself.
    stream.resume();
    finished(stream, { writable: false }, (error) => {
      if (error != null) fail(error);
      else sink.end().then(resolve, fail);
    });
  });
}

/**
 * A sink that looks at the first `count` bytes (fewer when no more come) before it knows which sink they and all
 * others are for.
 */
export function sniffing(count: number, choose: (head: Uint8Array) => ByteSink): ByteSink {
  let chosen: ByteSink | null = null;
  let head: Uint8Array = new Uint8Array(0);
  const decide = (): ByteSink => {
    const sink = choose(head.subarray(0, count));
    chosen = sink;
    return sink;
  };
  return {
    write(chunk) {
      if (chosen !== null) return chosen.write(chunk);
      head = Buffer.concat([head, chunk]);
      return head.length < count || decide().write(head);
    },
    drained: () => chosen?.drained() ?? Promise.resolve(),
    async end() {
      if (chosen === null && head.length > 0) decide().write(head);
      await (chosen ?? decide()).end();
    },
    cancel: () => chosen?.cancel?.(),
  };
}

/** A sink that hands on what comes until the other one has had `Enough`; the rest goes by. `done` may put an end to all. */
export function untilEnough(sink: ByteSink, done: () => void = () => undefined): ByteSink {
  let to = sink;
  const enough = (error: unknown) => {
    if (!(error instanceof Enough)) throw error;
    sink.cancel?.();
    to = IGNORE;
    done();
  };
  return {
    write(chunk) {
      try {
        return to.write(chunk);
      } catch (error) {
        enough(error);
        return true;
      }
    },
    drained: () => to.drained().catch(enough),
    end: () => to.end().catch(enough),
    cancel: () => to.cancel?.(),
  };
}

/** A sink for what nobody needs. */
export const IGNORE: ByteSink = {
  write: () => true,
  drained: () => Promise.resolve(),
  end: () => Promise.resolve(),
};
