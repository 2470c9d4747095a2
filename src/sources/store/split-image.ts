import { createReadStream } from 'node:fs';
import type { EntrySink } from '../../image/entry.ts';
import { PeelError } from '../../image/errors.ts';
import type { ContentRequest, ContentSink, IndexReader } from '../../image/source.ts';
import { pump } from '../../tar/byte-sink.ts';
import { decompressing } from '../../tar/decompress.ts';
import { Expansion } from '../../tar/expansion.ts';
import { lineSink } from '../../tar/lines.ts';
import { TarSplitReader } from '../../tar/tar-split.ts';
import type { KeptImage, KeptLayer } from './graph-store.ts';
import { inTheirOrder } from '../side-by-side.ts';
import { storeError } from './store-error.ts';
import { sizeOf } from './store-files.ts';
import { LAYERS_AT_ONCE, READ_BYTES, type StoredImage, type StoredLayer } from './stored-image.ts';
import { readStoredContent } from './stored-content.ts';

/**
 * An image of which the store keeps the layers' tars without payloads, with a checksum of each.
 * @param namesBlobs whether its export would call a layer by its diff ID.
 * @throws StoreError when one of the files is not to be had.
 */
export async function splitImage(
  id: string,
  { config, layers }: KeptImage,
  namesBlobs: boolean,
): Promise<StoredImage> {
  const sizes = await Promise.all(layers.map(({ split }) => sizeOf(split)));
  const digestOf = (index: number) => (namesBlobs ? (config.diffIds[index] ?? null) : null);
  return {
    id,
    digest: null,
    config,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    // The checksums of an export's files are others than those in here.
    isForGood: false,
    layers: <L extends EntrySink>(
      newLayer: IndexReader<L>['newLayer'],
      see: (chunk: Uint8Array) => void,
      signal: AbortSignal,
    ) => {
      const expansion = new Expansion();
      const seen = (chunk: Uint8Array) => {
        expansion.takeIn(chunk.length);
        see(chunk);
      };
      const tasks = layers.map((layer, index) => async (within: AbortSignal): Promise<StoredLayer<L>> => {
        const entries = newLayer();
        const blobBytes = await readSplit(layer, entries, { expansion, see: seen }, within);
        return { entries, blob: { digest: digestOf(index), blobBytes, mismatches: null } };
      });
      return inTheirOrder(tasks, LAYERS_AT_ONCE, signal);
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
  { expansion, see }: { readonly expansion: Expansion; readonly see: (chunk: Uint8Array) => void },
  signal: AbortSignal,
): Promise<number> {
  const reader = new TarSplitReader(entries);
  const sink = lineSink(
    (line) => reader.take(line),
    () => reader.end(),
  );
  const stream = createReadStream(split, { highWaterMark: READ_BYTES, signal });
  await pump(stream, decompressing('gzip', sink, expansion), see).catch((error: unknown) => {
    signal.throwIfAborted();
    throw error instanceof PeelError ? error : storeError(split, error);
  });
  return reader.tarBytes;
}
