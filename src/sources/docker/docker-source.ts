import type { Readable } from 'node:stream';
import type { EntrySink } from '../../image/entry.ts';
import { ANY_IMAGE } from '../../image/choice.ts';
import { messageOf, PeelError } from '../../image/errors.ts';
import { factsOf } from '../../image/facts.ts';
import { isIdOf, mayBeId, nearestNames, withTag } from '../../image/reference.ts';
import type {
  ContentRequest,
  ImageFacts,
  ImageSource,
  IndexReader,
  SourceEvent,
} from '../../image/source.ts';
import { readContent } from '../archive-content.ts';
import { counter } from '../counter.ts';
import { type ArchiveIndex, readArchive } from '../read-archive.ts';
import type { Daemon } from './daemon.ts';
import { daemonMessage, exportFailure, httpStatus, Tail } from './failures.ts';
import { formatIdentity } from './identity.ts';
import { type Inspected, parseInspect } from './inspect.ts';
import { listImages } from './list-images.ts';

/** So long an error may wait for the daemon to say who it is. */
const HINT_TIMEOUT_MS = 2000;

/**
 * An image of a Docker daemon. Inspect and history tell its layers at once; the files come with the export, which
 * is read as it streams: nothing is written to disk, no content is kept.
 */
export class DockerSource implements ImageSource {
  private readonly daemon: Daemon;
  private readonly reference: string;
  private readonly verifies: boolean;
  private indexed: ArchiveIndex | null = null;
  /** Who the daemon is, as soon as it has said so. */
  private identity: string | null = null;

  /**
   * @param verifies whether digests are reckoned as the export goes by, which takes as long as all else: the daemon
   * makes the export from its own store.
   */
  constructor(daemon: Daemon, reference: string, verifies = false) {
    this.daemon = daemon;
    this.reference = reference;
    this.verifies = verifies;
  }

  async index<L extends EntrySink>(reader: IndexReader<L>, signal: AbortSignal): Promise<void> {
    // The daemon takes seconds to prepare an export: it is asked at once, and for the rest meanwhile.
    const unwanted = new AbortController();
    const wanted = AbortSignal.any([signal, unwanted.signal]);
    const early = this.namesNoExport ? null : this.export(null, wanted);
    // An image that is not there is told of by its inspection; then nobody hears how its export ends.
    early?.then((stream) => stream.on('error', () => undefined)).catch(() => undefined);
    const inspected = await this.inspect(signal).catch((error: unknown) => {
      unwanted.abort();
      throw error;
    });
    let image = this.factsOf(inspected);
    const tell = (event: SourceEvent<L>) => {
      if (event.type === 'image') image = event.image;
      reader.on(event);
    };
    tell({ type: 'image', image });
    tell({ type: 'progress', phase: 'preparing', bytes: 0, total: inspected.bytes });
    void this.identify(wanted).then((daemon) => {
      if (daemon !== null) tell({ type: 'image', image: { ...image, daemon } });
    });

    const tail = new Tail();
    try {
      const stream = await (early ?? this.export(inspected, signal));
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
          wish: ANY_IMAGE,
          usual: inspected.config.platform,
          diffIds: inspected.config.diffIds,
          verifies: this.verifies,
          name: ({ id }) => ({ ...this.nameOf(inspected), id: id ?? inspected.id }),
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
      await this.daemon.export(this.indexed.image.id ?? this.reference, signal),
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

  private async inspect(signal: AbortSignal): Promise<Inspected> {
    const name = mayBeId(this.reference) ? this.reference : withTag(this.reference);
    const path = `/images/${name.split('/').map(encodeURIComponent).join('/')}`;
    try {
      const [inspect, history] = await Promise.all([
        this.daemon.get(`${path}/json`, signal),
        this.daemon.get(`${path}/history`, signal),
      ]);
      return parseInspect(inspect, history);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof PeelError) throw error;
      if (httpStatus(error) === 404) throw await this.noSuchImage(signal);
      throw new PeelError(
        'daemon-error',
        `The daemon cannot inspect ${this.reference}: ${daemonMessage(error)}`,
      );
    }
  }

  private async noSuchImage(signal: AbortSignal): Promise<PeelError> {
    const names = await listImages(this.daemon, signal).then(
      (images) => images.map(({ reference }) => reference),
      (error: unknown) => {
        signal.throwIfAborted();
        throw new PeelError('daemon-error', `The daemon cannot list its images: ${messageOf(error)}`);
      },
    );
    const near = nearestNames(this.reference, names);
    const hint = near.length > 0 ? `Did you mean ${near.join(', ')}?` : await this.howToFetch(signal);
    return new PeelError(
      'no-such-image',
      `${this.daemon.host} holds no image ${withTag(this.reference)}. ${hint}`,
    );
  }

  private async howToFetch(signal: AbortSignal): Promise<string> {
    const identity = await this.daemon.identity(signal, HINT_TIMEOUT_MS);
    const tool = identity?.name === 'Podman' ? 'podman' : 'docker';
    return `Fetch it first: ${tool} pull ${this.reference}`;
  }

  /**
   * A digest names an image, but no export: the ID does, which inspection tells. A few hexadecimal digits name an
   * image or begin an ID: inspection tells which.
   */
  private get namesNoExport(): boolean {
    return this.reference.includes('@') || mayBeId(this.reference);
  }

  private export(inspected: Inspected | null, signal: AbortSignal): Promise<Readable> {
    return this.daemon.export(inspected?.id ?? withTag(this.reference), signal);
  }

  private nameOf(inspected: Inspected) {
    return {
      source: 'docker' as const,
      reference: isIdOf(this.reference, inspected.id) ? this.reference : withTag(this.reference),
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
