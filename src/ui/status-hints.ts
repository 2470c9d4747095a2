// Keys worth knowing right now, at the end of the last line.

import type { Command } from '../state/actions.ts';
import { fileView, isAwaited } from '../state/contents.ts';
import { diveView } from '../state/image-selectors.ts';
import { layoutOf } from '../state/layout.ts';
import type { State } from '../state/state.ts';
import { hasRoomForTips, isInAdvice } from '../state/waste-layout.ts';
import { labelIn } from './key-action.ts';
import type { Keymap } from './keymap.ts';
import { cells } from './text/segments.ts';

/** Share of the line that keys may take, all together: where the details say what is under the cursor, nothing else is there. */
const HINTS_SHARE = { beside: 0.4, alone: 0.8 };

/** A key as the last line has it, and what it asks for. */
export interface ShownHint {
  readonly text: string;
  readonly command: Command;
}

/** The hints in their order: of those that are no extra all, of the others, if any, as many as there is room for. */
export function fittingHints(state: State, keymap: Keymap, hasExtras = true): ShownHint[] {
  const isAlone = state.screen === 'explore' && layoutOf(state)?.panes.details !== undefined;
  const share = isAlone ? HINTS_SHARE.alone : HINTS_SHARE.beside;
  const hints = hintsOf(state).map((each) => {
    return { ...each, text: `${labelIn(keymap, state, each.command)} ${each.text}` };
  });
  const widthOfHint = ({ text }: Hint) => cells(text) + 2;
  const needed = hints.filter(({ isExtra }) => !isExtra).reduce((sum, each) => sum + widthOfHint(each), 0);
  let room = hasExtras ? Math.floor(state.size.columns * share) - needed : 0;
  return hints.filter((each) => {
    if (!each.isExtra) return true;
    // What comes first is worth most: nothing shorter takes its place.
    room -= widthOfHint(each);
    return room >= 0;
  });
}

interface Hint {
  readonly command: Command;
  readonly text: string;
  /** Shown where there is room. */
  readonly isExtra: boolean;
}

/** Those that are no extra fit a narrow screen. */
function hintsOf(state: State): Hint[] {
  if (state.typing === 'nothing') return [hint('enter', 'goes on')];
  if (state.help !== null) return [hint('quit', 'close'), hint('back', 'back')];
  if (state.screen === 'images') {
    const { picker, open, typing } = state;
    if (typing !== null) return [hint('enter', 'open'), hint('back', 'clear')];
    const leaves = picker.place !== null && open === null;
    return [
      hint('enter', 'open'),
      hint('filter', 'filter'),
      leaves ? hint('back', picker.isListed ? 'images' : 'leave') : hint('quit', 'quit'),
      hint('help', 'keys'),
    ];
  }
  if (state.screen === 'missing') {
    const leaves = state.picker.images === null ? 'leave' : 'back';
    return [hint('pull', 'pull'), hint('images', 'images'), hint('back', leaves), hint('help', 'keys')];
  }
  if (state.typing === 'destination')
    return [hint('enter', 'extract'), extra('next-pane', 'complete'), hint('back', 'leave')];
  if (state.typing !== null) return [hint('enter', 'keep'), hint('back', 'clear')];
  if (state.errand?.kind === 'taken') return [];
  if (state.errand !== null) return [hint('back', 'cancel'), hint('help', 'keys')];
  if (state.screen === 'file') {
    return [
      ...(isAwaited(state) ? [hint('back', 'cancel')] : []),
      hint('toggle-mode', 'view'),
      fileView(state) === 'changes' ? hint('next-match', 'next change') : hint('filter', 'search'),
      hint('next-layer', 'layers'),
      ...HANDING_OUT,
      hint('back', 'back'),
      hint('help', 'keys'),
    ];
  }
  if (state.screen === 'waste') return wasteHints(state);
  if (state.screen === 'image') return imageHints(state);
  const isReading = state.open?.progress != null && state.focus === 'layers';
  return [
    ...(isReading ? [hint('back', 'cancel')] : []),
    ...(state.focus === 'waste' ? [hint('enter', 'go to the file')] : [hint('filter', 'filter')]),
    ...(state.focus === 'layers' ? [hint('details', 'details')] : []),
    hint('next-pane', 'panes'),
    ...(state.focus === 'files' ? FILES_EXTRAS : []),
    ...(state.isZoomed ? [hint('zoom', 'all panes')] : []),
    hint('help', 'keys'),
  ];
}

/** What leaves peel. */
const HANDING_OUT = [extra('extract', 'extract'), extra('page', 'open'), extra('copy', 'copy')];

const FILES_EXTRAS = [...HANDING_OUT, extra('toggle-flat', 'list'), extra('zoom', 'zoom')];

/** How to group is said by the list's title too: where there is little room, the sentence is worth more. */
function wasteHints(state: State): Hint[] {
  const { wasteScreen, size } = state;
  const isRoomy = size.columns >= 100;
  return [
    ...(isInAdvice(state)
      ? []
      : [hint('enter', wasteScreen.focus === 'groups' ? 'copies' : 'go to the file')]),
    ...(isRoomy ? [hint('group', 'group'), hint('next-pane', 'panes')] : []),
    ...(wasteScreen.isAdvising && !hasRoomForTips(size, wasteScreen) ? [hint('details', 'back')] : []),
    ...(wasteScreen.isZoomed ? [hint('zoom', 'all')] : []),
    hint('help', 'keys'),
  ];
}

function imageHints(state: State): Hint[] {
  return [
    ...(diveView(state) === 'unasked' ? [hint('enter', "dive's figures")] : []),
    hint('next-pane', 'next screen'),
    hint('help', 'keys'),
  ];
}

function hint(command: Command, text: string): Hint {
  return { command, text, isExtra: false };
}

function extra(command: Command, text: string): Hint {
  return { command, text, isExtra: true };
}
