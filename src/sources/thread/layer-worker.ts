// What runs in a thread of its own: reads headers of layers, and hands on what comes of it. It does nothing
// else, and nobody presses keys here, so it may wait for whatever it likes.

import { readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { Entry } from '../../image/entry.ts';
import { HoleAllowance, MAX_HOLE_BYTES } from '../../tar/holes.ts';
import { LayerIndexing } from '../../tar/sought-layer.ts';
import type { ReadAt } from '../../tar/window.ts';
import { type EntrySlot, SlotOwners, slotsIn } from './entry-slot.ts';
import { factsOfError } from './error-facts.ts';
import type { Order, ThreadMemory, Told } from './messages.ts';

/** Where a thread finds this module, wherever it has been bundled to. */
export const LAYER_WORKER = new URL(import.meta.url);

/** Whether the thread that this runs in is one that was started for it. */
function isOurs(data: unknown): data is ThreadMemory {
  return typeof data === 'object' && data !== null && 'purpose' in data && data.purpose === 'layers';
}

/** Carries out orders, one after the other. */
class LayerWorker {
  private readonly slots: readonly EntrySlot[];
  private readonly owners: SlotOwners;
  private readonly tell: (told: Told) => void;
  /** The slot that is being filled. */
  private slot = 0;

  constructor({ slots, owners }: ThreadMemory, tell: (told: Told) => void) {
    this.slots = slotsIn(slots);
    this.owners = new SlotOwners(owners);
    this.tell = tell;
  }

  carryOut(order: Order): void {
    try {
      this.index(order);
    } catch (error) {
      this.filled.clear();
      this.tell({ type: 'failed', error: factsOfError(error) });
    }
  }

  private index({ fd, extent, from, looksAtSmall, key, holeBytes }: Order): void {
    const holes = new HoleAllowance(MAX_HOLE_BYTES, holeBytes);
    const add = (entry: Entry, place: number) => {
      if (this.filled.add(entry, place)) return;
      this.handOver(indexing.passed);
      if (!this.filled.add(entry, place)) this.tell({ type: 'entry', entry, place });
    };
    const indexing = new LayerIndexing(readerOf(fd), extent, { add }, { holes, looksAtSmall, key });
    const work = indexing.work(from);
    while (work.next().done !== true);
    this.handOver(indexing.passed);
    this.tell({ type: 'indexed', holeBytes: holes.spent - holeBytes });
  }

  private get filled(): EntrySlot {
    const slot = this.slots[this.slot];
    if (slot === undefined) throw new Error('There is no such slot.');
    return slot;
  }

  /** Hands over what is there, and waits for a slot to be filled next. */
  private handOver(passed: number): void {
    const { length } = this.filled;
    if (length === 0) return;
    this.owners.handOver(this.slot);
    this.tell({ type: 'slot', slot: this.slot, length, passed });
    this.slot = (this.slot + 1) % this.slots.length;
    this.owners.wait(this.slot);
    this.filled.clear();
  }
}

const readerOf =
  (fd: number): ReadAt =>
  (into, at) =>
    readSync(fd, into, 0, into.length, at);

if (parentPort !== null && isOurs(workerData)) {
  const port = parentPort;
  const worker = new LayerWorker(workerData, (told) => port.postMessage(told));
  port.on('message', (order: Order) => worker.carryOut(order));
  port.postMessage({ type: 'ready' } satisfies Told);
}
