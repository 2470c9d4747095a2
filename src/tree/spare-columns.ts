import type { EntryColumns } from './entry-columns.ts';

/** As many are kept as layers may be read at once. */
const MOST = 4;

/** Rows that those have at most that are kept: what is larger is not needed again so soon. */
const MOST_ROWS = 64 * 1024;

/** Columns that layers had, and the next ones go on with: else each would leave its own to be collected. */
export class SpareColumns {
  private readonly kept: EntryColumns[] = [];

  give(columns: EntryColumns): void {
    const rows = columns.nodes.length;
    if (rows > 0 && rows <= MOST_ROWS && this.kept.length < MOST) this.kept.push(columns);
  }

  /** What was given last; null where there is nothing. */
  take(): EntryColumns | null {
    return this.kept.pop() ?? null;
  }
}
