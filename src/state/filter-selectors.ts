// What follows from the filter of the files pane, and from how far the paths have been held against it.

import type { Analysis } from '../analysis/analysis.ts';
import { Matching } from '../tree/matching.ts';
import type { PathTable } from '../tree/path-table.ts';
import { type Parsed, parseQuery, type PathTerm, type Query } from '../tree/query.ts';
import { rememberLast } from './memo.ts';
import type { State } from './state.ts';

/** What the files pane's filter asks for: what is typed, or was last typed that could be read. */
export function filesQuery({ files }: State): Query {
  const parsed = parsedApplied(files.applied);
  return parsed.kind === 'query' ? parsed.query : NO_QUERY;
}

const parsedApplied = rememberLast(parseQuery);
const NO_QUERY: Query = { paths: [], facts: [] };

/** How the filter reads as it is typed: its hint, or what is wrong with it. */
export function typedFilter({ files }: State): Parsed {
  return parsedTyped(files.filter);
}

const parsedTyped = rememberLast(parseQuery);

/** An image with more paths is searched when what was typed has been drawn. */
const SEARCHED_AT_ONCE = 60_000;

/** Whether what has been typed is a filter that is not gone by yet: it is drawn before a huge image is searched for it. */
export function isFilterWaiting(state: State): boolean {
  const { typing, files, open } = state;
  if (typing !== 'files-filter' || files.filter === files.applied) return false;
  return (open?.analysis?.stack.nodes ?? 0) > SEARCHED_AT_ONCE && typedFilter(state).kind === 'query';
}

/** The search for the paths that the filter asks for; null where it asks for none. */
export function matchingOf({ open, files }: State): Matching | null {
  return open?.analysis == null ? null : matchingApplied(open.analysis, files.applied);
}

/** The same for what has been typed, while that waits. */
export function waitingMatchingOf({ open, files }: State): Matching | null {
  return open?.analysis == null ? null : matchingTyped(open.analysis, files.filter);
}

const matchingTyped = rememberLast(({ tables }: Analysis, filter: string) => {
  const parsed = parseQuery(filter);
  const terms = parsed.kind === 'query' ? parsed.query.paths : [];
  return searchesOf(tables.paths).next(terms);
});

/** Searches through an image's paths, one after the other: with a letter more, only what was found need be looked at. */
const searchesOf = rememberLast((paths: PathTable) => {
  let last: Matching | null = null;
  return {
    next(terms: readonly PathTerm[]): Matching | null {
      last = terms.length === 0 ? null : new Matching(paths, terms, last);
      return last;
    },
  };
});

/** What waited has been searched for already. */
const matchingApplied = rememberLast((analysis: Analysis, filter: string) => matchingTyped(analysis, filter));

/** Paths that the files pane's filter has been held against, as far as the screen goes by it. */
export function searchedOf({ search, files }: State): number {
  return search.text === files.applied ? search.searched : 0;
}

/** Whether there are paths that the filter has not been held against yet. */
export function isSearching(state: State): boolean {
  const matching = matchingOf(state);
  return matching !== null && searchedOf(state) < (state.open?.analysis?.stack.nodes ?? 0);
}
