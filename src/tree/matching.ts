import type { ByteString } from '../image/entry.ts';
import { bytesOf } from '../image/text.ts';
import { Automaton } from './automaton.ts';
import { grown } from './growable.ts';
import type { Nfa } from './nfa.ts';
import { NO_NODE, type PathTable, ROOT } from './path-table.ts';
import type { PathTerm } from './query.ts';
import { BELOW_FOUND, FOUND, type NodeSet } from './view-query.ts';

/** Clears the flag of each path from one number to before another that does not satisfy a term; where it is 0, none is asked. */
type Test = (from: number, to: number, flags: Uint8Array) => void;

/** Paths that are looked at together where each costs little. */
const BLOCK = 4096;

/**
 * A search through paths for those that satisfy all terms, in the order of their numbers, a part at a time: a million
 * paths, or a pattern whose sets of states are ever new ones (`re:a.{30}b` on hashes), take longer than a key may.
 * Paths may be added while it goes on.
 */
export class Matching {
  /** Paths that have been looked at: 0 to searched - 1. Of these it is settled whether they match. */
  searched = ROOT + 1;
  private matches: Uint8Array = new Uint8Array(0);
  /** What the terms so far say of the paths that are looked at. */
  private readonly flags = new Uint8Array(BLOCK);
  private readonly paths: PathTable;
  private readonly automata: Automaton[] = [];
  /** What a path must satisfy to be found, and what leaves out a path wherever it is: negated terms. */
  private readonly wanted: readonly Test[];
  private readonly unwanted: readonly Test[];
  private readonly terms: readonly PathTerm[];
  /** What a search that asked for less has found of its first paths: of the others none need be looked at. */
  private readonly among: { readonly matches: NodeSet; readonly searched: number } | null;

  /** @param before another search through the same paths, as of the filter with a letter less. */
  constructor(paths: PathTable, terms: readonly PathTerm[], before: Matching | null = null) {
    this.paths = paths;
    this.terms = terms;
    const isAmong = before !== null && asksForMore(terms, before.terms);
    this.among = isAmong ? { matches: before.matches, searched: before.searched } : null;
    const tests = (isNegated: boolean) =>
      terms
        .filter((term) => term.isNegated === isNegated)
        .map((term) => (term.kind === 'text' ? textTest(paths, term.text) : this.patternTest(term.nfa)));
    this.wanted = tests(false);
    this.unwanted = tests(true);
  }

  /**
   * What the search has cost: a path that was looked at counts one, and so does a state of a pattern that was walked
   * through. That is a tenth of a microsecond or so.
   */
  get work(): number {
    let work = this.searched;
    for (const automaton of this.automata) work += automaton.work;
    return work;
  }

  /** Looks at paths below `end`, until that has cost `work` or a little more. */
  run(end: number, work: number): void {
    const least = this.work + work;
    if (this.matches.length < end) this.matches = grown(this.matches, this.paths.size);
    // One path may cost a pattern as much as a million a text.
    const block = this.automata.length > 0 ? 1 : BLOCK;
    while (this.searched < end && this.work < least) {
      const next = Math.min(this.searched + block, end);
      this.judge(this.searched, next);
      this.searched = next;
    }
  }

  /** What is found among the first `searched` paths, which are looked at where they have not been. */
  found(searched: number): NodeSet {
    this.run(searched, Infinity);
    return this.matches.subarray(0, searched);
  }

  private judge(from: number, to: number): void {
    const { matches, flags, among } = this;
    flags.fill(1, 0, to - from);
    if (among !== null) {
      const end = Math.min(to, among.searched);
      for (let node = from; node < end; node++) if (among.matches[node] !== FOUND) flags[node - from] = 0;
    }
    for (const test of this.wanted) test(from, to, flags);
    for (let node = from; node < to; node++) matches[node] = flags[node - from] === 1 ? FOUND : BELOW_FOUND;
    for (const test of this.unwanted) {
      flags.fill(1, 0, to - from);
      test(from, to, flags);
      for (let node = from; node < to; node++) if (flags[node - from] === 1) matches[node] = 0;
    }
  }

  private patternTest(nfa: Nfa): Test {
    const automaton = new Automaton(nfa);
    this.automata.push(automaton);
    return patternTest(this.paths, automaton);
  }
}

/**
 * Whether all that satisfies some terms satisfies others too, at first sight: each of the others is a text, a part of one
 * of them.
 */
const asksForMore = (terms: readonly PathTerm[], others: readonly PathTerm[]): boolean =>
  others.every((other) => terms.some((term) => contains(term, other)));

function contains(term: PathTerm, other: PathTerm): boolean {
  if (term.kind !== 'text' || other.kind !== 'text' || term.isNegated || other.isNegated) return false;
  // What stands before a slash is asked of the directories above.
  return !other.text.includes('/') && term.text.slice(term.text.lastIndexOf('/') + 1).includes(other.text);
}

/**
 * Whether a path contains a text, which may span several components (`lib/x86`). Small letters find capitals too, a
 * text with a capital finds itself alone (smart case, of ASCII letters). A text that only a directory above contains
 * is not the path's own.
 */
function textTest(paths: PathTable, text: string): Test {
  const foldCase = text === text.toLowerCase();
  const parts = bytesOf(text).split('/');
  const last = parts.at(-1) ?? '';
  const before = parts.slice(0, -1);
  const wanted = Uint8Array.from(last, (unit) => unit.charCodeAt(0));
  return (from, to, flags) => {
    paths.keepContaining(from, to, wanted, foldCase, flags);
    if (before.length === 0) return;
    for (let node = from; node < to; node++) {
      if (flags[node - from] === 1 && !spans(paths, node, before, last, foldCase)) flags[node - from] = 0;
    }
  };
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
/** Of a path whose state is not known; else one more than the state is kept. */
const UNKNOWN = 0;

/** Whether a pattern takes a path. The state after each path is kept: names below it go on from there. */
function patternTest(paths: PathTable, automaton: Automaton): Test {
  let states: Int32Array = new Int32Array(paths.size);
  const step = (state: number, byte: number) => automaton.next(state, byte);
  let { generation } = automaton;
  const stateAfter = (node: number): number => {
    if (node === ROOT) return automaton.start;
    if (node >= states.length) states = grown(states, paths.size);
    if (states[node] !== UNKNOWN) return states[node]! - 1;
    const state = paths.readName(node, automaton.next(stateAfter(paths.parent(node)), SLASH), step);
    // All that is kept has another number now.
    if (generation !== automaton.generation) states.fill(UNKNOWN);
    generation = automaton.generation;
    states[node] = state + 1;
    return state;
  };
  return (from, to, flags) => {
    for (let node = from; node < to; node++) {
      if (flags[node - from] === 1 && !automaton.accepts(stateAfter(node))) flags[node - from] = 0;
    }
  };
}
