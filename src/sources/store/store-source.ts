import { stat } from 'node:fs/promises';
import type { EntrySink } from '../../image/entry.ts';
import { PeelError } from '../../image/errors.ts';
import { factsOf, type ImageName } from '../../image/facts.ts';
import type { ContentRequest, ContentSink, ImageSource, IndexReader, Warrant } from '../../image/source.ts';
import type { Daemon } from '../docker/daemon.ts';
import { inspectedFacts, nameOf } from '../docker/docker-source.ts';
import { findInDaemon } from '../docker/find-image.ts';
import { formatIdentity, parseIdentity } from '../docker/identity.ts';
import { type DaemonStore, parseStore, readStore } from './daemon-store.ts';
import type { StoredImage, StoredLayer } from './graph-store.ts';
import { readSplitLayers, type SplitLayer } from './split-layers.ts';
import { readStoredContent } from './stored-content.ts';
import { StoreError } from './store-error.ts';

/** So long a daemon may take to say where its images are, which counts its containers; its export would be on its way. */
const INFO_TIMEOUT_MS = 1000;

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
  /** Whether the files are the only way that is wanted. */
  private readonly isForced: boolean;
  /** Of the image that has been read from there; null: it has been exported. */
  private layers: readonly StoredLayer[] | null = null;

  constructor(daemon: Daemon, reference: string, exported: ImageSource, isForced: boolean) {
    this.daemon = daemon;
    this.reference = reference;
    this.exported = exported;
    this.isForced = isForced;
  }

  async index<L extends EntrySink>(reader: IndexReader<L>, signal: AbortSignal): Promise<void> {
    if (!this.isForced && !(await mayReadStore(this.daemon.socketPath))) {
      const isHere = this.daemon.socketPath !== null && process.platform === 'linux';
      await this.exported.index(isHere ? noting(reader, READABLE_AS_OWNER) : reader, signal);
      return;
    }
    try {
      await this.read(reader, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (this.isForced) throw error instanceof StoreError ? cannotBeRead(error) : error;
      const why =
        error instanceof StoreError ? `exported, because its files cannot be read: ${error.message}` : null;
      await this.exported.index(why === null ? reader : noting(reader, why), signal);
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
    if (this.layers === null) return this.exported.content(requests, open, signal);
    try {
      await readStoredContent(this.layers, requests, open, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof StoreError)) throw error;
      // The export's members have to be known before one can be picked out of it.
      await this.exported.index({ newLayer: () => ({ add: () => undefined }), on: () => undefined }, signal);
      await this.exported.content(requests, open, signal);
    }
  }

  private async read<L extends EntrySink>(reader: IndexReader<L>, signal: AbortSignal): Promise<void> {
    const asked = { reference: this.reference, platform: null, offersPlatforms: false };
    const [info, { inspected }] = await Promise.all([
      this.daemon.get('/info', signal, INFO_TIMEOUT_MS),
      findInDaemon(this.daemon, asked, signal),
    ]);
    const store = parseStore(info);
    if (store === null) throw new StoreError('the daemon does not say where its images are');
    const name: ImageName = { source: 'store', ...nameOf(this.reference, inspected) };
    reader.on({ type: 'image', image: inspectedFacts(name, inspected) });
    const image = await readStore(store, inspected.id);
    reader.on({ type: 'image', image: factsOf(name, image.config) });
    const layers = await this.readLayers(image, reader, signal);
    this.layers = image.layers;
    tell(store, image, layers, reader);
    const version = await this.daemon.get('/version', signal).catch(() => null);
    const identity = parseIdentity(this.daemon.host, version, info);
    if (identity === null) return;
    reader.on({ type: 'image', image: factsOf({ ...name, daemon: formatIdentity(identity) }, image.config) });
  }

  /** None is told of before all have been read: what has been told could not be taken back. */
  private async readLayers<L extends EntrySink>(
    { layers }: StoredImage,
    reader: IndexReader<L>,
    signal: AbortSignal,
  ): Promise<SplitLayer<L>[]> {
    const read: SplitLayer<L>[] = [];
    for await (const layer of readSplitLayers(layers, () => reader.newLayer(), signal)) read.push(layer);
    return read;
  }
}

function tell<L extends EntrySink>(
  { namesBlobs }: DaemonStore,
  { config }: StoredImage,
  layers: readonly SplitLayer<L>[],
  reader: IndexReader<L>,
): void {
  for (const [index, { entries, tarBytes }] of layers.entries()) {
    const digest = namesBlobs ? (config.diffIds[index] ?? null) : null;
    reader.on({ type: 'layer', index, entries, digest, blobBytes: tarBytes, mismatches: null });
  }
}

/** What somebody is told who is not the daemon's owner. */
const READABLE_AS_OWNER = 'exported; whoever owns the daemon (root) may open it without an export';

/**
 * Whether the files of a daemon at a socket may be ours to read: its owner's, as root's or those of a rootless daemon.
 * To ask in vain would only keep the export waiting.
 */
export async function mayReadStore(socketPath: string | null): Promise<boolean> {
  const uid = process.getuid?.();
  if (socketPath === null || uid === undefined) return false;
  return stat(socketPath).then(
    (stats) => stats.uid === uid,
    () => false,
  );
}

function cannotBeRead(error: StoreError): PeelError {
  return new PeelError('file', `The daemon's own files cannot be read: ${error.message}.`, { cause: error });
}

/** The reader of an export that was not the first choice: the image's details say why. */
function noting<L extends EntrySink>(reader: IndexReader<L>, note: string): IndexReader<L> {
  return {
    newLayer: () => reader.newLayer(),
    on: (event) => reader.on(event.type === 'image' ? { ...event, image: { ...event.image, note } } : event),
  };
}
