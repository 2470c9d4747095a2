// Which directories hold so much of what is wasted that a list of them has a row for each.

import { NO_NODE, type PathTable, ROOT } from '../tree/path-table.ts';
import type { Ledger } from './ledger.ts';

/** A directory is a group of its own when what is below it, and in no such directory, is this share of the waste. */
const DIRECTORY_SHARE = 0.02;

export interface Directories {
  /** The directory whose group a row of the ledger is in. */
  readonly homeOf: (row: number) => number;
  /** Those above others, which have only what these leave over. */
  readonly rests: ReadonlySet<number>;
}

/**
 * The directories that are worth a row, and of each copy the nearest one above it: a directory keeps what is below it
 * when that is much, else hands it on to the one above; the root keeps the rest. (These are the hierarchical heavy
 * hitters of network measurement.)
 */
export function wastefulDirectories(ledger: Ledger, rows: Int32Array, paths: PathTable): Directories {
  const directoryOf = (row: number) => Math.max(ROOT, paths.parent(ledger.nodeAt(row)));
  const below = new Float64Array(paths.size);
  let total = 0;
  for (const row of rows) {
    const bytes = ledger.bytesAt(row);
    below[directoryOf(row)]! += bytes;
    total += bytes;
  }
  // Parents come before their children.
  const homes = new Int32Array(paths.size);
  for (let node = paths.size - 1; node > ROOT; node--) {
    if (below[node]! >= total * DIRECTORY_SHARE && below[node]! > 0) homes[node] = node;
    else below[paths.parent(node)]! += below[node]!;
  }
  const rests = new Set<number>();
  for (let node = ROOT + 1; node < paths.size; node++) {
    if (homes[node] === node) markAbove(rests, homes, paths, node);
    else homes[node] = homes[paths.parent(node)]!;
  }
  return { homeOf: (row) => homes[directoryOf(row)]!, rests };
}

/** Directories above one that is a group of its own are no whole. */
function markAbove(rests: Set<number>, homes: Int32Array, paths: PathTable, node: number): void {
  for (let above = paths.parent(node); above !== NO_NODE; above = paths.parent(above)) {
    if (homes[above] === above) rests.add(above);
  }
}
