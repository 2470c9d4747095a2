// Patterns are matched by an automaton that reads each byte once and never goes back, because they come from a
// keyboard and names from anywhere: a backtracking matcher takes minutes for `*a*a*a*a*a*b` and one name of 255
// letters. Its states are sets of the pattern's states, made when they are first reached. Since a path begins like
// its directory's, the state after a directory is where each name in it begins: no byte of a name is read twice.

import { grown } from './growable.ts';
import { type Nfa, NO_STATE, Step } from './nfa.ts';

/** States that are kept at once: beyond that, all are forgotten and made anew where they are needed. */
const MAX_KEPT = 4000;

const UNKNOWN = -1;

export class Automaton {
  /** State before the first byte. */
  readonly start = 0;
  /** How often all states have been forgotten; a state's number holds for one of these times only. */
  generation = 0;
  /** How many of the pattern's states have been walked through to make this automaton's: what it has cost. */
  work = 0;

  private readonly nfa: Nfa;
  /** Bytes that the pattern does not tell apart have one class. */
  private readonly classOf = new Uint8Array(256);
  private classes = 0;
  /** State after a state and a class, or UNKNOWN. */
  private table: Int32Array = new Int32Array(0);
  private readonly accepting: boolean[] = [];
  private readonly members: (readonly number[])[] = [];
  private readonly numbers = new Map<string, number>();
  /** The walk that last reached each of the pattern's states. */
  private readonly reached: Uint32Array;
  private walk = 0;

  constructor(nfa: Nfa) {
    this.nfa = nfa;
    this.reached = new Uint32Array(nfa.steps.length);
    this.classify();
    this.begin();
  }

  /** State after one more byte. */
  next(state: number, byte: number): number {
    const known = this.table[state * this.classes + this.classOf[byte]!]!;
    return known === UNKNOWN ? this.make(state, byte) : known;
  }

  /** Whether a path that ends in this state matches. */
  accepts(state: number): boolean {
    return this.accepting[state]!;
  }

  private classify(): void {
    const { steps, firsts, lasts } = this.nfa;
    const begins = new Uint8Array(257);
    steps.forEach((step, state) => {
      if (step !== Step.Byte || firsts[state]! > lasts[state]!) return;
      begins[firsts[state]!] = 1;
      begins[lasts[state]! + 1] = 1;
    });
    for (let byte = 1; byte < 256; byte++) {
      if (begins[byte] === 1) this.classes++;
      this.classOf[byte] = this.classes;
    }
    this.classes++;
  }

  private begin(): void {
    this.numbers.clear();
    this.members.length = 0;
    this.accepting.length = 0;
    this.table.fill(UNKNOWN);
    this.numberOf(this.closure([this.nfa.start], true, false));
  }

  private make(state: number, byte: number): number {
    const { firsts, lasts, nexts, steps } = this.nfa;
    const after: number[] = [];
    this.work += this.members[state]!.length;
    for (const member of this.members[state]!) {
      // What has matched goes on matching.
      if (steps[member] === Step.Match) after.push(member);
      else if (steps[member] === Step.Byte && firsts[member]! <= byte && byte <= lasts[member]!)
        after.push(nexts[member]!);
    }
    const reached = this.closure(after, false, false);
    if (this.members.length >= MAX_KEPT && !this.numbers.has(reached.join())) {
      this.generation++;
      this.begin();
      return this.numberOf(reached);
    }
    const next = this.numberOf(reached);
    this.table[state * this.classes + this.classOf[byte]!] = next;
    return next;
  }

  private numberOf(members: readonly number[]): number {
    const key = members.join();
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.members.push(members) - 1;
    this.numbers.set(key, number);
    // No path ends where it begins.
    const atEnd = this.closure(members, false, true);
    this.accepting.push(atEnd.some((member) => this.nfa.steps[member] === Step.Match));
    const needed = (number + 1) * this.classes;
    if (needed > this.table.length) {
      const old = this.table.length;
      this.table = grown(this.table, Math.max(needed, old * 2)).fill(UNKNOWN, old);
    }
    return number;
  }

  /**
   * The states that are reached without a byte, ascending: those that a byte leads on from, ends and matches.
   * Beginnings and ends lead on only where the path begins or ends.
   */
  private closure(from: readonly number[], atStart: boolean, atEnd: boolean): number[] {
    const { steps, nexts, others } = this.nfa;
    const found: number[] = [];
    const left = Array.from(from);
    this.walk++;
    for (let state = left.pop(); state !== undefined; state = left.pop()) {
      this.work++;
      if (state === NO_STATE || this.reached[state] === this.walk) continue;
      this.reached[state] = this.walk;
      const step = steps[state];
      if (step === Step.Split) left.push(nexts[state]!, others[state]!);
      else if (step === Step.Start) {
        if (atStart) left.push(nexts[state]!);
      } else {
        found.push(state);
        if (step === Step.End && atEnd) left.push(nexts[state]!);
      }
    }
    return found.sort((a, b) => a - b);
  }
}
