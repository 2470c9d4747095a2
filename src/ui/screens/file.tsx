import { filePanes } from '../../state/layout.ts';
import type { State } from '../../state/state.ts';
import { Lines } from '../components/line.tsx';
import { fileContentPane } from '../panes/file-content.ts';
import { fileLife } from '../panes/file-life.ts';
import type { Line } from '../text/segments.ts';
import type { Glyphs } from '../theme.ts';
import type { ScreenProps } from './props.ts';

/** One file: its life across all layers, and below it what is in it as of one of them. */
export function File({ state, theme }: ScreenProps) {
  return <Lines lines={fileLines(state, theme.glyphs)} theme={theme} />;
}

/** The lines of that screen, each as wide as it. */
export function fileLines(state: State, glyphs: Glyphs): Line[] {
  const { file, size } = state;
  if (file === null) return [];
  const { life, content } = filePanes(state);
  const { columns } = size;
  return [
    ...fileLife(state, file, { columns, rows: life, glyphs }),
    ...fileContentPane(state, file, { columns, rows: content, glyphs }),
  ];
}
