import type { EntrySink } from '../image/entry.ts';
import type {
  ContentRequest,
  ContentSink,
  ImageSource,
  IndexReader,
  KnownLayer,
  LayerKey,
  Warrant,
} from '../image/source.ts';

/** Stands for any layer whose entries nobody wants. */
const UNWANTED: KnownLayer = {
  blobBytes: null,
  *replay() {
    // Nobody listens.
  },
};

/** As `IndexReader.known` where nobody wants entries: no layer is read that need not be. */
export const leavingOut = (keys: readonly (LayerKey | null)[]): (KnownLayer | null)[] =>
  keys.map((key) => (key === null ? null : UNWANTED));

/** Has an index read by a source that must know itself where things are: what it can do without is not read. */
const FOR_ITSELF: IndexReader<EntrySink> = {
  newLayer: () => ({ add: () => undefined }),
  on: () => undefined,
  known: (keys) => Promise.resolve(leavingOut(keys)),
};

/**
 * A source whose index may have been cut short because the reader knew the image already: whatever needs the index to have
 * been read reads it first, once.
 */
export class LateSource implements ImageSource {
  private readonly source: ImageSource;
  /** Reading the index, to its end; null: nobody has, or not so far. */
  private indexed: Promise<void> | null = null;
  /** What checksums are taken under, also when the index is read again. */
  private checksumKey: Uint8Array | undefined;
  readonly checksums?: NonNullable<ImageSource['checksums']>;
  readonly verify?: NonNullable<ImageSource['verify']>;

  constructor(source: ImageSource) {
    this.source = source;
    if (source.checksums !== undefined) {
      this.checksums = async (wishes, take, signal) => {
        // Layers are compared while the index is being read: that it has begun is enough.
        if (this.indexed === null) await this.ready(signal);
        await source.checksums?.(wishes, take, signal);
      };
    }
    if (source.verify !== undefined) {
      this.verify = async (tell, signal) => {
        await this.ready(signal);
        await source.verify?.(tell, signal);
      };
    }
  }

  index<L extends EntrySink>(reader: IndexReader<L>, signal: AbortSignal): Promise<void> {
    this.checksumKey = reader.checksumKey;
    return this.reading(this.source.index(reader, signal));
  }

  async warrant(): Promise<Warrant> {
    return (await this.source.warrant?.()) ?? null;
  }

  async content(
    requests: readonly ContentRequest[],
    open: (request: ContentRequest) => ContentSink,
    signal: AbortSignal,
  ): Promise<void> {
    await this.ready(signal);
    await this.source.content(requests, open, signal);
  }

  private async ready(signal: AbortSignal): Promise<void> {
    // One that was given up may not have ended yet.
    const isRead = await this.indexed?.then(
      () => true,
      () => false,
    );
    if (isRead === true) return;
    signal.throwIfAborted();
    const { checksumKey } = this;
    await this.index({ ...FOR_ITSELF, ...(checksumKey === undefined ? {} : { checksumKey }) }, signal);
  }

  /** A reading that was given up is none. */
  private reading(index: Promise<void>): Promise<void> {
    const indexed = index.catch((error: unknown) => {
      if (this.indexed === indexed) this.indexed = null;
      throw error;
    });
    this.indexed = indexed;
    return indexed;
  }
}
