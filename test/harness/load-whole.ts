import { loadImage } from '../../src/cli/load-image.ts';
import { readTheRest } from '../../src/cli/read-the-rest.ts';
import type { ImageSource } from '../../src/image/source.ts';
import type { AnalysedImage } from '../../src/report/report.ts';

/** An image with all that a report tells of it, its layers held against their digests. */
export async function loadWhole(source: ImageSource): Promise<AnalysedImage> {
  const { signal } = new AbortController();
  return readTheRest(source, await loadImage(source, () => undefined, signal, true), true, signal);
}
