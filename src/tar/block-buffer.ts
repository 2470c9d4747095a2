import { BLOCK_BYTES } from './block.ts';

/** Puts together blocks that come in pieces. */
export class BlockBuffer {
  /** The block that came last, until the next bytes come. */
  readonly bytes = Buffer.alloc(BLOCK_BYTES);
  private filled = 0;

  /** Whether a part of a block has come. */
  get isBegun(): boolean {
    return this.filled > 0;
  }

  /** Takes what is there of a block, from `at` on; returns how many bytes that were. */
  take(chunk: Buffer, at: number): number {
    const copied = chunk.copy(this.bytes, this.filled, at);
    this.filled += copied;
    return copied;
  }

  /** Whether the block is whole; then the next one begins. */
  isWhole(): boolean {
    if (this.filled < BLOCK_BYTES) return false;
    this.filled = 0;
    return true;
  }

  clear(): void {
    this.filled = 0;
  }
}
