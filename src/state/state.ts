// Everything the screen is a picture of. Big things that only grow while an image is read (the analysis) are held by
// reference, with the number of layers that were in it when the state was made: what the screen shows follows from
// the state alone.

import type { ListedImage } from '../image/listed-image.ts';
import type { FileViewName, Contents, Errand } from './file-state.ts';
import { ROOT } from '../tree/path-table.ts';
import { FILES_PRESET, type FilesPreset, type FilesState } from './files-state.ts';
import type { OpenImage } from './open-image.ts';
import { NO_COPY, type WasteScreenState, type WasteState } from './waste-state.ts';

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
  /** First image on the screen, as far as the cursor can be seen then. */
  readonly top: number;
}

/** A screen that a file is opened from, and in the explorer the pane that had the focus. */
export type Place = { readonly screen: 'explore'; readonly focus: Pane } | { readonly screen: 'waste' };

/** A place that a jump has led away from, with what it has changed of the layers and files. */
export type LeftPlace = Place & {
  readonly layer: number;
  readonly files: Pick<
    FilesState,
    'mode' | 'isFlat' | 'leftOut' | 'filter' | 'applied' | 'rangeStart' | 'wanted'
  >;
};

/** The file that is looked at: its path, as a layer shows it. */
export interface FileState {
  readonly node: number;
  readonly layer: number;
  /** First row of its content on the screen, and the first cell of each. */
  readonly top: number;
  readonly left: number;
  /** How it is to be shown; null: as fits. */
  readonly view: FileViewName | null;
  readonly search: FileSearch | null;
  /** Where it was opened: Esc leads back there. */
  readonly from: Place;
}

/** What is searched for in a file. */
export interface FileSearch {
  readonly text: string;
  /** Of the first byte of the place that was found; null: there is none. */
  readonly offset: number | null;
  /** First row on the screen when it was begun: there one stays while nothing is found. */
  readonly begunAt: number;
}

/** How far the files pane's filter has been held against the paths. */
export interface SearchState {
  /** The filter that it is about; what is said here holds for no other. */
  readonly text: string;
  /** Paths that have been looked at, as far as the screen goes by it. */
  readonly searched: number;
  /** What the search of those has cost (`Matching.work`). */
  readonly work: number;
  /** Whether the search is to go on at once. */
  readonly isUnderWay: boolean;
  /** Whether the cursor is to be on the first match when the search has ended: nothing has been done since Enter. */
  readonly leadsToMatch: boolean;
}

export const NO_SEARCH: SearchState = {
  text: '',
  searched: 0,
  work: 0,
  isUnderWay: false,
  leadsToMatch: false,
};

/** Prompts whose texts can be had again. */
export type Recallable = 'files-filter' | 'file-search' | 'destination';

export interface State {
  readonly size: ScreenSize;
  /** How often the screen had to be drawn anew from nothing. */
  readonly repaints: number;
  readonly screen: ScreenName | 'missing';
  readonly picker: PickerState;
  readonly open: OpenImage | null;
  readonly focus: Pane;
  /** Whether the pane that has the focus, whichever it is, has the whole screen; other screens leave it as it is. */
  readonly isZoomed: boolean;
  /** The pane that the details speak of, and on small screens the one below the layers. */
  readonly lastFocus: { readonly subject: Exclude<Pane, 'details'>; readonly lower: Exclude<Pane, 'layers'> };
  /** Cursor over the instructions, those without layers included. */
  readonly layers: ListPosition;
  readonly files: FilesState;
  readonly search: SearchState;
  readonly waste: WasteState;
  readonly wasteScreen: WasteScreenState;
  /** Where a jump to the files led away from: Esc leads back there. */
  readonly cameFrom: LeftPlace | null;
  readonly details: { readonly top: number };
  /** First line on the screen of all that is known of the image, and whether dive's figures of a huge one are wanted. */
  readonly image: { readonly top: number; readonly wantsDive: boolean };
  /** Null until a file has been opened. */
  readonly file: FileState | null;
  readonly contents: Contents;
  /**
   * A text that is being typed; in the list of images any letter begins it. `nothing`: where nothing can be searched,
   * what is typed in the belief that it can is taken all the same, lest its letters run as commands.
   */
  readonly typing: 'files-filter' | 'picker-filter' | 'file-search' | 'destination' | 'nothing' | null;
  /** UTF-16 units of that text that stand behind its cursor. */
  readonly behindCaret: number;
  /** Texts that were typed for each prompt, the latest first. */
  readonly typedBefore: Readonly<Record<Recallable, readonly string[]>>;
  /** Which of them, those left out that are what is typed itself, stands in place of what is typed; null: none. */
  readonly recall: { readonly at: number; readonly draft: string } | null;
  readonly errand: Errand | null;
  /** Where something was last to be extracted to, of whatever image; at first the current directory. */
  readonly extractedInto: string;
  readonly help: { readonly top: number } | null;
  /** What the last key did, or why it did nothing; `{quit}` stands for the key of that command. */
  readonly message: string | null;
  /** Whether the message asks if reading is to be cancelled: the next key answers. */
  readonly isCancelAsked: boolean;
  /** Whether somebody is here for the first time, and has pressed no key among the layers and files yet. */
  readonly isFirstRun: boolean;
}

const START: ListPosition = { cursor: 0, top: 0 };
const FIRST_ROW: WasteState = { wanted: NO_COPY, top: 0 };

export function initialState(
  size: ScreenSize,
  screen: State['screen'],
  preset: FilesPreset = FILES_PRESET,
): State {
  return {
    size,
    repaints: 0,
    screen,
    picker: { images: null, place: null, isListed: false, problem: null, filter: '', cursor: 0, top: 0 },
    open: null,
    focus: 'layers',
    isZoomed: false,
    lastFocus: { subject: 'layers', lower: 'files' },
    layers: START,
    files: {
      ...preset,
      isFlat: false,
      leftOut: new Set(),
      filter: '',
      applied: '',
      rangeStart: null,
      wanted: ROOT,
      top: 0,
      folds: new Map(),
      otherwise: 'by-size',
      otherwiseFound: 'found',
      shownWhole: new Set(),
    },
    search: NO_SEARCH,
    waste: FIRST_ROW,
    wasteScreen: {
      grouping: 'cause',
      focus: 'groups',
      isZoomed: false,
      isAdvising: false,
      advice: { isFocused: false, top: 0 },
      groups: { cause: FIRST_ROW, path: FIRST_ROW, directory: FIRST_ROW, fate: FIRST_ROW },
      copies: FIRST_ROW,
    },
    cameFrom: null,
    details: { top: 0 },
    image: { top: 0, wantsDive: false },
    file: null,
    contents: new Map(),
    typing: null,
    behindCaret: 0,
    typedBefore: { 'files-filter': [], 'file-search': [], destination: [] },
    recall: null,
    errand: null,
    extractedInto: '.',
    help: null,
    message: null,
    isCancelAsked: false,
    isFirstRun: false,
  };
}

/** The state with an image about to be opened: what was looked at before is left, settings stay. */
export function opening(state: State, name: string, now: number): State {
  const fresh = initialState(state.size, 'explore');
  const { mode, order, isFlat, columns, leftOut, otherwise } = state.files;
  return {
    ...fresh,
    repaints: state.repaints,
    isFirstRun: state.isFirstRun,
    picker: state.picker,
    extractedInto: state.extractedInto,
    typedBefore: state.typedBefore,
    files: { ...fresh.files, mode, order, isFlat, columns, leftOut, otherwise },
    wasteScreen: { ...fresh.wasteScreen, grouping: state.wasteScreen.grouping },
    open: {
      name,
      facts: null,
      progress: { phase: 'opening', bytes: 0, total: null, startedAt: now, firstByteAt: null, now },
      pulled: null,
      missing: null,
      analysis: null,
      layersRead: 0,
      blobs: [],
      verification: 'none',
      isComplete: false,
      failure: null,
    },
  };
}
