import { createReadStream } from 'node:fs';
import { access, constants, open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import { isatty } from 'node:tty';
import { ANY_IMAGE, type Wish } from '../image/choice.ts';
import { PeelError } from '../image/errors.ts';
import { visible } from '../image/text.ts';
import type {
  ChecksumWish,
  ContentRequest,
  ContentSink,
  ImageSource,
  IndexReader,
  Warrant,
} from '../image/source.ts';
import type { Checksum, EntrySink } from '../image/entry.ts';
import { factsOf, type ImageName } from '../image/facts.ts';
import type { Mismatch } from '../image/integrity.ts';
import type { Origin } from '../image/origin.ts';
import { readContent } from './archive-content.ts';
import { blobParts, digestIn } from './blob-names.ts';
import { brokenArchive } from './broken-archive.ts';
import { counter } from './counter.ts';
import type { LayerPlace } from './layer-places.ts';
import { MACHINE_PLATFORM } from './machine-platform.ts';
import { type ArchiveIndex, missingLayer, readArchive } from './read-archive.ts';
import { findImage, type FoundImage } from './saved-image.ts';
import { type ArchiveSurvey, surveyArchive } from './sought-archive.ts';
import { fileIdentity, SoughtFiles } from './sought-file.ts';
import { SoughtLayers } from './sought-layers.ts';
import { taking } from './taking.ts';
import { isOfSystem, unreadable } from './unreadable.ts';

/** Large enough that reading a file is not felt, small enough to stay in a processor's cache. */
export const READ_BYTES = 512 * 1024;

/** An archive that can be opened. */
export interface Archive {
  /** How errors call it. */
  readonly name: string;
  /** Its length, where it is known. */
  readonly total: number | null;
  /** Where it lies, if it can be read from wherever one likes. */
  readonly path?: string;
  /** What it is read from where it is no file. */
  readonly origin?: Origin;
  open(signal: AbortSignal): Readable;
}

/** An archive that `docker save` or its kin has written. */
export class ArchiveSource implements ImageSource {
  private readonly archive: Archive;
  private readonly wish: Wish;
  /** What has been read: by seeking, or as a stream. */
  private sought: SoughtLayers | null = null;
  private indexed: ArchiveIndex | null = null;

  constructor(archive: Archive, wish: Wish = ANY_IMAGE) {
    this.archive = archive;
    this.wish = wish;
  }

  async index<L extends EntrySink>(reader: IndexReader<L>, signal: AbortSignal): Promise<void> {
    await this.blaming(async () => {
      const { path, total } = this.archive;
      const files = new SoughtFiles();
      const survey =
        path === undefined || total === null ? null : await surveyArchive(files, path, total, signal);
      if (survey === null || path === undefined) this.indexed = await this.pass(reader, signal);
      else this.sought = await this.seek({ path, files, survey }, reader, signal);
    });
  }

  async content(
    requests: readonly ContentRequest[],
    open: (request: ContentRequest) => ContentSink,
    signal: AbortSignal,
  ): Promise<void> {
    const { indexed, sought } = this;
    const { name } = this.archive;
    const bytes = () => ({ stream: this.archive.open(signal) });
    const deliver = (take: typeof open) => {
      if (sought !== null) return sought.deliver(requests, take, signal);
      if (indexed !== null) return readContent(bytes, indexed, requests, take);
      throw new Error('Nothing has been read.');
    };
    if (sought === null && indexed === null)
      throw new PeelError('file', `${name} has not been read to its end yet.`);
    await taking(open, signal, deliver, (error) => (error instanceof PeelError ? error.of(name) : error));
  }

  /** A pipe has none: it cannot be told from another one. */
  async warrant(): Promise<Warrant> {
    const { path } = this.archive;
    return path === undefined ? null : { files: await fileIdentity(path), place: resolve(path) };
  }

  async checksums(
    wishes: readonly ChecksumWish[],
    take: (layer: number, entry: number, checksum: Checksum) => void,
    signal: AbortSignal,
  ): Promise<void> {
    await this.blaming(async () => this.sought?.checksums(wishes, take, signal));
  }

  /** What has been read as a stream has been verified on the way. */
  async verify(
    tell: (layer: number, mismatches: readonly Mismatch[] | null) => void,
    signal: AbortSignal,
  ): Promise<void> {
    await this.blaming(async () => this.sought?.verify(tell, signal));
  }

  private pass<L extends EntrySink>(reader: IndexReader<L>, signal: AbortSignal): Promise<ArchiveIndex> {
    const { total, origin } = this.archive;
    const name = (found: FoundImage): ImageName => ({
      ...nameOf(found),
      ...(origin === undefined ? {} : { origin }),
    });
    return readArchive(
      {
        stream: this.archive.open(signal),
        see: counter((bytes) => reader.on({ type: 'progress', phase: 'reading', bytes, total })),
      },
      { wish: this.wish, usual: MACHINE_PLATFORM, diffIds: [], verifies: true, name },
      reader,
      signal,
    );
  }

  private async seek<L extends EntrySink>(
    { path, files, survey }: { path: string; files: SoughtFiles; survey: ArchiveSurvey },
    reader: IndexReader<L>,
    signal: AbortSignal,
  ): Promise<SoughtLayers> {
    const layerBytes = (name: string) => {
      const layer = survey.layer(name);
      return layer === null ? null : layer.extent.end - layer.extent.start;
    };
    const place = { kind: 'archive', documents: survey.documents, layerBytes } as const;
    const found = findImage(place, this.wish, MACHINE_PLATFORM);
    reader.on({ type: 'image', image: factsOf(nameOf(found), found.config) });
    const layers = found.layers.map((name, index): LayerPlace => {
      const layer = survey.layer(name);
      if (layer === null) throw missingLayer(index, name);
      const { member, extent } = layer;
      return {
        member,
        path,
        extent,
        digest: digestIn(member),
        isNamedFreely: blobParts(member) === null,
        diffId: found.config.diffIds[index] ?? null,
      };
    });
    const sought = new SoughtLayers(layers, (error) => brokenArchive(error, layers.length, NO_BYTES), files);
    this.sought = sought;
    await sought.index(reader, signal);
    return sought;
  }

  /** Errors say which archive they are about. */
  private async blaming(work: () => Promise<void>): Promise<void> {
    const { name } = this.archive;
    try {
      await work();
    } catch (error) {
      if (isOfSystem(error)) throw unreadable(name, error);
      throw error instanceof PeelError ? error.of(name) : error;
    }
  }
}

const NO_BYTES = new Uint8Array(0);

const nameOf = ({ reference, id, digest }: FoundImage): ImageName => ({
  source: 'archive',
  reference,
  id,
  digest,
});

/**
 * An archive on disk.
 * @throws PeelError `file` when it cannot be read.
 */
export async function archiveFile(path: string): Promise<Archive> {
  const name = visible(path);
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) throw new PeelError('file', `${name} is a directory, not an image archive.`);
    await access(path, constants.R_OK);
    if (stats.isCharacterDevice()) await refuseTerminal(path, name);
    return {
      name,
      total: stats.size,
      ...(stats.isFile() ? { path } : {}),
      open: (signal) => createReadStream(path, { highWaterMark: READ_BYTES, signal }),
    };
  } catch (error) {
    if (error instanceof PeelError) throw error;
    throw unreadable(name, error);
  }
}

/** What comes from a terminal is keys, and there is no end of them. */
async function refuseTerminal(path: string, name: string): Promise<void> {
  const device = await open(path);
  try {
    if (isatty(device.fd)) throw new PeelError('file', `${name} is a terminal, not an image archive.`);
  } finally {
    await device.close();
  }
}

/** An archive that comes through a pipe: it can be read once. */
export function archiveStream(name: string, stream: Readable): Archive {
  let opened = false;
  return {
    name,
    total: null,
    origin: 'standard-input',
    open: (signal) => {
      if (opened) throw new PeelError('file', 'It can be read only once: save it to a file and open that.');
      opened = true;
      return addAbortSignal(signal, stream);
    },
  };
}
