// The one place where the state changes: update(state, action) gives the next state and, where the world outside
// must do something, an effect for it. A command that can do nothing now says why in `message`.

import { visible } from '../image/text.ts';
import type { Action, Update } from './actions.ts';
import { runCommand } from './commands.ts';
import { askForContents, withContent } from './contents.ts';
import { completionHeard, errandHeard } from './errands.ts';
import { searchArrived } from './file-commands.ts';
import { applyFilter, searchedOn } from './finding.ts';
import { keepInView, literal, say, withPicker } from './moving.ts';
import { point } from './pointing.ts';
import { searching } from './searching.ts';
import type { OpenImage, Progress } from './open-image.ts';
import type { State } from './state.ts';
import { retyped, typingEnded } from './typing.ts';

export function update(before: State, action: Action): Update {
  const next = searching(
    before,
    answered(before, action, typingEnded(before, action, changed(before, action))),
  );
  // What an action leads to comes first; what the screen then lacks is asked for.
  return next.effect === undefined ? askForContents(next.state) : next;
}

/** What was asked before an action is answered by it, whatever it is. */
function answered(before: State, action: Action, next: Update): Update {
  const isAnswer = action.type === 'pointed' || (KEYS.has(action.type) && !isRedraw(action));
  if (!before.isCancelAsked || !isAnswer) return next;
  return { ...next, state: { ...next.state, isCancelAsked: false } };
}

function changed(before: State, action: Action): Update {
  if (isRedraw(action)) return { state: before, effect: { type: 'redraw' } };
  const isWelcomed = before.isFirstRun && before.screen === 'explore' && isDone(action);
  const state = isWelcomed ? { ...before, isFirstRun: false } : before;
  switch (action.type) {
    case 'command': {
      const asked = applyFilter(state);
      return runCommand(
        { ...asked, message: null, search: { ...asked.search, leadsToMatch: false } },
        action,
      );
    }
    case 'pointed':
      return point(applyFilter(state), action);
    case 'first-run':
      return { state: { ...state, isFirstRun: true } };
    case 'unknown-key':
      return {
        state: { ...state, message: `${visible(action.key)} does nothing here; {help} shows every key.` },
      };
    case 'typed':
    case 'erased':
    case 'caret-moved':
      return { state: retyped(state, action) };
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
      const picker = { images, place, isListed, problem: null, filter: '', cursor: 0, top: 0 };
      return { state: { ...state, screen: 'images', typing: null, open: null, picker } };
    }
    case 'image-missing': {
      const { offer, message, hasFailed } = action;
      if (state.open === null) return { state };
      const open = { ...state.open, progress: null, pulled: null, missing: { offer, message, hasFailed } };
      // What was being typed, or read in the help, is not on this screen, and its keys must not go there.
      return { state: { ...state, screen: 'missing', typing: null, help: null, open } };
    }
    case 'extracted':
    case 'places-taken':
    case 'errand-ended':
      return { state: errandHeard(state, action) };
    case 'completed':
      return { state: completionHeard(state, action) };
    case 'not-copied':
      return { state: say(state, literal(action.sentence)) };
    case 'search-on':
      return searchedOn(state);
    case 'content':
      if (!state.contents.has(action.inode)) return { state };
      return {
        state: searchArrived({ ...state, contents: withContent(state, action.inode, action.load) }),
      };
    default:
      return {
        state: state.open === null ? state : keepInView(withOpen(state, readOn(state.open, action))),
      };
  }
}

/** What another program has written over the screen is no answer, and ends nothing: what was said stays. */
function isRedraw(action: Action): boolean {
  return action.type === 'command' && action.command === 'redraw';
}

/** Actions of somebody who has found a key, or a place to click. */
function isDone(action: Action): boolean {
  return KEYS.has(action.type) || (action.type === 'pointed' && action.what === 'click');
}

const KEYS: ReadonlySet<Action['type']> = new Set([
  'command',
  'unknown-key',
  'typed',
  'erased',
  'caret-moved',
]);

/** The cursor on layers that were pulled is no cursor on what made them. */
function withOpen(state: State, open: OpenImage): State {
  const hasBeenPulled = state.open?.pulled != null && open.pulled === null;
  return { ...state, open, ...(hasBeenPulled ? { layers: { cursor: 0, top: 0 } } : {}) };
}

/** The open image after something came from its source. */
function readOn(
  open: OpenImage,
  action: Extract<
    Action,
    { type: 'pull' | 'image' | 'progress' | 'kept' | 'tick' | 'layer' | 'complete' | 'verified' | 'failed' }
  >,
): OpenImage {
  switch (action.type) {
    case 'pull':
      return { ...open, pulled: action.layers, progress: pulling(open.progress, action) };
    case 'image':
      return { ...open, facts: action.image, pulled: null };
    case 'progress':
      return { ...open, progress: progressed(open.progress, action) };
    case 'kept':
      return { ...open, pulled: null, progress: kept(action.now) };
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
    case 'verified':
      return { ...open, blobs: action.blobs, verification: action.verification };
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

/** Nothing is measured of it: what the source has handed over meanwhile tells nothing of how long it takes. */
const kept = (now: number): Progress => {
  return { phase: 'kept', bytes: 0, total: null, startedAt: now, firstByteAt: null, now };
};

function progressed(before: Progress | null, action: Extract<Action, { type: 'progress' }>): Progress {
  const { phase, bytes, total, now } = action;
  // What follows a pull is waited for anew.
  const startedAt = before === null || before.phase === 'pulling' ? now : before.startedAt;
  // What is compared has been read: bytes are counted from the beginning.
  const counted = (before?.phase === 'comparing') === (phase === 'comparing') ? before?.firstByteAt : null;
  const firstByteAt = counted ?? (bytes > 0 ? now : null);
  const shown = phase === 'preparing' && bytes > 0 ? 'reading' : phase;
  return { phase: shown, bytes, total, startedAt, firstByteAt, now };
}
