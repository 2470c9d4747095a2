import { PeelError } from '../image/errors.ts';

/**
 * Sparse files of one image may have this many bytes of zeros that no tar holds. They are made one by one, so that a
 * sparse file and a plain one of the same content have the same checksum: some seconds of work at most, while a header
 * may claim 8 EiB. Whoever unpacks such an image writes as many to a disk.
 */
export const MAX_HOLE_BYTES = 16 * 1024 ** 3;

/** Counts the zeros of several tars together. */
export class HoleAllowance {
  private spent = 0;

  /** @throws PeelError `hostile` when it comes to more than `MAX_HOLE_BYTES`. */
  spend(bytes: number): void {
    this.spent += bytes;
    if (this.spent <= MAX_HOLE_BYTES) return;
    const limit = `${MAX_HOLE_BYTES / 1024 ** 3} GiB`;
    throw new PeelError(
      'hostile',
      `Sparse files leave out ${this.spent} bytes of zeros; ${limit} is the limit.`,
    );
  }
}
