/** The explorer's screen as lines of text, drawn without Ink: what each pane says, at the size that the state has. */
import { layoutOf } from '../../src/state/layout.ts';
import type { Pane, State } from '../../src/state/state.ts';
import { DEFAULT_KEYMAP } from '../../src/ui/keymap.ts';
import { headerLine } from '../../src/ui/header.ts';
import { detailsPane } from '../../src/ui/panes/details-pane.ts';
import { filesPane } from '../../src/ui/panes/files-pane.ts';
import { layersPane } from '../../src/ui/panes/layers-pane.ts';
import { wastePane } from '../../src/ui/panes/waste-pane.ts';
import { fileLines } from '../../src/ui/screens/file.tsx';
import { imageLines } from '../../src/ui/screens/image.tsx';
import { wasteLines } from '../../src/ui/screens/waste.tsx';
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

/** Lines of the screen, between the header and the status line; the panes of the explorer one after the other. */
function bodyLines(state: State, theme: Theme): string[] {
  const rows = state.size.rows - 2;
  switch (state.screen) {
    case 'waste':
      return wasteLines(state, theme.glyphs, DEFAULT_KEYMAP).map(textOf);
    case 'image':
      return imageLines(state, rows, theme.glyphs).map(textOf);
    case 'file':
      return fileLines(state, theme.glyphs).map(textOf);
    default:
      return (['layers', 'files', 'details', 'waste'] as const).flatMap((pane) =>
        paneLines(state, pane, theme),
      );
  }
}

/** Header, screen, status line. */
export function screenText(state: State, theme: Theme = UNICODE): string {
  const { glyphs } = theme;
  return [
    textOf(headerLine(state, glyphs, DEFAULT_KEYMAP)),
    ...bodyLines(state, theme),
    textOf(statusLine(state, glyphs, DEFAULT_KEYMAP)),
  ].join('\n');
}
