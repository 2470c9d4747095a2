import type { State } from '../../state/state.ts';
import type { Keymap } from '../keymap.ts';
import type { Theme } from '../theme.ts';

/** What every screen is given. */
export interface ScreenProps {
  readonly state: State;
  readonly theme: Theme;
  readonly keymap: Keymap;
  /** Rows between the header and the status line. */
  readonly rows: number;
}
