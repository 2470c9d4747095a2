import type { Change } from './change.ts';
import type { Facts } from './facts.ts';
import { fateOf, type PathFate } from './fate.ts';
import { Kind } from './kind.ts';
import { ROOT } from './path-table.ts';
import type { Span } from './span.ts';
import type { Stack } from './stack.ts';

/** What is known of one path after another: one object for a million of them, which looks up what it is asked alone. */
export class NodeFacts implements Facts {
  private node = ROOT;
  private entry = 0;
  private readonly stack: Stack;
  private readonly span: Span;
  readonly fate = (): PathFate | null => fateOf(this.stack, this.node, this.span.to);

  constructor(stack: Stack, span: Span) {
    this.stack = stack;
    this.span = span;
  }

  /** The facts of a node that is, or before it was removed was, what an entry says; they hold until the next call. */
  of(node: number, entry: number): this {
    this.node = node;
    this.entry = entry;
    return this;
  }

  get change(): Change {
    return this.span.changeOf(this.node);
  }

  get kind(): Kind {
    return this.stack.entries.kindOf(this.entry);
  }

  get isLink(): boolean {
    return this.stack.entries.isLink(this.entry);
  }

  get size(): number | null {
    return this.kind === Kind.File ? this.stack.entries.sizeOf(this.entry) : null;
  }
}
