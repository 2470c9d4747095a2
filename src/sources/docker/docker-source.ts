import type { Readable } from 'node:stream';
import type { EntrySink } from '../../image/entry.ts';
import { PeelError } from '../../image/errors.ts';
import { factsOf, type ImageName } from '../../image/facts.ts';
import type { Platform } from '../../image/platform.ts';
import { isIdOf, mayBeId, withTag } from '../../image/reference.ts';
import type {
  ContentRequest,
  ContentSink,
  ImageFacts,
  ImageSource,
  IndexReader,
  SourceEvent,
  Warrant,
} from '../../image/source.ts';
import { readContent } from '../archive-content.ts';
import { counter } from '../counter.ts';
import { type ArchiveIndex, readArchive } from '../read-archive.ts';
import { taking } from '../taking.ts';
import type { Keychain } from './credentials.ts';
import type { Daemon } from './daemon.ts';
import { exportFailure, httpStatus, Tail } from './failures.ts';
import { type FoundInDaemon, findInDaemon } from './find-image.ts';
import { formatIdentity } from './identity.ts';
import type { Inspected } from './inspect.ts';
import { readPulling } from './pull-image.ts';

/** How an image of a daemon is to be read. */
export interface DockerOptions {
  /**
   * Whether digests are reckoned as the export goes by, which takes as long as all else: the daemon makes the export
   * from its own store.
   */
  readonly verifies?: boolean;
  readonly platform?: Platform | null;
  /** Whether somebody can be asked which platform is meant where the daemon holds the image for several. */
  readonly offersPlatforms?: boolean;
  /** Who pulls an image that is not there; null: nobody. */
  readonly keychain?: Keychain | null;
}

/** An export that was asked for before anything was known of the image; without a stream, none was. */
interface EarlyExport {
  readonly stream: Promise<Readable> | null;
  giveUp(): void;
}

/**
 * An image of a Docker daemon. Inspect and history tell its layers at once; the files come with the export, which
 * is read as it streams: nothing is written to disk, no content is kept.
 */
export class DockerSource implements ImageSource {
  private readonly daemon: Daemon;
  private readonly reference: string;
  private readonly options: Required<DockerOptions>;
  private indexed: ArchiveIndex | null = null;
  /** The platform that the daemon is asked for; null where the name alone says enough. */
  private platform: Platform | null = null;
  /** What the daemon calls the image, for good. */
  private id: string | null = null;
  /** Who the daemon is, as soon as it has said so. */
  private identity: string | null = null;

  constructor(daemon: Daemon, reference: string, options: DockerOptions = {}) {
    this.daemon = daemon;
    this.reference = reference;
    this.options = { verifies: false, platform: null, offersPlatforms: false, keychain: null, ...options };
  }

  async index<L extends EntrySink>(reader: IndexReader<L>, signal: AbortSignal): Promise<void> {
    const { platform, keychain } = this.options;
    await readPulling(
      this.daemon,
      { reference: this.reference, platform, keychain },
      () => this.read(reader, signal),
      (layers) => reader.on({ type: 'pull', layers }),
      signal,
    );
  }

  /** A daemon has held the layers against their digests before it stored them. */
  warrant(): Promise<Warrant> {
    return Promise.resolve('daemon');
  }

  private async read<L extends EntrySink>(reader: IndexReader<L>, signal: AbortSignal): Promise<void> {
    const unwanted = new AbortController();
    const wanted = AbortSignal.any([signal, unwanted.signal]);
    try {
      const early = this.exportEarly(wanted);
      const found = await this.find(signal);
      // What has been asked for holds all platforms.
      if (found.platform !== null) early.giveUp();
      const told = this.begin(found.inspected, reader, wanted);
      await this.readExport(() => this.openExport(found, early, signal), found, told, signal);
    } catch (error) {
      unwanted.abort();
      throw error;
    }
  }

  /** The daemon takes seconds to prepare an export: it is asked at once, and for the rest meanwhile. */
  private exportEarly(signal: AbortSignal): EarlyExport {
    if (this.namesNoExport || this.options.platform !== null)
      return { stream: null, giveUp: () => undefined };
    const premature = new AbortController();
    const stream = this.export(null, AbortSignal.any([signal, premature.signal]));
    // An image that is not there is told of by its inspection; then nobody hears how its export ends.
    stream.then((bytes) => bytes.on('error', () => undefined)).catch(() => undefined);
    return { stream, giveUp: () => premature.abort() };
  }

  private async find(signal: AbortSignal): Promise<FoundInDaemon> {
    const { platform, offersPlatforms } = this.options;
    const asked = { reference: this.reference, platform, offersPlatforms };
    const found = await findInDaemon(this.daemon, asked, signal);
    this.platform = found.platform;
    this.id = found.inspected.id;
    return found;
  }

  /** Tells what the image is, and asks who the daemon is. The reader hears the rest through the result. */
  private begin<L extends EntrySink>(
    inspected: Inspected,
    reader: IndexReader<L>,
    signal: AbortSignal,
  ): IndexReader<L> {
    let image = inspectedFacts(this.nameOf(inspected), inspected);
    const on = (event: SourceEvent<L>) => {
      if (event.type === 'image') image = event.image;
      reader.on(event);
    };
    on({ type: 'image', image });
    on({ type: 'progress', phase: 'preparing', bytes: 0, total: inspected.bytes });
    this.identify(signal)
      .then((daemon) => {
        if (daemon !== null) on({ type: 'image', image: { ...image, daemon } });
      })
      .catch(() => undefined); // who it is changes nothing of what it has
    return { ...reader, newLayer: () => reader.newLayer(), on };
  }

  /** The export that has been asked for, or another one where more must be said to the daemon. */
  private async openExport(found: FoundInDaemon, early: EarlyExport, signal: AbortSignal): Promise<Readable> {
    const { inspected, platform, onlyPlatform } = found;
    try {
      return await ((platform === null ? early.stream : null) ?? this.export(inspected, signal));
    } catch (error) {
      signal.throwIfAborted();
      if (httpStatus(error) === null || onlyPlatform === null) throw error;
      // Of an index the daemon exports its own platform, and fails where it holds another one only.
      this.platform = onlyPlatform;
      return this.export(inspected, signal);
    }
  }

  private async readExport<L extends EntrySink>(
    open: () => Promise<Readable>,
    { inspected, platform }: FoundInDaemon,
    reader: IndexReader<L>,
    signal: AbortSignal,
  ): Promise<void> {
    const tail = new Tail();
    const { bytes: total, config } = inspected;
    const count = counter((bytes) => reader.on({ type: 'progress', phase: 'reading', bytes, total }));
    const see = (chunk: Uint8Array) => {
      tail.see(chunk);
      count(chunk);
    };
    try {
      this.indexed = await readArchive(
        { stream: await open(), see },
        {
          wish: { name: null, platform },
          usual: config.platform,
          diffIds: config.diffIds,
          verifies: this.options.verifies,
          name: ({ id, digest }) => ({
            ...this.nameOf(inspected),
            id: id ?? inspected.id,
            // Of an image in containerd's store the daemon tells the digest of its index, not of its manifest. One that
            // is called by its config has no manifest: that of its export has been made for the export.
            digest: (id === inspected.id ? null : digest) ?? inspected.digest,
          }),
        },
        reader,
        signal,
      );
      if (tail.error() !== null) throw new Error('an error follows the archive');
    } catch (error) {
      signal.throwIfAborted();
      throw exportFailure(error, tail, this.reference);
    }
  }

  /** The daemon prepares an export anew for each call, and is let go as soon as the last file has come. */
  async content(
    requests: readonly ContentRequest[],
    open: (request: ContentRequest) => ContentSink,
    signal: AbortSignal,
  ): Promise<void> {
    const { indexed, reference } = this;
    if (indexed === null) throw new PeelError('file', `${reference} has not been read to its end yet.`);
    const tail = new Tail();
    const exported = async () => ({ stream: await this.exportAgain(indexed, signal), see: tail.see });
    await taking(
      open,
      signal,
      (take) => readContent(exported, indexed, requests, take),
      (error) => exportFailure(error, tail, reference),
    );
  }

  /** Asked once the image is on the screen and the export on its way: nothing waits for it. */
  private async identify(signal: AbortSignal): Promise<string | null> {
    const identity = await this.daemon.identity(signal);
    this.identity = identity === null ? null : formatIdentity(identity);
    return this.identity;
  }

  /**
   * A digest names an image, but no export: the ID does, which inspection tells. A few hexadecimal digits name an
   * image or begin an ID: inspection tells which.
   */
  private get namesNoExport(): boolean {
    return this.reference.includes('@') || mayBeId(this.reference);
  }

  private export(inspected: Inspected | null, signal: AbortSignal): Promise<Readable> {
    const name = this.namesNoExport ? inspected?.id : undefined;
    return this.daemon.export(name ?? withTag(this.reference), signal, this.platform);
  }

  /**
   * The export of the image that has been indexed. A name may be another image's by now: where the daemon's ID is the
   * digest of the config, as it is but in containerd's store, that names it for good.
   */
  private exportAgain({ image }: ArchiveIndex, signal: AbortSignal): Promise<Readable> {
    const { id, platform } = this;
    const isForGood = this.namesNoExport || (platform === null && id === image.id);
    return this.daemon.export(isForGood && id !== null ? id : withTag(this.reference), signal, platform);
  }

  private nameOf(inspected: Inspected): ImageName {
    return { source: 'docker', ...nameOf(this.reference, inspected), daemon: this.identity };
  }
}

/** How an image is called that a daemon has told of. */
export function nameOf(reference: string, inspected: Inspected): Omit<ImageName, 'source' | 'daemon'> {
  return {
    // An ID, and how much of it was typed, is no name: the same image is called the same however it was found.
    reference: isIdOf(reference, inspected.id) ? inspected.tag : withTag(reference),
    id: inspected.id,
    digest: inspected.digest,
  };
}

/** What inspection tells of an image before anything of it has been read. */
export function inspectedFacts(name: ImageName, { config, layerBytes }: Inspected): ImageFacts {
  const facts = factsOf(name, config);
  return {
    ...facts,
    layers: facts.layers.map((layer, index) => ({ ...layer, statedBytes: layerBytes[index] ?? null })),
  };
}
