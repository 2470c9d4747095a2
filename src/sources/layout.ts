import { createReadStream } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { ANY_IMAGE, type Wish } from '../image/choice.ts';
import type { EntrySink } from '../image/entry.ts';
import { PeelError } from '../image/errors.ts';
import { factsOf } from '../image/facts.ts';
import type { ContentRequest, ContentSink, ImageSource, IndexReader } from '../image/source.ts';
import { type ByteSink, pump, sniffing } from '../tar/byte-sink.ts';
import { type Compression, compressionOf, decompressing, MAGIC_BYTES } from '../tar/decompress.ts';
import { Expansion } from '../tar/expansion.ts';
import { HoleAllowance } from '../tar/holes.ts';
import { layerSink } from '../tar/read-layer.ts';
import { READ_BYTES } from './archive.ts';
import { BlobDigests } from './blob-digests.ts';
import { digestIn } from './blob-names.ts';
import { brokenLayer } from './broken-archive.ts';
import { counter } from './counter.ts';
import { Deliveries } from './deliveries.ts';
import { blobFile, type LayoutDirectory, readLayout } from './layout-directory.ts';
import { MACHINE_PLATFORM } from './machine-platform.ts';
import { findImage } from './saved-image.ts';
import { taking } from './taking.ts';

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
    requests: readonly ContentRequest[],
    open: (request: ContentRequest) => ContentSink,
    signal: AbortSignal,
  ): Promise<void> {
    const { path } = this.layout;
    const { layers } = this;
    if (layers === null) throw new PeelError('file', `${path} has not been read yet.`);
    await taking(
      open,
      signal,
      (take) => this.deliver(new Deliveries(requests, layers, take), layers, signal),
      (error) => (error instanceof PeelError ? error.of(path) : error),
    );
  }

  /** Each blob is read up to the last file that is wanted of it, and no other blob. */
  private async deliver(
    deliveries: Deliveries,
    layers: readonly string[],
    signal: AbortSignal,
  ): Promise<void> {
    const expansion = new Expansion();
    const see = (chunk: Uint8Array) => expansion.takeIn(chunk.length);
    for (const member of deliveries.members) {
      const unpack = (compression: Compression) =>
        decompressing(compression, deliveries.sinkOf(member), expansion);
      await this.pass(member, unpack, signal, see).catch((error: unknown) => {
        throw brokenLayer(error, nameOf(layers.indexOf(member), member));
      });
      signal.throwIfAborted();
    }
    deliveries.check();
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
    const expansion = new Expansion();
    const count = counter((bytes) => reader.on({ type: 'progress', phase: 'reading', bytes, total }));
    const see = (chunk: Uint8Array) => {
      expansion.takeIn(chunk.length);
      count(chunk);
    };
    const known = new Map<string, { entries: L; digests: BlobDigests }>();
    const holes = new HoleAllowance();
    for (const [index, member] of layers.entries()) {
      const layer = known.get(member) ?? { entries: reader.newLayer(), digests: new BlobDigests() };
      if (!known.has(member)) {
        const tar = layerSink(layer.entries, holes);
        const unpack = (compression: Compression) => layer.digests.unpacking(compression, tar, expansion);
        await this.pass(member, unpack, signal, see).catch((error: unknown) => {
          throw brokenLayer(error, nameOf(index, member));
        });
        known.set(member, layer);
      }
      const digest = digestIn(member);
      const diffId = found.config.diffIds[index] ?? null;
      const mismatches = layer.digests.mismatches({ digest, diffId }, false);
      const blob = { digest, blobBytes: sizes[index] ?? null, mismatches };
      reader.on({ type: 'layer', index, entries: layer.entries, ...blob });
      // Much may follow from a layer: keys are heard, and the screen is drawn, before the next one.
      await setImmediate();
      signal.throwIfAborted();
    }
  }

  /** Sends a blob to the sink that `unpack` has for it. */
  private pass(
    member: string,
    unpack: (compression: Compression) => ByteSink,
    signal: AbortSignal,
    see?: (chunk: Uint8Array) => void,
  ): Promise<void> {
    const stream = createReadStream(blobFile(this.layout, member), { highWaterMark: READ_BYTES, signal });
    const unpacking = sniffing(MAGIC_BYTES, (head) => unpack(compressionOf(head)));
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
