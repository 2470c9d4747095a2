// Children of nodes by name: a hash table on parent and name (open addressing, linear probing).

import { capacityFor, grown } from './growable.ts';
import type { PathNames } from './path-names.ts';

/** No child of that name. */
const NONE = -1;

export class PathSlots {
  /**
   * Node + 1 by hash of parent and name, under eight bits of that hash: others that have come to stand in the way are
   * nearly all told by those, without a look at what they are. 0 is free. A power of two long, at most half full.
   */
  private slots = new Int32Array(4096);
  /** Hash of each node, so that a longer table is made without a look at any name. */
  private hashes: Int32Array = new Int32Array(1024);
  /** What was looked for last: its hash, and the slot that holds it, or is free for it. */
  private hash = 0;
  private slot = 0;

  private readonly names: PathNames;
  private readonly isChild: (node: number, parent: number) => boolean;

  constructor(names: PathNames, isChild: (node: number, parent: number) => boolean) {
    this.names = names;
    this.isChild = isChild;
  }

  /** The child whose name is the part of `text` from `start` to before `end`, or -1. */
  find(parent: number, text: Uint8Array, start: number, end: number): number {
    const { slots } = this;
    const mask = slots.length - 1;
    const hash = hashOf(parent, text, start, end);
    const tag = tagOf(hash);
    this.hash = hash;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const held = slots[slot]!;
      if (held === 0) {
        this.slot = slot;
        return NONE;
      }
      if ((held & TAG) !== tag) continue;
      const node = nodeIn(held);
      if (this.isChild(node, parent) && this.names.is(node, text, start, end)) return node;
    }
  }

  /** Enters the child that was looked for last and not found: the node of the highest number so far. */
  add(node: number): void {
    if (node >= this.hashes.length) this.hashes = grown(this.hashes, capacityFor(node + 1));
    this.hashes[node] = this.hash;
    this.slots[this.slot] = tagOf(this.hash) | (node + 1);
    const size = node + 1;
    if (size * 2 > this.slots.length) this.enterAll(size, this.slots.length * 2);
  }

  /** Enters all nodes but the root of a table that has so many. */
  fill(size: number, parentOf: (node: number) => number): void {
    if (size > this.hashes.length) this.hashes = grown(this.hashes, size);
    for (let node = 1; node < size; node++) {
      this.hashes[node] = hashEnd(this.names.read(node, hashStart(parentOf(node)), hashStep));
    }
    let length = this.slots.length;
    while (length < size * 2) length *= 2;
    this.enterAll(size, length);
  }

  private enterAll(size: number, length: number): void {
    const { hashes } = this;
    const slots = (this.slots = new Int32Array(length));
    const mask = length - 1;
    for (let node = 1; node < size; node++) {
      const hash = hashes[node]!;
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = tagOf(hash) | (node + 1);
    }
  }
}

// FNV-1a over the name, begun with the parent and mixed at the end, because slots are taken from the low bits.
// The beginning is drawn anew for each run, so that nobody can choose names that all fall into one row of slots.
const FNV_PRIME = 0x01000193;
const SEED = Math.floor(Math.random() * 2 ** 32);
const hashStart = (parent: number) => Math.imul(parent ^ SEED, FNV_PRIME);
const hashStep = (hash: number, byte: number) => Math.imul(hash ^ byte, FNV_PRIME);
const hashEnd = (hash: number) => hash ^ (hash >>> 15);

function hashOf(parent: number, text: Uint8Array, start: number, end: number): number {
  let hash = hashStart(parent);
  for (let index = start; index < end; index++) hash = hashStep(hash, text[index]!);
  return hashEnd(hash);
}

// A slot has room for a node + 1 in its low bits: more than any image may have (limits.ts).
const NODE_BITS = 24;
const TAG = -1 << NODE_BITS;
const tagOf = (hash: number) => hash & TAG;
const nodeIn = (slot: number) => (slot & ~TAG) - 1;
