import type { DiveFigures } from '../../analysis/dive-figures.ts';
import type { ImageFacts, LayerBlob } from '../../image/source.ts';
import { rememberLast } from '../../state/memo.ts';
import { diveView } from '../../state/selectors.ts';
import type { OpenImage, State } from '../../state/state.ts';
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

function textOf(state: State): readonly Line[] {
  const { open, size } = state;
  if (open?.facts == null) return [];
  return linesOf(open.facts, open.blobs, layerBytes(open), diveView(state), size.columns - 4);
}

const linesOf = rememberLast(
  (
    facts: ImageFacts,
    blobs: readonly LayerBlob[],
    bytes: readonly (number | null)[],
    dive: DiveFigures | 'unread' | 'unasked',
    width: number,
  ): readonly Line[] => {
    const lines = imageDetails({ facts, blobs, layerBytes: bytes, dive }, width);
    return lines.map((line) => [segment(' '), ...line]);
  },
);

const layerBytes = ({ facts, analysis, layersRead }: OpenImage): readonly (number | null)[] =>
  bytesOf(facts, analysis, layersRead);

const bytesOf = rememberLast(
  (facts: OpenImage['facts'], analysis: OpenImage['analysis'], _layersRead: number) =>
    (facts?.layers ?? []).map(({ statedBytes }, layer) => analysis?.layers[layer]?.bytes ?? statedBytes),
);
