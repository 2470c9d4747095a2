// What a sought image need not have read for its analysis, and what may be wanted of it all the same.

import { unreadDuplicates } from '../analysis/duplicates.ts';
import type { ImageSource, LayerBlob } from '../image/source.ts';
import type { AnalysedImage } from '../report/report.ts';
import { loadImage, type LoadEvent } from './load-image.ts';
import { readChecksums } from './read-checksums.ts';

/**
 * Reads an image and all that a report tells of it.
 * @param verifies whether its layers are held against their digests.
 * @throws what the source throws.
 */
export async function loadWhole(
  source: ImageSource,
  verifies: boolean,
  on: (event: LoadEvent) => void,
  signal: AbortSignal,
): Promise<AnalysedImage> {
  const loaded = await loadImage(source, on, signal, true);
  await readForDuplicates(source, loaded, signal);
  const blobs = verifies ? await verifyBlobs(source, loaded.blobs, signal) : loaded.blobs;
  return { ...loaded, blobs };
}

/**
 * Reads what duplicates are told by: a report has them.
 * @throws what the source throws.
 */
async function readForDuplicates(
  source: ImageSource,
  { analysis }: AnalysedImage,
  signal: AbortSignal,
): Promise<void> {
  const wishes = source.checksums === undefined ? [] : unreadDuplicates(analysis);
  if (wishes.length === 0) return;
  const { layers } = analysis.stack.entries;
  await readChecksums(source, wishes, (layer) => layers[layer], signal);
}

/**
 * Holds the layers' bytes against their digests where nobody has yet; the blobs with what came of it.
 * @param on is told after each layer.
 * @throws what the source throws.
 */
export async function verifyBlobs(
  source: ImageSource,
  blobs: readonly LayerBlob[],
  signal: AbortSignal,
  on: (blobs: readonly LayerBlob[]) => void = () => undefined,
): Promise<readonly LayerBlob[]> {
  if (!canVerify(source, blobs)) return blobs;
  let verified = blobs;
  await source.verify?.((layer, mismatches) => {
    verified = verified.map((blob, index) => (index === layer ? { ...blob, mismatches } : blob));
    on(verified);
  }, signal);
  return verified;
}

/** Whether there is a layer that nobody has verified, and the source can. */
export function canVerify(source: ImageSource, blobs: readonly LayerBlob[]): boolean {
  return source.verify !== undefined && blobs.some(({ mismatches }) => mismatches === null);
}
