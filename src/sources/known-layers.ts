import type { EntrySink } from '../image/entry.ts';
import type { IndexReader, KnownLayer, LayerKey } from '../image/source.ts';

/** As `IndexReader.known`; of a reader that knows of no layers, none. */
export async function knownLayers<L extends EntrySink>(
  reader: IndexReader<L>,
  keys: readonly (LayerKey | null)[],
): Promise<readonly (KnownLayer | null)[]> {
  return (await reader.known?.(keys)) ?? keys.map(() => null);
}
