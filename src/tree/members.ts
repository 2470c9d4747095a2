// Some of the nodes of an image, with what a directory has to say of those in it: how many they are, and their bytes. Numbers
// are whole, so that what is added and taken away again leaves no trace.

import { NO_NODE, type PathTable, ROOT } from './path-table.ts';

/** A node that is shown, and one that is shown for its own sake: bits of one number. */
const MEMBER = 1;
const MATCH = 2;

export class Members {
  /** Nodes that are there for their own sake; directories that only lead to them are not counted. */
  matchCount = 0;
  /** Nodes below this number may be members. */
  readonly size: number;

  private readonly paths: PathTable;
  /** Bits of MEMBER and MATCH. */
  private readonly flags: Uint8Array;
  private readonly childCounts: Int32Array;
  private readonly bytes: Float64Array;

  /** @param other what to begin with; the root alone where left out. */
  constructor(paths: PathTable, other: Members | null = null) {
    this.paths = paths;
    this.size = other?.size ?? paths.size;
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

  /** Members directly in a directory. */
  childCount(node: number): number {
    return this.childCounts[node]!;
  }

  /** Bytes of a member, and of all members below it. */
  bytesOf(node: number): number {
    return this.bytes[node]!;
  }

  /** Puts a node in for its own sake; the directories above are not told yet: `sumUp` tells them of all. */
  mark(node: number, bytes: number): void {
    this.matchCount++;
    this.flags[node] = MEMBER | MATCH;
    this.bytes[node] = bytes;
  }

  /** Parents come before their children in node numbers: one walk backwards sums everything up. */
  sumUp(): void {
    const { paths, flags, childCounts, bytes } = this;
    for (let node = this.size - 1; node > ROOT; node--) {
      if (flags[node] === 0) continue;
      const parent = paths.parent(node);
      flags[parent]! |= MEMBER;
      childCounts[parent]!++;
      bytes[parent]! += bytes[node]!;
    }
  }

  /** Puts a node in for its own sake, and tells the directories above. */
  add(node: number, bytes: number): void {
    const { paths, flags, childCounts } = this;
    this.matchCount++;
    flags[node]! |= MATCH;
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
    for (let at = node; at !== ROOT && flags[at] === MEMBER && childCounts[at] === 0; at = paths.parent(at)) {
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
