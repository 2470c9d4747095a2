import type { ByteString } from '../image/entry.ts';
import { bytesOf } from '../image/text.ts';
import { Automaton } from './automaton.ts';
import type { Nfa } from './nfa.ts';
import { NO_NODE, type PathTable, ROOT } from './path-table.ts';
import type { PathTerm } from './query.ts';
import type { NodeSet } from './view.ts';

/** The nodes whose path satisfies all terms. */
export function matchingNodes(paths: PathTable, terms: readonly PathTerm[]): NodeSet {
  const matching = new Matching(paths, terms);
  matching.advance(Infinity);
  return matching.matches;
}

/** A search through all paths that can be done in pieces, and given up between two of them. */
export class Matching {
  readonly matches: NodeSet;
  private readonly tests: readonly ((node: number) => boolean)[];
  private node = ROOT + 1;

  constructor(paths: PathTable, terms: readonly PathTerm[]) {
    this.matches = new Uint8Array(paths.size);
    this.tests = terms.map((term) => {
      const test = term.kind === 'text' ? textTest(paths, term.text) : patternTest(paths, term.nfa);
      return term.isNegated ? (node) => !test(node) : test;
    });
  }

  /** Looks at `count` more nodes. Returns whether all have been looked at. */
  advance(count: number): boolean {
    const end = Math.min(this.matches.length, this.node + count);
    for (; this.node < end; this.node++) {
      const { node } = this;
      if (this.tests.every((test) => test(node))) this.matches[node] = 1;
    }
    return end === this.matches.length;
  }
}

/**
 * Whether a path contains a text, which may span several components (`lib/x86`). Small letters find capitals too, a
 * text with a capital finds itself alone (smart case, of ASCII letters). A text that only a directory above contains
 * is not the path's own.
 */
function textTest(paths: PathTable, text: string): (node: number) => boolean {
  const foldCase = text === text.toLowerCase();
  const parts = bytesOf(text).split('/');
  const last = parts.at(-1) ?? '';
  const before = parts.slice(0, -1);
  const wanted = Uint8Array.from(last, (unit) => unit.charCodeAt(0));
  return (node) =>
    paths.nameContains(node, wanted, foldCase) &&
    (before.length === 0 || spans(paths, node, before, last, foldCase));
}

/** Whether the node's name begins with `last` and its ancestors' names are `before`, the first one at its end. */
function spans(
  paths: PathTable,
  node: number,
  before: readonly string[],
  last: string,
  foldCase: boolean,
): boolean {
  const name = (at: number) => (foldCase ? withSmallLetters(paths.name(at)) : paths.name(at));
  if (!name(node).startsWith(last)) return false;
  let at = paths.parent(node);
  for (let index = before.length - 1; index >= 0; index--) {
    const part = before[index] ?? '';
    if (at === NO_NODE) return false;
    const isFirst = index === 0;
    if (isFirst ? !name(at).endsWith(part) : name(at) !== part) return false;
    at = paths.parent(at);
  }
  return true;
}

/** ASCII letters only: a byte beyond is a part of something else. */
function withSmallLetters(name: ByteString): ByteString {
  return name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

const SLASH = 0x2f;
const UNKNOWN = -1;

/** Whether a pattern takes a path. The state after each path is kept: names below it go on from there. */
function patternTest(paths: PathTable, nfa: Nfa): (node: number) => boolean {
  const automaton = new Automaton(nfa);
  const states = new Int32Array(paths.size).fill(UNKNOWN);
  const step = (state: number, byte: number) => automaton.next(state, byte);
  let { generation } = automaton;
  const stateAfter = (node: number): number => {
    if (node === ROOT) return automaton.start;
    if (states[node] !== UNKNOWN) return states[node]!;
    const state = paths.readName(node, automaton.next(stateAfter(paths.parent(node)), SLASH), step);
    // All that is kept has another number now.
    if (generation !== automaton.generation) states.fill(UNKNOWN);
    generation = automaton.generation;
    states[node] = state;
    return state;
  };
  return (node) => automaton.accepts(stateAfter(node));
}
