// Images that have been read, kept so that the same one is there at once the next time: all that follows from their layers,
// in the columns that it has in memory, so that nothing is stacked or summed up again.
//
// An image is kept under all that its source says of it before it is read. Of a daemon's image that is enough: a daemon has held
// the layers against their digests before it stored them. An archive may say anything: it is kept under the very file
// that it was read from.
//
// An image that was not kept may have layers of one that was (`kin.ts`): its own are known by keys that its source gives them.

import { createHash, randomBytes } from 'node:crypto';
import { Analysis } from '../analysis/analysis.ts';
import { CHECKSUM_KEY_BYTES } from '../image/entry.ts';
import type { ImageFacts, KnownLayer, LayerBlob, LayerKey, Warrant } from '../image/source.ts';
import type { CacheFolder, CachedFile } from './cache-folder.ts';
import { type HasLayers, knownLayers, nearestKin } from './kin.ts';
import { decodeSnapshot, encodeSnapshot, factsEnd, factsIn } from './snapshot.ts';

/** Goes up when what is kept is read in another way: what was kept before is not understood any more, and goes in time. */
const SCHEMA_VERSION = 4;

/** What follows from an image's layers, what was known of it when they had been read, and how their source holds them. */
export interface KeptImage {
  readonly image: ImageFacts;
  readonly analysis: Analysis;
  readonly blobs: readonly LayerBlob[];
  /**
   * Whether all files have been looked at that duplicates are told by. Where not, the image is read anew for a report.
   */
  readonly tellsDuplicates: boolean;
}

/** What is told of a kept image where images are listed. */
export interface KeptFacts {
  readonly image: ImageFacts;
  readonly entries: number;
}

interface Facts extends KeptFacts, HasLayers {
  readonly tellsDuplicates: boolean;
}

/** So many images are looked at for layers of another, those that were used last. */
const MOST_KIN = 32;

/** Bytes from a file's start in which its facts are complete more often than not; and in which they nearly always are. */
const SMALL_HEAD_BYTES = 16 * 1024;
const HEAD_BYTES = 256 * 1024;

export class ImageCache {
  private readonly folder: CacheFolder;
  /** What checksums of this run are taken under. */
  private secret: Promise<Uint8Array> | null = null;

  constructor(folder: CacheFolder) {
    this.folder = folder;
  }

  /**
   * The image as it was kept; null where it was not, or what was kept is damaged or of another version.
   * @param said what its source says of it before it is read.
   */
  async find(said: ImageFacts, warrant: Warrant): Promise<KeptImage | null> {
    const name = nameOf(said, warrant);
    return name === null ? null : this.read(name);
  }

  /**
   * Keeps an image, unless nothing stands for it.
   * @param keys of its layers, base first; null, or none at all, for those that no other image will have from it.
   * @throws the file system's error.
   */
  async keep(
    said: ImageFacts,
    warrant: Warrant,
    { image, analysis, blobs, tellsDuplicates }: KeptImage,
    keys: readonly (LayerKey | null)[] = [],
  ): Promise<void> {
    const name = nameOf(said, warrant);
    if (name === null) return;
    const { count, layers } = analysis.stack.entries;
    const secret = await this.checksumKey();
    const layerKeys = layers.map(({ unread }, layer) =>
      unread === 0 ? shortKey(keys[layer] ?? null, secret) : null,
    );
    const facts: Facts = { image, entries: count, blobs, layerKeys, tellsDuplicates };
    await this.folder.keepSecret(secret);
    const pieces = await encodeSnapshot({ facts, columns: analysis.columns() }, SCHEMA_VERSION);
    await this.folder.write(name, pieces);
    for (const other of await this.folder.list()) {
      if (isOutdated(other.name, name)) await this.folder.remove(other.name);
    }
  }

  /** What checksums are taken under, so that they compare with those that are kept: `IndexReader.checksumKey`. */
  checksumKey(): Promise<Uint8Array> {
    this.secret ??= this.folder
      .secret(CHECKSUM_KEY_BYTES)
      .then((kept) => kept ?? randomBytes(CHECKSUM_KEY_BYTES));
    return this.secret;
  }

  /**
   * Of an image that was not kept, the layers that another one has which was.
   * @param keys of its layers, base first. @returns null for a layer that must be read.
   */
  async known(
    said: ImageFacts,
    warrant: Warrant,
    keys: readonly (LayerKey | null)[],
  ): Promise<readonly (KnownLayer | null)[]> {
    const none = keys.map(() => null);
    const name = nameOf(said, warrant);
    if (name === null || keys.every((key) => key === null)) return none;
    const secret = await this.checksumKey();
    const wanted = keys.map((key) => shortKey(key, secret));
    const candidates = (await this.folder.list(startOf(name))).slice(0, MOST_KIN);
    const heads = await Promise.all(
      candidates.map(async (file) => ({ file, facts: await this.factsOf(file.name) })),
    );
    for (const { file } of nearestKin(heads, wanted)) {
      const kin = await this.read(file.name);
      if (kin !== null) return knownLayers(kin, wanted);
    }
    return none;
  }

  /** All that is kept, the one that was used last first; facts are null where a file tells none. */
  async list(): Promise<(CachedFile & { readonly facts: KeptFacts | null })[]> {
    const files = await this.folder.list();
    return Promise.all(files.map(async (file) => ({ ...file, facts: await this.factsOf(file.name) })));
  }

  private async factsOf(name: string): Promise<Facts | null> {
    const head = await this.folder.peek(name, SMALL_HEAD_BYTES);
    const end = factsEnd(head, SCHEMA_VERSION) ?? 0;
    const whole = end <= head.length ? head : await this.folder.peek(name, Math.min(end, HEAD_BYTES));
    return factsIn(whole, SCHEMA_VERSION) as Facts | null;
  }

  private async read(name: string): Promise<(KeptImage & HasLayers) | null> {
    const buffer = await this.folder.read(name);
    const snapshot = buffer === null ? null : await decodeSnapshot(buffer, SCHEMA_VERSION);
    if (snapshot === null) return null;
    const { image, blobs, layerKeys, tellsDuplicates } = snapshot.facts as Facts;
    try {
      const analysis = Analysis.of(snapshot.columns);
      const isWhole = analysis.stack.layers === blobs.length;
      return isWhole ? { image, analysis, blobs, layerKeys, tellsDuplicates } : null;
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  }
}

/** The file of an image; null where it has none. Those of one place, and of one state of it, begin alike. */
function nameOf({ source, id, digest, layers }: ImageFacts, warrant: Warrant): string | null {
  if (warrant === null || layers.length === 0 || (warrant === 'daemon' && id === null)) return null;
  const said = hash([source, id, digest, ...layers.map(({ diffId }) => diffId)]);
  if (warrant === 'daemon') return `daemon-${said}`;
  return `${hash([warrant.place])}-${hash([warrant.files])}-${said}`;
}

/** How the names of all images of one place begin. */
const startOf = (name: string): string => name.slice(0, name.indexOf('-') + 1);

/** A layer's key as it is written down: one of checksums that were taken under another secret is another one. */
const shortKey = (key: LayerKey | null, secret: Uint8Array): string | null =>
  key === null ? null : hash([Buffer.from(secret).toString('hex'), key]);

/** Whether what is kept under a name is of the same place as another, of which nobody will ask again: its files are others now. */
function isOutdated(name: string, newer: string): boolean {
  const [place, files, said] = name.split('-');
  const [samePlace, otherFiles] = newer.split('-');
  return said !== undefined && place === samePlace && files !== otherFiles;
}

const hash = (values: readonly (string | null)[]): string =>
  createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 24);
