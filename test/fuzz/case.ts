import { corpus, type Place, type Seed } from './corpus.ts';
import { hostileArchive } from './hostile.ts';
import { hostileLayout } from './hostile-layouts.ts';
import { mutate } from './mutate.ts';
import { Random } from './random.ts';

/** One thing to be tried. */
export interface FuzzCase {
  /** A tar; where `place` is a directory, the tar of what lies in it. */
  readonly archive: Buffer;
  readonly place: Place;
  /** Bytes that a reader of an archive gets at once. */
  readonly pieceBytes: number;
}

/** Cases in a hundred that are made to hurt; the others are sound images that were changed. */
const HOSTILE_PERCENT = 3;

let shapes: Promise<readonly Seed[]> | null = null;

/** The case of a number: the same for the same seed, wherever and in whatever order cases are made. */
export async function caseOf(seed: number, number: number): Promise<FuzzCase> {
  const sound = await (shapes ??= corpus());
  const random = new Random(seed, number);
  const { archive, place } = random.chance(HOSTILE_PERCENT) ? hostile(random) : changed(sound, random);
  const least = Math.ceil(archive.length / MOST_PIECES);
  return { archive, place, pieceBytes: Math.max(least, random.pick([1, 511, 4_096, 65_536, 1 << 20])) };
}

type Made = Pick<FuzzCase, 'archive' | 'place'>;

const hostile = (random: Random): Made =>
  random.chance(80)
    ? { archive: hostileArchive(random), place: 'archive' }
    : { archive: hostileLayout(random), place: 'oci' };

function changed(sound: readonly Seed[], random: Random): Made {
  const { bytes, places } = random.pick(sound) ?? NOTHING;
  const other = random.pick(sound) ?? NOTHING;
  return { archive: mutate(bytes, other.bytes, random), place: random.pick(places) };
}

const NOTHING: Seed = { bytes: Buffer.alloc(0), places: ['archive'] };

/** Small pieces of a large archive would take their time for nothing. */
const MOST_PIECES = 3_000;
