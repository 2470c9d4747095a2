// The filter held against a million paths: a part of them with each action, lest a key wait, and on from there as soon
// as nothing else is to be done. A key that changes the filter begins another search, and nobody hears of the older one.

import type { Update } from './actions.ts';
import { keepInView } from './moving.ts';
import {
  isFilterWaiting,
  isSearching,
  matchingOf,
  searchedOf,
  waitingMatchingOf,
} from './filter-selectors.ts';
import { NO_SEARCH, type State } from './state.ts';

/** What of a search is done at once, in `Matching.work`: some milliseconds. */
const PART = 60_000;

/** Rows cost more than a part of the search. They are made anew when it has cost so much since, and come so far. */
const ROWS_WORK = 20 * PART;
const GROWTH = 3;

/** Looks at some more paths for a filter that waits: whether there is enough to go by it now. */
export function searchedAhead(state: State): boolean {
  const nodes = state.open?.analysis?.stack.nodes ?? 0;
  const matching = waitingMatchingOf(state);
  matching?.run(nodes, PART);
  return matching === null || matching.searched >= nodes || matching.work >= ROWS_WORK;
}

/** The state with some more paths looked at. */
export function searchOn(state: State): State {
  const nodes = state.open?.analysis?.stack.nodes ?? 0;
  const matching = matchingOf(state);
  if (matching === null) return { ...state, search: NO_SEARCH };
  matching.run(nodes, PART);
  const isOver = matching.searched >= nodes;
  const { searched } = matching;
  const isNew = state.search.text !== state.files.applied;
  const isFarther = searched >= searchedOf(state) * GROWTH && matching.work >= state.search.work + ROWS_WORK;
  if (!isOver && !isNew && !isFarther && state.search.isUnderWay) return state;
  const search = {
    text: state.files.applied,
    searched,
    work: matching.work,
    isUnderWay: !isOver,
    leadsToMatch: !isNew && state.search.leadsToMatch,
  };
  return keepInView({ ...state, search });
}

/** What an action has led to, and a search begun where there are paths that have not been looked at. */
export function searching(before: State, next: Update): Update {
  if (next.effect !== undefined) return next;
  if (isFilterWaiting(next.state)) {
    const isNew = next.state.files.filter !== before.files.filter;
    return isNew ? { ...next, effect: { type: 'search' } } : next;
  }
  const state = isSearching(next.state) && !isUnderWay(next.state) ? searchOn(next.state) : next.state;
  const wasUnderWay = before.search.isUnderWay && before.search.text === state.search.text;
  return isUnderWay(state) && !wasUnderWay ? { state, effect: { type: 'search' } } : { state };
}

const isUnderWay = ({ search, files }: State): boolean => search.isUnderWay && search.text === files.applied;
