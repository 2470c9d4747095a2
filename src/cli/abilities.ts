import type { PaletteName } from '../ui/palettes.ts';
import type { Background } from './background.ts';

type Environment = NodeJS.ProcessEnv;

/** Whether the locale's character set can show more than ASCII (POSIX: LC_ALL before LC_CTYPE before LANG). */
export function isUtf8({ LC_ALL, LC_CTYPE, LANG }: Environment): boolean {
  const locale = [LC_ALL, LC_CTYPE, LANG].find((value) => value !== undefined && value !== '');
  return /utf-?8/i.test(locale ?? '');
}

/** The palette that a person or the terminal's kind settles; null: its background will. */
export function settledPalette(theme: 'auto' | PaletteName, env: Environment): PaletteName | null {
  if (theme !== 'auto') return theme;
  if (!hasColour(env)) return 'mono';
  // Beyond sixteen, a colour looks the same whatever the terminal's own palette is.
  return colourBits(env) > 4 ? null : '16';
}

/** Whether a terminal can be asked for its background: others might show the question, and do not know the answer. */
export function canBeAsked({ TERM = '', TMUX = '' }: Environment): boolean {
  // GNU screen answers nothing of its terminal; tmux, which often has the same name, does.
  if (TERM.startsWith('screen')) return TMUX !== '';
  return !/^(?:$|dumb|unknown|linux|vt\d|ansi|cons|sun|eterm)/.test(TERM);
}

/** The palette for a background, and where nobody knows it, one that the terminal's own colours decide. */
export function paletteOn(background: Background | null): PaletteName {
  return background ?? '16';
}

/** What a terminal tells of its background through the environment: `15;0`, or with a third field between (rxvt). */
export function backgroundFrom({ COLORFGBG }: Environment): Background | null {
  const colour = /;(\d+)$/.exec(COLORFGBG ?? '')?.[1];
  if (colour === undefined) return null;
  // White and the bright colours, but for bright black.
  return ['7', '9', '10', '11', '12', '13', '14', '15'].includes(colour) ? 'light' : 'dark';
}

/** no-color.org: any value but the empty one means no colour. */
function hasColour({ NO_COLOR, TERM }: Environment): boolean {
  return (NO_COLOR === undefined || NO_COLOR === '') && !/^(?:vt\d|dumb$)/.test(TERM ?? '');
}

/** How many bits a terminal's colours have: 4, 8, or 24. Over ssh TERM alone tells it. */
export function colourBits({ COLORTERM = '', TERM = '' }: Environment): 4 | 8 | 24 {
  if (/^(?:truecolor|24bit)$/.test(COLORTERM)) return 24;
  if (/-direct$|^xterm-(?:kitty|ghostty)$|^wezterm$/.test(TERM)) return 24;
  return /-256color$|^(?:foot|alacritty)\b/.test(TERM) ? 8 : 4;
}
