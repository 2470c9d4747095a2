import { visible } from '../../image/text.ts';
import type { State } from '../../state/state.ts';
import { Lines } from '../components/line.tsx';
import { type Keymap, labelOf } from '../keymap.ts';
import { framed } from '../text/frame.ts';
import { type Line, segment, wrap } from '../text/segments.ts';
import type { Glyphs } from '../theme.ts';
import type { ScreenProps } from './props.ts';

/** An image that is not there: what the daemon has instead, and what fetches it, and why that has failed. */
export function Missing({ state, theme, keymap, rows }: ScreenProps) {
  return <Lines lines={missingLines(state, rows, theme.glyphs, keymap)} theme={theme} />;
}

/** The lines of that screen, each as wide as it. */
export function missingLines(state: State, rows: number, glyphs: Glyphs, keymap: Keymap): Line[] {
  const { columns } = state.size;
  const missing = state.open?.missing ?? null;
  if (missing === null) return [];
  const { offer, message, hasFailed } = missing;
  const width = columns - 6;
  const text = (words: string): Line[] => wrap(words, width).map((line) => [segment(`  ${line}`)]);
  const failure = wrap(message, width).map((line): Line => [segment(`  ${line}`, 'problem')]);
  const near = offer.near.map((name): Line => [segment(`    ${visible(name)}`, 'strong')]);
  const lines: Line[] = [
    [],
    ...text(visible(offer.said)),
    [],
    ...(near.length === 0 ? [] : [...text('The nearest names there:'), ...near, []]),
    ...(hasFailed ? [...failure, []] : []),
    [
      segment(`  ${labelOf(keymap, 'pull')}`, 'strong'),
      segment(` ${hasFailed ? 'tries again' : 'pulls it'}, as this does:`),
    ],
    [segment(`    ${visible(offer.command)}`, 'dim')],
  ];
  return framed(lines, { columns, rows, title: 'No such image', notes: [], isFocused: true, glyphs });
}
