import { hiddenSum } from '../../analysis/ledger.ts';
import { instructionText } from '../../image/command.ts';
import { formatBytes } from '../../image/format.ts';
import type { Instruction } from '../../image/history.ts';
import { visible } from '../../image/text.ts';
import type { PaneLayout } from '../../state/layout.ts';
import { largestLayer } from '../../state/image-selectors.ts';
import type { State } from '../../state/state.ts';
import { framed } from '../text/frame.ts';
import {
  cells,
  fitRight,
  fitValue,
  type Line,
  rowLine,
  type Segment,
  segment,
  widthOf,
} from '../text/segments.ts';
import type { Glyphs } from '../theme.ts';

const SIZE = 9;
/** Cells of the mark of a layer that hides bytes. */
const MARK = 1;
/** Cells of a bar: a share of the pane, within limits; the command needs the rest. */
const BAR = { share: 1 / 5, min: 14, max: 20 };
/** Cells of the longest bar below which none is shortened, for it would tell nothing any more. */
const LEAST_BAR = 3;
/** Cells of what a layer hides, from so many cells of the pane on; narrower ones have a mark, and the bytes if they fit. */
const HIDES = { width: 10, from: 64 };

/** The layers and empty instructions of the image, each with its bytes to scale. */
export function layersPane(state: State, layout: PaneLayout, glyphs: Glyphs): Line[] {
  const instructions = state.open?.facts?.instructions ?? [];
  const layers = instructions.filter(({ layer }) => layer !== null).length;
  const { top, cursor } = state.layers;
  const bar = Math.round(Math.max(BAR.min, Math.min((layout.columns - 2) * BAR.share, BAR.max)));
  const hides = layout.columns - 2 >= HIDES.from ? HIDES.width : MARK;
  const digits = Math.max(2, String(layers - 1).length);
  const last = Math.min(instructions.length, top + layout.listRows);
  const isWhole = top === 0 && last === instructions.length;
  const isFocused = state.focus === 'layers';
  const range = rangeRows(state);
  const scale = barScale(state, { bar, hides, glyphs });
  const rows = instructions.slice(top, last).map((instruction, row): Line => {
    const index = top + row;
    const isInRange = range !== null && range.first <= index && index <= range.last;
    return layerLine(state, instruction, {
      isCursor: index === cursor,
      isInRange,
      isFocused,
      digits,
      bar,
      scale,
      hides,
      glyphs,
    });
  });
  const signs = `live ${glyphs.hidden}wasted`;
  const hiding = hides === MARK ? ' '.repeat(MARK) : `${glyphs.below}hides`.padStart(hides);
  const heading = segment(
    `${'#'.padStart(1 + digits)}${'size'.padStart(SIZE + 1)}  ${signs.padEnd(bar)}${hiding} command`,
    'dim',
  );
  return framed([[heading], ...rows], {
    ...layout,
    title: 'Layers',
    notes: [isWhole ? `${layers}` : `${top + 1}-${last} of ${instructions.length}`],
    isFocused,
    glyphs,
  });
}

/** The rows from one end of the files pane's range to the other; null where there is none. */
function rangeRows({ open, layers, files }: State): { first: number; last: number } | null {
  if (files.rangeStart === null) return null;
  const start =
    open?.facts?.instructions.findIndex(({ layer }) => layer === files.rangeStart) ?? layers.cursor;
  return { first: Math.min(start, layers.cursor), last: Math.max(start, layers.cursor) };
}

interface RowOptions {
  readonly isCursor: boolean;
  /** Whether the row is in the range of layers that the files pane shows. */
  readonly isInRange: boolean;
  readonly isFocused: boolean;
  /** Of the largest layer's number. */
  readonly digits: number;
  /** Cells that bars have, that the largest layer's takes, and those of what a layer hides. */
  readonly bar: number;
  readonly scale: number;
  readonly hides: number;
  readonly glyphs: Glyphs;
}

/**
 * Cells of the largest layer's bar. Where what a layer hides stands in what its bar leaves free, bars are as much shorter as
 * it takes for each of those figures: they say who wastes, which no bar does.
 */
function barScale(
  state: State,
  { bar, hides, glyphs }: Pick<RowOptions, 'bar' | 'hides' | 'glyphs'>,
): number {
  if (hides > MARK) return bar;
  const largest = largestLayer(state);
  let scale = bar;
  for (let layer = 0; layer < (state.open?.layersRead ?? 0); layer++) {
    const below = hiddenBelow(state, layer);
    if (below === 0) continue;
    const free = bar + MARK - 1 - cells(hidesText(below, glyphs));
    const bytes = layerBytes(state, layer) ?? 0;
    while (scale > LEAST_BAR && barLength(bytes, largest, scale) > free) scale--;
  }
  return scale;
}

function layerLine(state: State, instruction: Instruction, options: RowOptions): Line {
  const { layer } = instruction;
  const { isCursor, isInRange, isFocused, digits, bar, scale, hides, glyphs } = options;
  const number = layer === null ? glyphs.nothing : String(layer);
  const text = visible(instructionText(instruction));
  const command = segment(text || 'unknown command', layer === null || text === '' ? 'dim' : 'plain');
  const bytes = layer === null ? null : layerBytes(state, layer);
  const size = bytes === null ? '' : formatBytes(bytes);
  const line: Line = [
    segment(isCursor ? glyphs.cursor : isInRange ? glyphs.range : ' ', 'strong'),
    segment(number.padStart(digits)),
    hasMismatch(state, layer) ? segment('!', 'problem') : segment(' '),
    segment(`${fitRight(size, SIZE, glyphs.ellipsis)}  `),
    ...withHidden(barOf(state, layer, bytes, scale, glyphs), hiddenBelow(state, layer), {
      bar,
      hides,
      glyphs,
    }),
    segment(' '),
    command,
  ];
  return rowLine(line, isCursor && isFocused);
}

function hasMismatch(state: State, layer: number | null): boolean {
  const mismatches = layer === null ? null : state.open?.blobs[layer]?.mismatches;
  return mismatches != null && mismatches.length > 0;
}

/** What the layer holds: as read, else as the daemon says. */
function layerBytes(state: State, layer: number): number | null {
  return state.open?.analysis?.layers[layer]?.bytes ?? state.open?.facts?.layers[layer]?.statedBytes ?? null;
}

/** Bytes that a layer hides: waste that is its doing. */
function hiddenBelow({ open }: State, layer: number | null): number {
  const isRead = layer !== null && open?.analysis != null && layer < open.layersRead;
  return isRead ? hiddenSum(open.analysis.ledger.hiddenBy(layer)) : 0;
}

const hidesText = (bytes: number, { below }: Glyphs) => `${below}${formatBytes(bytes)}`;

/** A bar, and after it what the layer hides: in a column, else in what the bar leaves free, else as a mark. */
function withHidden(
  bar: readonly Segment[],
  below: number,
  { bar: width, hides, glyphs }: Pick<RowOptions, 'bar' | 'hides' | 'glyphs'>,
): Segment[] {
  const filling = (cellsLeft: number) => segment(' '.repeat(Math.max(0, cellsLeft)));
  const left = width - widthOf(bar);
  if (below === 0) return [...bar, filling(left + hides)];
  const text = hidesText(below, glyphs);
  if (hides > MARK)
    return [...bar, filling(left), segment(fitValue(text, hides, glyphs.ellipsis), 'removed')];
  const room = left + MARK - 1 - cells(text);
  if (room < 0) return [...bar, filling(left), segment(glyphs.below, 'removed')];
  return [...bar, segment(' '), segment(text, 'removed'), filling(room)];
}

/** As many cells as there is to show. */
function barOf(
  state: State,
  layer: number | null,
  bytes: number | null,
  width: number,
  glyphs: Glyphs,
): Segment[] {
  const open = state.open;
  if (layer === null || open === null) return [segment(glyphs.nothing, 'dim')];
  const isRead = open.analysis !== null && layer < open.layersRead;
  if (!isRead) return [segment(glyphs.ellipsis, 'dim')];
  if (bytes === null || bytes === 0) return [segment(glyphs.nothing, 'hidden')];
  const hidden = hiddenSum(open.analysis.ledger.storedIn(layer));
  const { live, mixed, wasted } = barCells(bytes, hidden, largestLayer(state), width);
  return [
    segment(glyphs.live.repeat(live) + glyphs.mixed.repeat(mixed), 'live'),
    segment(glyphs.hidden.repeat(wasted), 'hidden'),
  ];
}

/** Cells of a bar, from left to right. */
interface BarCells {
  readonly live: number;
  /** 1 where live bytes, or hidden ones, are less than half a cell, and yet there. */
  readonly mixed: 0 | 1;
  readonly wasted: number;
}

/**
 * A bar's cells, to the scale of the largest layer: bytes alone say how many there are (one at least), so that of two bars
 * the longer one has more. They are then shared out; what is there at all can be seen.
 */
export function barCells(bytes: number, hidden: number, largest: number, width: number): BarCells {
  const whole = barLength(bytes, largest, width);
  const wasted = Math.round((hidden / bytes) * whole);
  if (hidden > 0 && wasted === 0) return { live: whole - 1, mixed: 1, wasted };
  if (hidden < bytes && wasted === whole) return { live: 0, mixed: 1, wasted: whole - 1 };
  return { live: whole - wasted, mixed: 0, wasted };
}

function barLength(bytes: number, largest: number, width: number): number {
  return Math.max(1, Math.round((bytes / Math.max(largest, bytes, 1)) * width));
}
