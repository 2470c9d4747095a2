import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LazyOrder } from '../../src/tree/lazy-order.ts';

/** Numbers as they come, each once, with what each weighs, and questions about some of them. */
const asked = fc.uniqueArray(fc.nat(5000), { minLength: 1, maxLength: 400 }).chain((items) =>
  fc.record({
    items: fc.constant(items),
    heavy: fc.constantFrom(1, 2, 7),
    questions: fc.array(fc.nat(items.length - 1), { minLength: 1, maxLength: 12 }),
  }),
);

/** One in so many things weighs five, the others one. */
const weighing = (heavy: number) => (item: number) => (item % heavy === 0 ? 5 : 1);
const ascending = (a: number, b: number) => a - b;

describe('an order of which parts are asked for', () => {
  it('says of a weight and of a thing what sorting them all would say', () => {
    fc.assert(
      fc.property(asked, ({ items, heavy, questions }) => {
        const weightOf = weighing(heavy);
        const order = new LazyOrder(Int32Array.from(items), ascending, weightOf);
        const sorted = items.toSorted(ascending);
        for (const place of questions) {
          const item = sorted[place] ?? -1;
          const before = sorted.slice(0, place).reduce((sum, other) => sum + weightOf(other), 0);
          expect(order.at(before)).toEqual({ item, before });
          expect(order.at(before + weightOf(item) - 1)).toEqual({ item, before });
          expect(order.before(item)).toBe(before);
        }
      }),
    );
  });

  it('goes by another measure in the same order', () => {
    fc.assert(
      fc.property(asked, ({ items, heavy, questions }) => {
        const order = new LazyOrder(Int32Array.from(items), ascending, () => 1);
        const measure = weighing(heavy);
        const sorted = items.toSorted(ascending);
        for (const place of questions) {
          const item = sorted[place] ?? -1;
          const before = sorted.slice(0, place).reduce((sum, other) => sum + measure(other), 0);
          expect(order.sumBefore(item, measure)).toBe(before);
          expect(order.atSum(before, measure)).toEqual({ item, before });
        }
      }),
    );
  });

  it('compares no more than a few times as many pairs as there are things, and for what is near next to none', () => {
    const items = Int32Array.from({ length: 100_000 }, (_, index) => Math.imul(index, 0x9e3779b1) >>> 1);
    let compared = 0;
    const order = new LazyOrder(
      items,
      (a, b) => (compared++, a - b),
      () => 1,
    );
    const { item } = order.at(50_000);
    // Sorting them all takes 1.7 million.
    expect(compared).toBeLessThan(1_000_000);
    const before = compared;
    order.at(50_001);
    expect(order.before(item)).toBe(50_000);
    expect(compared - before).toBeLessThan(1000);
  });
});
