import { resolve } from 'node:path';
import { ANY_IMAGE, type Wish } from '../image/choice.ts';
import type { Checksum, EntrySink } from '../image/entry.ts';
import { PeelError } from '../image/errors.ts';
import { factsOf } from '../image/facts.ts';
import type { Mismatch } from '../image/integrity.ts';
import type {
  ChecksumWish,
  ContentRequest,
  ContentSink,
  ImageSource,
  IndexReader,
  Warrant,
} from '../image/source.ts';
import { digestIn } from './blob-names.ts';
import { brokenLayer } from './broken-archive.ts';
import type { LayerPlace } from './layer-places.ts';
import { blobFile, type LayoutDirectory, readLayout } from './layout-directory.ts';
import { MACHINE_PLATFORM } from './machine-platform.ts';
import { findImage } from './saved-image.ts';
import { fileIdentity } from './sought-file.ts';
import { SoughtLayers } from './sought-layers.ts';
import { taking } from './taking.ts';

/**
 * An image that a directory keeps. What explains it is read first, then the layers' blobs: a layer can be shown as soon as it
 * and those below have been read.
 */
export class LayoutSource implements ImageSource {
  private readonly layout: LayoutDirectory;
  private readonly wish: Wish;
  /** Once it is known which they are. */
  private layers: SoughtLayers | null = null;
  /** Where they lie. */
  private blobs: readonly string[] = [];

  constructor(layout: LayoutDirectory, wish: Wish = ANY_IMAGE) {
    this.layout = layout;
    this.wish = wish;
  }

  async index<L extends EntrySink>(reader: IndexReader<L>, signal: AbortSignal): Promise<void> {
    await this.blaming(signal, async () => {
      const layers = await this.findLayers(reader, signal);
      this.layers = layers;
      await layers.index(reader, signal);
    });
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
      (take) => layers.deliver(requests, take, signal),
      (error) => (error instanceof PeelError ? error.of(path) : error),
    );
  }

  async warrant(): Promise<Warrant> {
    const identities = await Promise.all(this.blobs.map((path) => fileIdentity(path)));
    if (identities.length === 0) return null;
    return { files: identities.join('\n'), place: resolve(this.layout.path) };
  }

  async checksums(
    wishes: readonly ChecksumWish[],
    take: (layer: number, entry: number, checksum: Checksum) => void,
    signal: AbortSignal,
  ): Promise<void> {
    await this.blaming(signal, async () => this.layers?.checksums(wishes, take, signal));
  }

  async verify(
    tell: (layer: number, mismatches: readonly Mismatch[] | null) => void,
    signal: AbortSignal,
  ): Promise<void> {
    await this.blaming(signal, async () => this.layers?.verify(tell, signal));
  }

  /** Reads what explains the image, and tells of it. */
  private async findLayers<L extends EntrySink>(
    reader: IndexReader<L>,
    signal: AbortSignal,
  ): Promise<SoughtLayers> {
    const { documents, layerBytes } = await readLayout(this.layout, signal);
    const bytesOf = (member: string) => layerBytes.get(member) ?? null;
    const place = { kind: 'layout', documents, layerBytes: bytesOf } as const;
    const found = findImage(place, this.wish, MACHINE_PLATFORM);
    const { reference, id, digest, config } = found;
    this.blobs = found.layers.map((member) => blobFile(this.layout, member));
    reader.on({ type: 'image', image: factsOf({ source: 'layout', reference, id, digest }, config) });
    const layers = found.layers.map((member, index): LayerPlace => {
      const bytes = bytesOf(member);
      if (bytes === null)
        throw new PeelError('broken-stream', `${nameOf(index, member)} is missing: no such blob.`);
      return {
        member,
        path: blobFile(this.layout, member),
        extent: { start: 0, end: bytes },
        digest: digestIn(member),
        isNamedFreely: false,
        diffId: config.diffIds[index] ?? null,
      };
    });
    return new SoughtLayers(layers, (error, index) =>
      brokenLayer(error, nameOf(index, found.layers[index] ?? '')),
    );
  }

  /** Errors say which layout they are about. */
  private async blaming(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof PeelError ? error.of(this.layout.path) : error;
    }
  }
}

function nameOf(index: number, member: string): string {
  return `Layer ${index} (${digestIn(member) ?? member})`;
}
