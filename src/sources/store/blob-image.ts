import { createReadStream } from 'node:fs';
import { ANY_IMAGE } from '../../image/choice.ts';
import type { EntrySink } from '../../image/entry.ts';
import { PeelError } from '../../image/errors.ts';
import type { Platform } from '../../image/platform.ts';
import type { ContentRequest, ContentSink, IndexReader } from '../../image/source.ts';
import { type ByteSink, pump, sniffing } from '../../tar/byte-sink.ts';
import { type Compression, compressionOf, decompressing, MAGIC_BYTES } from '../../tar/decompress.ts';
import { Expansion } from '../../tar/expansion.ts';
import { HoleAllowance } from '../../tar/holes.ts';
import { layerSink } from '../../tar/read-layer.ts';
import { BlobDigests } from '../blob-digests.ts';
import { digestIn } from '../blob-names.ts';
import { brokenLayer } from '../broken-archive.ts';
import { Deliveries } from '../deliveries.ts';
import { type FoundImage, findImage } from '../saved-image.ts';
import { taking } from '../taking.ts';
import { blobFile, type ContentDocuments } from './content-store.ts';
import { inTheirOrder } from '../side-by-side.ts';
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
  const blobs = new Blobs(content.folder, found);
  return {
    id,
    digest,
    config,
    bytes: [...new Set(layers)].reduce((sum, member) => sum + (bytesOf(member) ?? 0), 0),
    isForGood: true,
    async *layers<L extends EntrySink>(
      newLayer: IndexReader<L>['newLayer'],
      see: (chunk: Uint8Array) => void,
      signal: AbortSignal,
    ): AsyncGenerator<StoredLayer<L>> {
      const read = blobs.read(newLayer, { see, verifies: wish.verifies }, signal);
      const known = new Map<string, ReadBlob<L>>();
      try {
        for (const [index, member] of layers.entries()) {
          // Blobs come in the order in which they are first needed.
          const blob = known.get(member) ?? (await nextOf(read));
          known.set(member, blob);
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

/** The blobs of an image's layers. */
class Blobs {
  private readonly folder: string;
  /** Base first; a blob may be several layers. */
  private readonly members: readonly string[];

  constructor(folder: string, { layers }: FoundImage) {
    this.folder = folder;
    this.members = layers;
  }

  /** Reads each of them once. */
  read<L extends EntrySink>(
    newLayer: IndexReader<L>['newLayer'],
    { see, verifies }: { readonly see: (chunk: Uint8Array) => void; readonly verifies: boolean },
    signal: AbortSignal,
  ): AsyncGenerator<ReadBlob<L>> {
    const [expansion, holes] = [new Expansion(), new HoleAllowance()];
    const tasks = [...new Set(this.members)].map((member) => async (within: AbortSignal) => {
      const blob = { entries: newLayer(), digests: verifies ? new BlobDigests() : null };
      const tar = layerSink(blob.entries, holes);
      const unpack = (compression: Compression) =>
        blob.digests?.unpacking(compression, tar, expansion) ?? decompressing(compression, tar, expansion);
      const seen = (chunk: Uint8Array) => {
        expansion.takeIn(chunk.length);
        see(chunk);
      };
      await this.pass(member, unpack, seen, within);
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
