import { createReadStream } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { EntrySink } from '../../image/entry.ts';
import { PeelError } from '../../image/errors.ts';
import type { IndexReader } from '../../image/source.ts';
import { pump } from '../../tar/byte-sink.ts';
import { decompressing } from '../../tar/decompress.ts';
import { Expansion } from '../../tar/expansion.ts';
import { lineSink } from '../../tar/lines.ts';
import { TarSplitReader } from '../../tar/tar-split.ts';
import type { StoredLayer } from './graph-store.ts';
import { storeError } from './store-error.ts';

/** Bytes that are read at once. */
const READ_BYTES = 256 * 1024;

/** A layer's entries, and how many bytes its tar would have. */
export interface SplitLayer<L extends EntrySink> {
  readonly entries: L;
  readonly tarBytes: number;
}

/**
 * Reads the layers' tar-splits, base first, each into a sink of its own.
 * @throws StoreError when one cannot be read, or says anything that the tar itself is needed for.
 */
export async function* readSplitLayers<L extends EntrySink>(
  layers: readonly StoredLayer[],
  newLayer: IndexReader<L>['newLayer'],
  signal: AbortSignal,
): AsyncGenerator<SplitLayer<L>> {
  const expansion = new Expansion();
  for (const { split } of layers) {
    const entries = newLayer();
    const reader = new TarSplitReader(entries);
    const sink = lineSink(
      (line) => reader.take(line),
      () => reader.end(),
    );
    const stream = createReadStream(split, { highWaterMark: READ_BYTES, signal });
    await pump(stream, decompressing('gzip', sink, expansion), ({ length }) =>
      expansion.takeIn(length),
    ).catch((error: unknown) => {
      signal.throwIfAborted();
      throw error instanceof PeelError ? error : storeError(split, error);
    });
    yield { entries, tarBytes: reader.tarBytes };
    // Keys are heard, and the screen is drawn, before the next one.
    await setImmediate();
    signal.throwIfAborted();
  }
}
