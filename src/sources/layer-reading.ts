// Reads layers that stand unpacked in files. An image of few entries is read at once, in this thread; of one that turns out to
// have many a second thread reads the rest: to make sense of headers and contents is half of the work, and to make a tree of
// them the other half.

import { CHECKSUM_BYTES, type Checksum, type Entry } from '../image/entry.ts';
import { PeelError } from '../image/errors.ts';
import { KEY_OF_THIS_RUN } from '../tar/checksum.ts';
import { MAX_SOUGHT_BYTES, Places } from '../tar/places.ts';
import { checksumsAt, type IndexingOptions, LayerIndexing } from '../tar/sought-layer.ts';
import type { Extent } from '../tar/sought-tar.ts';
import { inSlices } from './in-slices.ts';
import type { SoughtFile } from './sought-file.ts';
import type { IndexHearer, LayerThread } from './thread/layer-thread.ts';

/** So many entries are read before a thread is started: it costs as much as to read half as many, and some 30 MB of memory. */
const ENTRIES_ALONE = 100_000;

/** Files whose checksums are asked for at once: how far it is can be told after each of these. */
const FILES_AT_ONCE = 256;

/** Where a layer lies. */
export interface LayerInFile {
  readonly file: SoughtFile;
  readonly extent: Extent;
}

/** What hears of a layer's headers. */
export type HeaderHearer = Omit<IndexHearer, 'places'>;

export class LayerReading {
  private readonly options: IndexingOptions;
  private readonly key: Uint8Array;
  private readonly entriesAlone: number;
  /** Entries that have been read in this thread. */
  private entries = 0;
  /** Resolves when no headers are read in this thread. */
  private here: Promise<unknown> = Promise.resolve();
  /** Resolves when no checksums are taken in this thread: each time memory is needed for what is read at once. */
  private checksumsHere: Promise<unknown> = Promise.resolve();
  /** Resolves when the thread is there, or there will be none. */
  private starting: Promise<void> | null = null;
  private thread: LayerThread | null = null;
  /** What the thread has been asked for and has not done yet. */
  private readonly asked = new Set<Promise<unknown>>();

  constructor(options: IndexingOptions, entriesAlone = ENTRIES_ALONE) {
    this.options = options;
    this.key = options.key ?? KEY_OF_THIS_RUN;
    this.entriesAlone = entriesAlone;
  }

  /**
   * Reads the headers of a layer; those of several one after the other.
   * @returns where its entries' members begin.
   * @throws as `LayerIndexing.work`; PeelError `hostile` where it is larger than any layer; the signal's reason.
   */
  async index(layer: LayerInFile, hearer: HeaderHearer, signal: AbortSignal): Promise<Places> {
    checkSize(layer.extent);
    const places = new Places();
    const from = await this.inTurn(() =>
      this.thread === null ? this.indexHere(layer, hearer, places, signal) : Promise.resolve(0),
    );
    if (from !== null) await this.indexThere(layer, from, hearer, places, signal);
    places.trim();
    return places;
  }

  /**
   * Takes the checksums of files whose members begin at `places`, in ascending order.
   * @throws as `checksumsAt`; the signal's reason.
   */
  async checksums(
    { file, extent }: LayerInFile,
    places: readonly number[],
    take: (checksum: Checksum, index: number) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const { thread, key } = this;
    if (thread === null) {
      const taking = this.checksumsHere.then(() =>
        inSlices(checksumsAt(file.read, extent, places, take, key), signal),
      );
      this.checksumsHere = taking.catch(() => undefined);
      await taking;
      return;
    }
    const orders = Array.from({ length: Math.ceil(places.length / FILES_AT_ONCE) }, async (_, part) => {
      const first = part * FILES_AT_ONCE;
      const asked = Float64Array.from(places.slice(first, first + FILES_AT_ONCE));
      const order = { type: 'checksums', fd: file.fd, extent, key, places: asked } as const;
      const checksums = await this.asking(thread.checksums(order, signal));
      for (let index = 0; index < asked.length; index++)
        take(checksums.subarray(index * CHECKSUM_BYTES, (index + 1) * CHECKSUM_BYTES), first + index);
    });
    await Promise.all(orders);
  }

  /** Gives the thread back, once it has done what it was asked for: what comes then is read here. */
  async end(): Promise<void> {
    await this.starting;
    const { thread } = this;
    this.thread = null;
    await Promise.allSettled(this.asked);
    await thread?.end();
  }

  /** Reads headers here, until a thread can go on; returns from where, or null when there is nothing left. */
  private indexHere(
    { file, extent }: LayerInFile,
    { entries, passed }: HeaderHearer,
    places: Places,
    signal: AbortSignal,
  ): Promise<number | null> {
    const add = (entry: Entry, place: number) => {
      places.push(place);
      entries.add(entry);
      this.entries++;
    };
    const indexing = new LayerIndexing(file.read, extent, { add }, this.options);
    return inSlices(indexing.work(), signal, () => {
      passed(indexing.passed);
      if (this.entries >= this.entriesAlone) this.starting ??= this.start();
      if (this.thread !== null) indexing.stop();
    });
  }

  private async indexThere(
    { file, extent }: LayerInFile,
    from: number,
    hearer: HeaderHearer,
    places: Places,
    signal: AbortSignal,
  ): Promise<void> {
    const { thread, key } = this;
    if (thread === null) throw new Error('There is no thread to go on.');
    const { holes, looksAtSmall } = this.options;
    const order = {
      type: 'index',
      fd: file.fd,
      extent,
      from,
      key,
      looksAtSmall,
      holeBytes: holes.spent,
    } as const;
    holes.spend(await this.asking(thread.index(order, { ...hearer, places }, signal)));
  }

  /** Where no thread can be had, this one goes on. */
  private async start(): Promise<void> {
    try {
      const { LayerThread } = await import('./thread/layer-thread.ts');
      this.thread = await LayerThread.start();
    } catch {
      this.thread = null;
    }
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.here.then(work);
    this.here = turn.catch(() => undefined);
    return turn;
  }

  private async asking<T>(order: Promise<T>): Promise<T> {
    this.asked.add(order);
    try {
      return await order;
    } finally {
      this.asked.delete(order);
    }
  }
}

function checkSize({ start, end }: Extent): void {
  if (end - start <= MAX_SOUGHT_BYTES) return;
  const limit = `${MAX_SOUGHT_BYTES / 1024 ** 4} TiB`;
  throw new PeelError('hostile', `A layer has ${end - start} bytes; ${limit} is the limit.`);
}
