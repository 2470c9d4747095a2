import { Matching } from '../../src/tree/matching.ts';
import type { PathTable } from '../../src/tree/path-table.ts';
import { parseQuery, type PathTerm, type Query } from '../../src/tree/query.ts';
import type { NodeSet } from '../../src/tree/view-query.ts';

/** What a filter asks for. @throws where it cannot be read. */
export function queryOf(text: string): Query {
  const parsed = parseQuery(text);
  if (parsed.kind === 'problem') throw new Error(parsed.problem);
  return parsed.query;
}

/** A search through all paths for those that satisfy all terms, to its end. */
export function matchingNodes(paths: PathTable, terms: readonly PathTerm[]): NodeSet {
  return new Matching(paths, terms).found(paths.size);
}
