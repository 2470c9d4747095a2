/** The typed arrays that columns are made of. */
type Column = Uint8Array | Uint16Array | Int32Array | Uint32Array | Float64Array;

/** A typed array of the same kind, `length` long, beginning with what `column` holds. */
export function grown<C extends Column>(column: C, length: number): C {
  const Kind = column.constructor as new (length: number) => C;
  const larger = new Kind(length);
  larger.set(column);
  return larger;
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
