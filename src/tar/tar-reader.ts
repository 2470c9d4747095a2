// A tar, taken apart as its bytes come: a synchronous machine that knows no streams and keeps no payload.
//
//   header ──► payload ──► padding to whole blocks ──► header ──► … ──► two blocks of zeros
//
// What stands before a payload is taken apart in member-head.ts: an extended header is a member whose payload is gathered
// instead of handed on, and a sparse file's map may be more blocks. A sparse file is handed on whole, its holes as zeros: its
// payload is stretches of data with holes between, for which no bytes come. Whatever comes after the two blocks of zeros is
// not part of the tar.
//
// A piece of payload is a view of the chunk it came in: good until the call ends, then whoever made it may fill it anew.
//
// Who can seek need not push it all: of a payload that its visitor leaves out (`leaveOut`) the rest can be jumped over,
// and a member that has been passed before can be read again from the place where it began (`memberAt`, `restart`).

import { BLOCK_BYTES } from './block.ts';
import { BlockBuffer } from './block-buffer.ts';
import { HoleAllowance } from './holes.ts';
import { Head, MemberHead } from './member-head.ts';
import { paddingAfter } from './payload-size.ts';
import { NO_STRETCHES, type Stretches } from './stretches.ts';
import { TarError } from './tar-error.ts';
import type { TarVisitor } from './visitor.ts';

/** What the bytes that come next belong to. */
const State = {
  Header: 0,
  Payload: 1,
  Extended: 2,
  Padding: 3,
  Ended: 4,
  Hole: 5,
  LeftOut: 6,
} as const;
type State = (typeof State)[keyof typeof State];

/** Zeros that are made in one call: a hole may have billions, and keys must be heard meanwhile. */
const ZEROS_AT_ONCE = 64 * 1024 * 1024;

/** What a hole is handed on as. */
const ZEROS = Buffer.alloc(64 * 1024);

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

  /** Bytes that had been taken, or jumped over, before the chunk that is being taken. */
  private taken = 0;
  /** Where the last block began, and where the first one of its member. */
  private blockAt = 0;
  private headAt = 0;

  /** A block that comes in pieces. */
  private readonly block = new BlockBuffer();
  private readonly head = new MemberHead();

  private readonly holes: HoleAllowance;
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
    this.head.clear();
    this.isLeftOut = false;
    this.stretches = NO_STRETCHES;
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
      if (this.state === State.Header) at = this.takeBlock(bytes, at);
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
    const mayEnd = this.state === State.Header && !this.block.isBegun && this.head.mayEnd;
    if (!mayEnd && this.state !== State.Ended) {
      throw new TarError('truncated', 'Unexpected end of data within a tar.');
    }
  }

  /** Whether the next byte is the first of a member: who goes on there (`restart`) misses nothing. */
  get isBetweenMembers(): boolean {
    return this.state === State.Header && !this.block.isBegun && this.head.isBetweenMembers;
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
    const { head } = this;
    if (!head.isBegun) this.headAt = this.blockAt;
    switch (head.takeBlock(bytes, at)) {
      case Head.GoesOn:
        break;
      case Head.Extended:
        this.expect(State.Extended, head.bytesToGather);
        break;
      case Head.Member:
        this.beginMember();
        break;
      case Head.Ended:
        this.state = State.Ended;
        this.visitor.ended?.();
    }
  }

  private takeBytes(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.left);
    this.left -= end - at;
    if (this.state === State.Payload) this.visitor.data(bytes.subarray(at, end));
    else if (this.state === State.Extended) this.head.gather(bytes, at, end);
    this.passed();
    return end;
  }

  /** A piece of what the state names has gone by. */
  private passed(): void {
    if (this.isLeftOut) this.passPayload(this.restOfPayload());
    else if (this.left === 0) this.goOn();
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
    this.passed();
    return zeros.length;
  }

  /** What the state names has come whole. */
  private goOn(): void {
    if (this.beginStretch()) return;
    if (this.state === State.Payload || this.state === State.Hole) this.visitor.finish();
    else if (this.state === State.Extended) this.head.takeGathered();
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

  private beginMember(): void {
    const { member, stored, stretches } = this.head;
    if (member.isSparse) this.holes.spend(member.size - stored);
    this.memberAt = this.headAt;
    this.payloadAt = this.blockAt + BLOCK_BYTES;
    this.visitor.begin(member);
    if (this.isLeftOut) this.passPayload(stored + paddingAfter(stored));
    else if (member.isSparse) this.beginSparse(stored, stretches);
    else this.expect(State.Payload, stored);
  }

  private beginSparse(stored: number, stretches: Stretches): void {
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
