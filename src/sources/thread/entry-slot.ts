// Memory in which entries go from one thread to another: a few slots, each filled by the one and then emptied by the other,
// in turn. No object crosses over, and nothing is left behind to be collected.

import { CHECKSUM_BYTES, type Entry, type EntryRows } from '../../image/entry.ts';
import { FILE_TYPES, TEXTS_PER_ENTRY } from '../../image/entry-rows.ts';

/** Slots: one is emptied while others are filled. */
const SLOTS = 4;

/** Entries in a slot: to empty it takes some two milliseconds, and keys must be heard meanwhile. */
const ENTRIES = 2048;

/** Bytes of all their texts: more than most need, and nothing breaks where it is less. */
const TEXT_BYTES = 128 * 1024;

/** Columns of 8 bytes: place, size, mode, owner, group, time. */
const NUMBERS = 6;

const TEXT_ENDS_AT = ENTRIES * NUMBERS * Float64Array.BYTES_PER_ELEMENT;
const CHECKSUMS_AT = TEXT_ENDS_AT + ENTRIES * TEXTS_PER_ENTRY * Uint32Array.BYTES_PER_ELEMENT;
const TYPES_AT = CHECKSUMS_AT + ENTRIES * CHECKSUM_BYTES;
const HAS_CHECKSUM_AT = TYPES_AT + ENTRIES;
const TEXTS_AT = HAS_CHECKSUM_AT + ENTRIES;
const SLOT_BYTES = TEXTS_AT + TEXT_BYTES;

/** Memory for all slots, which both threads share. */
export const newSlotMemory = () => new SharedArrayBuffer(SLOTS * SLOT_BYTES);

/** Each thread's view of the slots. */
export const slotsIn = (memory: SharedArrayBuffer): readonly EntrySlot[] =>
  Array.from({ length: SLOTS }, (_, slot) => new EntrySlot(memory, slot * SLOT_BYTES));

/** Who of the two a slot belongs to: one number for each slot, which both threads share. */
export class SlotOwners {
  readonly memory: SharedArrayBuffer;
  private readonly isFull: Int32Array;

  constructor(memory = new SharedArrayBuffer(SLOTS * Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.isFull = new Int32Array(memory);
  }

  /** The slot is for the other thread to be emptied. */
  handOver(slot: number): void {
    Atomics.store(this.isFull, slot, 1);
  }

  /** It has been emptied. */
  giveBack(slot: number): void {
    Atomics.store(this.isFull, slot, 0);
    Atomics.notify(this.isFull, slot);
  }

  /** Blocks the thread until the slot has been emptied. */
  wait(slot: number): void {
    Atomics.wait(this.isFull, slot, 1);
  }
}

export class EntrySlot implements EntryRows {
  length = 0;
  /** Where the entries' members begin. */
  readonly places: Float64Array;
  readonly sizes: Float64Array;
  readonly modes: Float64Array;
  readonly uids: Float64Array;
  readonly gids: Float64Array;
  readonly mtimes: Float64Array;
  readonly textEnds: Uint32Array;
  readonly checksums: Uint8Array;
  readonly types: Uint8Array;
  readonly hasChecksum: Uint8Array;
  readonly texts: Buffer;

  private textLength = 0;

  constructor(memory: SharedArrayBuffer, at: number) {
    const numbers = (column: number) =>
      new Float64Array(memory, at + column * ENTRIES * Float64Array.BYTES_PER_ELEMENT, ENTRIES);
    this.places = numbers(0);
    this.sizes = numbers(1);
    this.modes = numbers(2);
    this.uids = numbers(3);
    this.gids = numbers(4);
    this.mtimes = numbers(5);
    this.textEnds = new Uint32Array(memory, at + TEXT_ENDS_AT, ENTRIES * TEXTS_PER_ENTRY);
    this.checksums = new Uint8Array(memory, at + CHECKSUMS_AT, ENTRIES * CHECKSUM_BYTES);
    this.types = new Uint8Array(memory, at + TYPES_AT, ENTRIES);
    this.hasChecksum = new Uint8Array(memory, at + HAS_CHECKSUM_AT, ENTRIES);
    this.texts = Buffer.from(memory, at + TEXTS_AT, TEXT_BYTES);
  }

  clear(): void {
    this.length = 0;
    this.textLength = 0;
  }

  /** False where there is no room for it. */
  add(entry: Entry, place: number): boolean {
    const { path, link, xattrs, checksum } = entry;
    const units = path.length + link.length + xattrs.length;
    if (this.length === ENTRIES || this.textLength + units > TEXT_BYTES) return false;
    const row = this.length++;
    this.places[row] = place;
    this.types[row] = FILE_TYPES.indexOf(entry.type);
    this.sizes[row] = entry.size;
    this.modes[row] = entry.mode;
    this.uids[row] = entry.uid;
    this.gids[row] = entry.gid;
    this.mtimes[row] = entry.mtime;
    this.textEnds[row * TEXTS_PER_ENTRY] = this.append(path);
    this.textEnds[row * TEXTS_PER_ENTRY + 1] = this.append(link);
    this.textEnds[row * TEXTS_PER_ENTRY + 2] = this.append(xattrs);
    this.hasChecksum[row] = checksum === null ? 0 : 1;
    if (checksum !== null) this.checksums.set(checksum, row * CHECKSUM_BYTES);
    return true;
  }

  /** Returns where the text ends. */
  private append(text: string): number {
    if (text !== '') this.textLength += this.texts.write(text, this.textLength, 'latin1');
    return this.textLength;
  }
}
