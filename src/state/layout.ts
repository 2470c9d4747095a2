// Where panes stand. From 100 columns on, layers, details and waste stand on the left and files on the right; where
// the left side is too low for three, waste and details share a place. Below 100 columns panes stack: layers above,
// and below them whichever of files, details and waste had the focus last. Zoomed, the pane that has the focus stands
// alone.

import type { Pane, State } from './state.ts';

/** A pane's place: columns and rows of its whole, borders included, and the rows of its list. */
export interface PaneLayout {
  readonly columns: number;
  readonly rows: number;
  /** Rows inside the borders, less the heading of a table. */
  readonly listRows: number;
}

export interface Layout {
  readonly isWide: boolean;
  readonly panes: Readonly<Partial<Record<Pane, PaneLayout>>>;
}

export const MIN_COLUMNS = 60;
export const MIN_ROWS = 15;

const WIDE_COLUMNS = 100;
/** The header line and the status line. */
export const CHROME_ROWS = 2;
export const BORDER = 2;
const HEADING = 1;

/** Share of a wide screen's columns that the left side takes, and its limits. */
const LEFT = { share: 0.4, min: 48, max: 84 };
/** Least rows of panes on the left side that are worth looking at. */
const LEAST = { layers: 6, details: 10, waste: 7 };
/** Share of a stacked screen's rows that the layers take, at most. */
const STACKED_LAYERS = 0.38;

/** The layout of a state's screen; null when it is too small for any. */
export function layoutOf(
  state: Pick<State, 'size' | 'focus' | 'isZoomed' | 'lastFocus' | 'open'>,
): Layout | null {
  const { columns, rows } = state.size;
  if (columns < MIN_COLUMNS || rows < MIN_ROWS) return null;
  const body = rows - CHROME_ROWS;
  const { focus } = state;
  if (state.isZoomed) return { isWide: false, panes: { [focus]: pane(columns, body, focus !== 'details') } };
  const layers = state.open?.pulled ?? state.open?.facts?.instructions ?? [];
  const wantedLayers = layers.length + BORDER + HEADING;
  return columns < WIDE_COLUMNS
    ? stacked(columns, body, wantedLayers, state.lastFocus.lower)
    : wide(columns, body, wantedLayers, state.lastFocus);
}

/** The heading, a problem and an empty line above and below the list of images. */
const AROUND_IMAGES = 6;

/** Rows of the list of images on the screen. */
export function imageRows({ rows }: State['size']): number {
  return Math.max(1, rows - CHROME_ROWS - AROUND_IMAGES);
}

/** Share of the body that the life of a file takes, at most. */
const LIFE_SHARE = 0.35;

/** Rows of the two panes of the screen of a file, borders included: its life, and below it what is in it. */
export function filePanes({ size, file, open }: Pick<State, 'size' | 'file' | 'open'>): {
  readonly life: number;
  readonly content: number;
} {
  const body = size.rows - CHROME_ROWS;
  const events = file === null ? 0 : (open?.analysis?.stack.records.life(file.node).length ?? 0);
  const life = clamp(events + BORDER, BORDER + 1, Math.floor(body * LIFE_SHARE));
  return { life, content: body - life };
}

/** Rows inside the one pane of a screen that has no more. */
export function paneRows({ rows }: State['size']): number {
  return Math.max(1, rows - CHROME_ROWS - BORDER);
}

function stacked(
  columns: number,
  body: number,
  wantedLayers: number,
  lower: Exclude<Pane, 'layers'>,
): Layout {
  const layers = clamp(wantedLayers, BORDER + HEADING + 2, Math.floor(body * STACKED_LAYERS));
  return {
    isWide: false,
    panes: {
      layers: pane(columns, layers, true),
      [lower]: pane(columns, body - layers, lower !== 'details'),
    },
  };
}

function wide(columns: number, body: number, wantedLayers: number, { lower }: State['lastFocus']): Layout {
  const left = clamp(Math.round(columns * LEFT.share), LEFT.min, LEFT.max);
  const files = pane(columns - left, body, true);
  const hasRoomForAll = body >= LEAST.layers + LEAST.details + LEAST.waste;
  const rest = hasRoomForAll ? LEAST.details + LEAST.waste : LEAST.waste;
  const layers = clamp(wantedLayers, LEAST.layers, body - rest);
  const below = body - layers;
  if (!hasRoomForAll) {
    const shared = lower === 'waste' ? 'waste' : 'details';
    return {
      isWide: true,
      panes: { layers: pane(left, layers, true), [shared]: pane(left, below, shared === 'waste'), files },
    };
  }
  const waste = Math.max(LEAST.waste, Math.floor(below * 0.4));
  return {
    isWide: true,
    panes: {
      layers: pane(left, layers, true),
      details: pane(left, below - waste, false),
      waste: pane(left, waste, true),
      files,
    },
  };
}

/** A pane of this size, borders included. */
export function pane(columns: number, rows: number, hasHeading: boolean): PaneLayout {
  return { columns, rows, listRows: Math.max(0, rows - BORDER - (hasHeading ? HEADING : 0)) };
}

/** The value, kept within limits. */
export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}

/** The first row on the screen when a list of `count` rows must show `cursor`, moving as little as it can. */
export function scrolled(top: number, cursor: number, height: number, count: number): number {
  const last = Math.max(0, count - height);
  return clamp(cursor < top ? cursor : cursor >= top + height ? cursor - height + 1 : top, 0, last);
}
