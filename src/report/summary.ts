import { type Duplicate, findDuplicates } from '../analysis/duplicates.ts';
import type { LedgerRow } from '../analysis/ledger.ts';
import { hiddenSum } from '../analysis/ledger.ts';
import { FATE_WORDS } from '../analysis/waste-words.ts';
import { findTips } from '../analysis/tips.ts';
import { instructionText } from '../image/command.ts';
import { commandsOf } from '../image/facts.ts';
import { formatBytes, formatPercent, formatShare } from '../image/format.ts';
import { differs, integrityText } from '../image/integrity.ts';
import { shown, visible } from '../image/text.ts';
import type { AnalysedImage } from './report.ts';

/** As many rows of waste, and of tips, as a summary shows. */
const WASTE_ROWS = 10;
const TIP_ROWS = 5;
/** As many groups of equal files, and names in each. */
const DUPLICATE_ROWS = 5;
const DUPLICATE_PATHS = 3;

/** Widths of columns, in cells. */
const SIZE = 9;

/** An image in plain text, for output that is no terminal: the same figures as on the screen, line by line. */
export function summaryOf({ image, analysis, blobs }: AnalysedImage): string {
  const { ledger } = analysis;
  const dive = analysis.diveFigures();
  const lines = [
    [
      image.reference ?? image.id ?? 'image',
      image.platform,
      analysis.layers.length === 1 ? '1 layer' : `${analysis.layers.length} layers`,
    ]
      .filter((part) => part !== null)
      .map(visible)
      .join('  '),
    '',
    ...totals(),
    '',
    `${'#'.padStart(3)}  ${'size'.padStart(SIZE)}  ${'wasted'.padStart(SIZE)}  command`,
    ...image.instructions.flatMap((instruction) =>
      instruction.layer === null ? [] : [layerLine(instruction.layer, instructionText(instruction))],
    ),
    ...digests(),
    ...waste(),
    ...duplicates(),
    ...tips(),
    '',
    `dive says: efficiency ${formatPercent(dive.efficiency)}, wasted ${formatBytes(dive.wastedBytes)}, user-wasted ${dive.userWastedPercent === null ? '-' : formatPercent(dive.userWastedPercent)}`,
  ];
  return `${lines.join('\n')}\n`;

  function totals(): string[] {
    const row = (name: string, bytes: number) =>
      `${name.padEnd(12)}${formatBytes(bytes).padStart(SIZE)}  ${formatShare(bytes, ledger.total).padStart(7)}`;
    return [
      row('total', ledger.total),
      row('live', ledger.live),
      row('overwritten', ledger.hidden.overwritten),
      row('repeated', ledger.hidden.repeated),
      row('deleted', ledger.hidden.deleted),
    ];
  }

  function layerLine(layer: number, command: string): string {
    const bytes = formatBytes(analysis.layers[layer]?.bytes ?? 0);
    const wasted = formatBytes(hiddenSum(ledger.storedIn(layer)));
    const blob = blobs[layer];
    const mark = blob !== undefined && differs(blob) ? '!' : ' ';
    return `${String(layer).padStart(3)}${mark} ${bytes.padStart(SIZE)}  ${wasted.padStart(SIZE)}  ${visible(command)}`;
  }

  function digests(): string[] {
    const text = integrityText(blobs, analysis.layers.length);
    return text === null ? [] : ['', `digests: ${visible(text)}`];
  }

  function waste(): string[] {
    const rows = ledger.rows
      .filter(({ bytes }) => bytes > 0)
      .sort((a, b) => b.bytes - a.bytes || a.copy - b.copy);
    if (rows.length === 0) return ['', 'Nothing is wasted.'];
    const more =
      rows.length > WASTE_ROWS ? [`${' '.repeat(SIZE + 5)}  and ${rows.length - WASTE_ROWS} more`] : [];
    return [
      '',
      `wasted: ${formatBytes(ledger.reclaimable)} in ${rows.length === 1 ? '1 copy' : `${rows.length} copies`}`,
      ...rows.slice(0, WASTE_ROWS).map(wasteLine),
      ...more,
    ];
  }

  function wasteLine({ node, layer, hiddenBy, bytes, fate }: LedgerRow): string {
    const path = shown(analysis.tables.paths.path(node));
    return `${formatBytes(bytes).padStart(SIZE + 5)}  /${path}  stored in ${layer}, ${FATE_WORDS[fate]} in ${hiddenBy}`;
  }

  function duplicates(): string[] {
    const found = findDuplicates(analysis);
    if (found.length === 0) return [];
    const savable = formatBytes(found.reduce((sum, duplicate) => sum + duplicate.savable, 0));
    const rows = found.slice(0, DUPLICATE_ROWS).map(duplicateLine);
    const left = found.length - rows.length;
    return [
      '',
      `duplicates: hard links in place of equal files would save ${savable}`,
      ...rows,
      ...(left > 0 ? [`${' '.repeat(SIZE + 5)}  and ${left} more`] : []),
    ];
  }

  function duplicateLine({ bytes, savable, nodes }: Duplicate): string {
    const paths = nodes
      .slice(0, DUPLICATE_PATHS)
      .map((node) => `/${shown(analysis.tables.paths.path(node))}`);
    const more = nodes.length > paths.length ? `, and ${nodes.length - paths.length} more` : '';
    return `${formatBytes(savable).padStart(SIZE + 5)}  ${nodes.length} times ${formatBytes(bytes)}: ${paths.join(', ')}${more}`;
  }

  function tips(): string[] {
    const found = findTips(analysis, commandsOf(image)).slice(0, TIP_ROWS);
    return found.flatMap(({ title, fix, bytes }) => ['', `${formatBytes(bytes)}  ${title}`, `  ${fix}`]);
  }
}
