// What goes on with something that has been sent for: it is asked where to, replaced or not, cancelled, and comes back.

import type { Action, CommandAction, Update } from './actions.ts';
import { literal, say } from './moving.ts';
import type { Errand } from './file-state.ts';
import type { State } from './state.ts';

/** What a command does to the errand; null where it does something else. */
export function errandCommand(state: State, { command }: CommandAction): Update | null {
  const { errand } = state;
  switch (errand?.kind) {
    case 'asking':
      if (command === 'enter') return send(state, errand, false);
      if (command === 'back') return { state: say(leaveErrand(state), 'Nothing has been extracted.') };
      if (command === 'next-pane') return complete(state, errand);
      return { state: say(state, 'Type a directory: {next-pane} completes it, {enter} extracts into it.') };
    case 'taken':
      // Enter has just been pressed to get here: pressed twice, it must not answer what nobody has read.
      if (command === 'overwrite') return send(state, errand, true);
      if (command === 'back') return { state: say(leaveErrand(state), 'Nothing has been overwritten.') };
      return { state: say(state, 'Is it to be overwritten? {overwrite} does so, {back} leaves it.') };
    case 'extracting':
    case 'paging':
      // What has been written is told when it has ended.
      return command === 'back' ? { state, effect: { type: 'cancel-errand' } } : null;
    case undefined:
      return null;
  }
}

/** A question that nobody has answered is not asked any more. */
export function leaveErrand(state: State): State {
  const isAsked = state.errand?.kind === 'asking' || state.errand?.kind === 'taken';
  return isAsked ? { ...state, typing: null, errand: null } : state;
}

/** The directory as it is typed. */
export function destinationTyped(state: State, change: (text: string) => string): State {
  const { errand } = state;
  if (errand?.kind !== 'asking') return state;
  return { ...state, errand: { ...errand, destination: change(errand.destination), completion: null } };
}

type Asking = Extract<Errand, { kind: 'asking' }>;

function complete(state: State, errand: Asking): Update {
  return {
    state: { ...state, errand: { ...errand, completion: 'awaited' } },
    effect: { type: 'complete', typed: errand.destination },
  };
}

/** What the directory goes on to; nothing where it has been typed on since. */
export function completionHeard(
  state: State,
  { typed, completed }: Extract<Action, { type: 'completed' }>,
): State {
  const { errand } = state;
  if (errand?.kind !== 'asking' || errand.completion !== 'awaited' || errand.destination !== typed)
    return state;
  if (typeof completed === 'string')
    return say({ ...state, errand: { ...errand, completion: null } }, literal(completed));
  const { text, candidates } = completed;
  return { ...state, behindCaret: 0, errand: { ...errand, destination: text, completion: candidates } };
}

type Heard = Extract<Action, { type: 'extracted' | 'places-taken' | 'errand-ended' }>;

/** What has come of an errand; nothing where it has been left. */
export function errandHeard(state: State, action: Heard): State {
  const { errand } = state;
  if (errand?.kind !== 'extracting' && errand?.kind !== 'paging') return state;
  if (action.type === 'errand-ended') {
    const ended = { ...state, errand: null };
    return action.sentence === null ? ended : say(ended, literal(action.sentence));
  }
  if (errand.kind !== 'extracting') return state;
  const { at, destination } = errand;
  return action.type === 'extracted'
    ? { ...state, errand: { ...errand, done: action.done } }
    : {
        ...state,
        message: null,
        errand: { kind: 'taken', at, destination, count: action.count, first: action.first },
      };
}

function send(
  state: State,
  { at, destination }: Extract<Errand, { kind: 'asking' | 'taken' }>,
  replaces: boolean,
): Update {
  const into = destination.trim() === '' ? state.extractedInto : destination;
  return {
    state: {
      ...state,
      typing: null,
      extractedInto: into,
      errand: { kind: 'extracting', at, destination: into, done: null },
    },
    effect: { type: 'extract', at, destination: into, replaces },
  };
}
