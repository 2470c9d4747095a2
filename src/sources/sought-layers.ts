// The layers of an image whose blobs lie in files that can be sought. Those that are not packed are read where they
// stand, by their headers alone; packed ones are unpacked side by side, as zlib does it on threads of its own, and all that
// goes by is looked at, as it is in a pipe.

import { availableParallelism } from 'node:os';
import type { Checksum, EntrySink } from '../image/entry.ts';
import type { Mismatch } from '../image/integrity.ts';
import type { ChecksumWish, ContentRequest, ContentSink, IndexReader, KnownLayer } from '../image/source.ts';
import { IGNORE, pump } from '../tar/byte-sink.ts';
import { compressionOf, decompressing, MAGIC_BYTES } from '../tar/decompress.ts';
import { Expansion } from '../tar/expansion.ts';
import { HoleAllowance } from '../tar/holes.ts';
import { Places } from '../tar/places.ts';
import { layerSink } from '../tar/read-layer.ts';
import { BlobDigests } from './blob-digests.ts';
import { Deliveries } from './deliveries.ts';
import { inSlices } from './in-slices.ts';
import { knownLayers } from './known-layers.ts';
import type { Blob, LayerPlace } from './layer-places.ts';
import { LayerReading } from './layer-reading.ts';
import { LayerRow } from './layer-row.ts';
import { MemberDelivery } from './member-delivery.ts';
import { sideBySide } from './side-by-side.ts';
import { type SoughtFile, SoughtFiles } from './sought-file.ts';
import { unpackSought } from './unpack-sought.ts';

/** Layers that are unpacked at once, each with up to some forty megabytes of buffers. */
const UNPACKED_AT_ONCE = Math.min(availableParallelism(), 8);

/** One is stacked, one waits for what decides something of it, one is read: each is in memory with its entries. */
const SOUGHT_AT_ONCE = 3;

/** How checksums of unpacked blobs are taken, and what their files are known by (`LayerKey`). */
const PACKED = 'file';

/** Does something with a blob while its file is open. */
type BlobWork = (blob: Blob, file: SoughtFile, signal: AbortSignal) => Promise<void>;

export class SoughtLayers {
  private readonly layers: readonly LayerPlace[];
  private readonly blame: (error: unknown, layer: number) => unknown;
  private readonly files: SoughtFiles;
  private readonly blobs = new Map<string, Blob>();
  /** How unpacked layers are read. */
  private reading = new LayerReading({ holes: new HoleAllowance(), looksAtSmall: false, key: undefined }, 0);

  /** @param layers base first. @param blame what an error of reading a layer means for a person. @param files what has been read of the same files before. */
  constructor(
    layers: readonly LayerPlace[],
    blame: (error: unknown, layer: number) => unknown,
    files: SoughtFiles = new SoughtFiles(),
  ) {
    this.layers = layers;
    this.files = files;
    this.blame = blame;
  }

  /** As `ImageSource.index`, of an image that has been told of. Layers are told of base first. */
  index<L extends EntrySink>(reader: IndexReader<L>, signal: AbortSignal): Promise<void> {
    const key = reader.checksumKey;
    return this.whileOpen(async () => {
      const blobs = await this.look(signal);
      const known = await this.knownBlobs(blobs, reader);
      const row = new LayerRow(this.layers, blobs, reader, signal);
      const holes = new HoleAllowance();
      const expansion = new Expansion();
      const isPacked = ({ compression }: Blob) => compression !== 'none';
      const standing = blobs.filter((blob) => !isPacked(blob));
      const reading = new LayerReading(
        { holes, looksAtSmall: reader.wantsChecksums === true, key },
        standing.reduce((bytes, blob) => bytes + bytesOf(blob), 0),
      );
      this.reading = reading;
      const seek: BlobWork = async (blob, file, either) => {
        const entries = reader.newLayer();
        const { extent } = blob.place;
        const passed = (bytes: number) => row.tellProgress(blob, bytes);
        blob.places = await reading.index({ file, extent }, { entries, passed }, either);
        await row.tell(blob, entries);
      };
      const unpack: BlobWork = async (blob, file, either) => {
        const entries = reader.newLayer();
        const { place, compression } = blob;
        const packed = { extent: place.extent, compression };
        const hear = {
          expansion,
          passed: (bytes: number) => row.tellProgress(blob, bytes),
        };
        await unpackSought(file, packed, layerSink(entries, holes, key), hear, either);
        await row.tell(blob, entries);
      };
      const replay: BlobWork = async (blob, _file, either) => {
        const entries = reader.newLayer();
        const { start, end } = blob.place.extent;
        expansion.takeIn(end - start);
        const layer = known.get(blob);
        if (layer !== undefined) await inSlices(layer.replay(entries), either);
        await row.tell(blob, entries);
      };
      const isKnown = (blob: Blob) => known.has(blob);
      // Both at once: the one keeps this thread busy, the other ones of its own.
      const lanes = [
        { blobs: standing, most: SOUGHT_AT_ONCE, work: seek },
        { blobs: blobs.filter(isKnown), most: 1, work: replay },
        {
          blobs: blobs.filter((blob) => isPacked(blob) && !isKnown(blob)).sort(largestFirst),
          most: UNPACKED_AT_ONCE,
          work: unpack,
        },
      ];
      try {
        await sideBySide(lanes, lanes.length, signal, (lane, either) =>
          sideBySide(lane.blobs, lane.most, either, (blob, stop) => this.read(blob, stop, lane.work)),
        );
      } finally {
        await reading.end();
      }
    });
  }

  /** As `ImageSource.checksums`. */
  checksums(
    wishes: readonly ChecksumWish[],
    take: (layer: number, entry: number, checksum: Checksum) => void,
    signal: AbortSignal,
  ): Promise<void> {
    return this.whileOpen(async () => {
      await sideBySide(wishes, wishes.length, signal, async ({ layer, entries }, either) => {
        const blob = this.blobOf(this.layers[layer]?.member ?? '');
        const places = entries.map((entry) => blob.places.at(entry) ?? 0);
        await this.read(blob, either, ({ place: { extent } }, file) =>
          this.reading.checksums(
            { file, extent },
            places,
            (checksum, index) => {
              const entry = entries[index];
              if (entry !== undefined) take(layer, entry, checksum);
            },
            either,
          ),
        );
      });
    });
  }

  /** As `ImageSource.verify`. */
  verify(
    tell: (layer: number, mismatches: readonly Mismatch[] | null) => void,
    signal: AbortSignal,
  ): Promise<void> {
    return this.whileOpen(async () => {
      const expansion = new Expansion();
      for (const blob of this.blobs.values()) {
        const digests = new BlobDigests();
        await this.read(blob, signal, ({ place, compression }, file) =>
          pump(
            file.stream(place.extent, signal),
            digests.unpacking(compression, IGNORE, expansion),
            ({ length }) => expansion.takeIn(length),
          ),
        );
        for (const layer of blob.layers) {
          const { digest = null, diffId = null } = this.layers[layer] ?? {};
          tell(layer, digests.mismatches({ digest, diffId }, blob.place.isNamedFreely));
        }
      }
    });
  }

  /** Hands over files: of a packed blob up to the last one that is wanted, of any other nothing but those. */
  async deliver(
    requests: readonly ContentRequest[],
    open: (request: ContentRequest) => ContentSink,
    signal: AbortSignal,
  ): Promise<void> {
    const deliveries = new Deliveries(
      requests,
      this.layers.map(({ member }) => member),
      open,
    );
    await this.whileOpen(async () => {
      const expansion = new Expansion();
      for (const member of deliveries.members) {
        await this.read(this.blobOf(member), signal, async (blob, file) => {
          const { place, compression, places } = blob;
          if (compression === 'none') {
            await new MemberDelivery(file.read, place.extent, places).deliver(deliveries, member, signal);
            return;
          }
          const sink = decompressing(compression, deliveries.sinkOf(member), expansion);
          await pump(file.stream(place.extent, signal), sink, ({ length }) => expansion.takeIn(length));
        });
      }
    });
    deliveries.check();
  }

  /** Looks how each blob is packed. */
  private async look(signal: AbortSignal): Promise<Blob[]> {
    const byMember = Map.groupBy(this.layers.keys(), (layer) => this.layers[layer]?.member ?? '');
    for (const [member, layers] of byMember) {
      const [first = 0] = layers;
      const place = this.layers[first];
      if (place === undefined) continue;
      const unknown: Blob = { place, layers, compression: 'none', key: null, places: new Places() };
      await this.read(unknown, signal, (_, file) => {
        const { start, end } = place.extent;
        const head = Buffer.alloc(Math.min(MAGIC_BYTES, end - start));
        file.read(head, start);
        const compression = compressionOf(head);
        // A blob is the same as long as nobody has written to its file, whatever it is called.
        const key = compression === 'none' ? null : `${PACKED} ${file.identity} ${start}-${end}`;
        this.blobs.set(member, { ...unknown, compression, key });
        return Promise.resolve();
      });
    }
    return [...this.blobs.values()];
  }

  /** Those that need not be read. */
  private async knownBlobs<L extends EntrySink>(
    blobs: readonly Blob[],
    reader: IndexReader<L>,
  ): Promise<Map<Blob, KnownLayer>> {
    const keys = this.layers.map(({ member }) => this.blobOf(member).key);
    const known = await knownLayers(reader, keys);
    return new Map(
      blobs.flatMap((blob) => {
        const layer = known[blob.layers[0] ?? 0] ?? null;
        return layer === null || blob.key === null ? [] : [[blob, layer]];
      }),
    );
  }

  private blobOf(member: string): Blob {
    const blob = this.blobs.get(member);
    if (blob === undefined) throw new Error(`${member} has not been read.`);
    return blob;
  }

  /** Opens the blob's file, and says of a failure whose it is. */
  private async read(blob: Blob, signal: AbortSignal, work: BlobWork): Promise<void> {
    signal.throwIfAborted();
    try {
      await this.files.use(blob.place.path, (file) => work(blob, file, signal));
    } catch (error) {
      signal.throwIfAborted();
      throw this.blame(error, blob.layers[0] ?? 0);
    }
  }

  /** Where all layers lie in one file it stays open from the first to the last. */
  private async whileOpen(work: () => Promise<void>): Promise<void> {
    const [path, ...others] = new Set(this.layers.map((layer) => layer.path));
    if (path === undefined || others.length > 0) await work();
    else await this.files.use(path, work);
  }
}

const bytesOf = ({ place: { extent } }: Blob) => extent.end - extent.start;

/** The last of several that go on side by side should be a short one. */
const largestFirst = (a: Blob, b: Blob) => bytesOf(b) - bytesOf(a);
