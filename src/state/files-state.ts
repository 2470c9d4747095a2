// What the state holds of the files pane.

import type { Change } from '../tree/change.ts';
import type { SortOrder } from '../tree/rows.ts';
import type { ViewQuery } from '../tree/view.ts';

/** Columns of the files pane beside the path; each gives way where there is no room for it. */
export const FILE_COLUMNS = ['size', 'change', 'mode', 'owner', 'fate'] as const;
export type FileColumn = (typeof FILE_COLUMNS)[number];

/** How the files pane begins. */
export interface FilesPreset {
  readonly mode: ViewQuery['mode'];
  readonly order: SortOrder;
  readonly columns: readonly FileColumn[];
}

export const FILES_PRESET: FilesPreset = { mode: 'changes', order: 'size', columns: FILE_COLUMNS };

export interface FilesState {
  readonly mode: ViewQuery['mode'];
  readonly order: SortOrder;
  /** Whether files stand in one list, without directories. */
  readonly isFlat: boolean;
  readonly columns: readonly FileColumn[];
  readonly leftOut: ReadonlySet<Change>;
  /** As it is typed, whether it can be read or not. */
  readonly filter: string;
  /** The last text of the filter that could be read: what is shown goes by it. */
  readonly applied: string;
  /** Layer that a range begins or ends with, whose other end is the layer of the layers pane; null: no range. */
  readonly rangeStart: number | null;
  /** The path the cursor wants to be on; where it is not shown, the cursor stands on what is nearest. */
  readonly wanted: number;
  /** First row on the screen. */
  readonly top: number;
  /** Directories that somebody has opened (true) or folded (false). */
  readonly folds: ReadonlyMap<number, boolean>;
  /** What holds for all other directories. */
  readonly otherwise: Unfolding;
  /** The same while a filter is set: what was searched for is to be seen, until somebody says otherwise. */
  readonly otherwiseFound: Unfolding;
  /**
   * Directories that were unfolded while the filter stands: of these all is shown that lies below what it finds, of others
   * only what it finds itself.
   */
  readonly shownWhole: ReadonlySet<number>;
}

/**
 * Which directories are open: `by-size` the largest ones, `found` those that lead to what a filter finds, a number those
 * that so many levels of rows need.
 */
export type Unfolding = 'by-size' | 'found' | 'open' | 'folded' | number;
