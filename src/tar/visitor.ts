import type { ByteString } from '../image/entry.ts';
import type { HeaderBlock } from './block.ts';
import type { PaxRecords } from './pax.ts';

/** A member of a tar: its header, and what extended headers before it say. */
export interface Member {
  readonly block: HeaderBlock;
  readonly name: ByteString;
  readonly linkname: ByteString;
  /** Bytes of payload that are handed on: of a sparse file those of its whole content, as it will be unpacked. */
  readonly size: number;
  readonly isSparse: boolean;
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
