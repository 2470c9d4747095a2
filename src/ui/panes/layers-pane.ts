import { hiddenSum } from '../../analysis/ledger.ts';
import { instructionText } from '../../image/command.ts';
import { formatBytes } from '../../image/format.ts';
import type { Instruction } from '../../image/history.ts';
import { visible } from '../../image/text.ts';
import type { PaneLayout } from '../../state/layout.ts';
import { largestLayer } from '../../state/selectors.ts';
import type { State } from '../../state/state.ts';
import { framed } from '../text/frame.ts';
import { fitRight, type Line, rowLine, type Segment, segment } from '../text/segments.ts';
import type { Glyphs } from '../theme.ts';

const SIZE = 9;
/** Cells of a bar: a share of the pane, within limits; the command needs the rest. */
const BAR = { share: 1 / 5, min: 14, max: 20 };

/** The layers and empty instructions of the image, each with its bytes to scale. */
export function layersPane(state: State, layout: PaneLayout, glyphs: Glyphs): Line[] {
  const instructions = state.open?.facts?.instructions ?? [];
  const layers = instructions.filter(({ layer }) => layer !== null).length;
  const { top, cursor } = state.layers;
  const bar = Math.round(Math.max(BAR.min, Math.min((layout.columns - 2) * BAR.share, BAR.max)));
  const last = Math.min(instructions.length, top + layout.listRows);
  const isWhole = top === 0 && last === instructions.length;
  const isFocused = state.focus === 'layers';
  const rows = instructions.slice(top, last).map((instruction, row): Line => {
    return layerLine(state, instruction, { isCursor: top + row === cursor, isFocused, bar, glyphs });
  });
  const scale = `live ${glyphs.hidden}wasted`;
  const heading = segment(`  #${'size'.padStart(SIZE + 1)}  ${scale.padEnd(bar)} command`, 'dim');
  return framed([[heading], ...rows], {
    ...layout,
    title: 'Layers',
    notes: [isWhole ? `${layers}` : `${top + 1}-${last} of ${instructions.length}`],
    isFocused,
    glyphs,
  });
}

interface RowOptions {
  readonly isCursor: boolean;
  readonly isFocused: boolean;
  /** Cells of the bar. */
  readonly bar: number;
  readonly glyphs: Glyphs;
}

function layerLine(state: State, instruction: Instruction, options: RowOptions): Line {
  const { layer } = instruction;
  const { isCursor, isFocused, bar, glyphs } = options;
  const number = layer === null ? glyphs.nothing : String(layer);
  const command = segment(visible(instructionText(instruction)), layer === null ? 'dim' : 'plain');
  const bytes = layer === null ? null : layerBytes(state, layer);
  const size = bytes === null ? '' : formatBytes(bytes);
  const line: Line = [
    segment(isCursor ? glyphs.cursor : ' ', 'strong'),
    segment(fitRight(number, 2)),
    hasMismatch(state, layer) ? segment('!', 'problem') : segment(' '),
    segment(`${fitRight(size, SIZE)}  `),
    ...barOf(state, layer, bytes, bar, glyphs),
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

function barOf(
  state: State,
  layer: number | null,
  bytes: number | null,
  width: number,
  glyphs: Glyphs,
): Segment[] {
  const open = state.open;
  if (layer === null || open === null) return [segment(glyphs.nothing.padEnd(width), 'dim')];
  const isRead = open.analysis !== null && layer < open.layersRead;
  if (!isRead) return [segment(glyphs.ellipsis.padEnd(width), 'dim')];
  const ledger = open.analysis.ledger;
  if (bytes === null || bytes === 0) {
    const below = hiddenSum(ledger.hiddenBy(layer));
    const text = below === 0 ? glyphs.nothing : `${glyphs.nothing} ${glyphs.below}${formatBytes(below)}`;
    return [segment(text.padEnd(width), 'hidden')];
  }
  const hidden = hiddenSum(ledger.storedIn(layer));
  const { live, wasted } = barCells(bytes, hidden, largestLayer(state), width);
  return [
    segment(glyphs.live.repeat(live), 'live'),
    segment(glyphs.hidden.repeat(wasted), 'hidden'),
    segment(' '.repeat(width - live - wasted)),
  ];
}

/** A bar's cells, to the scale of the largest layer: what is there at all has at least one. */
export function barCells(
  bytes: number,
  hidden: number,
  largest: number,
  width: number,
): { live: number; wasted: number } {
  const whole = Math.max(1, Math.round((bytes / Math.max(largest, bytes, 1)) * width));
  if (hidden === 0) return { live: whole, wasted: 0 };
  if (hidden === bytes) return { live: 0, wasted: whole };
  const total = Math.max(2, whole);
  const wasted = Math.max(1, Math.min(total - 1, Math.round((hidden / bytes) * total)));
  return { live: total - wasted, wasted };
}
