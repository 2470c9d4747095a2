// How many bytes follow a header.

import { BLOCK_BYTES, type HeaderBlock } from './block.ts';
import { decimal, type PaxRecords, stated } from './pax.ts';
import { TarError } from './tar-error.ts';

const LINK = 0x31;
const FIFO = 0x36;

/** Links, devices, directories and fifos have none, whatever their size field says (as in Go's archive/tar). */
export function hasPayload(flag: number): boolean {
  return flag < LINK || flag > FIFO;
}

/** Bytes of a member's payload, before the padding: a pax record counts more than the header. */
export function storedSize(block: HeaderBlock, pax: PaxRecords): number {
  const size = stated(pax, 'size');
  return checkedSize(size === undefined ? block.size : decimal(size));
}

/** Bytes from the end of a payload to that of its last block. */
export const paddingAfter = (bytes: number) => (BLOCK_BYTES - (bytes % BLOCK_BYTES)) % BLOCK_BYTES;

/** @throws TarError `damaged` */
export function checkedSize(size: number): number {
  if (Number.isSafeInteger(size) && size >= 0) return size;
  throw new TarError('damaged', 'Invalid tar header: a member has no possible size.');
}
