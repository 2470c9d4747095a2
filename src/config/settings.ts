import { FILES_PRESET, type FilesPreset } from '../state/files-state.ts';
import type { OwnKeys } from '../ui/keymap.ts';
import { PALETTE_NAMES, type PaletteName, type Role } from '../ui/palettes.ts';

/** What a person can choose in the configuration file. */
export interface Settings {
  readonly theme: 'auto' | PaletteName;
  /** Whether the screen keeps to ASCII; `auto`: where the locale has no more. */
  readonly ascii: 'auto' | boolean;
  /** Whether wheel and click are peel's and not the terminal's. */
  readonly mouse: boolean;
  /** Whether somebody who is here for the first time is told the first keys. */
  readonly hints: boolean;
  /** Whether images that have been read are kept, and had again. */
  readonly cache: boolean;
  /** How the files pane begins. */
  readonly files: FilesPreset;
  /** Colours of roles, as Ink names them. */
  readonly colors: ReadonlyMap<Role, string>;
  readonly keys: OwnKeys;
}

export const DEFAULTS: Settings = {
  theme: 'auto',
  ascii: 'auto',
  mouse: false,
  hints: true,
  cache: true,
  files: FILES_PRESET,
  colors: new Map(),
  keys: new Map(),
};

export const THEMES = ['auto', ...PALETTE_NAMES] as const;
export const MODES = ['changes', 'everything'] as const;
export const ORDERS = ['size', 'name', 'change'] as const;

/** Settings as a file gives them, and which of them it names: `theme`, `files.sort`, `keys.quit`. */
export interface ParsedSettings {
  readonly settings: Settings;
  readonly given: ReadonlySet<string>;
}
