// A tar, taken apart as its bytes come: a synchronous machine that knows no streams and keeps no payload.
//
//   header ──► payload ──► padding to whole blocks ──► header ──► … ──► two blocks of zeros
//
// An extended header (pax `x`, GNU `L` and `K`) is a member whose payload is gathered instead of handed on; it speaks
// of the next member. A pax header that speaks of all that follow (`g`) is read over, as Docker and containerd do.
// Whatever comes after the two blocks of zeros is not part of the tar.
//
// A piece of payload is a view of the chunk it came in: good until the call ends, then whoever made it may fill it anew.

import type { ByteString } from '../image/entry.ts';
import { PeelError } from '../image/errors.ts';
import { BLOCK_BYTES, type HeaderBlock, readBlock } from './block.ts';
import { NO_RECORDS, parsePax, type PaxRecords } from './pax.ts';
import { TarError } from './tar-error.ts';

/** An extended header larger than this is hostile: Go's archive/tar refuses it too. */
export const MAX_EXTENDED_BYTES = 1024 * 1024;

/** A member of a tar: its header, and what extended headers before it say. */
export interface Member {
  readonly block: HeaderBlock;
  readonly name: ByteString;
  readonly linkname: ByteString;
  /** Bytes of payload that follow. */
  readonly size: number;
  readonly pax: PaxRecords;
}

/** Is told what a tar holds, in its order. */
export interface TarVisitor {
  /** A member begins. */
  begin(member: Member): void;
  /** The next bytes of its payload, valid during the call. */
  data(piece: Buffer): void;
  /** All of its payload has come. */
  finish(): void;
  /** The two blocks of zeros have come: the tar is whole. One that was cut off between members never says so. */
  ended?(): void;
}

const Flag = {
  Link: 0x31,
  Fifo: 0x36,
  GnuLongLink: 0x4b,
  GnuLongName: 0x4c,
  PaxGlobal: 0x67,
  Pax: 0x78,
} as const;

/** What the bytes that come next belong to. */
const State = { Header: 0, Payload: 1, Extended: 2, Padding: 3, Ended: 4 } as const;
type State = (typeof State)[keyof typeof State];

export class TarReader {
  private readonly visitor: TarVisitor;
  private state: State = State.Header;
  /** Bytes that are still to come of what the state names. */
  private left = 0;
  /** Bytes of padding after the payload. */
  private padding = 0;
  private isPaused = false;

  /** A header block that came in pieces, and how much of it is there. */
  private readonly block = Buffer.alloc(BLOCK_BYTES);
  private filled = 0;
  private zeroBlocks = 0;

  private readonly gathered: ByteString[] = [];
  private gathering = 0;
  private longName: ByteString | null = null;
  private longLink: ByteString | null = null;
  private pax: PaxRecords = NO_RECORDS;

  constructor(visitor: TarVisitor) {
    this.visitor = visitor;
  }

  /** To be called by the visitor that can take no more for now: `write` returns before it comes to the next bytes. */
  pause(): void {
    this.isPaused = true;
  }

  /**
   * Takes the next bytes. Returns how many: all of them, or fewer when the visitor has paused.
   * @throws TarError `no-tar`, `damaged`; PeelError `hostile`; what the visitor throws.
   */
  write(chunk: Uint8Array): number {
    const bytes = Buffer.isBuffer(chunk)
      ? chunk
      : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.isPaused = false;
    let at = 0;
    while (at < bytes.length && !this.hasPaused()) {
      if (this.state === State.Header) at = this.takeBlock(bytes, at);
      else if (this.state === State.Ended) return bytes.length;
      else at = this.takeBytes(bytes, at);
    }
    return at;
  }

  /**
   * Says that all bytes have come.
   * @throws TarError `truncated` when the tar goes on.
   */
  end(): void {
    const isBetweenMembers = this.state === State.Header && this.filled === 0;
    if (!isBetweenMembers && this.state !== State.Ended) {
      throw new TarError('truncated', 'Unexpected end of data within a tar.');
    }
  }

  /** A question of its own: what a visitor has done meanwhile is nothing a type checker sees. */
  private hasPaused(): boolean {
    return this.isPaused;
  }

  private takeBlock(bytes: Buffer, at: number): number {
    if (this.filled === 0 && bytes.length - at >= BLOCK_BYTES) {
      this.takeHeader(bytes, at);
      return at + BLOCK_BYTES;
    }
    const copied = bytes.copy(this.block, this.filled, at);
    this.filled += copied;
    if (this.filled === BLOCK_BYTES) {
      this.filled = 0;
      this.takeHeader(this.block, 0);
    }
    return at + copied;
  }

  private takeBytes(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.left);
    this.left -= end - at;
    if (this.state === State.Payload) this.visitor.data(bytes.subarray(at, end));
    else if (this.state === State.Extended) this.gathered.push(bytes.toString('latin1', at, end));
    if (this.left === 0) this.goOn();
    return end;
  }

  /** What the state names has come whole. */
  private goOn(): void {
    if (this.state === State.Payload) this.visitor.finish();
    else if (this.state === State.Extended) this.takeExtended(this.gathered.splice(0).join(''));
    this.state = this.state === State.Padding || this.padding === 0 ? State.Header : State.Padding;
    this.left = this.padding;
    this.padding = 0;
  }

  private expect(state: State, bytes: number): void {
    this.state = state;
    this.left = bytes;
    this.padding = (BLOCK_BYTES - (bytes % BLOCK_BYTES)) % BLOCK_BYTES;
    if (bytes === 0) this.goOn();
  }

  private takeHeader(bytes: Buffer, at: number): void {
    const block = readBlock(bytes, at);
    if (block === null) {
      if (++this.zeroBlocks === 2) this.endTar();
      return;
    }
    this.zeroBlocks = 0;
    switch (block.flag) {
      case Flag.Pax:
      case Flag.PaxGlobal:
      case Flag.GnuLongName:
      case Flag.GnuLongLink:
        this.gather(block);
        break;
      default:
        this.beginMember(block);
    }
  }

  private endTar(): void {
    this.state = State.Ended;
    this.visitor.ended?.();
  }

  private gather({ flag, size }: HeaderBlock): void {
    if (size > MAX_EXTENDED_BYTES) {
      const limit = `${MAX_EXTENDED_BYTES / 1024 / 1024} MiB`;
      throw new PeelError(
        'hostile',
        `A tar holds an extended header of ${size} bytes; ${limit} is the limit.`,
      );
    }
    this.gathering = flag;
    this.expect(State.Extended, checkedSize(size));
  }

  private takeExtended(payload: ByteString): void {
    switch (this.gathering) {
      case Flag.Pax:
        this.pax = parsePax(payload);
        break;
      case Flag.GnuLongName:
        this.longName = untilNul(payload);
        break;
      case Flag.GnuLongLink:
        this.longLink = untilNul(payload);
        break;
      default: // a global header, read over
    }
  }

  private beginMember(block: HeaderBlock): void {
    const { pax } = this;
    const size = hasPayload(block.flag) ? checkedSize(Number(stated(pax, 'size') ?? block.size)) : 0;
    const member: Member = {
      block,
      name: this.longName ?? stated(pax, 'path') ?? block.name,
      linkname: this.longLink ?? stated(pax, 'linkpath') ?? block.linkname,
      size,
      pax,
    };
    this.pax = NO_RECORDS;
    this.longName = null;
    this.longLink = null;
    this.visitor.begin(member);
    this.expect(State.Payload, size);
  }
}

/** Links, devices, directories and fifos have none, whatever their size field says (as in Go's archive/tar). */
function hasPayload(flag: number): boolean {
  return flag < Flag.Link || flag > Flag.Fifo;
}

/** What a pax header says; an empty value takes back what a header before it said (POSIX pax). */
function stated(pax: PaxRecords, key: string): ByteString | undefined {
  const value = pax.get(key);
  return value === '' ? undefined : value;
}

function checkedSize(size: number): number {
  if (Number.isSafeInteger(size) && size >= 0) return size;
  throw new TarError('damaged', 'Invalid tar header: a member has no possible size.');
}

function untilNul(text: ByteString): ByteString {
  const nul = text.indexOf('\0');
  return nul === -1 ? text : text.slice(0, nul);
}
