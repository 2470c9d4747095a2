/** Sinks for tests: one that keeps what it is given, and one that takes it at a pace of its own. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { ByteSink } from '../../src/tar/byte-sink.ts';

const gzipped = promisify(gzip);

/** Keeps all bytes. */
export class KeepingSink implements ByteSink {
  readonly chunks: Uint8Array[] = [];
  isEnded = false;

  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }

  write(chunk: Uint8Array): boolean {
    // Whoever pushes may use its buffer again.
    this.chunks.push(Uint8Array.from(chunk));
    return true;
  }

  drained(): Promise<void> {
    return Promise.resolve();
  }

  end(): Promise<void> {
    this.isEnded = true;
    return Promise.resolve();
  }
}

/** Asks for a pause after every chunk, and notes each chunk that comes before the pause is over. */
export class SlowSink extends KeepingSink {
  early = 0;
  private isPausing = false;

  override write(chunk: Uint8Array): boolean {
    if (this.isPausing) this.early++;
    super.write(chunk);
    this.isPausing = true;
    return false;
  }

  override async drained(): Promise<void> {
    // Work in the pool that unpackers use, and turns of the event loop: a careless source would come with more.
    await gzipped(Buffer.alloc(500_000));
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    this.isPausing = false;
  }
}

/** A sink that fails when it is asked to drain, as one does that has met an error on its way. */
export function failingSink(error: Error): ByteSink {
  return {
    write: () => false,
    drained: () => Promise.reject(error),
    end: () => Promise.reject(error),
  };
}
