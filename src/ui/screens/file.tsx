import { shown } from '../../image/text.ts';
import type { State } from '../../state/state.ts';
import { Lines } from '../components/line.tsx';
import { fileDetails } from '../panes/file-details.ts';
import { framedText } from '../text/frame.ts';
import { type Line, segment } from '../text/segments.ts';
import type { Glyphs } from '../theme.ts';
import type { ScreenProps } from './props.ts';

/** One file: what it is as of a layer, and its life across all of them. */
export function File({ state, theme, rows }: ScreenProps) {
  return <Lines lines={fileLines(state, rows, theme.glyphs)} theme={theme} />;
}

/** The lines of that screen, each as wide as it. */
export function fileLines(state: State, rows: number, glyphs: Glyphs): Line[] {
  return framedText(textOf(state, glyphs), {
    columns: state.size.columns,
    rows,
    title: `File  ${nameOf(state)}`,
    isFocused: true,
    glyphs,
    top: state.file?.top ?? 0,
  });
}

/** Lines of its text, on the screen or not. */
export function fileLength(state: State, glyphs: Glyphs): number {
  return textOf(state, glyphs).length;
}

function nameOf({ open, file }: State): string {
  return open?.analysis == null || file === null ? '' : shown(open.analysis.tables.paths.name(file.node));
}

function textOf(state: State, glyphs: Glyphs): Line[] {
  const { open, file, size } = state;
  if (open?.analysis == null || file === null) return [];
  const lines = fileDetails(state, open.analysis, file, size.columns - 4, glyphs);
  return lines.map((line) => [segment(' '), ...line]);
}
