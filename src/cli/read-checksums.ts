import type { ChecksumWish, ImageSource } from '../image/source.ts';
import type { LayerEntries } from '../tree/layer-entries.ts';

/**
 * Has a source read files that came without a checksum, and gives each its own.
 * @param entriesOf the entries of a layer. @throws what the source throws.
 */
export async function readChecksums(
  source: ImageSource,
  wishes: readonly ChecksumWish[],
  entriesOf: (layer: number) => LayerEntries | undefined,
  signal: AbortSignal,
): Promise<void> {
  await source.checksums?.(
    wishes,
    (layer, entry, checksum) => entriesOf(layer)?.setChecksum(entry, checksum),
    signal,
  );
}
