import { PeelError } from '../image/errors.ts';
import { mismatchText } from '../image/integrity.ts';
import type { LayerBlob } from '../image/source.ts';

/** @throws PeelError `mismatch`, which names the first layer whose bytes are not those of its digests, or may not be. */
export function checkIntegrity(blobs: readonly LayerBlob[]): void {
  const index = blobs.findIndex(({ mismatches }) => mismatches !== null && mismatches.length > 0);
  const [first] = blobs[index]?.mismatches ?? [];
  if (first === undefined) {
    const unknown = blobs.findIndex(({ mismatches }) => mismatches === null);
    if (unknown === -1) return;
    throw new PeelError('mismatch', `Layer ${unknown} could not be verified: no SHA-256 of it is known.`);
  }
  const others = blobs.slice(index + 1).filter(({ mismatches }) => mismatches?.length).length;
  const more = others === 0 ? '' : ` (and ${others} more ${others === 1 ? 'layer' : 'layers'})`;
  throw new PeelError('mismatch', `Layer ${index} is not what it should be: ${mismatchText(first)}${more}.`);
}
