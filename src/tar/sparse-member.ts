import { BLOCK_BYTES } from './block.ts';
import { damaged, type SparseMap, stretchesOf } from './sparse-map.ts';
import { Stretches } from './stretches.ts';
import type { Member } from './visitor.ts';

/** A sparse file whose map is being read. */
export class SparseMember {
  readonly member: Member;
  private readonly map: SparseMap;
  /** Bytes of payload that are still to come: the map may stand at its beginning. */
  private stored: number;

  constructor(member: Member, map: SparseMap, stored: number) {
    this.member = member;
    this.map = map;
    this.stored = stored;
  }

  /**
   * Whether the next block is one of the map.
   * @throws TarError `damaged` where there is none left for it.
   */
  get wantsBlock(): boolean {
    if (!this.map.wantsBlock) return false;
    if (this.map.isInPayload && this.stored < BLOCK_BYTES) {
      throw damaged('its map goes on beyond its payload');
    }
    return true;
  }

  /** Takes the map's next block, which begins at `at`. */
  takeBlock(bytes: Buffer, at: number): void {
    if (this.map.isInPayload) this.stored -= BLOCK_BYTES;
    this.map.takeBlock(bytes, at);
  }

  /** Bytes of its data: they follow its map. */
  get dataBytes(): number {
    return this.stored;
  }

  /**
   * Its data and its holes, once the map is whole.
   * @throws TarError `damaged`
   */
  stretches(): Stretches {
    return new Stretches(stretchesOf(this.map.numbers(), this.member.size, this.stored));
  }
}
