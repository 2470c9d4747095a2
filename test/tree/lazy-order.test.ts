import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LazyOrder, NOWHERE } from '../../src/tree/lazy-order.ts';

/** Numbers with a weight each: heavier ones first, of equals the lower number. */
const byWeight =
  (weights: readonly number[], onCompare: () => void = () => undefined) =>
  (a: number, b: number): number => {
    onCompare();
    return (weights[b] ?? 0) - (weights[a] ?? 0) || a - b;
  };

const numbersBelow = (count: number): Int32Array => Int32Array.from({ length: count }, (_, index) => index);

describe('a lazy order', () => {
  it('has every number where sorting puts it, in whatever order one asks', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 2000 });
    const asked = fc.array(fc.nat(), { maxLength: 40 });
    fc.assert(
      fc.property(weights, asked, (given, questions) => {
        const sorted = Array.from(numbersBelow(given.length)).sort(byWeight(given));
        const order = new LazyOrder(numbersBelow(given.length), byWeight(given));
        questions.forEach((question, turn) => {
          const position = question % given.length;
          const number = sorted[position] ?? 0;
          if (turn % 2 === 0) expect(order.at(position)).toBe(number);
          else expect(order.indexOf(number)).toBe(position);
        });
        expect(given.map((_, position) => order.at(position))).toEqual(sorted);
      }),
    );
  });

  it('has no place for a number that it was not given', () => {
    const evens = numbersBelow(2000).filter((number) => number % 2 === 0);
    const order = new LazyOrder(evens, byWeight([]));
    expect(order.indexOf(1001)).toBe(NOWHERE);
    expect(order.indexOf(1000)).toBe(500);
    expect(order.indexOf(9999)).toBe(NOWHERE);
    expect(new LazyOrder(new Int32Array(0), byWeight([])).indexOf(1)).toBe(NOWHERE);
  });

  it('compares in proportion to its length for the first rows, and next to nothing for what follows', () => {
    const count = 200_000;
    // Spread without a pattern that a sort could profit from.
    const weights = Array.from({ length: count }, (_, index) => (index * 7919) % 104_729);
    let compared = 0;
    const order = new LazyOrder(
      numbersBelow(count),
      byWeight(weights, () => compared++),
    );
    const first = order.at(0);
    // Sorting all of it compares some 17 times its length; twice is to be expected, and luck has a say.
    expect(compared).toBeLessThan(10 * count);
    compared = 0;
    for (let position = 0; position < 50; position++) order.at(position);
    expect(order.indexOf(first)).toBe(0);
    expect(compared).toBeLessThan(5000);
  });

  it('makes no more of numbers that are in order already, or all in the wrong one', () => {
    for (const step of [1, -1]) {
      const count = 50_000;
      let compared = 0;
      const weights = Array.from({ length: count }, (_, index) => step * index);
      const order = new LazyOrder(
        numbersBelow(count),
        byWeight(weights, () => compared++),
      );
      expect(order.at(count - 1)).toBe(step === 1 ? 0 : count - 1);
      expect(compared).toBeLessThan(10 * count);
    }
  });
});
