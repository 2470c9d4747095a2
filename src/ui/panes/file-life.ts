import type { Analysis } from '../../analysis/analysis.ts';
import { shortCommand } from '../../image/command.ts';
import { formatBytes } from '../../image/format.ts';
import { shown, visible } from '../../image/text.ts';
import type { FileState, State } from '../../state/state.ts';
import { NOTHING } from '../../tree/entries.ts';
import { Kind } from '../../tree/kind.ts';
import { framed } from '../text/frame.ts';
import { recordWords, whatText } from '../text/life.ts';
import { cells, fit, fitValue, type Line, segment } from '../text/segments.ts';
import type { Glyphs } from '../theme.ts';

/** Cells of the columns before the command: the cursor and the layer, at least, what it did, bytes. */
const LAYER = 4;
const WORD = 14;
const SIZE = 10;
/** What was done in detail takes at most this share of what is left. */
const WHAT_SHARE = 0.5;

export interface FileLifeOptions {
  readonly columns: number;
  readonly rows: number;
  readonly glyphs: Glyphs;
}

/** A path's life across the layers, one row for each that did something to it; the chosen layer's has the cursor. */
export function fileLife(state: State, file: FileState, options: FileLifeOptions): Line[] {
  const { columns, rows, glyphs } = options;
  const analysis = state.open?.analysis ?? null;
  if (analysis === null) return [];
  const { records } = analysis.stack;
  const life = records.life(file.node);
  const chosen = life.filter((record) => records.layerOf(record) <= file.layer).length - 1;
  const room = rows - 2;
  const top = Math.max(0, Math.min(chosen - room + 1, life.length - room));
  const whats = life.map((record) => whatText(analysis, record, glyphs));
  const digits = Math.max(LAYER - 2, ...life.map((record) => String(records.layerOf(record)).length));
  const rest = columns - 2 - (digits + 2) - WORD - SIZE;
  const what = Math.min(Math.floor(rest * WHAT_SHARE), Math.max(0, ...whats.map(cells)) + 4);
  const lines = life.slice(top, top + room).map((record, row): Line => {
    const layer = records.layerOf(record);
    const word = recordWords(analysis, record, glyphs);
    const command = state.open?.facts?.instructions.find((each) => each.layer === layer)?.createdBy ?? null;
    return [
      segment(top + row === chosen ? glyphs.cursor : ' ', 'strong'),
      segment(`${String(layer).padStart(digits)} `, 'strong'),
      segment(fit(word.text, WORD, glyphs.ellipsis), word.role),
      segment(fitValue(sizeText(analysis, record), SIZE, glyphs.ellipsis)),
      segment(fit(`  ${whats[top + row] ?? ''}`, what, glyphs.ellipsis)),
      segment(` ${visible(shortCommand(command))}`, 'dim'),
    ];
  });
  const title = `/${shown(analysis.tables.paths.path(file.node))}`;
  const seen = life.length > room ? `${top + 1}-${top + lines.length} of ${life.length}` : '';
  return framed(lines, {
    columns,
    rows,
    title,
    notes: [copiesText(analysis, file), seen],
    isFocused: false,
    glyphs,
  });
}

/** How many copies of the file there are, and what of them is wasted. */
function copiesText({ stack: { records, entries }, ledger }: Analysis, { node }: FileState): string {
  const copies = records
    .life(node)
    .map((record) => records.afters[record] ?? NOTHING)
    .filter((entry) => entry >= 0 && entries.kindOf(entry) === Kind.File && !entries.isLink(entry));
  const wasted = copies.reduce((sum, copy) => sum + (ledger.row(copy)?.bytes ?? 0), 0);
  if (copies.length === 0) return '';
  const count = copies.length === 1 ? '1 copy' : `${copies.length} copies`;
  return wasted === 0 ? count : `${count}: ${formatBytes(wasted)} wasted`;
}

function sizeText({ stack: { records, entries } }: Analysis, record: number): string {
  const after = records.afters[record] ?? NOTHING;
  const isStored = after >= 0 && entries.kindOf(after) === Kind.File;
  return isStored ? formatBytes(entries.payloadOf(after)) : '';
}
