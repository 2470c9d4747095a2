import { Change } from '../tree/change.ts';
import type { Stack } from '../tree/stack.ts';

/** How many paths a layer changed in one way. */
export interface ChangeCount {
  /** Paths of every type. */
  paths: number;
  /** Paths that are no directories. */
  files: number;
  /** Payload bytes: those the layer stores for them; of removed paths, those that were shown there. */
  bytes: number;
}

/** What one layer did, counted by its paths. */
export interface LayerStats {
  /** Payload bytes that the layer stores. */
  readonly bytes: number;
  readonly added: ChangeCount;
  readonly content: ChangeCount;
  readonly metadata: ChangeCount;
  readonly unchanged: ChangeCount;
  readonly removed: ChangeCount;
}

const none = (): ChangeCount => ({ paths: 0, files: 0, bytes: 0 });

/** Counts what a stacked layer did. */
export function layerStats({ entries, records }: Stack, layer: number, bytes: number): LayerStats {
  const stats = { added: none(), content: none(), metadata: none(), unchanged: none(), removed: none() };
  const byChange = {
    [Change.None]: none(),
    [Change.Added]: stats.added,
    [Change.Content]: stats.content,
    [Change.Metadata]: stats.metadata,
    [Change.Unchanged]: stats.unchanged,
    [Change.Removed]: stats.removed,
  };
  for (let record = records.start(layer); record < records.start(layer + 1); record++) {
    const change = records.changes[record] as Change;
    const entry = change === Change.Removed ? records.befores[record]! : records.afters[record]!;
    const count = byChange[change];
    count.paths++;
    if (!entries.isDirectory(entry)) count.files++;
    count.bytes += entries.payloadOf(entry);
  }
  return { bytes, ...stats };
}

const COUNTS = ['added', 'content', 'metadata', 'unchanged', 'removed'] as const;
/** Numbers of a layer in a column that is kept. */
export const STATS_PER_LAYER = 1 + COUNTS.length * 3;

/** What several layers did, to be kept: of each its bytes, and three numbers for each way to change paths. */
export function statsColumn(layers: readonly LayerStats[]): Float64Array {
  const numbersOf = ({ paths, files, bytes }: ChangeCount) => [paths, files, bytes];
  return Float64Array.from(
    layers.flatMap((stats) => [stats.bytes, ...COUNTS.flatMap((count) => numbersOf(stats[count]))]),
  );
}

/** What one of the layers did whose column that is. */
export function statsIn(column: Float64Array, layer: number): LayerStats {
  const [bytes = 0, ...numbers] = column.subarray(layer * STATS_PER_LAYER, (layer + 1) * STATS_PER_LAYER);
  const countOf = (name: (typeof COUNTS)[number]): ChangeCount => {
    const [paths = 0, files = 0, ofBytes = 0] = numbers.slice(COUNTS.indexOf(name) * 3);
    return { paths, files, bytes: ofBytes };
  };
  return {
    bytes,
    added: countOf('added'),
    content: countOf('content'),
    metadata: countOf('metadata'),
    unchanged: countOf('unchanged'),
    removed: countOf('removed'),
  };
}
