// The filter of the files pane, and the way from one thing that it finds to the next.

import { type PathTable, ROOT } from '../tree/path-table.ts';
import { isEmpty, parseQuery } from '../tree/query.ts';
import { NO_ROW } from '../tree/rows.ts';
import type { Update } from './actions.ts';
import { leaveErrand } from './errands.ts';
import { focusOn, keepInView, quoted, say, withFiles } from './moving.ts';
import { filesQuery, isFilterWaiting, isSearching, typedFilter } from './filter-selectors.ts';
import { filesCursor, filesView } from './selectors.ts';
import { searchedAhead, searchOn } from './searching.ts';
import type { State } from './state.ts';

/** The filter as it has been typed so far. While it cannot be read, what is shown stays as it is. */
export function withFilter(state: State, filter: string): State {
  const typed = { ...state, files: { ...state.files, filter } };
  if (parseQuery(filter).kind === 'problem') return keepInView(typed);
  return isFilterWaiting(typed) ? typed : applied(typed);
}

/** A filter that waits is gone by from here on: before anything else is done, or when there is nothing else to do. */
export function applyFilter(state: State): State {
  return isFilterWaiting(state) ? applied(state) : state;
}

const NONE: ReadonlySet<number> = new Set();

function applied(typed: State): State {
  const { filter } = typed.files;
  const files = { ...typed.files, applied: filter, otherwiseFound: 'found' as const, shownWhole: NONE };
  const next = { ...typed, files };
  return isSearching(next) ? searchOn(next) : keepInView(next);
}

/** Ends the typing and keeps the filter; one that cannot be read stays to be corrected. */
export function keepFilter(state: State): State {
  const parsed = typedFilter(state);
  return parsed.kind === 'problem'
    ? say(state, `${quoted(parsed.problem)} It cannot be kept like that.`)
    : toFirstMatch({ ...state, typing: null });
}

/** The cursor on the first match, at once and, where they are still searched for, when all have been found. */
function toFirstMatch(state: State): State {
  const { search } = state;
  return onMatch({ ...state, search: { ...search, leadsToMatch: isSearching(state) } });
}

/** The search gone on with; the cursor on the first match when it has ended, if it was to go there. */
export function searchedOn(state: State): Update {
  // Rows of few paths would be made for nothing: those that were there stay until there is more to show.
  if (isFilterWaiting(state))
    return searchedAhead(state) ? { state: applyFilter(state) } : { state, effect: { type: 'search' } };
  const next = searchOn(state);
  if (next.search.isUnderWay) return { state: next, effect: { type: 'search' } };
  if (!next.search.leadsToMatch) return { state: next };
  return { state: onMatch({ ...next, search: { ...next.search, leadsToMatch: false } }) };
}

/** The cursor on the first match, unless it stands on one: what was searched for is not the directory above it. */
function onMatch(state: State): State {
  const files = filesView(state);
  if (files.kind === 'nothing' || isEmpty(filesQuery(state)) || files.rows.matchCount === 0) return state;
  if (matchNumber(state) !== null) return state;
  return keepInView(withOpenParents(state, files.rows.matchAt(0), files.analysis.tables.paths));
}

/** Ends the typing for something else: what could not be read is forgotten. */
export function leaveTyping(state: State): State {
  const left = state.typing === 'destination' ? leaveErrand(state) : state;
  return { ...left, typing: null, files: { ...left.files, filter: left.files.applied } };
}

/** Where there is nothing to filter: says why, and takes what is typed until Enter or Esc. */
export function typeInVain(state: State, why: string): State {
  return say({ ...leaveTyping(state), typing: 'nothing' }, why);
}

export function clearFilter(state: State): State {
  return withFiles(state, { filter: '', applied: '', otherwiseFound: 'found', shownWhole: NONE });
}

const NO_FILTER = '{next-match} and {previous-match} go through what a filter finds: {filter} begins one.';

/** The cursor on the next thing that the filter asks for, or the previous one, whether it is in a folded directory or not. */
export function toMatch(state: State, step: 1 | -1): State {
  const files = filesView(state);
  if (files.kind === 'nothing') return say(state, 'There are no files here.');
  if (isEmpty(filesQuery(state))) return say(state, NO_FILTER);
  const { view, rows, analysis } = files;
  const count = rows.matchCount;
  if (count === 0) return say(state, 'The filter finds nothing here.');
  const here = rows.at(filesCursor(state));
  const above = rows.matchesAbove(here);
  const wanted = step === -1 ? above - 1 : view.isMatch(here) ? above + 1 : above;
  const place = (wanted + count) % count;
  const node = rows.matchAt(place);
  const shown = withOpenParents(state, node, analysis.tables.paths);
  const turn = place === wanted ? '' : step === 1 ? ', again from the first' : ', again from the last';
  return say(focusOn(shown, 'files'), `${place + 1} of ${count}${turn}.`);
}

/** Number of the match under the cursor, from 1; null where there is no filter, or only a directory above a match. */
export function matchNumber(state: State): number | null {
  const files = filesView(state);
  if (files.kind === 'nothing' || files.rows.count === 0 || isEmpty(filesQuery(state))) return null;
  const node = files.rows.at(filesCursor(state));
  return files.view.isMatch(node) ? files.rows.matchesAbove(node) + 1 : null;
}

/** The cursor on a node, with every directory above it open. */
export function withOpenParents(state: State, node: number, paths: PathTable): State {
  const files = filesView(state);
  if (files.kind === 'rows' && files.rows.indexOf(node) !== NO_ROW)
    return { ...state, files: { ...state.files, wanted: node } };
  const folds = new Map(state.files.folds);
  for (let at = paths.parent(node); at !== ROOT; at = paths.parent(at)) folds.set(at, true);
  return { ...state, files: { ...state.files, folds, wanted: node } };
}
