import { instructionText } from '../../image/command.ts';
import { formatBytes, formatTime } from '../../image/format.ts';
import type { Instruction } from '../../image/history.ts';
import { visible } from '../../image/text.ts';
import { type Line, segment, wrap } from '../text/segments.ts';

const NUMBER = 4;
const SIZE = 11;
const TIME = 18;
const INDENT = NUMBER + SIZE + TIME + 2;
/** Narrower than this, a command stands below what is said of it. */
const LEAST_COMMAND = 36;

/**
 * Every instruction, base first, those without a layer too: number, bytes, time, the command in full. Wrapping takes
 * its time, so it ends with the instruction that line `most` is of.
 */
export function historyLines(
  instructions: readonly Instruction[],
  layerBytes: readonly (number | null)[],
  width: number,
  most: number,
): Line[] {
  const lines: Line[] = [];
  for (const instruction of instructions) {
    if (lines.length > most) break;
    const { layer } = instruction;
    lines.push(...stepLines(instruction, layer === null ? null : (layerBytes[layer] ?? null), width));
  }
  return lines;
}

function stepLines(instruction: Instruction, bytes: number | null, width: number): Line[] {
  const { layer, created } = instruction;
  const isBeside = width - INDENT >= LEAST_COMMAND;
  const indent = isBeside ? INDENT : NUMBER + 2;
  const command = wrap(visible(instructionText(instruction)) || 'unknown command', width - indent);
  const [first = '', ...others] = command;
  const lead: Line = [
    segment((layer === null ? '' : String(layer)).padStart(NUMBER), 'strong'),
    segment(` ${sizeText(layer, bytes).padStart(SIZE - 1)}`, layer === null ? 'dim' : 'plain'),
    segment(` ${timeText(created).padStart(TIME - 1)}`, 'dim'),
  ];
  const role = layer === null ? 'dim' : 'plain';
  const rest = (isBeside ? others : command).map((text): Line => [segment(' '.repeat(indent) + text, role)]);
  return isBeside ? [[...lead, segment(`  ${first}`, role)], ...rest] : [lead, ...rest];
}

function sizeText(layer: number | null, bytes: number | null): string {
  if (layer === null) return 'no layer';
  return bytes === null ? '' : formatBytes(bytes);
}

function timeText(created: string | null): string {
  if (created === null) return '';
  const date = new Date(created);
  return Number.isNaN(date.getTime()) ? 'no time' : formatTime(date);
}
