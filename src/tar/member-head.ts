// What stands before a payload: extended headers, the member's own header, and the map of a sparse file. All come in
// blocks, but for the payload of an extended header, which is gathered as it comes.

import type { ByteString } from '../image/entry.ts';
import { type HeaderBlock, readBlock } from './block.ts';
import { ExtendedHeaders, isExtended } from './extended-headers.ts';
import { checkedSize, hasPayload, storedSize } from './payload-size.ts';
import { damaged, sparseHeader } from './sparse-map.ts';
import { SparseMember } from './sparse-member.ts';
import { NO_STRETCHES, type Stretches } from './stretches.ts';
import type { Member } from './visitor.ts';

/** What a block has led to. */
export const Head = {
  /** Another block must come: the first was one of zeros, or a sparse file's map goes on. */
  GoesOn: 0,
  /** The payload of an extended header follows, `bytesToGather` of it. */
  Extended: 1,
  /** The member is there. */
  Member: 2,
  /** It was the second block of zeros: the tar has ended. */
  Ended: 3,
} as const;
export type Head = (typeof Head)[keyof typeof Head];

export class MemberHead {
  /** How many bytes of payload stand in the tar behind the member that came last. */
  stored = 0;
  /** Of these, and of bytes that do not stand there, the payload of a sparse file is made. */
  stretches = NO_STRETCHES;
  /** Bytes of the payload of an extended header. */
  bytesToGather = 0;
  /** Whether headers have come of a member that has not come itself. */
  isBegun = false;

  private zeroBlocks = 0;
  private readonly extended = new ExtendedHeaders();
  private extendedFlag = 0;
  private readonly gathered: ByteString[] = [];
  private sparse: SparseMember | null = null;
  private current: Member | null = null;

  /** The member that came last. */
  get member(): Member {
    if (this.current === null) throw new Error('No member has come.');
    return this.current;
  }

  /** Whether what has come so far may be all there is of the tar. */
  get mayEnd(): boolean {
    return this.sparse === null;
  }

  /** Whether nothing has come of the next member, nor of the end. */
  get isBetweenMembers(): boolean {
    return !this.isBegun && this.zeroBlocks === 0;
  }

  clear(): void {
    this.zeroBlocks = 0;
    this.isBegun = false;
    this.sparse = null;
    this.gathered.length = 0;
    this.extended.forMember();
  }

  /**
   * Takes the next block, which begins at `at`.
   * @throws TarError `no-tar`, `damaged`; PeelError `hostile`.
   */
  takeBlock(bytes: Buffer, at: number): Head {
    if (this.sparse !== null) {
      this.sparse.takeBlock(bytes, at);
      return this.readMap(this.sparse);
    }
    const block = readBlock(bytes, at);
    if (block === null) return ++this.zeroBlocks === 2 ? Head.Ended : Head.GoesOn;
    this.zeroBlocks = 0;
    if (!isExtended(block)) return this.takeHeader(block, bytes, at);
    this.isBegun = true;
    this.extendedFlag = block.flag;
    this.bytesToGather = checkedSize(block.size);
    return Head.Extended;
  }

  /** Takes the next bytes of an extended header's payload. */
  gather(bytes: Buffer, start: number, end: number): void {
    this.gathered.push(bytes.toString('latin1', start, end));
  }

  /**
   * To be called when the payload of an extended header has come whole.
   * @throws TarError `damaged`
   */
  takeGathered(): void {
    this.extended.take(this.extendedFlag, this.gathered.splice(0).join(''));
  }

  private takeHeader(block: HeaderBlock, bytes: Buffer, at: number): Head {
    this.isBegun = true;
    const { name = block.name, linkname = block.linkname, pax } = this.extended.forMember();
    const stored = hasPayload(block.flag) ? storedSize(block, pax) : 0;
    const sparse = sparseHeader(bytes, at, block.flag, pax, stored);
    if (sparse === null) {
      const member = { block, name, linkname, size: stored, isSparse: false, pax };
      return this.begin(member, stored, NO_STRETCHES);
    }
    if (!hasPayload(block.flag)) throw damaged('it is of a type that has no payload');
    const member = { block, name: sparse.name ?? name, linkname, size: sparse.size, isSparse: true, pax };
    return this.readMap(new SparseMember(member, sparse.map, stored));
  }

  /** Waits for a sparse file's next block of map; the member is there when all of them are. */
  private readMap(sparse: SparseMember): Head {
    this.sparse = sparse.wantsBlock ? sparse : null;
    if (this.sparse !== null) return Head.GoesOn;
    return this.begin(sparse.member, sparse.dataBytes, sparse.stretches());
  }

  private begin(member: Member, stored: number, stretches: Stretches): Head {
    this.isBegun = false;
    this.current = member;
    this.stored = stored;
    this.stretches = stretches;
    return Head.Member;
  }
}
