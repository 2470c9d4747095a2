/**
 * Writes tars block by block, for what a decent packer would not write: numbers in base 256, names that are no
 * UTF-8, types nobody knows, archives that end too early. After POSIX pax, "ustar Interchange Format".
 */

import { Readable } from 'node:stream';

export interface RawMember {
  /** One character (0 to 255) for each byte. */
  readonly name: string;
  /** The type flag: `0` a file, `1` a hard link, `2` a symlink, `5` a directory, `x` a pax header … */
  readonly type?: string;
  /** One character (0 to 255) for each byte. */
  readonly content?: string;
  /** What the header's size field says; the length of the content where left out. */
  readonly size?: number;
  readonly link?: string;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** Seconds since 1970. */
  readonly mtime?: number;
  readonly device?: readonly [major: number, minor: number];
  /** Numbers are written in base 256, as GNU tar does with those that octal digits have no room for. */
  readonly base256?: boolean;
  /** `v7` leaves the magic out, as the tars of before 1988 did. */
  readonly format?: 'ustar' | 'v7';
}

export const BLOCK = 512;

/** The two empty blocks that a tar ends with. */
export const END = Buffer.alloc(2 * BLOCK);

/** One header with its payload, filled up to whole blocks. */
export function member(described: RawMember): Buffer {
  const content = Buffer.from(described.content ?? '', 'latin1');
  return Buffer.concat([headerOf(described, described.size ?? content.length), padded(content)]);
}

/** A pax header for the member that follows: values are one character for each byte. */
export const pax = (records: Readonly<Record<string, string>>): Buffer => paxOf(Object.entries(records));

/** The same, of records in this order; a key may come several times. */
export function paxOf(records: readonly (readonly [key: string, value: string])[]): Buffer {
  const content = records.map(([key, value]) => paxRecord(`${key}=${value}\n`)).join('');
  return member({ name: 'PaxHeaders/x', type: 'x', content });
}

/** A whole tar with its end. */
export function rawTar(...parts: readonly (RawMember | Buffer)[]): Buffer {
  return Buffer.concat([...parts.map((part) => (Buffer.isBuffer(part) ? part : member(part))), END]);
}

/** The bytes in pieces of `size` bytes, as a stream hands them over. */
export const inPieces = (bytes: Uint8Array, size: number): Readable => streamOf(pieces(bytes, size));

export function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array, void> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** A stream of these pieces that reads none ahead of those who want them. */
export function streamOf(given: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Readable {
  return Readable.from(given, { objectMode: false, highWaterMark: 1 });
}

function headerOf(described: RawMember, size: number): Buffer {
  const {
    name,
    type = '0',
    link = '',
    mode = 0o644,
    uid = 0,
    gid = 0,
    mtime = 0,
    base256 = false,
  } = described;
  const [major, minor] = described.device ?? [0, 0];
  const block = Buffer.alloc(BLOCK);
  const number = (value: number, at: number, length: number) => {
    if (base256) writeBase256(block, value, at, length);
    else block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1');
  };
  block.write(name, 0, 100, 'latin1');
  block.write(`${mode.toString(8).padStart(7, '0')}\0`, 100, 'latin1');
  number(uid, 108, 8);
  number(gid, 116, 8);
  number(size, 124, 12);
  number(mtime, 136, 12);
  block.write(type, 156, 'latin1');
  block.write(link, 157, 100, 'latin1');
  if (described.format !== 'v7') block.write('ustar\x0000', 257, 'latin1');
  block.write(`${major.toString(8).padStart(7, '0')}\0`, 329, 'latin1');
  block.write(`${minor.toString(8).padStart(7, '0')}\0`, 337, 'latin1');
  return withChecksum(block);
}

/** Writes a header block's checksum into it. */
export function withChecksum(block: Buffer): Buffer {
  block.fill(' ', 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

function writeBase256(block: Buffer, value: number, at: number, length: number): void {
  let rest = value;
  for (let index = at + length - 1; index > at; index--) {
    block[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  block[at] = 0x80;
}

/** A record begins with its own length, the digits of that length included. */
function paxRecord(text: string): string {
  let length = text.length + 1;
  while (String(length).length + 1 + text.length !== length) length++;
  return `${length} ${text}`;
}

function padded(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)]);
}
