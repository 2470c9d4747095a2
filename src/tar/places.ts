import { BLOCK_BYTES } from './block.ts';

/** Places beyond have no room in a row of them: tars of 2 TiB. */
export const MAX_SOUGHT_BYTES = 2 ** 32 * BLOCK_BYTES;

/** Where members begin in a tar, in bytes from its beginning: a row that grows. They are kept in blocks, 4 bytes each. */
export class Places {
  length = 0;
  private blocks = new Uint32Array(64);

  push(place: number): void {
    this.makeRoomFor(1);
    this.blocks[this.length++] = place / BLOCK_BYTES;
  }

  /** Adds several at once. */
  pushAll(places: Float64Array): void {
    this.makeRoomFor(places.length);
    for (const place of places) this.blocks[this.length++] = place / BLOCK_BYTES;
  }

  /** Undefined beyond the last one. */
  at(index: number): number | undefined {
    const block = index < this.length ? this.blocks[index] : undefined;
    return block === undefined ? undefined : block * BLOCK_BYTES;
  }

  /** Gives back what growing left over. */
  trim(): void {
    this.blocks = this.blocks.slice(0, this.length);
  }

  private makeRoomFor(places: number): void {
    const needed = this.length + places;
    if (needed <= this.blocks.length) return;
    const more = new Uint32Array(Math.max(needed, 2 * this.blocks.length));
    more.set(this.blocks);
    this.blocks = more;
  }
}
