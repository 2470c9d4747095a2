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
    const { records, entries } = this.stack;
    const record = records.atOrBefore(node, this.to);
    if (record === NO_RECORD || record < records.start(this.from)) return Change.None;
    if (this.from === this.to) return records.changes[record] as Change;
    const before = this.before(node);
    const after = records.afters[record]!;
    if (before === NOTHING) return after === NOTHING ? Change.None : Change.Added;
    if (after === NOTHING) return Change.Removed;
    return changeOf(entries.difference(before, after));
  }

  /** Entry that a node shows below the first layer. */
  before(node: number): number {
    return this.from === 0 ? NOTHING : this.stack.records.shownAt(node, this.from - 1);
  }

  /** Entry that a node shows once the last layer has been applied. */
  after(node: number): number {
    return this.stack.records.shownAt(node, this.to);
  }

  /** Calls `visit` once for every node that something became of. */
  eachChange(visit: (node: number, change: Change) => void): void {
    const { records } = this.stack;
    for (let record = records.start(this.from); record < records.start(this.to + 1); record++) {
      const node = records.nodes[record]!;
      // Only the last record of a node is asked: the others led there.
      const isLast = this.from === this.to || records.atOrBefore(node, this.to) === record;
      const change = isLast ? this.changeOf(node) : Change.None;
      if (change !== Change.None) visit(node, change);
    }
  }
}
