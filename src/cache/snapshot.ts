// A snapshot is a handful of typed arrays under names, with a little JSON beside them, as one piece of bytes. It is laid out
// so that reading is no work: the arrays that come out are views of the very bytes that were read.
//
//   bytes  0-7   "peelsnap"
//   bytes  8-11  version of what is in it, by whoever wrote it
//   bytes 12-15  CRC-32 of everything from byte 24 on
//   bytes 16-23  bytes in all, as a float (whole numbers to 2^53)
//   bytes 24-27  bytes of the head; 28-31 are zero
//   then         the head: JSON, in UTF-8, and after it the arrays in the head's order, each from a multiple of eight
//
// Numbers are in the machine's order of bytes. One that was written in another order tells a version that nobody has.

import { setImmediate } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import type { Columns } from '../tree/columns.ts';
import type { Column } from '../tree/growable.ts';

export interface Snapshot {
  /** Whatever JSON can say. */
  readonly facts: unknown;
  readonly columns: Columns;
}

/** A head names columns and says what was read: no more than this, in bytes. */
const MAX_HEAD_BYTES = 64 * 1024 * 1024;

/** A key that comes meanwhile is not felt to wait: some two milliseconds. */
const CHECKED_AT_ONCE = 4 * 1024 * 1024;

/** What stands before the head. */
const PREAMBLE_BYTES = 32;

const MAGIC = 'peelsnap';
const CHECKED_FROM = 24;
const ALIGNMENT = 8;

const KINDS = {
  u8: Uint8Array,
  u16: Uint16Array,
  i32: Int32Array,
  u32: Uint32Array,
  f64: Float64Array,
} as const;
type KindName = keyof typeof KINDS;

interface Head {
  readonly facts: unknown;
  /** Name, kind and number of elements of each column. */
  readonly columns: readonly (readonly [string, KindName, number])[];
}

/** The bytes of a snapshot, in pieces to be written one behind the other; its columns must stay as they are meanwhile. */
export async function encodeSnapshot({ facts, columns }: Snapshot, version: number): Promise<Uint8Array[]> {
  const named = Array.from(columns, ([name, column]) => [name, kindOf(column), column.length] as const);
  const head = padded(new TextEncoder().encode(JSON.stringify({ facts, columns: named } satisfies Head)));
  const preamble = new Uint8Array(PREAMBLE_BYTES);
  const view = new DataView(preamble.buffer);
  const pieces = [preamble, head, ...Array.from(columns.values(), (column) => padded(bytesOf(column)))];
  preamble.set(new TextEncoder().encode(MAGIC));
  view.setUint32(8, version, isLittleEndian);
  view.setFloat64(
    16,
    pieces.reduce((sum, piece) => sum + piece.length, 0),
    isLittleEndian,
  );
  view.setUint32(24, head.length, isLittleEndian);
  const checked = [preamble.subarray(CHECKED_FROM), ...pieces.slice(1)];
  view.setUint32(12, await crcOf(checked), isLittleEndian);
  return pieces;
}

/**
 * The snapshot in these bytes, its columns views of them; null where they are not what was once written, all of it, by this
 * version on such a machine.
 */
export async function decodeSnapshot(buffer: ArrayBuffer, version: number): Promise<Snapshot | null> {
  const bytes = new Uint8Array(buffer);
  const headBytes = headBytesOf(bytes, version);
  if (headBytes === null) return null;
  const view = new DataView(buffer);
  if (view.getFloat64(16, isLittleEndian) !== buffer.byteLength) return null;
  if (view.getUint32(12, isLittleEndian) !== (await crcOf([bytes.subarray(CHECKED_FROM)]))) return null;
  const head = headIn(bytes, headBytes);
  if (head === null) return null;
  const columns = new Map<string, Column>();
  let at = PREAMBLE_BYTES + headBytes;
  for (const [name, kind, length] of head.columns) {
    const Kind = KINDS[kind];
    if (at + length * Kind.BYTES_PER_ELEMENT > buffer.byteLength) return null;
    columns.set(name, new Kind(buffer, at, length));
    at += aligned(length * Kind.BYTES_PER_ELEMENT);
  }
  return { facts: head.facts, columns };
}

/** The CRC-32 of all pieces, one behind the other. Keys are heard, and the screen is drawn, while it is taken. */
async function crcOf(pieces: readonly Uint8Array[]): Promise<number> {
  let crc = 0;
  let atOnce = 0;
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += CHECKED_AT_ONCE) {
      const part = piece.subarray(at, at + CHECKED_AT_ONCE);
      if (atOnce > 0 && atOnce + part.length > CHECKED_AT_ONCE) {
        await setImmediate();
        atOnce = 0;
      }
      crc = crc32(part, crc);
      atOnce += part.length;
    }
  }
  return crc;
}

/** How many bytes the head takes, from the preamble alone; null where this is no snapshot of that version. */
function headBytesOf(bytes: Uint8Array, version: number): number | null {
  if (bytes.length < PREAMBLE_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, PREAMBLE_BYTES);
  if (new TextDecoder().decode(bytes.subarray(0, MAGIC.length)) !== MAGIC) return null;
  if (view.getUint32(8, isLittleEndian) !== version) return null;
  const headBytes = view.getUint32(24, isLittleEndian);
  return headBytes % ALIGNMENT === 0 && headBytes <= MAX_HEAD_BYTES ? headBytes : null;
}

/** In how many bytes from its start a snapshot says all but its columns, from its first bytes; null where this is none. */
export function factsEnd(bytes: Uint8Array, version: number): number | null {
  const headBytes = headBytesOf(bytes, version);
  return headBytes === null ? null : PREAMBLE_BYTES + headBytes;
}

/** What a snapshot says beside its columns, from its first bytes; null where they say nothing. Nothing is checked. */
export function factsIn(bytes: Uint8Array, version: number): unknown {
  const headBytes = headBytesOf(bytes, version);
  return headBytes === null ? null : (headIn(bytes, headBytes)?.facts ?? null);
}

function headIn(bytes: Uint8Array, headBytes: number): Head | null {
  if (PREAMBLE_BYTES + headBytes > bytes.length) return null;
  try {
    const text = new TextDecoder().decode(bytes.subarray(PREAMBLE_BYTES, PREAMBLE_BYTES + headBytes));
    return JSON.parse(text) as Head;
  } catch {
    return null;
  }
}

function kindOf(column: Column): KindName {
  for (const [name, Kind] of Object.entries(KINDS)) if (column instanceof Kind) return name as KindName;
  throw new TypeError('A column is one of five kinds.');
}

const bytesOf = (column: Column): Uint8Array =>
  new Uint8Array(column.buffer, column.byteOffset, column.byteLength);

const aligned = (length: number): number => Math.ceil(length / ALIGNMENT) * ALIGNMENT;

/** The same bytes up to a multiple of eight: spaces, which JSON does not mind, and no column sees. */
function padded(bytes: Uint8Array): Uint8Array {
  const length = aligned(bytes.length);
  if (length === bytes.length) return bytes;
  const whole = new Uint8Array(length).fill(0x20);
  whole.set(bytes);
  return whole;
}

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
