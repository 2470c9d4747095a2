// Loading an image that may have been kept. As soon as its source has told what it is, it is looked for; what is read
// meanwhile waits for the answer. Where it was kept, reading is given up. Where it was not, it may have layers of another
// image that was: those its source leaves out.

import type { ImageCache, KeptImage } from '../cache/image-cache.ts';
import type { EntrySink } from '../image/entry.ts';
import type {
  ImageFacts,
  ImageSource,
  IndexReader,
  KnownLayer,
  LayerKey,
  SourceEvent,
  Warrant,
} from '../image/source.ts';
import type { AnalysedImage } from '../report/report.ts';
import { type LateSource, leavingOut } from './late-source.ts';
import { loadImage, type LoadEvent } from './load-image.ts';

/** So long a daemon is still asked who it is, when nothing else is wanted of it. */
const IDENTITY_MS = 1000;

/** What an image is kept under. */
interface Key {
  readonly said: ImageFacts;
  readonly warrant: Warrant;
}

export class KeptLoading {
  private readonly source: LateSource;
  private readonly cache: ImageCache | null;
  private key: Key | null = null;
  /** Of the image's layers, as its source has told them. */
  private layerKeys: readonly (LayerKey | null)[] = [];
  private wasKept = false;
  private wantedChecksums = false;

  /** @param cache null: nothing is kept, nor looked for. */
  constructor(source: LateSource, cache: ImageCache | null) {
    this.source = source;
    this.cache = cache;
  }

  /** As `loadImage`. */
  async load(
    on: (event: LoadEvent) => void,
    signal: AbortSignal,
    wantsChecksums = false,
  ): Promise<AnalysedImage> {
    const { cache } = this;
    this.wantedChecksums = wantsChecksums;
    if (cache === null) return loadImage(this.source, on, signal, wantsChecksums);
    const reading = new AbortController();
    const checksumKey = await cache.checksumKey();
    const search: Search = new Search((said) => this.find(said, wantsChecksums), {
      checksumKey,
      known: async (keys) => {
        this.layerKeys = keys;
        return (await search.found) === null ? this.known(cache, keys) : leavingOut(keys);
      },
    });
    let kept: KeptImage | null = null;
    const hear = (event: LoadEvent) => {
      if (kept === null) on(event);
      else if (event.type === 'image' && event.image.daemon !== null) {
        // All that was still to be learnt.
        on({ type: 'image', image: { ...kept.image, daemon: event.image.daemon } });
        reading.abort();
      }
    };
    const either = AbortSignal.any([signal, reading.signal]);
    const read = loadImage(search.before(this.source), hear, either, wantsChecksums);
    // Where reading goes on to its end, so does the search.
    kept = await Promise.race([search.found, read.then(() => null)]);
    if (kept === null) return read;
    this.wasKept = true;
    read.catch(() => undefined);
    if (kept.image.daemon === null) reading.abort();
    else setTimeout(() => reading.abort(), IDENTITY_MS).unref();
    return tell(kept, on);
  }

  /**
   * Keeps what has been read of an image that was not kept, with all that a report tells where checksums were wanted. What
   * cannot be kept is read anew the next time.
   */
  async keep({ image, analysis, blobs }: AnalysedImage): Promise<void> {
    const { key } = this;
    // What had to be read in another way than the source first said might be read in that way the next time.
    if (key === null || this.wasKept || image.source !== key.said.source) return;
    const { layers } = analysis.stack.entries;
    const tellsDuplicates = this.wantedChecksums || layers.every(({ unread }) => unread === 0);
    const kept = { image, analysis, blobs, tellsDuplicates };
    await this.cache?.keep(key.said, key.warrant, kept, this.layerKeys).catch(() => undefined);
  }

  private async find(said: ImageFacts, tellsDuplicates: boolean): Promise<KeptImage | null> {
    const warrant = await this.source.warrant();
    this.key = { said, warrant };
    const kept = (await this.cache?.find(said, warrant)) ?? null;
    return tellsDuplicates && kept?.tellsDuplicates === false ? null : kept;
  }

  /** Layers that another image has. What goes wrong here is no failure: they are read. */
  private known(
    cache: ImageCache,
    keys: readonly (LayerKey | null)[],
  ): Promise<readonly (KnownLayer | null)[]> {
    const none = keys.map(() => null);
    const { key } = this;
    return key === null ? Promise.resolve(none) : cache.known(key.said, key.warrant, keys).catch(() => none);
  }
}

/** Tells of a kept image, all layers at once. */
function tell({ image, analysis, blobs }: KeptImage, on: (event: LoadEvent) => void): AnalysedImage {
  on({ type: 'image', image });
  on({ type: 'kept' });
  on({ type: 'layer', analysis, blobs });
  return { image, analysis, blobs };
}

/** What a source is told of images that were kept. */
type Memory = Required<Pick<IndexReader<EntrySink>, 'checksumKey' | 'known'>>;

/** Looks for the first image that a source tells of. */
class Search {
  /** What was found; null: nothing. */
  readonly found: Promise<KeptImage | null>;
  private readonly settle: (found: Promise<KeptImage | null>) => void;
  private readonly find: (said: ImageFacts) => Promise<KeptImage | null>;
  private readonly memory: Memory;

  constructor(find: (said: ImageFacts) => Promise<KeptImage | null>, memory: Memory) {
    this.find = find;
    this.memory = memory;
    const { promise, resolve } = Promise.withResolvers<KeptImage | null>();
    this.found = promise;
    this.settle = resolve;
  }

  /** The same source; what it tells after what the image is waits until it is known that the image was not kept. */
  before(source: ImageSource): ImageSource {
    const isSought = source.checksums !== undefined;
    return {
      content: (...asked) => source.content(...asked),
      ...(isSought ? { checksums: async (...asked) => source.checksums?.(...asked) } : {}),
      index: async <L extends EntrySink>(reader: IndexReader<L>, signal: AbortSignal) => {
        const gate = new Gate<L>((event) => reader.on(event));
        const on = (event: SourceEvent<L>) => {
          if (event.type === 'image' && gate.isUntouched) {
            this.settle(gate.closedFor(this.find(event.image).catch(() => null)));
          }
          gate.pass(event);
        };
        await source.index({ ...reader, ...this.memory, newLayer: () => reader.newLayer(), on }, signal);
        await gate.opened;
      },
    };
  }
}

/** Lets events through, but for layers while it is closed: these wait, in their order, for nothing where it stays closed. */
class Gate<L extends EntrySink> {
  isUntouched = true;
  private staysClosed = false;
  opened: Promise<void> = Promise.resolve();
  private waiting: SourceEvent<L>[] | null = null;
  private readonly on: (event: SourceEvent<L>) => void;

  constructor(on: (event: SourceEvent<L>) => void) {
    this.on = on;
  }

  /** Closes until the search has ended; for good where something was found. */
  closedFor(search: Promise<KeptImage | null>): Promise<KeptImage | null> {
    this.isUntouched = false;
    this.waiting = [];
    this.opened = search.then((found) => {
      const { waiting } = this;
      this.waiting = null;
      this.staysClosed = found !== null;
      if (found === null) for (const event of waiting ?? []) this.on(event);
    });
    return search;
  }

  pass(event: SourceEvent<L>): void {
    if (event.type !== 'layer') this.on(event);
    else if (this.waiting !== null) this.waiting.push(event);
    else if (!this.staysClosed) this.on(event);
  }
}
