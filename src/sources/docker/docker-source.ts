import type { Readable } from 'node:stream';
import type { EntrySink } from '../../image/entry.ts';
import { PeelError } from '../../image/errors.ts';
import { factsOf } from '../../image/facts.ts';
import { MissingImage } from '../../image/missing-image.ts';
import type { Platform } from '../../image/platform.ts';
import { isIdOf, mayBeId, remoteName, withTag } from '../../image/reference.ts';
import type {
  ContentRequest,
  ImageFacts,
  ImageSource,
  IndexReader,
  PulledLayer,
  SourceEvent,
} from '../../image/source.ts';
import { readContent } from '../archive-content.ts';
import { counter } from '../counter.ts';
import { type ArchiveIndex, readArchive } from '../read-archive.ts';
import { credentialsFor, type Keychain } from './credentials.ts';
import type { Daemon } from './daemon.ts';
import { daemonMessage, exportFailure, httpStatus, Tail } from './failures.ts';
import { findInDaemon } from './find-image.ts';
import { formatIdentity } from './identity.ts';
import type { Inspected } from './inspect.ts';
import { followPull } from './pull.ts';

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
  /** Who the daemon is, as soon as it has said so. */
  private identity: string | null = null;

  constructor(daemon: Daemon, reference: string, options: DockerOptions = {}) {
    this.daemon = daemon;
    this.reference = reference;
    this.options = { verifies: false, platform: null, offersPlatforms: false, keychain: null, ...options };
  }

  async index<L extends EntrySink>(reader: IndexReader<L>, signal: AbortSignal): Promise<void> {
    const { keychain } = this.options;
    try {
      await this.read(reader, signal);
    } catch (error) {
      if (!(error instanceof MissingImage) || keychain === null) throw error;
      await this.pull(keychain, (layers) => reader.on({ type: 'pull', layers }), signal);
      await this.read(reader, signal).catch((still: unknown) => {
        if (!(still instanceof MissingImage)) throw still;
        throw new PeelError('no-such-image', `${still.offer.said} Pulling it has not changed that.`);
      });
    }
  }

  private async read<L extends EntrySink>(reader: IndexReader<L>, signal: AbortSignal): Promise<void> {
    // The daemon takes seconds to prepare an export: it is asked at once, and for the rest meanwhile.
    const unwanted = new AbortController();
    const wanted = AbortSignal.any([signal, unwanted.signal]);
    const { platform: wish, offersPlatforms, verifies } = this.options;
    const premature = new AbortController();
    const beforehand = AbortSignal.any([wanted, premature.signal]);
    const early = this.namesNoExport || wish !== null ? null : this.export(null, beforehand);
    // An image that is not there is told of by its inspection; then nobody hears how its export ends.
    early?.then((stream) => stream.on('error', () => undefined)).catch(() => undefined);
    const asked = { reference: this.reference, platform: wish, offersPlatforms };
    const { inspected, platform, onlyPlatform } = await findInDaemon(this.daemon, asked, signal).catch(
      (error: unknown) => {
        unwanted.abort();
        throw error;
      },
    );
    this.platform = platform;
    // What has been asked for holds all platforms.
    if (platform !== null) premature.abort();
    let image = this.factsOf(inspected);
    const tell = (event: SourceEvent<L>) => {
      if (event.type === 'image') image = event.image;
      reader.on(event);
    };
    tell({ type: 'image', image });
    tell({ type: 'progress', phase: 'preparing', bytes: 0, total: inspected.bytes });
    this.identify(wanted)
      .then((daemon) => {
        if (daemon !== null) tell({ type: 'image', image: { ...image, daemon } });
      })
      .catch(() => undefined); // who it is changes nothing of what it has

    const tail = new Tail();
    try {
      const stream = await (
        platform === null && early !== null ? early : this.export(inspected, signal)
      ).catch((error: unknown) => {
        signal.throwIfAborted();
        if (httpStatus(error) === null || onlyPlatform === null) throw error;
        // Of an index the daemon exports its own platform, and fails where it holds another one only.
        this.platform = onlyPlatform;
        return this.export(inspected, signal);
      });
      const count = counter((bytes) =>
        tell({ type: 'progress', phase: 'reading', bytes, total: inspected.bytes }),
      );
      this.indexed = await readArchive(
        {
          stream,
          see: (chunk) => {
            tail.see(chunk);
            count(chunk);
          },
        },
        {
          wish: { name: null, platform },
          usual: inspected.config.platform,
          diffIds: inspected.config.diffIds,
          verifies,
          // Of an image in containerd's store the daemon tells the digest of its index, not of its manifest.
          name: ({ id, digest }) => ({
            ...this.nameOf(inspected),
            id: id ?? inspected.id,
            digest: digest ?? inspected.digest,
          }),
        },
        { newLayer: () => reader.newLayer(), on: tell },
        signal,
      );
      if (tail.error() !== null) throw new Error('an error follows the archive');
    } catch (error) {
      unwanted.abort();
      signal.throwIfAborted();
      throw httpStatus(error) === null
        ? exportFailure(error, tail, this.reference)
        : new PeelError(
            'daemon-error',
            `The daemon cannot export ${this.reference}: ${daemonMessage(error)}`,
          );
    }
  }

  async content(
    request: ContentRequest,
    take: (piece: Uint8Array) => void,
    signal: AbortSignal,
  ): Promise<void> {
    if (this.indexed === null) throw new PeelError('file', `${this.reference} has not been indexed yet.`);
    await readContent(
      await (this.platform === null
        ? this.daemon.export(this.indexed.image.id ?? this.reference, signal)
        : this.daemon.export(withTag(this.reference), signal, this.platform)),
      this.indexed,
      request,
      take,
    );
  }

  /** Asked once the image is on the screen and the export on its way: nothing waits for it. */
  private async identify(signal: AbortSignal): Promise<string | null> {
    const identity = await this.daemon.identity(signal);
    this.identity = identity === null ? null : formatIdentity(identity);
    return this.identity;
  }

  private async pull(
    keychain: Keychain,
    on: (layers: readonly PulledLayer[]) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const name = withTag(this.reference);
    const remote = remoteName(this.reference);
    if (remote === null)
      throw new PeelError('arguments', `${this.reference} is an ID: no registry knows it.`);
    on([]);
    const credentials = await credentialsFor(this.reference, keychain);
    signal.throwIfAborted();
    try {
      const { platform } = this.options;
      await followPull(await this.daemon.pull(remote, { platform, credentials }, signal), name, on);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof PeelError) throw error;
      throw new PeelError('daemon-error', `The daemon cannot pull ${name}: ${daemonMessage(error)}`);
    }
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

  private nameOf(inspected: Inspected) {
    return {
      source: 'docker' as const,
      // An ID, and how much of it was typed, is no name: the same image is called the same however it was found.
      reference: isIdOf(this.reference, inspected.id) ? inspected.tag : withTag(this.reference),
      id: inspected.id,
      digest: inspected.digest,
      daemon: this.identity,
    };
  }

  private factsOf(inspected: Inspected): ImageFacts {
    const facts = factsOf(this.nameOf(inspected), inspected.config);
    return {
      ...facts,
      layers: facts.layers.map((layer, index) => ({
        ...layer,
        statedBytes: inspected.layerBytes[index] ?? null,
      })),
    };
  }
}
