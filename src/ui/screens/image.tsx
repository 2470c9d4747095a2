import type { State } from '../../state/state.ts';
import { Lines } from '../components/line.tsx';
import { imageDetails } from '../panes/image-details.ts';
import { framedText } from '../text/frame.ts';
import { type Line, segment } from '../text/segments.ts';
import type { Glyphs } from '../theme.ts';
import type { ScreenProps } from './props.ts';

/** All that is known of the image. */
export function Image({ state, theme, rows }: ScreenProps) {
  return <Lines lines={imageLines(state, rows, theme.glyphs)} theme={theme} />;
}

/** The lines of that screen, each as wide as it. */
export function imageLines(state: State, rows: number, glyphs: Glyphs): Line[] {
  const frame = { columns: state.size.columns, rows, title: 'Image', isFocused: true, glyphs };
  return framedText(textOf(state), { ...frame, top: state.image.top });
}

/** Lines of its text, on the screen or not. */
export function imageLength(state: State): number {
  return textOf(state).length;
}

function textOf({ open, size }: State): Line[] {
  if (open?.facts == null) return [];
  return imageDetails(open.facts, size.columns - 4, open.blobs).map((line) => [segment(' '), ...line]);
}
