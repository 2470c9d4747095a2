/** Takes a tar apart as tar-split does: written apart from peel's reader, for tars with plain and pax headers alone. */
import { BLOCK } from './raw-tar.ts';

/** Records of a tar, one a line, and at the end of the last one a newline. */
export function splitOf(tar: Buffer): string {
  const records: { type: number; name?: string; size?: number; payload: string | null }[] = [];
  let segment = 0;
  let at = 0;
  while (at < tar.length) {
    const header = tar.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) break;
    const size = parseInt(header.toString('latin1', 124, 136), 8);
    const type = String.fromCharCode(header[156] ?? 0);
    at += BLOCK;
    const isExtended = type === 'x';
    if (!isExtended) {
      records.push({ type: 2, payload: tar.toString('base64', segment, at) });
      const payload = tar.subarray(at, at + size);
      const name = header.toString('utf8', 0, 100).replace(/\0.*$/s, '');
      records.push({
        type: 1,
        name,
        ...(size === 0 ? { payload: null } : { size, payload: crcOf(payload) }),
      });
      segment = at + size;
    }
    at += Math.ceil(size / BLOCK) * BLOCK;
  }
  records.push({ type: 2, payload: tar.toString('base64', segment) });
  return records.map((record, position) => `${JSON.stringify({ ...record, position })}\n`).join('');
}

/** CRC-64 (ISO 3309), bit by bit, as Go's hash/crc64 sums it up: big-endian, in base64. */
export function crcOf(bytes: Uint8Array): string {
  let crc = 0xffffffffffffffffn;
  for (const byte of bytes) {
    crc ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ 0xd800000000000000n : crc >> 1n;
  }
  const sum = Buffer.alloc(8);
  sum.writeBigUInt64BE(crc ^ 0xffffffffffffffffn);
  return sum.toString('base64');
}
