// The part of a file that is in memory while somebody seeks in it. Headers of small files stand close together, and are
// had with few large reads; between large files there is one small read for each header. So the window shrinks when it
// jumps and grows while it goes on from where it ended.

/**
 * Reads bytes of a file from `at` on into `into`; returns how many, fewer only where the file ends.
 * @throws the system's errors.
 */
export type ReadAt = (into: Uint8Array, at: number) => number;

/** A header, with an extended one before it or a small file behind it. */
const LEAST_BYTES = 2048;

/** Enough that a read does not count beside what is done with it, and little enough to stay in a processor's cache. */
const MOST_BYTES = 256 * 1024;

/** To read on over such a gap takes no longer than to leave it out and read again. */
export const NEAR_BYTES = 8 * 1024;

export class Window {
  private readonly read: ReadAt;
  /** As large as it has had to be: many windows are there for a few headers. */
  private memory: Buffer = Buffer.alloc(LEAST_BYTES);
  /** What of the file is in memory. */
  private start = 0;
  private end = 0;
  private bytes = LEAST_BYTES;

  constructor(read: ReadAt) {
    this.read = read;
  }

  /**
   * Bytes from `at` on, as many as are there before `limit`; none where the file has ended. They are good until the
   * next call.
   */
  from(at: number, limit: number): Buffer {
    if (at < this.start || at >= this.end) this.fill(at, limit);
    return this.memory.subarray(at - this.start, Math.min(this.end, limit) - this.start);
  }

  private fill(at: number, limit: number): void {
    const gap = at - this.end;
    const isNear = gap >= 0 && gap <= NEAR_BYTES;
    this.bytes = isNear ? Math.min(2 * this.bytes, MOST_BYTES) : Math.max(this.bytes >> 2, LEAST_BYTES);
    const wanted = Math.max(0, Math.min(this.bytes, limit - at));
    if (wanted > this.memory.length) this.memory = Buffer.allocUnsafeSlow(this.bytes);
    this.start = at;
    this.end = at + this.read(this.memory.subarray(0, wanted), at);
  }
}
