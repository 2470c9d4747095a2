// Reads layers that stand unpacked in files. An image of few entries is read at once, in this thread; of one that turns out to
// have many a second thread reads the headers of the rest: to make sense of them is half of the work, and to make a tree of
// them, contents compared, the other half.

import type { Checksum, Entry } from '../image/entry.ts';
import { PeelError } from '../image/errors.ts';
import { KEY_OF_THIS_RUN } from '../tar/checksum.ts';
import { MAX_SOUGHT_BYTES, Places } from '../tar/places.ts';
import { checksumsAt, type IndexingOptions, LayerIndexing } from '../tar/sought-layer.ts';
import type { Extent } from '../tar/sought-tar.ts';
import { inSlices } from './in-slices.ts';
import type { SoughtFile } from './sought-file.ts';
import type { IndexHearer, LayerThread } from './thread/layer-thread.ts';

/** A thread is started for so many entries that are still to be read: it costs as much as to read half as many, and some 30 MB. */
const WORTH_A_THREAD = 100_000;

/** From so many entries that have been read it is reckoned how many are still to come. */
const SAMPLE = 20_000;

/** Where so many have come, more may come, however few are reckoned: large files before them belie the rest. */
const MANY = 2 * WORTH_A_THREAD;

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
  private readonly bytes: number;
  private readonly sample: number;
  /** What has been read in this thread. */
  private readonly here = { entries: 0, bytes: 0 };
  /** Resolves when no headers are read in this thread. */
  private headersHere: Promise<unknown> = Promise.resolve();
  /** Resolves when no checksums are being taken: each time memory is needed for what is read at once. */
  private checksumsTaken: Promise<unknown> = Promise.resolve();
  /** Resolves when the thread is there, or there will be none. */
  private starting: Promise<void> | null = null;
  private thread: LayerThread | null = null;
  /** What the thread has been asked for and has not done yet. */
  private readonly asked = new Set<Promise<unknown>>();

  /** @param bytes of all layers that are to be read. */
  constructor(options: IndexingOptions, bytes: number, sample = SAMPLE) {
    this.options = options;
    this.key = options.key ?? KEY_OF_THIS_RUN;
    this.bytes = bytes;
    this.sample = sample;
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
    const taking = this.checksumsTaken.then(() =>
      inSlices(checksumsAt(file.read, extent, places, take, this.key), signal),
    );
    this.checksumsTaken = taking.catch(() => undefined);
    await taking;
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
    const { here } = this;
    let told = 0;
    const add = (entry: Entry, place: number) => {
      places.push(place);
      entries.add(entry);
      here.entries++;
    };
    const indexing = new LayerIndexing(file.read, extent, { add }, this.options);
    return inSlices(indexing.work(), signal, () => {
      passed(indexing.passed);
      here.bytes += indexing.passed - told;
      told = indexing.passed;
      if (this.isWorthAThread()) this.starting ??= this.start();
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
    const order = { fd: file.fd, extent, from, key, looksAtSmall, holeBytes: holes.spent };
    holes.spend(await this.asking(thread.index(order, { ...hearer, places }, signal)));
  }

  /** Whether so many entries will follow, if those to come stand as close as those that have come. */
  private isWorthAThread(): boolean {
    const { entries, bytes } = this.here;
    if (entries < this.sample) return false;
    return entries >= MANY || (entries / bytes) * (this.bytes - bytes) >= WORTH_A_THREAD;
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
    const turn = this.headersHere.then(work);
    this.headersHere = turn.catch(() => undefined);
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
