// A pattern as a graph of states, in columns (Thompson's construction): what the automaton walks through.

import {
  type CharRange,
  type Pattern,
  PatternProblem,
  sequence,
  utf8Sequences,
  withoutRanges,
} from './pattern.ts';

/** What leads from a state to the next. */
export const Step = {
  /** A byte from `first` to `last`. */
  Byte: 0,
  /** Nothing: to `next` and to `other`. */
  Split: 1,
  /** Nothing, at the beginning of the path only. */
  Start: 2,
  /** Nothing, at the end of the path only. */
  End: 3,
  /** The path matches, whatever follows. */
  Match: 4,
} as const;
export type Step = (typeof Step)[keyof typeof Step];

export const NO_STATE = -1;

/** States of one pattern, at most: enough for whatever a person types, few enough to be walked through for each byte. */
const MAX_STATES = 2000;

export class Nfa {
  readonly steps: Step[] = [];
  readonly firsts: number[] = [];
  readonly lasts: number[] = [];
  readonly nexts: number[] = [];
  readonly others: number[] = [];
  readonly start: number;

  /** @throws PatternProblem when the pattern has too many states. */
  constructor(pattern: Pattern) {
    const match = this.add(Step.Match);
    this.start = this.build(pattern, match);
  }

  private add(step: Step, next = NO_STATE, other = NO_STATE): number {
    if (this.steps.length >= MAX_STATES) throw new PatternProblem('The pattern is too long.');
    this.firsts.push(0);
    this.lasts.push(0);
    this.nexts.push(next);
    this.others.push(other);
    return this.steps.push(step) - 1;
  }

  /** The state that a pattern begins with, once it leads to `next`. Patterns are built from their ends. */
  private build(pattern: Pattern, next: number): number {
    switch (pattern.kind) {
      case 'set':
        return this.buildSet(pattern.ranges, next);
      case 'none-of':
        return this.buildSet(withoutRanges(pattern.ranges), next);
      case 'byte':
        return this.buildByte(pattern.first, pattern.last, next);
      case 'sequence':
        return pattern.parts.reduceRight((after, part) => this.build(part, after), next);
      case 'choice':
        return this.buildChoice(
          pattern.parts.map((part) => this.build(part, next)),
          next,
        );
      case 'repeat':
        return this.buildRepeat(pattern, next);
      case 'start':
        return this.add(Step.Start, next);
      case 'end':
        return this.add(Step.End, next);
    }
  }

  private buildByte(first: number, last: number, next: number): number {
    const state = this.add(Step.Byte, next);
    this.firsts[state] = first;
    this.lasts[state] = last;
    return state;
  }

  private buildSet(ranges: readonly CharRange[], next: number): number {
    const starts = ranges.flatMap(utf8Sequences).map((places) => {
      return places.reduceRight((after, [first, last]) => this.buildByte(first, last, after), next);
    });
    return this.buildChoice(starts, NO_STATE);
  }

  /** Where there is nothing to choose from, nothing matches. */
  private buildChoice(starts: readonly number[], none: number): number {
    if (starts.length === 0) return none === NO_STATE ? this.buildByte(1, 0, NO_STATE) : none;
    return starts.reduceRight((other, start) => this.add(Step.Split, start, other));
  }

  private buildRepeat({ part, min, max }: Extract<Pattern, { kind: 'repeat' }>, next: number): number {
    let state = max === Infinity ? this.buildLoop(part, next) : next;
    // A copy of nothing takes a state too, so that counts of counts of nothing come to an end.
    for (let copy = min; copy < max && max !== Infinity; copy++)
      state = this.add(Step.Split, this.build(part, state), next);
    for (let copy = 0; copy < min; copy++) state = this.add(Step.Split, this.build(part, state), NO_STATE);
    return state;
  }

  private buildLoop(part: Pattern, next: number): number {
    const loop = this.add(Step.Split, NO_STATE, next);
    this.nexts[loop] = this.build(loosened(part), loop);
    return loop;
  }
}

/** Of a character that may be any beyond ASCII, as often as it comes, each byte will do: also what is no UTF-8. */
function loosened(part: Pattern): Pattern {
  if (part.kind === 'sequence' && part.parts.length === 1) return loosened(part.parts[0] ?? sequence());
  if (part.kind !== 'set' && part.kind !== 'none-of') return part;
  const ranges = part.kind === 'set' ? part.ranges : withoutRanges(part.ranges);
  return hasAllBeyondAscii(ranges) ? { kind: 'choice', parts: bytesOf(ranges) } : part;
}

const LAST_ASCII = 0x7f;

function hasAllBeyondAscii(ranges: readonly CharRange[]): boolean {
  return withoutRanges(ranges).every(([, last]) => last <= LAST_ASCII);
}

function bytesOf(ranges: readonly CharRange[]): Pattern[] {
  const ascii = ranges.filter(([first]) => first <= LAST_ASCII);
  const capped = ascii.map(([first, last]): CharRange => [first, Math.min(last, LAST_ASCII)]);
  return [
    { kind: 'set', ranges: capped },
    { kind: 'byte', first: 0x80, last: 0xff },
  ];
}
