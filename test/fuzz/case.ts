import { corpus } from './corpus.ts';
import { hostileArchive } from './hostile.ts';
import { mutate } from './mutate.ts';
import { Random } from './random.ts';

/** One thing to be tried. */
export interface FuzzCase {
  readonly archive: Buffer;
  /** Bytes that a reader gets at once. */
  readonly pieceBytes: number;
}

/** Cases in a hundred that are made to hurt; the others are sound archives that were changed. */
const HOSTILE_PERCENT = 3;

let shapes: Promise<readonly Buffer[]> | null = null;

/** The case of a number: the same for the same seed, wherever and in whatever order cases are made. */
export async function caseOf(seed: number, number: number): Promise<FuzzCase> {
  const sound = await (shapes ??= corpus());
  const random = new Random(seed, number);
  const archive = random.chance(HOSTILE_PERCENT)
    ? hostileArchive(random)
    : mutate(random.pick(sound) ?? EMPTY, random.pick(sound) ?? EMPTY, random);
  const least = Math.ceil(archive.length / MOST_PIECES);
  return { archive, pieceBytes: Math.max(least, random.pick([1, 511, 4_096, 65_536, 1 << 20])) };
}

const EMPTY = Buffer.alloc(0);

/** Small pieces of a large archive would take their time for nothing. */
const MOST_PIECES = 3_000;
