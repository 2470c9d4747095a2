import { Box, Text, useIsScreenReaderEnabled } from 'ink';
import { type ReactNode, useSyncExternalStore } from 'react';
import type { Action } from '../state/actions.ts';
import { layoutOf, MIN_COLUMNS, MIN_ROWS } from '../state/layout.ts';
import { placeAt } from '../state/pointing.ts';
import type { State } from '../state/state.ts';
import { isInAdvice } from '../state/waste-layout.ts';
import { Line } from './components/line.tsx';
import { headerLine, tabAt } from './header.ts';
import { useKeys } from './hooks/use-keys.ts';
import { type Mouse, type MouseEvent, useMouse } from './hooks/use-mouse.ts';
import { useLending } from './hooks/use-lending.ts';
import { actionFor } from './key-action.ts';
import type { Keymap } from './keymap.ts';
import { Explore } from './screens/explore.tsx';
import { adviceLength } from './panes/group-copies-pane.ts';
import { detailsLength } from './panes/details-pane.ts';
import { isOnFold } from './panes/file-rows.ts';
import { helpLength } from './screens/help.ts';
import { imageLength } from './screens/image.ts';
import { Images } from './screens/images.tsx';
import { File, Help, Image, Missing, Waste } from './screens/line-screens.tsx';
import type { ScreenProps } from './screens/props.ts';
import { Spoken } from './screens/spoken.tsx';
import { hintAt, statusLine } from './status-line.ts';
import type { Store } from './store.ts';
import type { TerminalLoan } from './terminal-loan.ts';
import type { Glyphs, Theme } from './theme.ts';

interface AppProps {
  readonly store: Store;
  readonly theme: Theme;
  readonly keymap: Keymap;
  /** Null where the terminal keeps its mouse. */
  readonly mouse?: Mouse | null;
  /** Where the terminal is offered to other programs. */
  readonly loan?: TerminalLoan | null;
}

/** The whole screen, as the store's state says; every key goes through the keymap to the store. */
export function App({ store, theme, keymap, mouse = null, loan = null }: AppProps) {
  const state = useSyncExternalStore(store.subscribe, store.state);
  const suspend = useLending(mouse, loan);
  useKeys(
    (key) => {
      const now = performance.now();
      const action = actionFor(keymap, store.state(), key, {
        now,
        textLines: textLines(store.state(), theme.glyphs, keymap),
      });
      // Only the screen can give the terminal back and take it again.
      if (action?.type === 'command' && action.command === 'suspend') suspend();
      else if (action !== null) store.dispatch(action);
    },
    (text) => store.dispatch({ type: 'typed', text: text.replaceAll(/\s+/g, ' ').trim() }),
  );
  useMouse(mouse, (event) => store.dispatch(actionAt(store.state(), event, theme.glyphs, keymap)));
  const isSpoken = useIsScreenReaderEnabled();
  if (isSpoken) return <Spoken state={state} theme={theme} keymap={keymap} />;
  const { columns, rows } = state.size;
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      <Body state={state} theme={theme} keymap={keymap} />
    </Box>
  );
}

/** What the mouse asks for in a state. On the name of a key it is that key. */
function actionAt(state: State, { what, column, row }: MouseEvent, glyphs: Glyphs, keymap: Keymap): Action {
  const now = performance.now();
  const hint = what === 'click' && row === state.size.rows - 1 ? hintAt(state, column, glyphs, keymap) : null;
  if (hint !== null)
    return { type: 'command', command: hint, now, textLines: textLines(state, glyphs, keymap) };
  const place = placeAt(state, column, row);
  return {
    type: 'pointed',
    what,
    column,
    row,
    command: row === 0 ? tabAt(state, column, glyphs, keymap) : null,
    isOnFold: place !== null && isOnFold(state, place, glyphs),
    now,
    textLines: textLines({ ...state, focus: place?.pane ?? state.focus }, glyphs, keymap),
  };
}

/** Lines of the text that moves scroll through: the help, a screen that is one text, the details that have the focus. */
function textLines(state: State, glyphs: Glyphs, keymap: Keymap): number {
  if (state.help !== null) return helpLength(glyphs, keymap);
  if (state.screen === 'image') return imageLength(state);
  if (state.screen === 'waste') return isInAdvice(state) ? adviceLength(state, glyphs) : 0;
  const details = layoutOf(state)?.panes.details;
  return state.focus === 'details' && details !== undefined ? detailsLength(state, details, glyphs) : 0;
}

/** Each screen fills the rows between the header and the status line. */
const SCREENS = {
  images: Images,
  missing: Missing,
  explore: Explore,
  waste: Waste,
  image: Image,
  file: File,
} satisfies Record<State['screen'], (props: ScreenProps) => ReactNode>;

function Body({ state, theme, keymap }: Omit<ScreenProps, 'rows'>) {
  const { columns, rows } = state.size;
  if (columns < MIN_COLUMNS || rows < MIN_ROWS) {
    return <Text>{`peel needs ${MIN_COLUMNS}x${MIN_ROWS}; this is ${columns}x${rows}.`}</Text>;
  }
  const Screen = state.help === null ? SCREENS[state.screen] : Help;
  return (
    <>
      <Line line={headerLine(state, theme.glyphs, keymap)} theme={theme} />
      <Screen state={state} theme={theme} keymap={keymap} rows={rows - 2} />
      <Line line={statusLine(state, theme.glyphs, keymap)} theme={theme} />
    </>
  );
}
