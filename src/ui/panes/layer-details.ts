import type { Analysis } from '../../analysis/analysis.ts';
import { hiddenSum } from '../../analysis/ledger.ts';
import { instructionText } from '../../image/command.ts';
import { formatBytes, formatExactBytes, formatTime } from '../../image/format.ts';
import type { Instruction } from '../../image/history.ts';
import { mismatchText } from '../../image/integrity.ts';
import { visible } from '../../image/text.ts';
import { rememberLast } from '../../state/memo.ts';
import { tips } from '../../state/image-selectors.ts';
import type { State } from '../../state/state.ts';
import { dockerfileSegments } from '../text/dockerfile.ts';
import { type Line, segment, sliced, wrap } from '../text/segments.ts';

const NAME = 12;
const BYTES = 9;

/** A layer's command in full, what would help, its counts, its part of the ledger, its digest. */
export function layerDetails(state: State, instruction: Instruction, width: number): Line[] {
  const { layer, created } = instruction;
  const command = visible(instructionText(instruction)) || 'unknown command';
  const analysis = state.open?.analysis ?? null;
  const facts = layer === null ? undefined : state.open?.facts?.layers[layer];
  const blob = layer === null ? undefined : state.open?.blobs[layer];
  const isRead = layer !== null && analysis !== null && layer < (state.open?.layersRead ?? 0);
  return [
    ...commandLines(command, width),
    [],
    ...mismatchLines(state, layer, width),
    ...(isRead ? [...tipLines(state, layer, width), ...ledgerLines(analysis, layer)] : []),
    ...(layer === null ? [[segment('It changes the configuration, not the files.', 'dim')], []] : []),
    ...(facts?.diffId == null ? [] : [field('diff ID', visible(facts.diffId))]),
    ...(blob?.blobBytes == null ? [] : [field('blob', formatExactBytes(blob.blobBytes))]),
    ...(created === null ? [] : [field('created', timeText(created))]),
  ];
}

/** What its bytes should have been, where they are not. */
function mismatchLines(state: State, layer: number | null, width: number): Line[] {
  const mismatches = (layer === null ? null : state.open?.blobs[layer]?.mismatches) ?? [];
  return mismatches.flatMap((mismatch): Line[] => [
    ...wrap(`Its bytes are wrong: ${visible(mismatchText(mismatch))}.`, width).map((text): Line => [
      segment(text, 'problem'),
    ]),
    [],
  ]);
}

const piecesOf = rememberLast(dockerfileSegments);

/** Wrapped, with what follows the first line set in, and coloured as a Dockerfile is. */
function commandLines(command: string, width: number): Line[] {
  const pieces = piecesOf(command);
  let from = 0;
  return wrap(command, width - 2).map((text, row): Line => {
    const start = command.indexOf(text, from);
    from = start + text.length;
    const line = sliced(pieces, start, from);
    return row === 0 ? line : [segment('  '), ...line];
  });
}

function ledgerLines({ layers, ledger }: Analysis, layer: number): Line[] {
  const stats = layers[layer];
  if (stats === undefined) return [];
  const hidden = ledger.storedIn(layer);
  const caused = hiddenSum(ledger.hiddenBy(layer));
  const modified = stats.content.paths + stats.metadata.paths;
  // What is not there needs no row: the rest is seen at a glance.
  const row = (name: string, bytes: number): Line[] =>
    bytes === 0
      ? []
      : [[segment(name.padEnd(NAME), 'dim'), segment(` ${formatBytes(bytes).padStart(BYTES - 1)}`)]];
  const rows = [
    ...row('live', stats.bytes - hiddenSum(hidden)),
    ...row('overwritten', hidden.overwritten),
    ...row('repeated', hidden.repeated),
    ...row('deleted', hidden.deleted),
    ...row('it hides', caused),
  ];
  return [
    [
      segment(`${stats.added.paths} added`, 'added'),
      segment('   '),
      segment(`${modified} modified`, 'modified'),
      segment('   '),
      segment(`${stats.removed.paths} removed`, 'removed'),
      segment(stats.unchanged.paths === 0 ? '' : `   ${stats.unchanged.paths} unchanged`, 'dim'),
    ],
    ...(rows.length === 0 ? [] : [[], ...rows]),
    [],
  ];
}

function tipLines(state: State, layer: number, width: number): Line[] {
  return tips(state)
    .filter(({ layers }) => layers.includes(layer))
    .flatMap(({ title, fix, bytes }): Line[] => [
      ...wrap(`${formatBytes(bytes)}  ${title}`, width).map((text): Line => [segment(text, 'strong')]),
      ...wrap(fix, width - 2).map((text): Line => [segment(`  ${text}`)]),
      [],
    ]);
}

function field(name: string, value: string): Line {
  return [segment(name.padEnd(NAME - 3), 'dim'), segment(value)];
}

function timeText(created: string): string {
  const date = new Date(created);
  return Number.isNaN(date.getTime()) ? visible(created) : formatTime(date);
}
