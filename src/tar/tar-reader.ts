// A tar, taken apart as its bytes come: a synchronous machine that knows no streams and keeps no payload.
//
//   header ──► payload ──► padding to whole blocks ──► header ──► … ──► two blocks of zeros
//
// An extended header (extended-headers.ts) is a member whose payload is gathered instead of handed on. A sparse file
// (sparse-map.ts) is handed on whole, its holes as zeros: between header and payload its map is read, if it stands there,
// and its payload is stretches of data with holes between, for which no bytes come. Whatever comes after the two blocks
// of zeros is not part of the tar.
//
// A piece of payload is a view of the chunk it came in: good until the call ends, then whoever made it may fill it anew.
//
// Who can seek need not push it all: of a payload that its visitor leaves out (`leaveOut`) the rest can be jumped over,
// and a member that has been passed before can be read again from the place where it began (`memberAt`, `restart`).

import type { ByteString } from '../image/entry.ts';
import { BLOCK_BYTES, type HeaderBlock, readBlock } from './block.ts';
import { BlockBuffer } from './block-buffer.ts';
import { ExtendedHeaders, isExtended } from './extended-headers.ts';
import { HoleAllowance } from './holes.ts';
import { checkedSize, hasPayload, paddingAfter, storedSize } from './payload-size.ts';
import { damaged, sparseHeader } from './sparse-map.ts';
import { SparseMember } from './sparse-member.ts';
import { Stretches } from './stretches.ts';
import { TarError } from './tar-error.ts';
import type { TarVisitor } from './visitor.ts';

/** What the bytes that come next belong to. */
const State = {
  Header: 0,
  Payload: 1,
  Extended: 2,
  Padding: 3,
  Ended: 4,
  SparseMap: 5,
  Hole: 6,
  LeftOut: 7,
} as const;
type State = (typeof State)[keyof typeof State];

/** Zeros that are made in one call: a hole may have billions, and keys must be heard meanwhile. */
const ZEROS_AT_ONCE = 64 * 1024 * 1024;

/** What a hole is handed on as. */
const ZEROS = Buffer.alloc(64 * 1024);

const NO_STRETCHES = new Stretches([]);

export class TarReader {
  /** Where the member that came last began, in bytes from the tar's beginning: its first header, be it an extended one. */
  memberAt = 0;
  /** Where its payload begins. */
  payloadAt = 0;

  private readonly visitor: TarVisitor;
  private state: State = State.Header;
  /** Bytes that are still to come of what the state names. */
  private left = 0;
  /** Bytes of padding after the payload. */
  private padding = 0;
  private isPaused = false;
  private isLeftOut = false;

  /** Bytes that had been taken, or jumped over, before the chunk that is being taken; where its last block began. */
  private taken = 0;
  private blockAt = 0;
  /** Whether headers of a member have come, and the member itself has not. */
  private isAnnounced = false;

  /** A block that comes in pieces. */
  private readonly block = new BlockBuffer();
  private zeroBlocks = 0;

  private readonly extended = new ExtendedHeaders();
  private readonly gathered: ByteString[] = [];
  private gathering = 0;

  private readonly holes: HoleAllowance;
  private sparse: SparseMember | null = null;
  /** Of the payload of a sparse file. */
  private stretches = NO_STRETCHES;

  /** @param holes what the zeros of sparse files count against, where several tars belong together. */
  constructor(visitor: TarVisitor, holes = new HoleAllowance()) {
    this.visitor = visitor;
    this.holes = holes;
  }

  /** To be called by the visitor that can take no more for now: `write` returns before it comes to the next bytes. */
  pause(): void {
    this.isPaused = true;
  }

  /** To be called by the visitor that wants no more of the member that has begun: nothing follows of it, not even `finish`. */
  leaveOut(): void {
    this.isLeftOut = true;
  }

  /** Jumps over what comes next that nobody wants; returns how many bytes, none where the next one is wanted. */
  jump(): number {
    if (this.state !== State.LeftOut && this.state !== State.Padding) return 0;
    const { left } = this;
    this.left = 0;
    this.taken += left;
    this.goOn();
    return left;
  }

  /** Goes on with the member that began at `at` (`memberAt`), or with the first of all at 0. */
  restart(at: number): void {
    this.state = State.Header;
    this.left = 0;
    this.padding = 0;
    this.taken = at;
    this.block.clear();
    this.zeroBlocks = 0;
    this.isAnnounced = false;
    this.isLeftOut = false;
    this.sparse = null;
    this.stretches = NO_STRETCHES;
    this.gathered.length = 0;
    this.extended.forMember();
  }

  /**
   * Takes the next bytes. Returns how many: all of them, or fewer when it has paused, for the visitor or because much
   * has followed from few bytes. Then it is called again with what is left, be it nothing.
   * @throws TarError `no-tar`, `damaged`; PeelError `hostile`; what the visitor throws.
   */
  write(chunk: Uint8Array): number {
    const bytes = Buffer.isBuffer(chunk)
      ? chunk
      : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.isPaused = false;
    let at = 0;
    let zeros = 0;
    while ((at < bytes.length || this.state === State.Hole) && !this.hasPaused()) {
      if (this.state === State.Header || this.state === State.SparseMap) at = this.takeBlock(bytes, at);
      else if (this.state === State.Ended) at = bytes.length;
      else if (this.state === State.Hole) {
        zeros += this.makeZeros();
        if (zeros >= ZEROS_AT_ONCE) this.pause();
      } else at = this.takeBytes(bytes, at);
    }
    this.taken += at;
    return at;
  }

  /**
   * Says that the payload of the member that has just begun has gone by elsewhere; false where it is another one, or
   * no plain one.
   */
  passOver(bytes: number): boolean {
    const isPlain = this.state === State.Payload && this.stretches.areOver;
    if (!isPlain || bytes !== this.left) return false;
    this.left = 0;
    this.taken += bytes;
    this.goOn();
    return true;
  }

  /**
   * Says that all bytes have come.
   * @throws TarError `truncated` when the tar goes on.
   */
  end(): void {
    const isBetweenMembers = this.state === State.Header && !this.block.isBegun;
    if (!isBetweenMembers && this.state !== State.Ended) {
      throw new TarError('truncated', 'Unexpected end of data within a tar.');
    }
  }

  /** Whether the two blocks of zeros have come. */
  hasEnded(): boolean {
    return this.state === State.Ended;
  }

  /** Whether the last `write` came to a pause. */
  hasPaused(): boolean {
    return this.isPaused;
  }

  private takeBlock(bytes: Buffer, at: number): number {
    const { block } = this;
    if (!block.isBegun && bytes.length - at >= BLOCK_BYTES) {
      this.blockAt = this.taken + at;
      this.useBlock(bytes, at);
      return at + BLOCK_BYTES;
    }
    const copied = block.take(bytes, at);
    if (block.isWhole()) {
      this.blockAt = this.taken + at + copied - BLOCK_BYTES;
      this.useBlock(block.bytes, 0);
    }
    return at + copied;
  }

  private useBlock(bytes: Buffer, at: number): void {
    if (this.sparse === null) this.takeHeader(bytes, at);
    else {
      this.sparse.takeBlock(bytes, at);
      this.readMap(this.sparse);
    }
  }

  private takeBytes(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.left);
    this.left -= end - at;
    if (this.state === State.Payload) this.visitor.data(bytes.subarray(at, end));
    else if (this.state === State.Extended) this.gathered.push(bytes.toString('latin1', at, end));
    if (this.isLeftOut) this.passPayload(this.restOfPayload());
    else if (this.left === 0) this.goOn();
    return end;
  }

  /** Bytes that are still to come of the payload that is being read. */
  private restOfPayload(): number {
    const current = this.state === State.Hole ? 0 : this.left;
    return current + this.stretches.dataAhead + this.padding;
  }

  /** So many bytes, padding with them, are nothing that the visitor is told of. */
  private passPayload(bytes: number): void {
    this.isLeftOut = false;
    this.stretches = NO_STRETCHES;
    this.state = State.LeftOut;
    this.left = bytes;
    this.padding = 0;
    if (bytes === 0) this.goOn();
  }

  /** Returns how many there were. */
  private makeZeros(): number {
    const zeros = ZEROS.subarray(0, this.left);
    this.left -= zeros.length;
    this.visitor.data(zeros);
    if (this.isLeftOut) this.passPayload(this.restOfPayload());
    else if (this.left === 0) this.goOn();
    return zeros.length;
  }

  /** What the state names has come whole. */
  private goOn(): void {
    if (this.beginStretch()) return;
    if (this.state === State.Payload || this.state === State.Hole) this.visitor.finish();
    else if (this.state === State.Extended) {
      this.extended.take(this.gathering, this.gathered.splice(0).join(''));
    }
    this.state = this.state === State.Padding || this.padding === 0 ? State.Header : State.Padding;
    this.left = this.padding;
    this.padding = 0;
  }

  private expect(state: State, bytes: number): void {
    this.state = state;
    this.left = bytes;
    this.padding = paddingAfter(bytes);
    if (bytes === 0) this.goOn();
  }

  private takeHeader(bytes: Buffer, at: number): void {
    const block = readBlock(bytes, at);
    if (block === null) {
      if (++this.zeroBlocks === 2) this.endTar();
      return;
    }
    this.zeroBlocks = 0;
    if (!this.isAnnounced) this.memberAt = this.blockAt;
    this.isAnnounced = true;
    if (isExtended(block)) this.gather(block);
    else this.beginMember(block, bytes, at);
  }

  private endTar(): void {
    this.state = State.Ended;
    this.visitor.ended?.();
  }

  private gather({ flag, size }: HeaderBlock): void {
    this.gathering = flag;
    this.expect(State.Extended, checkedSize(size));
  }

  private beginMember(block: HeaderBlock, bytes: Buffer, at: number): void {
    this.isAnnounced = false;
    const { name = block.name, linkname = block.linkname, pax } = this.extended.forMember();
    const stored = hasPayload(block.flag) ? storedSize(block, pax) : 0;
    const sparse = sparseHeader(bytes, at, block.flag, pax, stored);
    if (sparse !== null) {
      if (!hasPayload(block.flag)) throw damaged('it is of a type that has no payload');
      const member = { block, name: sparse.name ?? name, linkname, size: sparse.size, isSparse: true, pax };
      this.readMap(new SparseMember(member, sparse.map, stored));
      return;
    }
    this.payloadAt = this.blockAt + BLOCK_BYTES;
    this.visitor.begin({ block, name, linkname, size: stored, isSparse: false, pax });
    if (this.isLeftOut) this.passPayload(stored + paddingAfter(stored));
    else this.expect(State.Payload, stored);
  }

  /** Waits for a sparse file's next block of map; begins the file when all of them are there. */
  private readMap(sparse: SparseMember): void {
    if (sparse.wantsBlock) {
      this.sparse = sparse;
      this.state = State.SparseMap;
      return;
    }
    this.sparse = null;
    const stretches = sparse.stretches();
    const stored = sparse.dataBytes;
    this.holes.spend(sparse.holeBytes);
    this.payloadAt = this.blockAt + BLOCK_BYTES;
    this.visitor.begin(sparse.member);
    if (this.isLeftOut) {
      this.passPayload(stored + paddingAfter(stored));
      return;
    }
    this.stretches = stretches;
    this.padding = paddingAfter(stored);
    this.state = State.Payload;
    this.goOn();
  }

  /** Goes over to the next stretch of a sparse file; false where there is none. */
  private beginStretch(): boolean {
    const stretch = this.stretches.begin();
    if (stretch === null) return false;
    this.left = stretch.bytes;
    this.state = stretch.isHole ? State.Hole : State.Payload;
    return true;
  }
}
