/** The explorer's screen as lines of text, drawn without Ink: what each pane says, at the size that the state has. */
import { layoutOf } from '../../src/state/layout.ts';
import type { Pane, State } from '../../src/state/state.ts';
import { DEFAULT_KEYMAP } from '../../src/ui/keymap.ts';
import { headerLine } from '../../src/ui/header.ts';
import { detailsPane } from '../../src/ui/panes/details-pane.ts';
import { filesPane } from '../../src/ui/panes/files-pane.ts';
import { layersPane } from '../../src/ui/panes/layers-pane.ts';
import { wastePane } from '../../src/ui/panes/waste-pane.ts';
import { statusLine } from '../../src/ui/status-line.ts';
import type { Line } from '../../src/ui/text/segments.ts';
import { type Theme, themeFor } from '../../src/ui/theme.ts';

export const UNICODE: Theme = themeFor({ palette: '16', unicode: true });
export const ASCII: Theme = themeFor({ palette: 'mono', unicode: false });

const PANES = { layers: layersPane, files: filesPane, details: detailsPane, waste: wastePane };

export const textOf = (line: Line): string => line.map(({ text }) => text).join('');

/** The lines of one pane; none where the layout has no room for it. */
export function paneLines(state: State, pane: Pane, { glyphs }: Theme = UNICODE): string[] {
  const place = layoutOf(state)?.panes[pane];
  return place === undefined ? [] : PANES[pane](state, place, glyphs, DEFAULT_KEYMAP).map(textOf);
}

/** Header, panes one after the other, status line. */
export function screenText(state: State, theme: Theme = UNICODE): string {
  const panes = (['layers', 'files', 'details', 'waste'] as const).flatMap((pane) =>
    paneLines(state, pane, theme),
  );
  return [
    textOf(headerLine(state, theme.glyphs, DEFAULT_KEYMAP)),
    ...panes,
    textOf(statusLine(state, theme.glyphs, DEFAULT_KEYMAP)),
  ].join('\n');
}
