// Some of the nodes of an image, with what a directory has to say of those in it: how many they are, and their bytes. Numbers
// are whole, so that what is added and taken away again leaves no trace.

import { NO_NODE, type PathTable, ROOT } from './path-table.ts';

/**
 * Bits of one number: a node that is a member; one that is there for its own sake; one that is there for the sake of a
 * match above it; one that leads to a match.
 */
const MEMBER = 1;
const MATCH = 2;
const BELOW = 4;
const LEADS = 8;

export class Members {
  /** Nodes that are there for their own sake; directories that only lead to them are not counted. */
  matchCount = 0;
  /** Nodes below this number may be members. */
  readonly size: number;

  private readonly paths: PathTable;
  private readonly flags: Uint8Array;
  private readonly childCounts: Int32Array;
  private readonly bytes: Float64Array;

  /**
   * @param other what to begin with; the root alone where left out.
   * @param size where all that will ever be put in are nodes below this number: a small set of a huge image is small.
   */
  constructor(paths: PathTable, other: Members | null = null, size = paths.size) {
    this.paths = paths;
    this.size = other?.size ?? size;
    this.flags = other?.flags.slice() ?? new Uint8Array(this.size);
    this.childCounts = other?.childCounts.slice() ?? new Int32Array(this.size);
    this.bytes = other?.bytes.slice() ?? new Float64Array(this.size);
    this.matchCount = other?.matchCount ?? 0;
    this.flags[ROOT]! |= MEMBER;
  }

  has(node: number): boolean {
    return (this.flags[node]! & MEMBER) !== 0;
  }

  isMatch(node: number): boolean {
    return (this.flags[node]! & MATCH) !== 0;
  }

  /** Whether a match is below it. */
  leadsToMatch(node: number): boolean {
    return (this.flags[node]! & LEADS) !== 0;
  }

  /** Whether its own bytes count: it is a match, or part of one above it. */
  weighs(node: number): boolean {
    return (this.flags[node]! & (MATCH | BELOW)) !== 0;
  }

  /** Members directly in a directory. */
  childCount(node: number): number {
    return this.childCounts[node] ?? 0;
  }

  /** Bytes of a member, and of all members below it. */
  bytesOf(node: number): number {
    return this.bytes[node] ?? 0;
  }

  /** Puts a node in for its own sake; the directories above are not told yet: `sumUp` tells them of all. */
  mark(node: number, bytes: number): void {
    this.matchCount++;
    this.flags[node] = MEMBER | MATCH;
    this.bytes[node] = bytes;
  }

  /** The same of a node that is part of a match above it. */
  markBelow(node: number, bytes: number): void {
    this.flags[node] = MEMBER | BELOW;
    this.bytes[node] = bytes;
  }

  /** Parents come before their children in node numbers: one walk backwards sums everything up. */
  sumUp(): void {
    const { paths, flags, childCounts, bytes } = this;
    for (let node = this.size - 1; node > ROOT; node--) {
      if (flags[node] === 0) continue;
      const parent = paths.parent(node);
      flags[parent]! |= MEMBER | ((flags[node]! & (MATCH | LEADS)) === 0 ? 0 : LEADS);
      childCounts[parent]!++;
      bytes[parent]! += bytes[node]!;
    }
  }

  /** Puts a node in for its own sake, and tells the directories above. */
  add(node: number, bytes: number): void {
    const { paths, flags } = this;
    this.matchCount++;
    this.put(node, MATCH, bytes);
    for (let at = paths.parent(node); at !== NO_NODE && (flags[at]! & LEADS) === 0; at = paths.parent(at))
      flags[at]! |= LEADS;
  }

  /** The same of a node that is part of a match above it. */
  addBelow(node: number, bytes: number): void {
    this.put(node, BELOW, bytes);
  }

  private put(node: number, flag: number, bytes: number): void {
    const { paths, flags, childCounts } = this;
    flags[node]! |= flag;
    this.weigh(node, bytes);
    for (let at = node; (flags[at]! & MEMBER) === 0; at = paths.parent(at)) {
      flags[at]! |= MEMBER;
      childCounts[paths.parent(at)]!++;
    }
  }

  /** Takes out a node that is there for its own sake, and the directories above that led to nothing else. */
  takeOut(node: number, bytes: number): void {
    const { paths, flags, childCounts } = this;
    this.matchCount--;
    flags[node]! &= ~MATCH;
    this.weigh(node, -bytes);
    const isLeft = (at: number) => (flags[at]! & ~LEADS) === MEMBER && childCounts[at] === 0;
    for (let at = node; at !== ROOT && isLeft(at); at = paths.parent(at)) {
      flags[at] = 0;
      childCounts[paths.parent(at)]!--;
    }
  }

  /** Adds bytes to a node, and to the directories above. */
  weigh(node: number, bytes: number): void {
    if (bytes === 0) return;
    for (let at = node; at !== NO_NODE; at = this.paths.parent(at)) this.bytes[at]! += bytes;
  }
}
