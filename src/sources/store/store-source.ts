import { stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { EntrySink } from '../../image/entry.ts';
import { messageOf, PeelError } from '../../image/errors.ts';
import { factsOf, type ImageName } from '../../image/facts.ts';
import type { ContentRequest, ContentSink, ImageSource, IndexReader, Warrant } from '../../image/source.ts';
import type { Daemon } from '../docker/daemon.ts';
import { type DockerOptions, inspectedFacts, nameOf } from '../docker/docker-source.ts';
import { findInDaemon } from '../docker/find-image.ts';
import { formatIdentity, parseIdentity } from '../docker/identity.ts';
import { readPulling } from '../docker/pull-image.ts';
import { isForbidden, openStore, parseStore } from './daemon-store.ts';
import { noteOf, noting, READABLE_AS_ROOT } from './noting.ts';
import { StoreError } from './store-error.ts';
import type { StoredImage, StoredLayer } from './stored-image.ts';

/**
 * So long a daemon may take to say where its images are, where an export would do as well. Docker counts its containers
 * for that, Podman starts other programs: a second on a machine that has much to do.
 */
const INFO_TIMEOUT_MS = 3000;

/** How an image is read from its daemon's files. */
export interface StoreOptions extends DockerOptions {
  /** Whether the files are the only way that is wanted. */
  readonly isForced?: boolean;
}

/**
 * An image of a daemon on this machine, read from the daemon's own files instead of an export: a fraction of the time,
 * and the same entries, for these files are what the daemon makes exports from. Where anything is not as it should be,
 * the export is read.
 */
export class StoreSource implements ImageSource {
  private readonly daemon: Daemon;
  private readonly reference: string;
  /** The same image by its export. */
  private readonly exported: ImageSource;
  private readonly options: Required<StoreOptions>;
  /** The image that has been read; null: it has been exported. */
  private image: StoredImage | null = null;

  constructor(daemon: Daemon, reference: string, exported: ImageSource, options: StoreOptions = {}) {
    this.daemon = daemon;
    this.reference = reference;
    this.exported = exported;
    const usual = {
      verifies: false,
      platform: null,
      offersPlatforms: false,
      keychain: null,
      isForced: false,
    };
    this.options = { ...usual, ...options };
  }

  async index<L extends EntrySink>(reader: IndexReader<L>, signal: AbortSignal): Promise<void> {
    const { platform, keychain, isForced } = this.options;
    if (!isForced && !(await mayReadStore(this.daemon.socketPath))) {
      const isHere = this.daemon.socketPath !== null;
      const noted = isHere ? noting(reader, this.permissionNote(signal)) : reader;
      await this.exported.index(noted, signal);
      return;
    }
    const told = new Set<number>();
    try {
      await readPulling(
        this.daemon,
        { reference: this.reference, platform, keychain },
        () => this.read(reader, told, signal),
        (layers) => reader.on({ type: 'pull', layers }),
        signal,
      );
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof StoreError)) throw error;
      if (isForced) throw cannotBeRead(error);
      await this.exported.index(noting(reader, noteOf(error), told), signal);
    }
  }

  warrant(): Promise<Warrant> {
    return Promise.resolve('daemon');
  }

  async content(
    requests: readonly ContentRequest[],
    open: (request: ContentRequest) => ContentSink,
    signal: AbortSignal,
  ): Promise<void> {
    if (this.image === null) return this.exported.content(requests, open, signal);
    try {
      await this.image.content(requests, open, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof StoreError)) throw error;
      // The export's members have to be known before one can be picked out of it.
      await this.exported.index({ newLayer: () => ({ add: () => undefined }), on: () => undefined }, signal);
      await this.exported.content(requests, open, signal);
    }
  }

  /**
   * @param told takes the numbers of the layers that have been told of.
   * @throws StoreError where the export may do better; what `findInDaemon` throws.
   */
  private async read<L extends EntrySink>(
    reader: IndexReader<L>,
    told: Set<number>,
    signal: AbortSignal,
  ): Promise<void> {
    const { reference } = this;
    const [info, found] = await Promise.all([
      this.info(signal),
      findInDaemon(this.daemon, { ...this.options, reference }, signal),
    ]);
    const name: ImageName = { source: 'store', ...nameOf(reference, found.inspected) };
    reader.on({ type: 'image', image: inspectedFacts(name, found.inspected) });
    try {
      const store = parseStore(info);
      if (store === null) throw new StoreError('the daemon does not say where its images are');
      const daemon = this.identify(info, signal);
      const wish = { platform: found.platform, verifies: this.options.verifies };
      const image = await openStore(store, found, wish, signal);
      const its: ImageName = { ...name, id: image.id, digest: image.digest ?? name.digest };
      const tell = (who: string | null) =>
        reader.on({ type: 'image', image: factsOf({ ...its, daemon: who }, image.config) });
      tell(null);
      await readLayers(image, reader, told, signal);
      this.image = image;
      // Nothing waits for who the daemon is: Podman starts programs to say it.
      daemon.then((who) => who !== null && !signal.aborted && tell(who)).catch(() => undefined);
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof StoreError ? error : new StoreError(messageOf(error), error);
    }
  }

  /** What the daemon says of itself; null when it does not. Where its files are all that is wanted it may take its time. */
  private info(signal: AbortSignal): Promise<unknown> {
    const answer = this.daemon.get('/info', signal, this.options.isForced ? undefined : INFO_TIMEOUT_MS);
    return answer.catch(() => null);
  }

  private async identify(info: unknown, signal: AbortSignal): Promise<string | null> {
    const version = await this.daemon.get('/version', signal).catch(() => null);
    const identity = parseIdentity(this.daemon.host, version, info);
    return identity === null ? null : formatIdentity(identity);
  }

  /** What somebody is told of an export who only lacks a permission to go without. */
  private async permissionNote(signal: AbortSignal): Promise<string | null> {
    const store = parseStore(await this.daemon.get('/info', signal));
    return (await isForbidden(store)) ? READABLE_AS_ROOT : null;
  }
}

/** Reads the layers of an image and tells of them base first. */
async function readLayers<L extends EntrySink>(
  image: StoredImage,
  reader: IndexReader<L>,
  told: Set<number>,
  signal: AbortSignal,
): Promise<void> {
  const { bytes: total, isForGood } = image;
  let bytes = 0;
  const count = (more: number) =>
    reader.on({ type: 'progress', phase: 'reading', bytes: (bytes += more), total });
  const tell = async ({ entries, blob }: StoredLayer<L>, index: number) => {
    told.add(index);
    reader.on({ type: 'layer', index, entries, ...blob });
    // Much may follow from a layer: keys are heard, and the screen is drawn, before the next one.
    await setImmediate();
    signal.throwIfAborted();
  };
  const read: StoredLayer<L>[] = [];
  for await (const layer of image.layers(reader, count, signal)) {
    read.push(layer);
    if (isForGood) await tell(layer, read.length - 1);
  }
  // What has been told could not be taken back, should another layer turn out to be no good.
  if (!isForGood) for (const [index, layer] of read.entries()) await tell(layer, index);
}

/**
 * Whether the files of a daemon at a socket may be ours to read: its owner's, as root's or those of a rootless daemon.
 * To ask in vain would only keep the export waiting.
 */
export async function mayReadStore(socketPath: string | null): Promise<boolean> {
  const uid = process.getuid?.();
  if (socketPath === null || uid === undefined) return false;
  if (uid === 0) return true;
  return stat(socketPath).then(
    (stats) => stats.uid === uid,
    () => false,
  );
}

function cannotBeRead(error: StoreError): PeelError {
  if (error.cause instanceof PeelError) return error.cause;
  return new PeelError('file', `The daemon's own files cannot be read: ${error.message}.`, { cause: error });
}
