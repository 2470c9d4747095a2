/** Chance that comes again: the same seed and case give the same draws, on every machine. */

/** Draws from a generator of 32 bits (mulberry32), begun with a run's seed and a case's number. */
export class Random {
  private state: number;

  constructor(seed: number, number: number) {
    this.state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(number + 1, 0xc2b2ae35)) >>> 0;
    this.next();
  }

  /** 0 to 2^32 - 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** 0 to `limit` - 1; 0 where the limit is 0. */
  below(limit: number): number {
    return limit < 1 ? 0 : this.next() % Math.floor(limit);
  }

  /** Whether something happens that does `percent` times in a hundred. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<const L extends readonly [unknown, ...unknown[]]>(list: L): L[number];
  pick<T>(list: readonly T[]): T | undefined;
  pick(list: readonly unknown[]): unknown {
    return list[this.below(list.length)];
  }

  bytes(count: number): Buffer {
    return Buffer.from(Array.from({ length: count }, () => this.below(256)));
  }
}
