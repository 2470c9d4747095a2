// Numbers in an order that is found out only where somebody looks: of a million rows a screen shows some fifty.

/** Order of two different numbers, never 0: a total one, so that what is looked up later stands where it was seen. */
export type Compare = (a: number, b: number) => number;

/** No such number. */
export const NOWHERE = -1;

/** Runs as short as this are sorted at once. */
const SHORT = 128;

/**
 * An array that is quicksorted only as far as positions are asked for. To look at one costs time in proportion to the
 * length once; what has been found out on the way stays. Pivots are drawn at random, so that no image can choose an
 * order that makes every one of them a bad one.
 */
export class LazyOrder {
  readonly length: number;
  private readonly numbers: Int32Array;
  private readonly compare: Compare;
  /**
   * Where runs begin, ascending, and at the end the length: all of a run stands before all of the next one, in no order
   * within it unless `isSorted`.
   */
  private readonly starts: number[];
  private readonly isSorted: boolean[];

  /** @param numbers each once; they are put in order in place. */
  constructor(numbers: Int32Array, compare: Compare) {
    this.length = numbers.length;
    this.numbers = numbers;
    this.compare = compare;
    this.starts = [0, numbers.length];
    this.isSorted = [false];
  }

  /** The number at a position, 0 to length - 1. */
  at(position: number): number {
    this.sortAround((start) => start <= position);
    return this.numbers[position]!;
  }

  /** Position of one of the numbers; NOWHERE if it is none of them. */
  indexOf(number: number): number {
    if (this.length === 0) return NOWHERE;
    // The first number of a run is its least, but for the first run's, before which there is none to be told from.
    const run = this.sortAround((start) => start === 0 || this.compare(this.numbers[start]!, number) <= 0);
    const found = this.numbers.subarray(this.starts[run], this.starts[run + 1]).indexOf(number);
    return found === -1 ? NOWHERE : this.starts[run]! + found;
  }

  /** Splits the last run whose start passes a test that all before it pass, until it is short, and sorts it; its number. */
  private sortAround(isAtOrAfter: (start: number) => boolean): number {
    for (;;) {
      const run = this.lastRun(isAtOrAfter);
      if (this.isSorted[run] === true) return run;
      const from = this.starts[run]!;
      const to = this.starts[run + 1]!;
      if (to - from <= SHORT) {
        this.numbers.subarray(from, to).sort(this.compare);
        this.isSorted[run] = true;
        return run;
      }
      this.split(run, from, to);
    }
  }

  private lastRun(isAtOrAfter: (start: number) => boolean): number {
    let low = 0;
    let high = this.isSorted.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (isAtOrAfter(this.starts[middle]!)) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Cuts a run in two at a pivot, which becomes the first of the second one. */
  private split(run: number, from: number, to: number): void {
    const { numbers, compare } = this;
    // Never the first: where it is the least, nothing would stand before it.
    swap(numbers, from + 1 + Math.floor(Math.random() * (to - from - 1)), to - 1);
    const pivot = numbers[to - 1]!;
    let cut = from;
    for (let at = from; at < to - 1; at++) {
      if (compare(numbers[at]!, pivot) < 0) swap(numbers, at, cut++);
    }
    swap(numbers, cut, to - 1);
    // The least of the first run: there it stands first from now on, as in all others.
    if (cut === from) return;
    this.starts.splice(run + 1, 0, cut);
    this.isSorted.splice(run + 1, 0, false);
  }
}

function swap(numbers: Int32Array, a: number, b: number): void {
  const kept = numbers[a]!;
  numbers[a] = numbers[b]!;
  numbers[b] = kept;
}
