import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { EntrySink } from '../../image/entry.ts';
import { addRows } from '../../image/entry-rows.ts';
import type { Places } from '../../tar/places.ts';
import { type EntrySlot, newSlotMemory, SlotOwners, slotsIn } from './entry-slot.ts';
import { errorOf } from './error-facts.ts';
import { LAYER_WORKER } from './layer-worker.ts';
import type { Order, ThreadMemory, Told } from './messages.ts';

/** All that the thread makes is soon forgotten: more would only be kept for longer. */
const YOUNG_MEGABYTES = 4;

/** What hears of a layer whose headers are read. */
export interface IndexHearer {
  /** Is given the entries, in the tar's order. */
  readonly entries: EntrySink;
  /** Where each entry's member begins. */
  readonly places: Places;
  /** So many bytes of the layer lie behind. */
  readonly passed: (bytes: number) => void;
}

/** An order that has not been carried out. */
interface Pending {
  readonly hearer: IndexHearer;
  readonly resolve: (holeBytes: number) => void;
  readonly reject: (error: unknown) => void;
}

/** A second thread, which reads layers while this one makes a tree of them. Orders are carried out one after the other. */
export class LayerThread {
  private readonly worker: Worker;
  private readonly slots: readonly EntrySlot[];
  private readonly owners = new SlotOwners();
  /** The first of them is being carried out. */
  private readonly pending: Pending[] = [];
  private ending: Promise<unknown> | null = null;

  private constructor() {
    const slots = newSlotMemory();
    this.slots = slotsIn(slots);
    this.worker = new Worker(LAYER_WORKER, {
      workerData: { purpose: 'layers', slots, owners: this.owners.memory } satisfies ThreadMemory,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
    });
    this.worker.on('message', (told: Told) => this.hear(told));
    this.worker.on('error', (error: unknown) => this.failAll(error));
    this.worker.on('exit', () => void this.end());
  }

  /** @throws what keeps a thread from being started. */
  static async start(): Promise<LayerThread> {
    const thread = new LayerThread();
    const { worker } = thread;
    const over = new AbortController();
    const { signal } = over;
    const ended = once(worker, 'exit', { signal }).then(() => Promise.reject(hasEnded()));
    try {
      await Promise.race([once(worker, 'message', { signal }), ended]);
    } finally {
      over.abort();
      ended.catch(() => undefined);
    }
    return thread;
  }

  /**
   * Has the headers of a layer read; its entries come in the tar's order. After a failure, or when it is given up, there is
   * no thread any more.
   * @returns how many bytes its sparse files leave out.
   * @throws as `LayerIndexing.work`; what the hearer throws; the signal's reason. By then nothing is read any more.
   */
  async index(order: Order, hearer: IndexHearer, signal: AbortSignal): Promise<number> {
    if (this.ending !== null) throw hasEnded();
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    // It may fail when it has been given up.
    promise.catch(() => undefined);
    const giveUp = () => reject(signal.reason);
    signal.addEventListener('abort', giveUp);
    this.pending.push({ hearer, resolve, reject });
    this.worker.postMessage(order);
    try {
      signal.throwIfAborted();
      return await promise;
    } catch (error) {
      // What has been given up is not stopped but with the thread.
      await this.end();
      throw error;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  /** Ends the thread, whatever it does. */
  async end(): Promise<void> {
    this.failAll();
    // All who have asked for something may end it at once.
    this.ending ??= this.worker.terminate();
    await this.ending;
  }

  private hear(told: Told): void {
    const [order] = this.pending;
    if (order === undefined) return;
    try {
      if (told.type === 'failed') throw errorOf(told.error);
      this.hand(told, order.hearer);
      if (told.type !== 'indexed') return;
      order.resolve(told.holeBytes);
    } catch (error) {
      order.reject(error);
    }
    this.pending.shift();
  }

  private hand(told: Told, { entries, places, passed }: IndexHearer): void {
    if (told.type === 'slot') {
      const slot = this.filled(told);
      places.pushAll(slot.places.subarray(0, slot.length));
      addRows(entries, slot);
      this.owners.giveBack(told.slot);
      passed(told.passed);
    } else if (told.type === 'entry') {
      places.push(told.place);
      entries.add(told.entry);
    }
  }

  private filled({ slot: number, length }: Extract<Told, { type: 'slot' }>): EntrySlot {
    const slot = this.slots[number];
    if (slot === undefined) throw new Error('There is no such slot.');
    slot.length = length;
    return slot;
  }

  private failAll(error: unknown = hasEnded()): void {
    for (const { reject } of this.pending.splice(0)) reject(error);
  }
}

const hasEnded = () => new Error('The thread that reads layers has ended.');
