import type { DiveFigures } from '../../analysis/dive-figures.ts';
import type { Verification } from '../../image/integrity.ts';
import type { ImageFacts, LayerBlob } from '../../image/source.ts';
import { rememberLast } from '../../state/memo.ts';
import { diveView } from '../../state/image-selectors.ts';
import type { OpenImage } from '../../state/open-image.ts';
import type { State } from '../../state/state.ts';
import { DEFAULT_KEYMAP, type Keymap, labelOf } from '../keymap.ts';
import { imageDetails } from '../panes/image-details.ts';
import { framedText } from '../text/frame.ts';
import { type Line, segment } from '../text/segments.ts';
import type { Glyphs } from '../theme.ts';

/** All that is known of the image, in lines as wide as the screen. */
export function imageLines(
  state: State,
  rows: number,
  glyphs: Glyphs,
  keymap: Keymap = DEFAULT_KEYMAP,
): Line[] {
  const frame = { columns: state.size.columns, rows, title: 'Image', isFocused: true, glyphs };
  return framedText(textOf(state, keymap), { ...frame, top: state.image.top });
}

/** Lines of its text, on the screen or not. */
export function imageLength(state: State): number {
  // What a key is called makes no line more.
  return textOf(state, DEFAULT_KEYMAP).length;
}

function textOf(state: State, keymap: Keymap): readonly Line[] {
  const { open, size } = state;
  if (open?.facts == null) return [];
  const enterKey = labelOf(keymap, 'enter');
  const { facts, blobs, verification } = open;
  return linesOf(facts, blobs, verification, layerBytes(open), diveView(state), enterKey, size.columns - 4);
}

const linesOf = rememberLast(
  (
    facts: ImageFacts,
    blobs: readonly LayerBlob[],
    verification: Verification,
    bytes: readonly (number | null)[],
    dive: DiveFigures | 'unread' | 'unasked',
    enterKey: string,
    width: number,
  ): readonly Line[] => {
    const lines = imageDetails({ facts, blobs, verification, layerBytes: bytes, dive, enterKey }, width);
    return lines.map((line) => [segment(' '), ...line]);
  },
);

const layerBytes = ({ facts, analysis, layersRead }: OpenImage): readonly (number | null)[] =>
  bytesOf(facts, analysis, layersRead);

const bytesOf = rememberLast(
  (facts: OpenImage['facts'], analysis: OpenImage['analysis'], _layersRead: number) =>
    (facts?.layers ?? []).map(({ statedBytes }, layer) => analysis?.layers[layer]?.bytes ?? statedBytes),
);
