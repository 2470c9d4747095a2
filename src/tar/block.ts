// A tar's header block: 512 bytes of fields in fixed places (POSIX pax, "ustar Interchange Format"; GNU tar manual,
// "Basic Tar Format"). Where the writers of tars disagree, this reads what Go's archive/tar reads, because that is
// what Docker, containerd and podman unpack layers with.

import type { ByteString } from '../image/entry.ts';
import { isPlain } from './path.ts';
import { TarError } from './tar-error.ts';

/** A tar is a row of blocks of this size; every header takes one, every payload is filled up to whole ones. */
export const BLOCK_BYTES = 512;

/** What the fields of a header say, before any extended header has its say. */
export interface HeaderBlock {
  /** Prefix and name, joined. */
  readonly name: ByteString;
  /** Whether the name is known to be a path in its normal form (`normalPath`); false also where that takes a closer look. */
  readonly isNormal: boolean;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  /** The type flag's character code. */
  readonly flag: number;
  readonly linkname: ByteString;
  readonly devmajor: number;
  readonly devminor: number;
}

/** A field's place in the block. */
interface Field {
  readonly at: number;
  readonly length: number;
}

const NAME: Field = { at: 0, length: 100 };
const MODE: Field = { at: 100, length: 8 };
const UID: Field = { at: 108, length: 8 };
const GID: Field = { at: 116, length: 8 };
const SIZE: Field = { at: 124, length: 12 };
const MTIME: Field = { at: 136, length: 12 };
const CHECKSUM: Field = { at: 148, length: 8 };
const FLAG_AT = 156;
/** The flags of a regular file: of ustar, and of the tars before it. */
const REGULAR = 0x30;
const OLD_REGULAR = 0;
const LINKNAME: Field = { at: 157, length: 100 };
const MAGIC_AT = 257;
const MAGIC = Buffer.from('ustar', 'latin1');
const DEVMAJOR: Field = { at: 329, length: 8 };
const DEVMINOR: Field = { at: 337, length: 8 };
const PREFIX: Field = { at: 345, length: 155 };
/** star (Schilling) keeps times behind a shorter prefix, and its mark at the block's end. */
const STAR_PREFIX: Field = { at: 345, length: 131 };
const STAR_MARK: Field = { at: 508, length: 4 };

const SPACE = 0x20;
const ZERO = 0x30;
const DIGIT_BITS = 3;
const LARGEST_DIGIT = 7;
/** Octal digits of 30 bits. */
const SMALL_DIGITS = 10;

/**
 * Reads the header block that begins at `at`; null for a block of zeros, of which two end a tar.
 * @throws TarError `no-tar` where the checksum is wrong, `damaged` where a number is none.
 */
export function readBlock(bytes: Buffer, at: number): HeaderBlock | null {
  const sum = sumOf(bytes, at);
  if (sum === SUM_OF_ZEROS) return null;
  if (!isChecksum(bytes, at, sum)) throw new TarError('no-tar', 'Invalid tar header: its checksum is wrong.');
  const name = stringIn(bytes, at, NAME);
  const nameAt = at + NAME.at;
  const behindMagic = isMagic(bytes, at + MAGIC_AT) ? bytes[at + MAGIC_AT + MAGIC.length] : undefined;
  const isUstar = behindMagic === 0;
  const hasDevices = isUstar || behindMagic === SPACE;
  const prefix = isUstar ? prefixOf(bytes, at) : '';
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    isNormal: prefix === '' && isPlain(bytes, nameAt, nameAt + name.length),
    mode: numberIn(bytes, at, MODE),
    uid: numberIn(bytes, at, UID),
    gid: numberIn(bytes, at, GID),
    size: numberIn(bytes, at, SIZE),
    mtime: numberIn(bytes, at, MTIME),
    flag: bytes[at + FLAG_AT] ?? 0,
    linkname: stringIn(bytes, at, LINKNAME),
    devmajor: hasDevices ? numberIn(bytes, at, DEVMAJOR) : 0,
    devminor: hasDevices ? numberIn(bytes, at, DEVMINOR) : 0,
  };
}

/**
 * Bytes of payload behind the header that `bytes` begin with, where that is all there is of a regular file; null where
 * more may stand before its payload, or this is none. The header has been read before: its checksum is not looked at again.
 */
export function plainFileSize(bytes: Buffer): number | null {
  const flag = bytes[FLAG_AT];
  return flag === REGULAR || flag === OLD_REGULAR ? numberIn(bytes, 0, SIZE) : null;
}

/** Whether the bytes begin with a tar's header: magic or not, its checksum is right. */
export function beginsWithHeader(bytes: Uint8Array): boolean {
  const block = Buffer.from(bytes.subarray(0, BLOCK_BYTES));
  return block.length === BLOCK_BYTES && isChecksum(block, 0, sumOf(block, 0));
}

function isMagic(bytes: Buffer, at: number): boolean {
  for (let index = 0; index < MAGIC.length; index++) {
    if (bytes[at + index] !== MAGIC[index]) return false;
  }
  return true;
}

function prefixOf(bytes: Buffer, at: number): ByteString {
  if (bytes[at + PREFIX.at] === 0) return '';
  return stringIn(bytes, at, stringIn(bytes, at, STAR_MARK) === 'tar' ? STAR_PREFIX : PREFIX);
}

/** The bytes of a field up to the first NUL. */
function stringIn(bytes: Buffer, block: number, { at, length }: Field): ByteString {
  const start = block + at;
  let end = start;
  while (end < start + length && bytes[end] !== 0) end++;
  return end === start ? '' : bytes.toString('latin1', start, end);
}

/**
 * A number as octal digits between spaces and NULs or, where the first bit is set, in base 256 (GNU).
 * @throws TarError `damaged`
 */
export function numberIn(bytes: Buffer, block: number, { at, length }: Field): number {
  let index = block + at;
  const end = index + length;
  if (((bytes[index] ?? 0) & 0x80) !== 0) return base256(bytes, index, end);
  while (index < end && isBlank(bytes[index])) index++;
  let value = 0;
  // While the value has room in an integer, to move its bits is a fraction of the work.
  for (const small = Math.min(end, index + SMALL_DIGITS); index < small; index++) {
    const digit = digitIn(bytes[index]);
    if (digit > LARGEST_DIGIT) break;
    value = (value << DIGIT_BITS) | digit;
  }
  for (; index < end; index++) {
    const digit = digitIn(bytes[index]);
    if (digit > LARGEST_DIGIT) break;
    value = value * (1 << DIGIT_BITS) + digit;
  }
  if (index < end && !isBlank(bytes[index])) {
    throw new TarError('damaged', 'Invalid tar header: a field that should hold a number does not.');
  }
  return value;
}

/** More than `LARGEST_DIGIT` for what is no octal digit. */
const digitIn = (byte: number | undefined) => (byte ?? 0) ^ ZERO;

const isBlank = (byte: number | undefined) => byte === SPACE || byte === 0;

/** Two's complement, most significant byte first; the field's first bit only says that it is written so. */
function base256(bytes: Buffer, start: number, end: number): number {
  const first = bytes[start] ?? 0;
  const isNegative = (first & 0x40) !== 0;
  let value = isNegative ? (first & 0x3f) - 0x40 : first & 0x3f;
  for (let index = start + 1; index < end; index++) value = value * 256 + (bytes[index] ?? 0);
  return value;
}

/** The sum of all bytes, those of the checksum's own field taken as spaces. */
function sumOf(bytes: Buffer, at: number): number {
  const start = bytes.byteOffset + at;
  if (start % WORD_BYTES === 0) return sumOfWords(wordsOf(bytes), start / WORD_BYTES);
  let sum = SUM_OF_ZEROS;
  for (let index = at; index < at + CHECKSUM.at; index++) sum += bytes[index] ?? 0;
  for (let index = at + FLAG_AT; index < at + BLOCK_BYTES; index++) sum += bytes[index] ?? 0;
  return sum;
}

const WORD_BYTES = 4;

/** The words of the memory that was asked about last: nearly all headers come through one window. */
let words: Uint32Array = new Uint32Array(0);

function wordsOf({ buffer }: Buffer): Uint32Array {
  if (words.buffer !== buffer) words = new Uint32Array(buffer, 0, Math.floor(buffer.byteLength / WORD_BYTES));
  return words;
}

const EVEN_BYTES = 0x00ff00ff;

/** The same sixteen bytes at a time, most of which are zeros: this is done for each of a million entries. */
function sumOfWords(memory: Uint32Array, start: number): number {
  let even = 0;
  let odd = 0;
  // In each half of the sums there is room for 128 bytes.
  for (let index = start; index < start + BLOCK_BYTES / WORD_BYTES; index += 4) {
    const a = memory[index] ?? 0;
    const b = memory[index + 1] ?? 0;
    const c = memory[index + 2] ?? 0;
    const d = memory[index + 3] ?? 0;
    if ((a | b | c | d) === 0) continue;
    even += (a & EVEN_BYTES) + (b & EVEN_BYTES) + (c & EVEN_BYTES) + (d & EVEN_BYTES);
    odd +=
      ((a >>> 8) & EVEN_BYTES) +
      ((b >>> 8) & EVEN_BYTES) +
      ((c >>> 8) & EVEN_BYTES) +
      ((d >>> 8) & EVEN_BYTES);
  }
  const sum = (even & 0xffff) + (even >>> 16) + (odd & 0xffff) + (odd >>> 16);
  let stored = 0;
  const checksumAt = WORD_BYTES * start + CHECKSUM.at;
  for (let at = checksumAt; at < checksumAt + CHECKSUM.length; at += WORD_BYTES) {
    const word = memory[at / WORD_BYTES] ?? 0;
    stored += (word & 0xff) + ((word >>> 8) & 0xff) + ((word >>> 16) & 0xff) + (word >>> 24);
  }
  return SUM_OF_ZEROS + sum - stored;
}

const SUM_OF_ZEROS = CHECKSUM.length * SPACE;

/** Old writers (Sun's) summed signed bytes. */
function isChecksum(bytes: Buffer, at: number, sum: number): boolean {
  let stored: number;
  try {
    stored = numberIn(bytes, at, CHECKSUM);
  } catch {
    return false;
  }
  return stored === sum || stored === signedSumOf(bytes, at, sum);
}

function signedSumOf(bytes: Buffer, at: number, sum: number): number {
  let signed = sum;
  for (let index = at; index < at + BLOCK_BYTES; index++) {
    const isSummed = index < at + CHECKSUM.at || index >= at + FLAG_AT;
    if (isSummed && (bytes[index] ?? 0) > 0x7f) signed -= 0x100;
  }
  return signed;
}
