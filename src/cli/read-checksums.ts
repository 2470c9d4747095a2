import type { Checksum } from '../image/entry.ts';
import type { ChecksumWish, ImageSource } from '../image/source.ts';
import type { LayerEntries } from '../tree/layer-entries.ts';

/** So often it is told how far reading has come. */
const TOLD_STEPS = 100;

/**
 * Has a source read files that came without a checksum, and gives each its own.
 * @param entriesOf the entries of a layer. @param on is told now and then how many bytes of all have been read.
 * @throws what the source throws.
 */
export async function readChecksums(
  source: ImageSource,
  wishes: readonly ChecksumWish[],
  entriesOf: (layer: number) => LayerEntries | undefined,
  signal: AbortSignal,
  on: (bytes: number, total: number) => void = () => undefined,
): Promise<void> {
  const sizeOf = (layer: number, entry: number) => entriesOf(layer)?.sizes[entry] ?? 0;
  const total = wishes.reduce(
    (sum, { layer, entries }) => entries.reduce((sums, entry) => sums + sizeOf(layer, entry), sum),
    0,
  );
  let bytes = 0;
  let told = 0;
  const take = (layer: number, entry: number, checksum: Checksum) => {
    entriesOf(layer)?.setChecksum(entry, checksum);
    bytes += sizeOf(layer, entry);
    if (bytes - told < total / TOLD_STEPS) return;
    told = bytes;
    on(bytes, total);
  };
  await source.checksums?.(wishes, take, signal);
}
