import type { PaneLayout } from '../../state/layout.ts';
import { currentInstruction, subjectPath } from '../../state/selectors.ts';
import type { State } from '../../state/state.ts';
import { framedText } from '../text/frame.ts';
import { type Line, segment, wrap } from '../text/segments.ts';
import type { Glyphs } from '../theme.ts';
import { fileDetails } from './file-details.ts';
import { layerDetails } from './layer-details.ts';

/** What there is to say of the thing that has the focus: a layer, a file, a wasted copy. */
export function detailsPane(state: State, layout: PaneLayout, glyphs: Glyphs): Line[] {
  const { title, lines } = detailsOf(state, layout.columns - 4, glyphs);
  return framedText(
    lines.map((line): Line => [segment(' '), ...line]),
    { ...layout, title, isFocused: state.focus === 'details', glyphs, top: state.details.top },
  );
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
  const analysis = state.open?.analysis ?? null;
  const path = subjectPath(state);
  if (path !== null && analysis !== null) {
    // Its path is the first line: a title that repeated its name would be written anew with each move of the cursor.
    return { title: 'File', lines: fileDetails(state, analysis, path, width, glyphs) };
  }
  const instruction = currentInstruction(state);
  if (instruction === null) return { title: 'Details', lines: [] };
  const title = instruction.layer === null ? 'Instruction without a layer' : `Layer ${instruction.layer}`;
  return { title, lines: layerDetails(state, instruction, width) };
}
