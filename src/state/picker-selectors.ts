import type { ListedImage } from '../image/listed-image.ts';
import { imageRows, scrolled } from './layout.ts';
import { rememberLast } from './memo.ts';
import type { State } from './state.ts';

/** Images of the picker that its filter lets through. */
export function pickerImages(state: State): readonly ListedImage[] {
  return picked(state.picker.images, state.picker.filter);
}

const picked = rememberLast((images: readonly ListedImage[] | null, filter: string) => {
  const wanted = filter.toLowerCase();
  return (images ?? []).filter(({ reference }) => reference.toLowerCase().includes(wanted));
});

/** The first of them on the screen: the one that was, unless the cursor could not be seen then. */
export function pickerTop(state: State): number {
  const { cursor, top } = state.picker;
  return scrolled(top, cursor, imageRows(state.size), pickerImages(state).length);
}
