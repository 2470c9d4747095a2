// The one place where the state changes: update(state, action) gives the next state and, where the world outside
// must do something, an effect for it. A command that can do nothing now says why in `message`.

import { visible } from '../image/text.ts';
import type { Action, Update } from './actions.ts';
import { runCommand } from './commands.ts';
import { askForContents, withContent } from './contents.ts';
import { searchTyped } from './file-commands.ts';
import { withFilter } from './finding.ts';
import { keepInView, withPicker } from './moving.ts';
import { point } from './pointing.ts';
import { type OpenImage, type Progress, type State } from './state.ts';

export function update(before: State, action: Action): Update {
  const next = changed(before, action);
  // What an action leads to comes first; what the screen then lacks is asked for.
  return next.effect === undefined ? askForContents(next.state) : next;
}

function changed(before: State, action: Action): Update {
  const state = before.isFirstRun && KEYS.has(action.type) ? { ...before, isFirstRun: false } : before;
  switch (action.type) {
    case 'command':
      return runCommand({ ...state, message: null }, action);
    case 'pointed':
      return { state: point(state, action) };
    case 'first-run':
      return { state: { ...state, isFirstRun: true } };
    case 'unknown-key':
      return {
        state: { ...state, message: `${visible(action.key)} does nothing here; {help} shows every key.` },
      };
    case 'typed':
      return { state: retyped(state, (text) => text + action.text) };
    case 'erased':
      return { state: retyped(state, (text) => Array.from(text).slice(0, -1).join('')) };
    case 'resized':
      return { state: keepInView({ ...state, size: action.size, repaints: state.repaints + 1 }) };
    case 'images-listed': {
      const { images, problem } = action;
      // An answer that comes late must not take the place of an archive's images.
      if (state.picker.place !== null) return { state };
      return { state: withPicker(state, { images, problem }) };
    }
    case 'images-found': {
      const { images, place, isListed } = action;
      const picker = { images, place, isListed, problem: null, filter: '', cursor: 0 };
      return { state: { ...state, screen: 'images', typing: null, open: null, picker } };
    }
    case 'image-missing': {
      const { offer, message, hasFailed } = action;
      if (state.open === null) return { state };
      const open = { ...state.open, progress: null, pulled: null, missing: { offer, message, hasFailed } };
      return { state: { ...state, screen: 'missing', open } };
    }
    case 'content':
      if (!state.contents.has(action.inode)) return { state };
      return { state: { ...state, contents: withContent(state.contents, action.inode, action.load) } };
    default:
      return {
        state: state.open === null ? state : keepInView(withOpen(state, readOn(state.open, action))),
      };
  }
}

/** Actions of somebody who has found a key. */
const KEYS: ReadonlySet<Action['type']> = new Set(['command', 'unknown-key', 'typed', 'erased']);

/** The cursor on layers that were pulled is no cursor on what made them. */
function withOpen(state: State, open: OpenImage): State {
  const hasBeenPulled = state.open?.pulled != null && open.pulled === null;
  return { ...state, open, ...(hasBeenPulled ? { layers: { cursor: 0, top: 0 } } : {}) };
}

/** The open image after something came from its source. */
function readOn(
  open: OpenImage,
  action: Extract<Action, { type: 'pull' | 'image' | 'progress' | 'tick' | 'layer' | 'complete' | 'failed' }>,
): OpenImage {
  switch (action.type) {
    case 'pull':
      return { ...open, pulled: action.layers, progress: pulling(open.progress, action) };
    case 'image':
      return { ...open, facts: action.image, pulled: null };
    case 'progress':
      return { ...open, progress: progressed(open.progress, action) };
    case 'tick':
      return open.progress === null ? open : { ...open, progress: { ...open.progress, now: action.now } };
    case 'layer':
      return {
        ...open,
        analysis: action.analysis,
        layersRead: action.blobs.length,
        blobs: action.blobs,
      };
    case 'complete':
      return { ...open, isComplete: true, progress: null };
    case 'failed':
      return { ...open, failure: action.message, progress: null, pulled: null };
  }
}

/** Bytes of all layers; their total is known once that of each is, which is still to be fetched. */
function pulling(before: Progress | null, { layers, now }: Extract<Action, { type: 'pull' }>): Progress {
  const isWhole = layers.length > 0 && layers.every(({ total }) => total !== null);
  return {
    phase: 'pulling',
    bytes: layers.reduce((sum, { fetched }) => sum + fetched, 0),
    total: isWhole ? layers.reduce((sum, { total }) => sum + (total ?? 0), 0) : null,
    startedAt: before?.phase === 'pulling' ? before.startedAt : now,
    firstByteAt: null,
    now,
  };
}

function progressed(before: Progress | null, action: Extract<Action, { type: 'progress' }>): Progress {
  const { phase, bytes, total, now } = action;
  // What follows a pull is waited for anew.
  const startedAt = before === null || before.phase === 'pulling' ? now : before.startedAt;
  const firstByteAt = before?.firstByteAt ?? (bytes > 0 ? now : null);
  return { phase: bytes > 0 ? 'reading' : phase, bytes, total, startedAt, firstByteAt, now };
}

function retyped(before: State, change: (text: string) => string): State {
  const state = { ...before, message: null };
  if (state.screen === 'images') {
    const picker = { ...state.picker, filter: change(state.picker.filter), cursor: 0 };
    return { ...state, typing: 'picker-filter', picker };
  }
  if (state.typing === 'file-search') return searchTyped(state, change);
  if (state.typing === 'files-filter') {
    return withFilter(state, change(state.files.filter));
  }
  return state;
}
