import { shown } from '../../image/text.ts';
import type { PaneLayout } from '../../state/layout.ts';
import { currentInstruction, currentWaste, filesNode } from '../../state/selectors.ts';
import type { State } from '../../state/state.ts';
import { framed } from '../text/frame.ts';
import { type Line, segment, wrap } from '../text/segments.ts';
import type { Glyphs } from '../theme.ts';
import { fileDetails } from './file-details.ts';
import { imageDetails } from './image-details.ts';
import { layerDetails } from './layer-details.ts';

/** What there is to say of the thing that has the focus: a layer, a file, a wasted copy; or of the image. */
export function detailsPane(state: State, layout: PaneLayout, glyphs: Glyphs): Line[] {
  const { title, lines } = detailsOf(state, layout.columns - 4, glyphs);
  const top = Math.max(0, Math.min(state.details.top, lines.length - layout.listRows));
  const shownLines = lines
    .slice(top, top + layout.listRows)
    .map((line): Line => [{ text: ' ', role: 'plain' }, ...line]);
  const isWhole = lines.length <= layout.listRows;
  const note = isWhole
    ? ''
    : `${top + 1}-${Math.min(lines.length, top + layout.listRows)} of ${lines.length}`;
  return framed(shownLines, {
    ...layout,
    title,
    notes: [note],
    isFocused: state.focus === 'details',
    glyphs,
  });
}

/** Lines of the details, on the screen or not. */
export function detailsLength(state: State, layout: PaneLayout, glyphs: Glyphs): number {
  return detailsOf(state, layout.columns - 4, glyphs).lines.length;
}

/** What the pane says, all of it, without its border. */
export function detailsOf(state: State, width: number, glyphs: Glyphs): { title: string; lines: Line[] } {
  const { title, lines } = subjectOf(state, width, glyphs);
  const failure = state.open?.failure ?? null;
  if (failure === null) return { title, lines };
  const problem = wrap(failure, width).map((text): Line => [segment(text, 'problem')]);
  return { title, lines: [...problem, [], ...lines] };
}

function subjectOf(state: State, width: number, glyphs: Glyphs): { title: string; lines: Line[] } {
  const facts = state.open?.facts ?? null;
  if (facts === null) return { title: 'Details', lines: [] };
  if (state.details.showsImage) return { title: 'Image', lines: imageDetails(facts, width) };
  const analysis = state.open?.analysis ?? null;
  const { subject } = state.lastFocus;
  const node =
    subject === 'files' ? filesNode(state) : subject === 'waste' ? (currentWaste(state)?.node ?? null) : null;
  if (node !== null && analysis !== null) {
    const name = shown(analysis.tables.paths.name(node));
    return { title: `File  ${name}`, lines: fileDetails(state, analysis, node, width, glyphs) };
  }
  const instruction = currentInstruction(state);
  if (instruction === null) return { title: 'Details', lines: [] };
  const title = instruction.layer === null ? 'Instruction without a layer' : `Layer ${instruction.layer}`;
  return { title, lines: layerDetails(state, instruction, width) };
}
