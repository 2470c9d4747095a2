/**
 * The payload of a sparse file as it is handed on: zeros, data, zeros … of so many bytes each, those of them that are not
 * empty. Any other payload is one stretch of data, and none of these.
 */
export class Stretches {
  private readonly lengths: readonly number[];
  private next = 0;

  /** @param lengths of a hole, then of data, and so on in turn. */
  constructor(lengths: readonly number[] = []) {
    this.lengths = lengths;
  }

  /** The next one, which is the current one from now on; null when there are no more. */
  begin(): { readonly isHole: boolean; readonly bytes: number } | null {
    while (this.next < this.lengths.length) {
      const bytes = this.lengths[this.next] ?? 0;
      const isHole = this.next++ % 2 === 0;
      if (bytes > 0) return { isHole, bytes };
    }
    return null;
  }

  get areOver(): boolean {
    return this.next >= this.lengths.length;
  }

  /** Bytes of data that follow the current one. */
  get dataAhead(): number {
    let bytes = 0;
    for (let data = this.next | 1; data < this.lengths.length; data += 2) bytes += this.lengths[data] ?? 0;
    return bytes;
  }
}

/** Those of a payload that is as it stands. */
export const NO_STRETCHES = new Stretches();
