import { keymapWith, type Keymap } from '../ui/keymap.ts';
import type { PaletteName } from '../ui/palettes.ts';
import { type Theme, themeFor } from '../ui/theme.ts';
import type { Settings } from '../config/settings.ts';
import { backgroundFrom, canBeAsked, isUtf8, paletteOn, settledPalette } from './abilities.ts';
import { askBackground } from './background.ts';
import type { TerminalInput } from './terminal-input.ts';

/** What a person wants of the screen. */
export interface Wishes {
  readonly keymap: Keymap;
  readonly theme: Settings['theme'];
  readonly ascii: Settings['ascii'];
  readonly colors: Settings['colors'];
  readonly mouse: boolean;
}

export function wishesOf({ keys, theme, ascii, colors, mouse }: Settings): Wishes {
  return { keymap: keymapWith(keys), theme, ascii, colors, mouse };
}

/**
 * A terminal on the same machine tells its background in a few milliseconds; a longer wait would be noticed. One that
 * answers later gets its colours when the screen stands.
 */
const FIRST_FRAME_MS = 40;
/** One far away answers within this time; one that has not will hardly do so when peel is left. */
const LAST_WORD_MS = 1000;

/** How the screen looks, as far as it is known: the terminal may still be asked for its background. */
export class Looks {
  /** Resolves when the first frame may be drawn. */
  readonly first: Promise<void>;
  /** Resolves when the terminal has nothing more to say that a shell would take for keys. */
  readonly last: Promise<void>;
  theme: Theme;
  private changed: () => void = () => undefined;

  constructor(wishes: Wishes, input: TerminalInput, env: NodeJS.ProcessEnv) {
    const themeOf = (palette: PaletteName) =>
      themeFor({ palette, unicode: isUnicode(wishes, env), colors: wishes.colors });
    const settled = settledPalette(wishes.theme, env);
    this.theme = themeOf(settled ?? paletteOn(backgroundFrom(env)));
    if (settled !== null || !canBeAsked(env)) {
      this.first = this.last = Promise.resolve();
      return;
    }
    const answered = askBackground(input, process.stdout).then((background) => {
      if (background === null) return;
      this.theme = themeOf(background);
      this.changed();
    });
    this.first = within(FIRST_FRAME_MS, answered);
    this.last = within(LAST_WORD_MS, answered);
  }

  /** Calls back when the look has changed, until it changes no more. */
  onChange(changed: () => void): void {
    this.changed = changed;
  }
}

/** Resolves with a promise, or when it has taken so long. */
function within(milliseconds: number, promise: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const limit = setTimeout(resolve, milliseconds);
    void promise.then(() => {
      clearTimeout(limit);
      resolve();
    });
  });
}

function isUnicode({ ascii }: Wishes, env: NodeJS.ProcessEnv): boolean {
  return ascii === 'auto' ? isUtf8(env) : !ascii;
}
