import { PeelError } from '../image/errors.ts';

/** What may come out of a small archive without a question: seconds of reading zeros. */
const FREE_BYTES = 16 * 1024 ** 3;

/**
 * Unpacked bytes for each packed one beyond that. gzip alone never gets above 1032 (RFC 1951: 258 bytes in two bits), and
 * layers of sparse files come near; what is above is zstd of nothing but one byte, or packed again and again.
 */
const MAX_RATIO = 2000;

const GIBIBYTE = 1024 ** 3;

/**
 * How much has come out of an archive, all layers of packing together, for what has gone in. Nothing of it is kept, so
 * a bomb costs time alone; this bounds the time.
 */
export class Expansion {
  private packed = 0;
  private unpacked = 0;
  private readonly freeBytes: number;
  private readonly maxRatio: number;

  constructor(freeBytes: number = FREE_BYTES, maxRatio: number = MAX_RATIO) {
    this.freeBytes = freeBytes;
    this.maxRatio = maxRatio;
  }

  /** So many bytes of the archive itself have come. */
  takeIn(bytes: number): void {
    this.packed += bytes;
  }

  /** @throws PeelError `hostile` when so many more are more than a decent packer makes smaller. */
  giveOut(bytes: number): void {
    this.unpacked += bytes;
    if (this.unpacked <= this.freeBytes || this.unpacked <= this.packed * this.maxRatio) return;
    throw new PeelError(
      'hostile',
      `It unpacks to more than ${this.maxRatio} times its size, beyond ${this.freeBytes / GIBIBYTE} GiB.`,
    );
  }
}
