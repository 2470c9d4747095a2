// The screens that are lines and nothing else. What the lines say is told by modules without components: whoever wants
// the text of a screen needs neither Ink nor React.

import { Lines } from '../components/line.tsx';
import { fileLines } from './file.ts';
import { framedHelp } from './help.ts';
import { imageLines } from './image.ts';
import { missingLines } from './missing.ts';
import type { ScreenProps } from './props.ts';
import { wasteLines } from './waste.ts';

export function Waste({ state, theme, keymap }: ScreenProps) {
  return <Lines lines={wasteLines(state, theme.glyphs, keymap)} theme={theme} />;
}

export function Image({ state, theme, keymap, rows }: ScreenProps) {
  return <Lines lines={imageLines(state, rows, theme.glyphs, keymap)} theme={theme} />;
}

export function File({ state, theme }: ScreenProps) {
  return <Lines lines={fileLines(state, theme.glyphs)} theme={theme} />;
}

export function Help({ state, theme, keymap, rows }: ScreenProps) {
  return <Lines lines={framedHelp(state, rows, theme.glyphs, keymap)} theme={theme} />;
}

export function Missing({ state, theme, keymap, rows }: ScreenProps) {
  return <Lines lines={missingLines(state, rows, theme.glyphs, keymap)} theme={theme} />;
}
