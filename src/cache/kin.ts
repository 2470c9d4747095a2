// Images that have layers in common: what was kept of the one need not be read of the other.

import type { Analysis } from '../analysis/analysis.ts';
import type { KnownLayer, LayerBlob } from '../image/source.ts';
import { replay } from '../tree/replay.ts';

/** What an image is known by that may have layers of another one. */
export interface HasLayers {
  readonly blobs: readonly LayerBlob[];
  /** Base first; null for a layer that nobody has from here. */
  readonly layerKeys: readonly (string | null)[];
}

/** Of some images those that have a wanted layer, the one that has most bytes of such first. */
export function nearestKin<T extends { readonly facts: HasLayers | null }>(
  images: readonly T[],
  wanted: readonly (string | null)[],
): T[] {
  return images
    .map((image) => ({ image, ...shareOf(image.facts, wanted) }))
    .filter(({ layers }) => layers > 0)
    .sort((a, b) => b.bytes - a.bytes || b.layers - a.layers)
    .map(({ image }) => image);
}

/** How much of what is wanted an image has. */
function shareOf(
  facts: HasLayers | null,
  wanted: readonly (string | null)[],
): { layers: number; bytes: number } {
  const share = { layers: 0, bytes: 0 };
  for (const key of new Set(wanted)) {
    const layer = key === null ? -1 : (facts?.layerKeys.indexOf(key) ?? -1);
    if (layer === -1) continue;
    share.layers++;
    share.bytes += facts?.blobs[layer]?.blobBytes ?? 0;
  }
  return share;
}

/** The wanted layers that an image has; null for the others. */
export function knownLayers(
  { analysis, blobs, layerKeys }: HasLayers & { readonly analysis: Analysis },
  wanted: readonly (string | null)[],
): (KnownLayer | null)[] {
  return wanted.map((key) => {
    const layer = key === null ? -1 : layerKeys.indexOf(key);
    const entries = analysis.stack.entries.layers[layer];
    if (entries === undefined) return null;
    return {
      blobBytes: blobs[layer]?.blobBytes ?? null,
      replay: (into) => replay(entries, analysis.tables, into),
    };
  });
}
