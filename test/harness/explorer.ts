/** The explorer without a terminal: a state with an image in it, commands given to it, and what the screen would say. */
import type { Action, Command, Effect } from '../../src/state/actions.ts';
import { factsOf } from '../../src/image/facts.ts';
import type { ImageFacts, LayerBlob } from '../../src/image/source.ts';
import { parseConfig } from '../../src/image/config.ts';
import { layoutOf } from '../../src/state/layout.ts';
import { filesCursor, filesNode, filesView } from '../../src/state/selectors.ts';
import { initialState, opening, type ScreenSize, type State } from '../../src/state/state.ts';
import { update } from '../../src/state/update.ts';
import { detailsLength } from '../../src/ui/panes/details-pane.ts';
import { DEFAULT_KEYMAP } from '../../src/ui/keymap.ts';
import { helpLength } from '../../src/ui/screens/help.tsx';
import { imageLength } from '../../src/ui/screens/image.tsx';
import { themeFor } from '../../src/ui/theme.ts';
import { analysisOf, type Layers, pathOf } from './tree.ts';

export interface Opened {
  readonly size?: ScreenSize;
  /** Commands of the instructions; those in brackets made no layer. One RUN for each layer where left out. */
  readonly history?: readonly string[];
  /** How many layers have been read; all where left out, and then reading is over. */
  readonly read?: number;
}

export const WIDE: ScreenSize = { columns: 120, rows: 40 };
export const SMALL: ScreenSize = { columns: 80, rows: 24 };

/** What a config with so many layers tells. */
export function factsFor(layers: number, history?: readonly string[]): ImageFacts {
  const steps = history ?? Array.from({ length: layers }, (_, index) => `RUN step ${index}`);
  const config = parseConfig({
    os: 'linux',
    architecture: 'amd64',
    created: '2026-01-01T00:00:00Z',
    rootfs: { diff_ids: Array.from({ length: layers }, (_, index) => `sha256:${String(index).repeat(64)}`) },
    history: steps.map((step) => ({
      created: '2026-01-01T00:00:00Z',
      created_by: step.replace(/^\((.*)\)$/s, '$1'),
      ...(step.startsWith('(') ? { empty_layer: true } : {}),
    })),
    config: { User: '1000', Cmd: ['sh'] },
  });
  return factsOf({ source: 'archive', reference: 'test/image:latest', id: null, digest: null }, config);
}

/** A layer of which its source knows nothing but its files. */
export const UNSEEN_BLOB: LayerBlob = { digest: null, blobBytes: null, mismatches: null };

/** The explorer with an image open. */
export function opened(layers: Layers, { size = WIDE, history, read }: Opened = {}): State {
  let state = opening(initialState(size, 'images'), 'test/image', 0);
  state = update(state, { type: 'image', image: factsFor(layers.length, history) }).state;
  const layersRead = read ?? layers.length;
  const analysis = analysisOf(...layers.slice(0, layersRead));
  const blobs = Array.from({ length: layersRead }, () => UNSEEN_BLOB);
  state = update(state, { type: 'layer', analysis, blobs }).state;
  return read === undefined ? update(state, { type: 'complete' }).state : state;
}

/** The state after some commands, given one after the other. */
export function after(state: State, ...commands: readonly Command[]): State {
  return commands.reduce((before, command) => update(before, actionOf(before, command)).state, state);
}

/** What a command asks of the world outside. */
export function effectOf(state: State, command: Command): Effect | undefined {
  return update(state, actionOf(state, command)).effect;
}

/** A command as the screen sends it, which knows how long the text is that moves scroll through. */
function actionOf(state: State, command: Command): Action {
  return { type: 'command', command, now: 0, textLines: textLines(state) };
}

function textLines(state: State): number {
  if (state.help !== null) return helpLength(glyphs, DEFAULT_KEYMAP);
  if (state.screen === 'image') return imageLength(state);
  const details = state.focus === 'details' ? layoutOf(state)?.panes.details : undefined;
  return details === undefined ? 0 : detailsLength(state, details, glyphs);
}

const { glyphs } = themeFor({ palette: '16', unicode: true });

export function typed(state: State, text: string): State {
  return update(state, { type: 'typed', text }).state;
}

/** Path under the cursor of the files pane; null where there is no row. */
export function cursorPath(state: State): string | null {
  const node = filesNode(state);
  return node === null || state.open?.analysis == null ? null : pathOf(state.open.analysis, node);
}

/** How far below the first row on the screen the cursor of the files pane stands. */
export const cursorHeight = (state: State): number => filesCursor(state) - state.files.top;

/** Paths of all rows of the files pane, those beyond the screen too. */
export function rowPaths(state: State): string[] {
  const files = filesView(state);
  if (files.kind === 'nothing') return [];
  return files.rows.slice(0, files.rows.count).map((node) => pathOf(files.analysis, node));
}
