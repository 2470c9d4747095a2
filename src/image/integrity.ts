// Whether an image's bytes are those that its documents name (image-spec, descriptor.md, "Digests"; config.md, "diff_ids").

/** A digest that the bytes do not have. */
export interface Mismatch {
  /** `digest` is that of a layer's blob as it is stored, `diffId` that of its uncompressed tar. */
  readonly of: 'digest' | 'diffId';
  /** What the manifest or the config says. */
  readonly expected: string;
  /** What the bytes have. */
  readonly actual: string;
}

/** Both digests of a layer, as far as they are known. */
export interface LayerDigests {
  readonly digest: string | null;
  readonly diffId: string | null;
}

/** The one algorithm that every implementation must have, and the only one that is reckoned here (descriptor.md). */
const ALGORITHM = 'sha256:';

/**
 * Where the bytes of a layer are others than its documents say; null where nothing of it could be judged, because
 * nothing is said, or in another algorithm.
 */
export function mismatchesOf(expected: LayerDigests, actual: LayerDigests): Mismatch[] | null {
  const judged = (['digest', 'diffId'] as const).flatMap((of) => {
    const [wanted, found] = [expected[of], actual[of]];
    const isJudged = wanted !== null && found !== null && wanted.startsWith(ALGORITHM);
    return isJudged ? [{ of, expected: wanted, actual: found }] : [];
  });
  return judged.length === 0 ? null : judged.filter((each) => each.expected !== each.actual);
}

/** `its diff ID should be sha256:…, but is sha256:…`: a mismatch in words. */
export function mismatchText({ of, expected, actual }: Mismatch): string {
  return `its ${of === 'digest' ? 'digest' : 'diff ID'} should be ${expected}, but is ${actual}`;
}

/** A layer whose bytes have been held against its digests; null where they have not. */
export interface Verified {
  readonly mismatches: readonly Mismatch[] | null;
}

export function differs({ mismatches }: Verified): boolean {
  return mismatches !== null && mismatches.length > 0;
}

/** How far the layers of an image are verified that need not be, to be shown: nobody does it now, somebody does, or cannot. */
export type Verification = 'none' | 'under way' | { readonly problem: string };

/** Of so many layers how many are what their digests say, in one line; null where nobody has looked, or does. */
export function integrityText(
  layers: readonly Verified[],
  count: number,
  verification: Verification = 'none',
): string | null {
  const text = lookedAtText(layers, count);
  if (verification === 'none') return text;
  if (verification === 'under way') return text === null ? 'not verified yet' : `${text} so far`;
  return `${text ?? 'not verified'}: ${verification.problem}`;
}

function lookedAtText(layers: readonly Verified[], count: number): string | null {
  const looked = layers.filter(({ mismatches }) => mismatches !== null);
  const wrong = layers.filter(differs);
  const of = `of ${count} ${count === 1 ? 'layer' : 'layers'}`;
  if (looked.length === 0) return null;
  if (wrong.length === 0) return `${looked.length} ${of} verified`;
  const first = layers.findIndex(differs);
  const [mismatch] = layers[first]?.mismatches ?? [];
  const why = mismatch === undefined ? '' : `; layer ${first}: ${mismatchText(mismatch)}`;
  return `${wrong.length} ${of} ${wrong.length === 1 ? 'is' : 'are'} not what the digests say${why}`;
}
