// Keys that do nothing on a screen: what they are for, and what leads there.

import type { Command } from './actions.ts';
import type { State } from './state.ts';

const FILES = 'That key is for the files: {explore} leads there.';
const LAYERS = 'That key goes from layer to layer: {explore} leads there.';
const MATCHES = 'That key goes through what a filter finds among the files: {explore} leads there.';

/** Why a command does nothing on a screen that has no use for it. */
export function whyElsewhere(state: State, command: Command): string {
  switch (command) {
    case 'pull':
      return whyNotPulled(state);
    case 'group':
      return 'That key groups what is wasted: {waste-screen} leads there.';
    case 'zoom':
      return 'That key is for panes and lists: {explore} and {waste-screen} lead to some.';
    case 'details':
      return 'There are no more details here: {explore} leads to those of layers and files.';
    case 'next-layer':
    case 'previous-layer':
      return LAYERS;
    case 'next-match':
    case 'previous-match':
      return MATCHES;
    case 'left':
    case 'right':
      return 'Nothing here is wider than the screen.';
    default:
      return FILES;
  }
}

/** Why nothing is pulled: an image that is missing has a screen of its own, where it can be. */
export function whyNotPulled({ open, screen }: State): string {
  if (open === null || screen === 'images') return 'No image is missing here: there is nothing to pull.';
  if (open.progress?.phase === 'pulling') return 'It is being pulled.';
  if (open.facts !== null) return 'The image is here: there is nothing to pull.';
  return open.failure === null
    ? 'It is not known yet whether the image is here.'
    : 'It could not be opened for another reason: there is nothing to pull.';
}
