// Images that have been read, kept so that the same one is there at once the next time: all that follows from their layers,
// in the columns that it has in memory, so that nothing is stacked or summed up again.
//
// An image is kept under all that its source says of it before it is read. Of a daemon's image that is enough: a daemon has held
// the layers against their digests before it stored them. An archive may say anything: it is kept under the very file
// that it was read from.

import { createHash } from 'node:crypto';
import { Analysis } from '../analysis/analysis.ts';
import type { ImageFacts, LayerBlob, Warrant } from '../image/source.ts';
import type { CacheFolder, CachedFile } from './cache-folder.ts';
import { decodeSnapshot, encodeSnapshot, factsIn } from './snapshot.ts';

/** Goes up when what is kept is read in another way: what was kept before is not understood any more, and goes in time. */
const SCHEMA_VERSION = 2;

/** What follows from an image's layers, what was known of it when they had been read, and how their source holds them. */
export interface KeptImage {
  readonly image: ImageFacts;
  readonly analysis: Analysis;
  readonly blobs: readonly LayerBlob[];
  /**
   * Whether all files have been looked at that duplicates are told by. Where not, they cannot be had later: checksums of
   * this run cannot be held against those that were kept (`tar/checksum.ts`).
   */
  readonly tellsDuplicates: boolean;
}

/** What is told of a kept image where images are listed. */
export interface KeptFacts {
  readonly image: ImageFacts;
  readonly entries: number;
}

interface Facts extends KeptFacts {
  readonly blobs: readonly LayerBlob[];
  readonly tellsDuplicates: boolean;
}

/** Bytes from a file's start in which its facts are nearly always complete. */
const HEAD_BYTES = 256 * 1024;

export class ImageCache {
  private readonly folder: CacheFolder;

  constructor(folder: CacheFolder) {
    this.folder = folder;
  }

  /**
   * The image as it was kept; null where it was not, or what was kept is damaged or of another version.
   * @param said what its source says of it before it is read.
   */
  async find(said: ImageFacts, warrant: Warrant): Promise<KeptImage | null> {
    const name = nameOf(said, warrant);
    const buffer = name === null ? null : await this.folder.read(name);
    const snapshot = buffer === null ? null : decodeSnapshot(buffer, SCHEMA_VERSION);
    if (snapshot === null) return null;
    const { image, blobs, tellsDuplicates } = snapshot.facts as Facts;
    try {
      const analysis = Analysis.of(snapshot.columns);
      return analysis.stack.layers === blobs.length ? { image, analysis, blobs, tellsDuplicates } : null;
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  }

  /**
   * Keeps an image, unless nothing stands for it.
   * @throws the file system's error.
   */
  async keep(
    said: ImageFacts,
    warrant: Warrant,
    { image, analysis, blobs, tellsDuplicates }: KeptImage,
  ): Promise<void> {
    const name = nameOf(said, warrant);
    if (name === null) return;
    const { count } = analysis.stack.entries;
    const facts: Facts = { image, entries: count, blobs, tellsDuplicates };
    await this.folder.write(name, encodeSnapshot({ facts, columns: analysis.columns() }, SCHEMA_VERSION));
    for (const other of await this.folder.list()) {
      if (isOutdated(other.name, name)) await this.folder.remove(other.name);
    }
  }

  /** All that is kept, the one that was used last first; facts are null where a file tells none. */
  async list(): Promise<(CachedFile & { readonly facts: KeptFacts | null })[]> {
    const files = await this.folder.list();
    return Promise.all(
      files.map(async (file) => {
        const head = await this.folder.peek(file.name, HEAD_BYTES);
        return { ...file, facts: factsIn(head, SCHEMA_VERSION) as KeptFacts | null };
      }),
    );
  }
}

/** The file of an image; null where it has none. Those of one place, and of one state of it, begin alike. */
function nameOf({ source, id, digest, layers }: ImageFacts, warrant: Warrant): string | null {
  if (warrant === null || layers.length === 0 || (warrant === 'daemon' && id === null)) return null;
  const said = hash([source, id, digest, ...layers.map(({ diffId }) => diffId)]);
  if (warrant === 'daemon') return `daemon-${said}`;
  return `${hash([warrant.place])}-${hash([warrant.files])}-${said}`;
}

/** Whether what is kept under a name is of the same place as another, of which nobody will ask again: its files are others now. */
function isOutdated(name: string, newer: string): boolean {
  const [place, files, said] = name.split('-');
  const [samePlace, otherFiles] = newer.split('-');
  return said !== undefined && place === samePlace && files !== otherFiles;
}

const hash = (values: readonly (string | null)[]): string =>
  createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 24);
