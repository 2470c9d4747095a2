import { createReadStream } from 'node:fs';
import { ANY_IMAGE } from '../../image/choice.ts';
import type { EntrySink } from '../../image/entry.ts';
import { PeelError } from '../../image/errors.ts';
import type { Platform } from '../../image/platform.ts';
import type { ContentRequest, ContentSink, IndexReader, KnownLayer, LayerKey } from '../../image/source.ts';
import { type ByteSink, pump, sniffing } from '../../tar/byte-sink.ts';
import { type Compression, compressionOf, decompressing, MAGIC_BYTES } from '../../tar/decompress.ts';
import { Expansion } from '../../tar/expansion.ts';
import { HoleAllowance } from '../../tar/holes.ts';
import { layerSink } from '../../tar/read-layer.ts';
import { BlobDigests } from '../blob-digests.ts';
import { digestIn } from '../blob-names.ts';
import { brokenLayer } from '../broken-archive.ts';
import { Deliveries } from '../deliveries.ts';
import { inSlices } from '../in-slices.ts';
import { knownLayers } from '../known-layers.ts';
import { type FoundImage, findImage } from '../saved-image.ts';
import { inTheirOrder } from '../side-by-side.ts';
import { taking } from '../taking.ts';
import { blobFile, type ContentDocuments } from './content-store.ts';
import { StoreError, storeError } from './store-error.ts';
import { sizeOf } from './store-files.ts';
import { LAYERS_AT_ONCE, READ_BYTES, type StoredImage, type StoredLayer } from './stored-image.ts';

/** Which image of those that a digest leads to is meant, and what is asked of it. */
export interface BlobWish {
  /** Null: the usual one. */
  readonly platform: Platform | null;
  /** The platform to take where nobody says which. */
  readonly usual: Platform | null;
  /** Whether digests are reckoned as the blobs go by. */
  readonly verifies: boolean;
}

/** How checksums of a blob are taken (`LayerKey`). */
const BLOB = 'blob';

/**
 * An image whose layers' blobs the store keeps.
 * @throws StoreError when one of them is missing; PeelError as `findImage`.
 */
export function blobImage(content: ContentDocuments, wish: BlobWish): StoredImage {
  const bytesOf = (member: string) => content.layerBytes.get(member) ?? null;
  const place = { kind: 'layout', documents: content.documents, layerBytes: bytesOf } as const;
  const found = findImage(place, { ...ANY_IMAGE, platform: wish.platform }, wish.usual);
  const { id, digest, config, layers } = found;
  if (id === null) throw new StoreError('its config is called by no digest');
  const missing = layers.find((member) => bytesOf(member) === null);
  if (missing !== undefined) throw new StoreError(`${blobFile(content.folder, missing)}: no such file`);
  const blobs = new Blobs(content.folder, found, bytesOf);
  // The daemon has held each blob against its digest before it stored it. Who wants that done again reads all.
  const keyOf = (member: string): LayerKey | null =>
    wish.verifies ? null : `${BLOB} ${blobFile(content.folder, member)}`;
  return {
    id,
    digest,
    config,
    bytes: [...new Set(layers)].reduce((sum, member) => sum + (bytesOf(member) ?? 0), 0),
    isForGood: true,
    async *layers<L extends EntrySink>(
      reader: IndexReader<L>,
      count: (bytes: number) => void,
      signal: AbortSignal,
    ): AsyncGenerator<StoredLayer<L>> {
      const known = await knownLayers(reader, layers.map(keyOf));
      const read = blobs.read(reader, { known, count, verifies: wish.verifies }, signal);
      const seen = new Map<string, ReadBlob<L>>();
      try {
        for (const [index, member] of layers.entries()) {
          // Blobs come in the order in which they are first needed.
          const blob = seen.get(member) ?? (await nextOf(read));
          seen.set(member, blob);
          const said = { digest: digestIn(member), diffId: config.diffIds[index] ?? null };
          const mismatches = blob.digests?.mismatches(said, false) ?? null;
          const { entries } = blob;
          yield { entries, blob: { digest: said.digest, blobBytes: bytesOf(member), mismatches } };
        }
      } finally {
        await read.return(undefined);
      }
    },
    content: (
      requests: readonly ContentRequest[],
      open: (request: ContentRequest) => ContentSink,
      signal: AbortSignal,
    ) => blobs.deliver(requests, open, signal),
  };
}

interface ReadBlob<L extends EntrySink> {
  readonly entries: L;
  /** Null where they are not reckoned. */
  readonly digests: BlobDigests | null;
}

/** How blobs are read. */
interface BlobReading {
  /** Those of the image's layers that need not be. */
  readonly known: readonly (KnownLayer | null)[];
  readonly count: (bytes: number) => void;
  readonly verifies: boolean;
}

/** The blobs of an image's layers. */
class Blobs {
  private readonly folder: string;
  /** Base first; a blob may be several layers. */
  private readonly members: readonly string[];
  private readonly bytesOf: (member: string) => number | null;

  constructor(folder: string, { layers }: FoundImage, bytesOf: (member: string) => number | null) {
    this.folder = folder;
    this.members = layers;
    this.bytesOf = bytesOf;
  }

  /** Reads each of them once, or has its entries from where they are known. */
  read<L extends EntrySink>(
    reader: IndexReader<L>,
    { known, count, verifies }: BlobReading,
    signal: AbortSignal,
  ): AsyncGenerator<ReadBlob<L>> {
    const [expansion, holes] = [new Expansion(), new HoleAllowance()];
    const seen = (bytes: number) => {
      expansion.takeIn(bytes);
      count(bytes);
    };
    const tasks = [...new Set(this.members)].map((member) => async (within: AbortSignal) => {
      const blob = { entries: reader.newLayer(), digests: verifies ? new BlobDigests() : null };
      const same = known[this.members.indexOf(member)] ?? null;
      if (same !== null) {
        seen(this.bytesOf(member) ?? 0);
        await inSlices(same.replay(blob.entries), within);
        return blob;
      }
      const tar = layerSink(blob.entries, holes, reader.checksumKey);
      const unpack = (compression: Compression) => {
        const packed = [compression, tar, expansion, this.bytesOf(member) ?? undefined] as const;
        return blob.digests?.unpacking(...packed) ?? decompressing(...packed);
      };
      await this.pass(member, unpack, ({ length }) => seen(length), within);
      return blob;
    });
    return inTheirOrder(tasks, LAYERS_AT_ONCE, signal);
  }

  /** Each blob is read up to the last file that is wanted of it, and no other blob. */
  async deliver(
    requests: readonly ContentRequest[],
    open: (request: ContentRequest) => ContentSink,
    signal: AbortSignal,
  ): Promise<void> {
    const wanted = new Set(requests.map(({ layer }) => this.members[layer]));
    for (const member of wanted) if (member !== undefined) await sizeOf(blobFile(this.folder, member));
    const expansion = new Expansion();
    const see = (chunk: Uint8Array) => expansion.takeIn(chunk.length);
    const read = async (take: typeof open) => {
      const deliveries = new Deliveries(requests, this.members, take);
      for (const member of deliveries.members) {
        const unpack = (compression: Compression) =>
          decompressing(compression, deliveries.sinkOf(member), expansion);
        await this.pass(member, unpack, see, signal);
        signal.throwIfAborted();
      }
      deliveries.check();
    };
    // Once files have been handed over there is no other way to get the rest.
    await taking(open, signal, read, (error) =>
      error instanceof StoreError ? new PeelError('file', `${error.message}.`, { cause: error }) : error,
    );
  }

  /** Sends a blob to the sink that `unpack` has for it. */
  private async pass(
    member: string,
    unpack: (compression: Compression) => ByteSink,
    see: (chunk: Uint8Array) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const file = blobFile(this.folder, member);
    const stream = createReadStream(file, { highWaterMark: READ_BYTES, signal });
    const unpacking = sniffing(MAGIC_BYTES, (head) => unpack(compressionOf(head)));
    await pump(stream, unpacking, see).catch((error: unknown) => {
      signal.throwIfAborted();
      const name = `Layer ${this.members.indexOf(member)} (${digestIn(member) ?? member})`;
      const broken = brokenLayer(error, name);
      throw broken instanceof PeelError ? broken : storeError(file, broken);
    });
  }
}

async function nextOf<T>(results: AsyncGenerator<T>): Promise<T> {
  const next = await results.next();
  if (next.done === true) throw new Error('There are no more blobs.');
  return next.value;
}
