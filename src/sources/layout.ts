import { createReadStream } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { ANY_IMAGE, type Wish } from '../image/choice.ts';
import type { EntrySink } from '../image/entry.ts';
import { PeelError } from '../image/errors.ts';
import { factsOf } from '../image/facts.ts';
import type { ContentRequest, ImageSource, IndexReader } from '../image/source.ts';
import { type ByteSink, pump, sniffing } from '../tar/byte-sink.ts';
import { compressionOf, decompressing, MAGIC_BYTES } from '../tar/decompress.ts';
import { layerSink, tarReaderSink } from '../tar/read-layer.ts';
import { READ_BYTES } from './archive.ts';
import { PayloadFinder } from './archive-content.ts';
import { digestIn } from './blob-names.ts';
import { brokenLayer } from './broken-archive.ts';
import { counter } from './counter.ts';
import { blobFile, type LayoutDirectory, readLayout } from './layout-directory.ts';
import { MACHINE_PLATFORM } from './machine-platform.ts';
import { findImage } from './saved-image.ts';

/**
 * An image that a directory keeps. What explains it is read first, then each layer's blob, base first: a layer can be
 * shown as soon as it has been read.
 */
export class LayoutSource implements ImageSource {
  private readonly layout: LayoutDirectory;
  private readonly wish: Wish;
  /** Members that hold the layers, base first, once they are known. */
  private layers: readonly string[] | null = null;

  constructor(layout: LayoutDirectory, wish: Wish = ANY_IMAGE) {
    this.layout = layout;
    this.wish = wish;
  }

  async index<L extends EntrySink>(reader: IndexReader<L>, signal: AbortSignal): Promise<void> {
    try {
      await this.read(reader, signal);
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof PeelError ? error.of(this.layout.path) : error;
    }
  }

  async content(
    { layer, entry }: ContentRequest,
    take: (piece: Uint8Array) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const { path } = this.layout;
    if (this.layers === null) throw new PeelError('file', `${path} has not been indexed yet.`);
    const member = this.layers[layer];
    const finder = new PayloadFinder(entry, take);
    if (member !== undefined) await this.pass(member, tarReaderSink(finder), signal);
    if (!finder.isFound) throw new PeelError('file', `Layer ${layer} stores no file as its entry ${entry}.`);
  }

  private async read<L extends EntrySink>(reader: IndexReader<L>, signal: AbortSignal): Promise<void> {
    const { documents, layerBytes } = await readLayout(this.layout, signal);
    const bytesOf = (member: string) => layerBytes.get(member) ?? null;
    const place = { kind: 'layout', documents, layerBytes: bytesOf } as const;
    const found = findImage(place, this.wish, MACHINE_PLATFORM);
    const { reference, id, digest, layers } = found;
    reader.on({ type: 'image', image: factsOf({ source: 'layout', reference, id, digest }, found.config) });
    const sizes = layers.map((member, index) => {
      const bytes = bytesOf(member);
      if (bytes !== null) return bytes;
      throw new PeelError('broken-stream', `${nameOf(index, member)} is missing: no such blob.`);
    });
    this.layers = layers;

    const total = sumOfEach(layers, sizes);
    const progress = counter((bytes) => reader.on({ type: 'progress', phase: 'reading', bytes, total }));
    const known = new Map<string, L>();
    for (const [index, member] of layers.entries()) {
      const entries = known.get(member) ?? reader.newLayer();
      if (!known.has(member)) {
        await this.pass(member, layerSink(entries), signal, progress).catch((error: unknown) => {
          throw brokenLayer(error, nameOf(index, member));
        });
        known.set(member, entries);
      }
      const blobBytes = sizes[index] ?? null;
      reader.on({ type: 'layer', index, entries, digest: digestIn(member), blobBytes });
      // Much may follow from a layer: keys are heard, and the screen is drawn, before the next one.
      await setImmediate();
      signal.throwIfAborted();
    }
  }

  /** Sends a blob, unpacked, to a sink. */
  private pass(
    member: string,
    to: ByteSink,
    signal: AbortSignal,
    see?: (chunk: Uint8Array) => void,
  ): Promise<void> {
    const stream = createReadStream(blobFile(this.layout, member), { highWaterMark: READ_BYTES, signal });
    const unpacking = sniffing(MAGIC_BYTES, (head) => decompressing(compressionOf(head), to));
    return pump(stream, unpacking, see);
  }
}

function nameOf(index: number, member: string): string {
  return `Layer ${index} (${digestIn(member) ?? member})`;
}

/** Bytes of all blobs; one that is there for several layers is read once. */
function sumOfEach(members: readonly string[], sizes: readonly number[]): number {
  const each = new Map(members.map((member, index) => [member, sizes[index] ?? 0]));
  return [...each.values()].reduce((sum, size) => sum + size, 0);
}
