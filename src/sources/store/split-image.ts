import { createReadStream } from 'node:fs';
import type { EntrySink } from '../../image/entry.ts';
import { PeelError } from '../../image/errors.ts';
import type { ContentRequest, ContentSink, IndexReader, LayerKey } from '../../image/source.ts';
import { pump } from '../../tar/byte-sink.ts';
import { decompressing } from '../../tar/decompress.ts';
import { Expansion } from '../../tar/expansion.ts';
import { lineSink } from '../../tar/lines.ts';
import { TarSplitReader } from '../../tar/tar-split.ts';
import { inSlices } from '../in-slices.ts';
import { knownLayers } from '../known-layers.ts';
import { inTheirOrder } from '../side-by-side.ts';
import type { KeptImage, KeptLayer } from './graph-store.ts';
import { storeError } from './store-error.ts';
import { sizeOf } from './store-files.ts';
import { LAYERS_AT_ONCE, READ_BYTES, type StoredImage, type StoredLayer } from './stored-image.ts';
import { readStoredContent } from './stored-content.ts';

/** How the checksums of a tar-split are taken, whoever wrote it, and whenever (`LayerKey`). */
const SPLIT = 'crc-64';

/**
 * An image of which the store keeps the layers' tars without payloads, with a checksum of each.
 * @param namesBlobs whether its export would call a layer by its diff ID.
 * @throws StoreError when one of the files is not to be had.
 */
export async function splitImage(
  id: string,
  { root, config, layers }: KeptImage,
  namesBlobs: boolean,
): Promise<StoredImage> {
  const sizes = await Promise.all(layers.map(({ split }) => sizeOf(split)));
  // The daemon has held each layer against its diff ID before it stored it.
  const keys = config.diffIds.map((diffId): LayerKey => `${SPLIT} ${root} ${diffId}`);
  const digestOf = (index: number) => (namesBlobs ? (config.diffIds[index] ?? null) : null);
  return {
    id,
    digest: null,
    config,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    // The checksums of an export's files are others than those in here.
    isForGood: false,
    async *layers<L extends EntrySink>(
      reader: IndexReader<L>,
      count: (bytes: number) => void,
      signal: AbortSignal,
    ): AsyncGenerator<StoredLayer<L>> {
      const known = await knownLayers(reader, keys);
      const expansion = new Expansion();
      const seen = (bytes: number) => {
        expansion.takeIn(bytes);
        count(bytes);
      };
      const read = async (layer: KeptLayer, index: number, entries: EntrySink, within: AbortSignal) => {
        const same = known[index] ?? null;
        if (same === null) return readSplit(layer, entries, { expansion, seen }, within);
        seen(sizes[index] ?? 0);
        await inSlices(same.replay(entries), within);
        return same.blobBytes;
      };
      const tasks = layers.map((layer, index) => async (within: AbortSignal): Promise<StoredLayer<L>> => {
        const entries = reader.newLayer();
        const blobBytes = await read(layer, index, entries, within);
        return { entries, blob: { digest: digestOf(index), blobBytes, mismatches: null } };
      });
      yield* inTheirOrder(tasks, LAYERS_AT_ONCE, signal);
    },
    content: (
      requests: readonly ContentRequest[],
      open: (request: ContentRequest) => ContentSink,
      signal: AbortSignal,
    ) => readStoredContent(layers, requests, open, signal),
  };
}

/** Reads a tar-split: how many bytes its tar would have. */
async function readSplit(
  { split }: KeptLayer,
  entries: EntrySink,
  { expansion, seen }: { readonly expansion: Expansion; readonly seen: (bytes: number) => void },
  signal: AbortSignal,
): Promise<number> {
  const reader = new TarSplitReader(entries);
  const sink = lineSink(
    (line) => reader.take(line),
    () => reader.end(),
  );
  const stream = createReadStream(split, { highWaterMark: READ_BYTES, signal });
  const unpacking = decompressing('gzip', sink, expansion);
  await pump(stream, unpacking, ({ length }) => seen(length)).catch((error: unknown) => {
    signal.throwIfAborted();
    throw error instanceof PeelError ? error : storeError(split, error);
  });
  return reader.tarBytes;
}
