/** The typed arrays that columns are made of. */
export type Column = Uint8Array | Uint16Array | Int32Array | Uint32Array | Float64Array;

/** From so many elements on a column grows in place. */
const LARGE = 64 * 1024;

/** Elements that a large column has address space for: all that an image may have of anything but bytes (limits.ts). */
const RESERVED = 8 * 1024 * 1024 + 1;

/**
 * A column of the same kind, `length` long, beginning with what `column` holds, and zeros behind it. A large one that
 * grows for the second time is made longer where it stands: it has address space to grow into, and memory only for what
 * it holds, as the system gives a page when it is first written to. So a million of something costs neither a copy nor,
 * for as long as both were there, twice the memory. (A buffer that can be resized would do the same; each look at one
 * costs half as much again.) The given column must not be used any more.
 */
export function grown<C extends Column>(column: C, length: number): C {
  const { buffer, byteOffset, BYTES_PER_ELEMENT: bytes } = column;
  const Kind = column.constructor as new (buffer: ArrayBufferLike, at: number, length: number) => C;
  const hasRoom = buffer instanceof SharedArrayBuffer && byteOffset === 0;
  if (hasRoom && length * bytes <= buffer.byteLength) return new Kind(buffer, 0, length);
  // What held nothing may have been given all that it will ever hold.
  const mayGrowOn = column.length > 0 && length >= LARGE;
  const larger = new Kind(mayGrowOn ? roomFor(length, bytes) : new ArrayBuffer(length * bytes), 0, length);
  larger.set(column);
  return larger;
}

/** A process may be short of address space (ulimit -v) that has the memory. */
let isShortOfAddresses = false;

/**
 * A buffer that threads could share, though none do: of those V8 keeps no account. In others it takes address space for
 * memory, and collects garbage after every 64 MiB or so of it: half a dozen times before the first key, after which code
 * that answers keys had been dropped as unused, and was compiled anew when they came.
 */
function roomFor(length: number, bytes: number): ArrayBufferLike {
  if (!isShortOfAddresses) {
    try {
      return new SharedArrayBuffer(Math.max(RESERVED, length * 16) * bytes);
    } catch {
      // V8 collects garbage before it gives up: a hundred such attempts would take ten seconds.
      isShortOfAddresses = true;
    }
  }
  return new ArrayBuffer(length * bytes);
}

/** Capacity for `needed` elements: half as much again, so that growing costs little and wastes little. */
export function capacityFor(needed: number): number {
  return Math.max(1024, Math.ceil(needed * 1.5));
}

/** A list of whole numbers in one typed array: no object for each, no boxed number. */
export class Int32List {
  length = 0;
  private items: Int32Array = new Int32Array(16);

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
