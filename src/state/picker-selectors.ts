import type { ListedImage } from '../image/listed-image.ts';
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
