import { parseQuery, type Query } from '../../src/tree/query.ts';

/** What a filter asks for. @throws where it cannot be read. */
export function queryOf(text: string): Query {
  const parsed = parseQuery(text);
  if (parsed.kind === 'problem') throw new Error(parsed.problem);
  return parsed.query;
}
