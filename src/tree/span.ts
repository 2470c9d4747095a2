// What the layers from one to another do together, compared with the file system below the first of them. Of one
// layer that is what its records say; of several, what comes and goes between them has not happened.

import { Change, changeOf } from './change.ts';
import { NOTHING } from './entries.ts';
import { NO_RECORD } from './records.ts';
import type { Stack } from './stack.ts';

export class Span {
  /** First and last layer. */
  readonly from: number;
  readonly to: number;
  private readonly stack: Stack;

  constructor(stack: Stack, from: number, to: number) {
    this.stack = stack;
    this.from = from;
    this.to = to;
  }

  /** What became of a node: None where no layer touched it, or all that one made another took away again. */
  changeOf(node: number): Change {
    const { records } = this.stack;
    const record = records.atOrBefore(node, this.to);
    if (record === NO_RECORD || record < records.start(this.from)) return Change.None;
    if (records.isFirstFrom(records.start(this.from), record)) return records.changes[record] as Change;
    return this.changeBetween(this.before(node), records.afters[record]!);
  }

  /** Entry that a node shows below the first layer. */
  before(node: number): number {
    return this.from === 0 ? NOTHING : this.stack.records.shownAt(node, this.from - 1);
  }

  /** Entry that a node shows once the last layer has been applied. */
  after(node: number): number {
    return this.stack.records.shownAt(node, this.to);
  }

  /**
   * Calls `visit` once for every node that something became of, with the entry that it shows below the first layer, and
   * the one that it shows once the last has been applied.
   */
  eachChange(visit: (node: number, change: Change, before: number, after: number) => void): void {
    const { records } = this.stack;
    const start = records.start(this.from);
    const end = records.start(this.to + 1);
    const isOne = this.from === this.to;
    for (let record = start; record < end; record++) {
      const node = records.nodes[record]!;
      const after = records.afters[record]!;
      // Only the last record of a node is asked: the others led there.
      if (!isOne && records.lastBelow(node, end) !== record) continue;
      // Where there are no others, it says what the layers did.
      if (records.isFirstFrom(start, record)) {
        visit(node, records.changes[record] as Change, records.befores[record]!, after);
        continue;
      }
      const before = records.shownBefore(record, start);
      const change = this.changeBetween(before, after);
      if (change !== Change.None) visit(node, change, before, after);
    }
  }

  private changeBetween(before: number, after: number): Change {
    if (before === NOTHING) return after === NOTHING ? Change.None : Change.Added;
    if (after === NOTHING) return Change.Removed;
    return changeOf(this.stack.entries.difference(before, after));
  }
}
