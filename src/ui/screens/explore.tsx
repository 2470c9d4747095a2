import { Box } from 'ink';
import { layoutOf } from '../../state/layout.ts';
import type { Pane } from '../../state/state.ts';
import { Lines } from '../components/line.tsx';
import { detailsPane } from '../panes/details-pane.ts';
import { filesPane } from '../panes/files-pane.ts';
import { layersPane } from '../panes/layers-pane.ts';
import { pullPane } from '../panes/pull-pane.ts';
import { wastePane } from '../panes/waste-pane.ts';
import type { Line } from '../text/segments.ts';
import type { ScreenProps } from './props.ts';

const PANES = { layers: layersPane, files: filesPane, details: detailsPane, waste: wastePane };

/** Panes on the left side of a wide screen, from top to bottom. */
const LEFT: readonly Pane[] = ['layers', 'details', 'waste'];
const STACKED: readonly Pane[] = ['layers', 'files', 'details', 'waste'];

/** The explorer: layers, files, details and waste, as many of them as the screen has room for. */
export function Explore({ state, theme, keymap }: ScreenProps) {
  const layout = layoutOf(state);
  if (layout === null) return null;
  const paneOf = (pane: Pane) => (pane === 'layers' && state.open?.pulled != null ? pullPane : PANES[pane]);
  const linesOf = (panes: readonly Pane[]): Line[] =>
    panes.flatMap((pane) => {
      const place = layout.panes[pane];
      return place === undefined ? [] : paneOf(pane)(state, place, theme.glyphs, keymap);
    });
  if (!layout.isWide) return <Lines lines={linesOf(STACKED)} theme={theme} />;
  return (
    <Box>
      <Lines lines={linesOf(LEFT)} theme={theme} />
      <Lines lines={linesOf(['files'])} theme={theme} />
    </Box>
  );
}
