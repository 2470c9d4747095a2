import { PeelError } from '../image/errors.ts';

/** What an image may have at most, before it is taken for one that is made to fill the memory. */
export interface TreeLimits {
  /** Entries of all layers, as they are read and as they are stacked: a layer may be stacked many times. */
  readonly entries: number;
  readonly paths: number;
  /** Bytes of all names, each directory's once. */
  readonly nameBytes: number;
  /** Characters of all link targets and attributes. */
  readonly textUnits: number;
}

const MEBI = 1024 * 1024;

/** Eight times what a large image has: a million entries, of names with 32 bytes each. Texts are some megabytes at most. */
export const TREE_LIMITS: TreeLimits = {
  entries: 8 * MEBI,
  paths: 8 * MEBI,
  nameBytes: 256 * MEBI,
  textUnits: 64 * MEBI,
};

/** @throws PeelError `hostile` when there is more than the limit; `what` names it in the message. */
export function checkLimit(count: number, limit: number, what: string): void {
  if (count > limit) throw new PeelError('hostile', `The image has more than ${limit} ${what}.`);
}
