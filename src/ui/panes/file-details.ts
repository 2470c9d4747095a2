import type { Analysis } from '../../analysis/analysis.ts';
import { instructionText } from '../../image/command.ts';
import { formatBytes, formatExactBytes, formatTime } from '../../image/format.ts';
import { shown, visible } from '../../image/text.ts';
import type { State } from '../../state/state.ts';
import { NOTHING } from '../../tree/entries.ts';
import { Kind } from '../../tree/kind.ts';
import { modeText, ownerText, recordWords, whatText } from '../text/life.ts';
import { cells, fitValue, type Line, segment, wrap } from '../text/segments.ts';
import type { Glyphs } from '../theme.ts';

/** A path as a layer shows it, and its life across all layers. */
export function fileDetails(
  state: State,
  analysis: Analysis,
  { node, layer }: { readonly node: number; readonly layer: number },
  width: number,
  glyphs: Glyphs,
): Line[] {
  const path = `/${shown(analysis.tables.paths.path(node))}`;
  return [
    ...wrap(path, width).map((text): Line => [segment(text, 'strong')]),
    ...attributes(analysis, node, layer),
    [],
    ...life(state, analysis, node, { chosen: layer, width, glyphs }),
  ];
}

function attributes(analysis: Analysis, node: number, layer: number): Line[] {
  const { records, entries } = analysis.stack;
  const entry = records.shownAt(node, layer);
  if (entry === NOTHING) return [[segment(`not there in layer ${layer}`, 'dim')]];
  const modified = entries.mtimeOf(entry);
  const kind = entries.kindOf(entry);
  const link = shown(entries.linkOf(entry));
  return [
    [
      segment(`${modeText(analysis, entry)}  ${ownerText(analysis, entry)}`),
      segment(kind === Kind.File ? `  ${formatExactBytes(entries.sizeOf(entry))}` : ''),
    ],
    ...(modified === 0
      ? []
      : [[segment('modified ', 'dim'), segment(formatTime(new Date(modified * 1000)))]]),
    ...(link === ''
      ? []
      : [[segment(kind === Kind.Symlink ? 'link to  ' : 'device   ', 'dim'), segment(link)]]),
    ...(entries.isLink(entry)
      ? [
          [
            segment('same file as ', 'dim'),
            segment(`/${shown(analysis.tables.paths.path(entries.nodeOf(entries.inodeOf(entry))))}`),
          ],
        ]
      : []),
  ];
}

const WORD = 14;
const BYTES = 9;
/** What stands before a life's words: the chosen layer's sign, the layer's number, a space. */
const INDENT = 4;

interface LifeOptions {
  /** The layer that is looked at. */
  readonly chosen: number;
  readonly width: number;
  readonly glyphs: Glyphs;
}

function life(
  state: State,
  analysis: Analysis,
  node: number,
  { chosen, width, glyphs }: LifeOptions,
): Line[] {
  const { records, entries } = analysis.stack;
  const instructions = state.open?.facts?.instructions ?? [];
  return records.life(node).flatMap((record): Line[] => {
    const layer = records.layerOf(record);
    const word = recordWords(analysis, record, glyphs);
    const after = records.afters[record] ?? NOTHING;
    const isStored = after !== NOTHING && entries.kindOf(after) === Kind.File;
    const instruction = instructions.find((each) => each.layer === layer);
    const command = instruction === undefined ? '' : instructionText(instruction);
    const what = whatText(analysis, record, glyphs);
    const hasRoom = INDENT + WORD + BYTES + 2 + cells(what) <= width;
    return [
      [
        segment(layer === chosen ? glyphs.cursor : ' ', 'strong'),
        segment(`${String(layer).padStart(2)} `, 'strong'),
        segment(word.text.padEnd(WORD), word.role),
        segment(fitValue(isStored ? formatBytes(entries.payloadOf(after)) : '', BYTES, glyphs.ellipsis)),
        segment(hasRoom ? `  ${what}` : ''),
      ],
      ...(hasRoom ? [] : wrap(what, width - INDENT).map(indented)),
      [segment(' '.repeat(INDENT) + visible(command), 'dim')],
    ];
  });
}

const indented = (text: string): Line => [segment(' '.repeat(INDENT) + text)];
