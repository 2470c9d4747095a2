import type { Change } from './change.ts';
import type { FactTest } from './facts.ts';

/** Which nodes a view shows. */
export interface ViewQuery {
  readonly layer: number;
  /** First layer of a range that ends with `layer`; the layer itself where left out. */
  readonly from?: number;
  /** `changes`: what the layers did. `everything`: the file system as it is once `layer` has been applied. */
  readonly mode: 'changes' | 'everything';
  /** Changes that are left out. In `everything`, what the layers did not touch is Unchanged. */
  readonly leftOut: ReadonlySet<Change>;
  /** Nodes to be shown; null for all. */
  readonly matches: NodeSet | null;
  /** What they must be beyond that. */
  readonly facts?: readonly FactTest[];
}

/** What a filter's terms about paths say of each node: FOUND, BELOW_FOUND, or 0 for what they leave out wherever it is. */
export type NodeSet = Uint8Array;

/** It is asked for itself. */
export const FOUND = 1;
/** It is not, but no term leaves it out: below a directory that is found it is part of that. */
export const BELOW_FOUND = 2;
