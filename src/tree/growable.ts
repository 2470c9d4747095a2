/** The typed arrays that columns are made of. */
export type Column = (Uint8Array | Uint16Array | Int32Array | Uint32Array | Float64Array) &
  ArrayBufferView<ArrayBuffer>;

/** From so many elements on a column grows in place. */
const LARGE = 64 * 1024;

/** Elements that a large column has address space for: all that an image may have of anything but bytes (limits.ts). */
const RESERVED = 8 * 1024 * 1024 + 1;

/**
 * A column of the same kind, `length` long, beginning with what `column` holds, and zeros behind it. A large one is
 * made longer where it stands: it has address space to grow into, and memory only for what it holds. So a million of
 * something costs neither a copy nor, for as long as both were there, twice the memory. The given column must not be
 * used any more.
 */
export function grown<C extends Column>(column: C, length: number): C {
  const { buffer, BYTES_PER_ELEMENT: bytes } = column;
  if (buffer instanceof ArrayBuffer && buffer.resizable && length * bytes <= buffer.maxByteLength) {
    buffer.resize(length * bytes);
    return column;
  }
  const Kind = column.constructor as new (buffer: ArrayBuffer) => C;
  const larger = new Kind(roomFor(length, bytes));
  larger.set(column);
  return larger;
}

function roomFor(length: number, bytes: number): ArrayBuffer {
  if (length < LARGE) return new ArrayBuffer(length * bytes);
  const maxByteLength = Math.max(RESERVED, length * 16) * bytes;
  try {
    return new ArrayBuffer(length * bytes, { maxByteLength });
  } catch {
    // A process may be short of address space (ulimit -v) that has the memory.
    return new ArrayBuffer(length * bytes);
  }
}

/** Capacity for `needed` elements: half as much again, so that growing costs little and wastes little. */
export function capacityFor(needed: number): number {
  return Math.max(1024, Math.ceil(needed * 1.5));
}

/** A list of whole numbers in one typed array: no object for each, no boxed number. */
export class Int32List {
  length = 0;
  private items = new Int32Array(16);

  push(value: number): void {
    if (this.length === this.items.length) this.items = grown(this.items, this.length * 2);
    this.items[this.length++] = value;
  }

  at(index: number): number {
    return this.items[index]!;
  }

  clear(): void {
    this.length = 0;
  }

  /** The numbers themselves; a view that the next `push` may leave behind. */
  view(): Int32Array {
    return this.items.subarray(0, this.length);
  }
}
