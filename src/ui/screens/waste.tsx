import { Lines } from '../components/line.tsx';
import { wastePane } from '../panes/waste-pane.ts';
import type { State } from '../../state/state.ts';
import type { Line } from '../text/segments.ts';
import type { Glyphs } from '../theme.ts';
import type { ScreenProps } from './props.ts';

/** Where every byte went. */
export function Waste({ state, theme, rows }: ScreenProps) {
  return <Lines lines={wasteLines(state, rows, theme.glyphs)} theme={theme} />;
}

/** The lines of that screen, each as wide as it. */
export function wasteLines(state: State, rows: number, glyphs: Glyphs): Line[] {
  return wastePane(state, { columns: state.size.columns, rows, listRows: rows - 3 }, glyphs);
}
