// What commands do on the screens that an image is chosen on, or found missing.

import type { ListedImage } from '../image/listed-image.ts';
import type { Command, Effect, Update } from './actions.ts';
import { whyNotPulled } from './elsewhere.ts';
import { typeInVain } from './finding.ts';
import { imageRows, scrolled } from './layout.ts';
import { isMove, moved, say, turnedTop, whyNot, withPicker } from './moving.ts';
import { pickerImages, pickerTop } from './picker-selectors.ts';
import { opening, type State } from './state.ts';

export function pickerCommand(state: State, command: Command, now: number): Update {
  const images = pickerImages(state);
  if (isMove(command)) {
    const height = imageRows(state.size);
    const cursor = moved(state.picker.cursor, command, height, images.length);
    if (cursor === state.picker.cursor) return { state: say(state, whyNot(command, images.length)) };
    const turned = turnedTop(pickerTop(state), command, height, images.length);
    const top = scrolled(turned, cursor, height, images.length);
    return { state: { ...state, picker: { ...state.picker, cursor, top } } };
  }
  switch (command) {
    case 'enter': {
      const image = images[state.picker.cursor];
      if (image === undefined) return { state: say(state, 'No image to open.') };
      return {
        state: opening(state, image.reference, now),
        effect: openingEffect(image),
      };
    }
    case 'filter':
      return { state: { ...state, typing: 'picker-filter' } };
    case 'images':
      return { state: say(state, 'These are the images.') };
    case 'pull':
      return { state: say(state, whyNotPulled(state)) };
    case 'back':
      if (state.typing !== null) return { state: toImages(state) };
      if (state.open !== null) return { state: { ...state, screen: 'explore' } };
      if (state.picker.isListed) return backToList(state);
      // Somebody who named an archive, and wants none of its images, wants nothing more.
      if (state.picker.place !== null) return { state, effect: { type: 'quit', isInterrupted: false } };
      return { state: say(state, '{quit} leaves peel.') };
    default:
      return { state: say(state, 'That key works in an image: choose one and press {enter}.') };
  }
}

export function missingCommand(state: State, command: Command, now: number): Update {
  switch (command) {
    case 'pull':
      return { state: pulling(opening(state, state.open?.name ?? '', now)), effect: { type: 'pull' } };
    case 'images':
      return showImages({ ...state, open: null });
    case 'filter':
      return { state: typeInVain(state, 'The image is not here: there is nothing to search.') };
    case 'back':
      if (state.picker.images !== null) return { state: toImages({ ...state, open: null }) };
      return { state, effect: { type: 'quit', isInterrupted: false } };
    default:
      return { state: say(state, 'The image is not here: {pull} pulls it, {quit} or {back} leaves it.') };
  }
}

/** The daemon has been asked to pull, and has told of no layer yet. */
function pulling(state: State): State {
  const { open } = state;
  if (open?.progress == null) return state;
  return { ...state, open: { ...open, pulled: [], progress: { ...open.progress, phase: 'pulling' } } };
}

/** The list of images, all of them. */
export function toImages(state: State): State {
  return withPicker({ ...state, screen: 'images', typing: null }, { filter: '' });
}

function openingEffect({ reference, key }: ListedImage): Effect {
  return key === undefined ? { type: 'open', reference } : { type: 'choose', key };
}

/** From the platforms of an image to the daemon's images. */
function backToList(state: State): Update {
  const picker = {
    ...state.picker,
    images: null,
    place: null,
    isListed: false,
    filter: '',
    cursor: 0,
    top: 0,
  };
  return { state: { ...state, picker }, effect: { type: 'list-images' } };
}

/** The list of images. The daemon's is asked for anew; an archive's stays what it was. */
export function showImages(before: State): Update {
  const state = toImages(before);
  return state.picker.place === null ? { state, effect: { type: 'list-images' } } : { state };
}
