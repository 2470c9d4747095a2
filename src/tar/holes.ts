import { PeelError } from '../image/errors.ts';

/**
 * Sparse files of one image may have this many bytes of zeros that no tar holds. They are made one by one, so that a
 * sparse file and a plain one of the same content have the same checksum: some seconds of work at most, while a header
 * may claim 8 EiB. Whoever unpacks such an image writes as many to a disk.
 */
export const MAX_HOLE_BYTES = 16 * 1024 ** 3;

/**
 * The same for what an archive of images holds as its own members, which no writer of images makes sparse: their zeros
 * run through SHA-256, the digests of blob and layer, at half a second for each GiB.
 */
export const MAX_MEMBER_HOLE_BYTES = 2 * 1024 ** 3;

/** Counts the zeros of several tars together. */
export class HoleAllowance {
  private bytes: number;
  private readonly most: number;

  /** @param spent bytes of it that others have had. */
  constructor(most = MAX_HOLE_BYTES, spent = 0) {
    this.most = most;
    this.bytes = spent;
  }

  /** Bytes of it that have been had. */
  get spent(): number {
    return this.bytes;
  }

  /** @throws PeelError `hostile` when it comes to more than is allowed. */
  spend(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes <= this.most) return;
    const limit = `${this.most / 1024 ** 3} GiB`;
    throw new PeelError(
      'hostile',
      `Sparse files leave out ${this.bytes} bytes of zeros; ${limit} is the limit.`,
    );
  }
}
