// Which nodes a view has, and what they weigh. Nearly always most of them are those of another view, or few: no node is
// looked at that needs no look.

import { Change } from './change.ts';
import { NOTHING } from './entries.ts';
import type { FactTest } from './facts.ts';
import type { ImageTables } from './layer-entries.ts';
import { Members } from './members.ts';
import { adoptedNames } from './names.ts';
import { NodeFacts } from './node-facts.ts';
import { NO_NODE, type PathTable, ROOT } from './path-table.ts';
import { NO_RECORD } from './records.ts';
import type { Span } from './span.ts';
import type { Stack } from './stack.ts';
import { BELOW_FOUND, FOUND, type NodeSet, type ViewQuery } from './view-query.ts';
import { wholeAt } from './whole.ts';

/** How deep paths lie, more or less. */
const DEPTH = 8;

/** The members of a view of some layers. */
export function viewMembers(stack: Stack, tables: ImageTables, span: Span, query: ViewQuery): Members {
  const making = new ViewMembers(stack, tables, span, query);
  return query.mode === 'changes' ? making.changes() : making.everything();
}

class ViewMembers {
  private readonly stack: Stack;
  private readonly tables: ImageTables;
  private readonly span: Span;
  private readonly leftOut: ReadonlySet<Change>;
  private readonly matches: ViewQuery['matches'];
  private readonly tests: readonly FactTest[];
  private readonly facts: NodeFacts;

  constructor(stack: Stack, tables: ImageTables, span: Span, { leftOut, matches, facts }: ViewQuery) {
    this.stack = stack;
    this.tables = tables;
    this.span = span;
    this.leftOut = leftOut;
    this.matches = matches;
    this.tests = facts ?? [];
    this.facts = new NodeFacts(stack, span);
  }

  changes(): Members {
    const { entries } = this.stack;
    const { from, to } = this.span;
    if (from === to) {
      if (this.asksForAll() && this.leftOut.size === 0) return this.allOfLayer();
      return this.changed((change, before, after) =>
        entries.payloadOf(change === Change.Removed ? before : after),
      );
    }
    // Of a range, files are told as one layer would have stored them.
    if (from === 0 && this.asksForAll()) {
      return this.withAdopted(this.isLeftOut(Change.Added) ? this.none() : this.whole(), 0);
    }
    const members = this.changed((change, before, after) =>
      change === Change.Removed ? entries.payloadOf(before) : this.storedInRange(after),
    );
    return this.withAdopted(members, from);
  }

  everything(): Members {
    const { entries } = this.stack;
    if (this.isLeftOut(Change.Unchanged)) {
      const touched = this.changed(
        (_change, _before, after) => entries.weightOf(after),
        (change) => change === Change.Removed,
      );
      return this.withAdopted(touched, 0);
    }
    return this.withAdopted(this.asksForAll() ? this.wholeButLeftOut() : this.asked(), 0);
  }

  private asksForAll(): boolean {
    return this.matches === null && this.tests.length === 0;
  }

  private none(): Members {
    return new Members(this.tables.paths);
  }

  private whole(): Members {
    return wholeAt(this.stack, this.tables, this.span.to);
  }

  /** What one layer changed: the view that is looked at most, and asks nothing of anything. */
  private allOfLayer(): Members {
    const { records, entries } = this.stack;
    const { nodes, changes, befores, afters } = records;
    const members = new Members(this.tables.paths, null, this.spanSize());
    const isMuch = this.isMuch(members);
    const end = records.start(this.span.to + 1);
    for (let record = records.start(this.span.from); record < end; record++) {
      const entry = changes[record] === Change.Removed ? befores[record]! : afters[record]!;
      if (isMuch) members.mark(nodes[record]!, entries.payloadOf(entry));
      else members.add(nodes[record]!, entries.payloadOf(entry));
    }
    if (isMuch) members.sumUp();
    return members;
  }

  /** What the layers changed, but for what is left out. */
  private changed(
    bytesOf: (change: Change, before: number, after: number) => number,
    isSkipped: (change: Change) => boolean = () => false,
  ): Members {
    const { leftOut, matches } = this;
    const members = new Members(this.tables.paths, null, this.spanSize());
    const isMuch = this.isMuch(members);
    const eachOf = (which: number, put: (node: number, bytes: number) => void) => {
      this.span.eachChange((node, change, before, after) => {
        if ((matches !== null && matches[node] !== which) || leftOut.has(change) || isSkipped(change)) return;
        if (this.isAsked(node, change === Change.Removed ? before : after))
          put(node, bytesOf(change, before, after));
      });
    };
    const below = { isThere: false };
    eachOf(FOUND, (node, bytes) => {
      below.isThere ||= this.isDirectory(node);
      if (isMuch) members.mark(node, bytes);
      else members.add(node, bytes);
    });
    if (matches !== null && below.isThere) {
      const isBelow = belowMatches(this.tables.paths, members, matches);
      eachOf(BELOW_FOUND, (node, bytes) => {
        if (!isBelow(node)) return;
        if (isMuch) members.markBelow(node, bytes);
        else members.addBelow(node, bytes);
      });
    }
    if (isMuch) members.sumUp();
    return members;
  }

  /** One more than the last node that the layers touched; directories come before what is in them. */
  private spanSize(): number {
    const { records } = this.stack;
    const end = records.start(this.span.to + 1);
    let last = ROOT;
    for (let record = records.start(this.span.from); record < end; record++)
      last = Math.max(last, records.nodes[record]!);
    return last + 1;
  }

  /** Where much has changed, one walk over all nodes costs less than a way up from each. */
  private isMuch({ size }: Members): boolean {
    const { records } = this.stack;
    return (records.start(this.span.to + 1) - records.start(this.span.from)) * DEPTH > size;
  }

  private wholeButLeftOut(): Members {
    const { entries } = this.stack;
    // What is removed is not there.
    if (!Array.from(this.leftOut).some((change) => change !== Change.Removed)) return this.whole();
    // Below the base there is nothing: all has been added.
    if (this.span.from === 0) return this.isLeftOut(Change.Added) ? this.none() : this.whole();
    const members = this.whole();
    this.span.eachChange((node, change, _before, after) => {
      if (change !== Change.Removed && this.leftOut.has(change))
        members.takeOut(node, entries.weightOf(after));
    });
    return members;
  }

  /** Of all that the file system shows, what is asked for. */
  private asked(): Members {
    const { matches } = this;
    const { records, entries } = this.stack;
    const members = this.none();
    const end = records.start(this.span.to + 1);
    const isBelow = matches === null ? null : belowMatches(this.tables.paths, members, matches);
    // Parents come before their children in node numbers.
    let hasBelow = false;
    for (let node = ROOT + 1; node < members.size; node++) {
      const isMatch = matches === null || matches[node] === FOUND;
      if (!isMatch && !(hasBelow && matches[node] === BELOW_FOUND && isBelow?.(node) === true)) continue;
      const record = records.lastBelow(node, end);
      const entry = record === NO_RECORD ? NOTHING : records.afters[record]!;
      if (entry === NOTHING || !this.isWanted(node, entry)) continue;
      hasBelow ||= isMatch && this.isDirectory(node);
      if (isMatch) members.mark(node, entries.weightOf(entry));
      else members.markBelow(node, entries.weightOf(entry));
    }
    members.sumUp();
    return members;
  }

  /** Whether there are paths below a node: where none of the matches is so, no node need be asked what it lies below. */
  private isDirectory(node: number): boolean {
    return this.tables.paths.firstChild(node) !== NO_NODE;
  }

  private isWanted(node: number, entry: number): boolean {
    return (
      (this.leftOut.size === 0 || !this.isLeftOut(this.span.changeOf(node))) && this.isAsked(node, entry)
    );
  }

  /** What the layers did not touch is Unchanged. */
  private isLeftOut(change: Change): boolean {
    return this.leftOut.has(change === Change.None ? Change.Unchanged : change);
  }

  private isAsked(node: number, entry: number): boolean {
    if (this.tests.length === 0) return true;
    const facts = this.facts.of(node, entry);
    return this.tests.every((test) => test(facts));
  }

  /** Payload bytes that the range's layers store for what a path shows above them. */
  private storedInRange(entry: number): number {
    const { entries } = this.stack;
    if (entry < 0 || entries.layerOf(entries.inodeOf(entry)) < this.span.from) return 0;
    return entries.weightOf(entry);
  }

  /** Files whose stored path is gone weigh at the hard link that stands for them: those stored from a layer on. */
  private withAdopted(members: Members, from: number): Members {
    const { entries } = this.stack;
    for (const [inode, node] of adoptedNames(this.stack, this.tables, this.span.to)) {
      if (!members.weighs(node) || entries.layerOf(inode) < from) continue;
      members.weigh(node, entries.sizeOf(inode));
    }
    return members;
  }
}

/**
 * Whether a node lies below a match, with no directory between that a term leaves out. What has been found out of a
 * directory is kept: the matches above a node must be members when it is asked about.
 */
function belowMatches(paths: PathTable, members: Members, matches: NodeSet): (node: number) => boolean {
  const known = new Uint8Array(members.size);
  const isBelow = (node: number): boolean => {
    const parent = paths.parent(node);
    return (known[parent]! || judged(parent)) === YES;
  };
  const judged = (node: number): number => {
    const isSo = node !== ROOT && (members.isMatch(node) || (matches[node] !== 0 && isBelow(node)));
    return (known[node] = isSo ? YES : NO);
  };
  return isBelow;
}

const YES = 1;
const NO = 2;
