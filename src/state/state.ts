// Everything the screen is a picture of. Big things that only grow while an image is read (the analysis) are held by
// reference, with the number of layers that were in it when the state was made: what the screen shows follows from
// the state alone.

import type { Analysis } from '../analysis/analysis.ts';
import type { PullOffer } from '../image/missing-image.ts';
import type { ImageFacts, LayerBlob, PulledLayer } from '../image/source.ts';
import type { ListedImage } from '../image/listed-image.ts';
import type { Change } from '../tree/change.ts';
import { ROOT } from '../tree/path-table.ts';
import type { SortOrder } from '../tree/rows.ts';
import type { ViewQuery } from '../tree/view.ts';

/** Columns and rows of the terminal. */
export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** The screens, in the order of their numbers; `missing` has none: it stands where an image should. */
export const SCREENS = ['images', 'explore', 'waste', 'image', 'file'] as const;
export type ScreenName = (typeof SCREENS)[number];

/** The panes of the explorer, in the order of Tab. */
export const PANES = ['layers', 'files', 'details', 'waste'] as const;
export type Pane = (typeof PANES)[number];

/** Where a list's cursor is, and the first of its rows on the screen. */
export interface ListPosition {
  readonly cursor: number;
  readonly top: number;
}

/** How far an image has been read: `opening` until its source has said anything. Moments are milliseconds of one clock. */
export interface Progress {
  readonly phase: 'opening' | 'pulling' | 'preparing' | 'reading';
  readonly bytes: number;
  readonly total: number | null;
  readonly startedAt: number;
  /** When the first byte came. */
  readonly firstByteAt: number | null;
  readonly now: number;
}

export interface FilesState {
  readonly mode: ViewQuery['mode'];
  readonly order: SortOrder;
  readonly leftOut: ReadonlySet<Change>;
  readonly filter: string;
  /** The path the cursor wants to be on; where it is not shown, the cursor stands on what is nearest. */
  readonly wanted: number;
  /** First row on the screen. */
  readonly top: number;
  /** Directories that somebody has opened (true) or folded (false). */
  readonly folds: ReadonlyMap<number, boolean>;
  /** What holds for all other directories: `by-size` opens the largest ones. */
  readonly otherwise: 'by-size' | 'open' | 'folded';
}

/** The list of hidden copies. */
export interface WasteState {
  /** The copy the cursor wants to be on, wherever it comes to stand while layers come; NO_COPY: the first row. */
  readonly wanted: number;
  /** First row on the screen. */
  readonly top: number;
}

/** No copy has been chosen. */
export const NO_COPY = -1;

/** The list of images to choose from. */
export interface PickerState {
  /** Null until the daemon has answered. */
  readonly images: readonly ListedImage[] | null;
  /** The archive or layout that they were found in; null where they are the daemon's. */
  readonly place: string | null;
  /** Whether that place was chosen from the daemon's images: Esc leads back to them. */
  readonly isListed: boolean;
  /** Why the daemon's images are missing. */
  readonly problem: string | null;
  readonly filter: string;
  readonly cursor: number;
}

/** A screen, and in the explorer the pane that had the focus. */
export type Place =
  { readonly screen: 'explore'; readonly focus: Pane } | { readonly screen: 'waste' | 'file' };

/** The file that is looked at: its path, as a layer shows it. */
export interface FileState {
  readonly node: number;
  readonly layer: number;
  /** First line on the screen. */
  readonly top: number;
  /** Where it was opened: Esc leads back there. */
  readonly from: Place;
}

/** An image that is not there. */
export interface Missing {
  readonly offer: PullOffer;
  /** All that there is to say, in one line. */
  readonly message: string;
  /** Whether that is why it could not be pulled. */
  readonly hasFailed: boolean;
}

/** The image that is being looked at. */
export interface OpenImage {
  /** How it was asked for. */
  readonly name: string;
  readonly facts: ImageFacts | null;
  readonly progress: Progress | null;
  /** The layers that are being pulled, while they are. */
  readonly pulled: readonly PulledLayer[] | null;
  readonly missing: Missing | null;
  readonly analysis: Analysis | null;
  /** Layers in the analysis. */
  readonly layersRead: number;
  /** Of each of them. */
  readonly blobs: readonly LayerBlob[];
  readonly isComplete: boolean;
  /** Why reading ended early. */
  readonly failure: string | null;
}

export interface State {
  readonly size: ScreenSize;
  /** How often the screen had to be drawn anew from nothing. */
  readonly repaints: number;
  readonly screen: ScreenName | 'missing';
  readonly picker: PickerState;
  readonly open: OpenImage | null;
  readonly focus: Pane;
  /** The pane that the details speak of, and on small screens the one below the layers. */
  readonly lastFocus: { readonly subject: Exclude<Pane, 'details'>; readonly lower: Exclude<Pane, 'layers'> };
  /** Cursor over the instructions, those without layers included. */
  readonly layers: ListPosition;
  readonly files: FilesState;
  readonly waste: WasteState;
  /** Where a jump to the files led away from: Esc leads back there. */
  readonly cameFrom: Place | null;
  readonly details: { readonly top: number };
  /** First line on the screen of all that is known of the image. */
  readonly image: { readonly top: number };
  /** Null until a file has been opened. */
  readonly file: FileState | null;
  /** A text that is being typed; in the list of images any letter begins it. */
  readonly typing: 'files-filter' | 'picker-filter' | null;
  readonly help: { readonly top: number } | null;
  /** What the last key did, or why it did nothing. */
  readonly message: string | null;
}

const START: ListPosition = { cursor: 0, top: 0 };

export function initialState(size: ScreenSize, screen: State['screen']): State {
  return {
    size,
    repaints: 0,
    screen,
    picker: { images: null, place: null, isListed: false, problem: null, filter: '', cursor: 0 },
    open: null,
    focus: 'layers',
    lastFocus: { subject: 'layers', lower: 'files' },
    layers: START,
    files: {
      mode: 'changes',
      order: 'size',
      leftOut: new Set(),
      filter: '',
      wanted: ROOT,
      top: 0,
      folds: new Map(),
      otherwise: 'by-size',
    },
    waste: { wanted: NO_COPY, top: 0 },
    cameFrom: null,
    details: { top: 0 },
    image: { top: 0 },
    file: null,
    typing: null,
    help: null,
    message: null,
  };
}

/** The state with an image about to be opened: what was looked at before is left, settings stay. */
export function opening(state: State, name: string, now: number): State {
  const fresh = initialState(state.size, 'explore');
  const { mode, order, leftOut, otherwise } = state.files;
  return {
    ...fresh,
    repaints: state.repaints,
    picker: state.picker,
    files: { ...fresh.files, mode, order, leftOut, otherwise },
    open: {
      name,
      facts: null,
      progress: { phase: 'opening', bytes: 0, total: null, startedAt: now, firstByteAt: null, now },
      pulled: null,
      missing: null,
      analysis: null,
      layersRead: 0,
      blobs: [],
      isComplete: false,
      failure: null,
    },
  };
}
