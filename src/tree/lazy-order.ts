// Things in an order of which only parts are asked for: the page of a directory that is on the screen, not the 100,000
// rows around it. Quicksort goes into the part that is asked about alone, and what it has found out is kept.

/** So few things are sorted at once. */
const SMALL = 48;

/** Things that stand together, all of them behind those of the parts before. */
interface Part {
  /** The first of them. */
  readonly start: number;
  /** The weights of all things in the parts before. */
  readonly weight: number;
  /** Whether they have their order among themselves. */
  readonly isSorted: boolean;
}

export class LazyOrder {
  private readonly items: Int32Array;
  private readonly compare: (a: number, b: number) => number;
  private readonly weightOf: (item: number) => number;
  private readonly parts: Part[];

  /**
   * @param items what is to be ordered; it is this order's own from now on.
   * @param compare an order of them in which no two are equal.
   * @param weightOf what each counts among those before a thing: a whole number, at least 1.
   */
  constructor(
    items: Int32Array,
    compare: (a: number, b: number) => number,
    weightOf: (item: number) => number,
  ) {
    this.items = items;
    this.compare = compare;
    this.weightOf = weightOf;
    this.parts = [{ start: 0, weight: 0, isSorted: items.length < 2 }];
  }

  /** The thing that a weight falls on when all are laid side by side, and the weights of those before it. */
  at(weight: number): { readonly item: number; readonly before: number } {
    const part = this.sortedWhere((index) => this.partOfWeight(index, weight));
    const last = this.endOf(part) - 1;
    let { start: place, weight: before } = this.parts[part]!;
    for (; place < last; place++) {
      const next = before + this.weightOf(this.items[place]!);
      if (weight < next) break;
      before = next;
    }
    return { item: this.items[place]!, before };
  }

  /** The weights of all things before one of them. */
  before(item: number): number {
    const part = this.sortedAround(item);
    const end = this.endOf(part);
    let { start: place, weight: before } = this.parts[part]!;
    for (; place < end && this.items[place] !== item; place++) before += this.weightOf(this.items[place]!);
    return before;
  }

  /** What all things before one of them count by another measure. */
  sumBefore(item: number, measure: (item: number) => number): number {
    const end = this.endOf(this.sortedAround(item));
    let sum = 0;
    for (let place = 0; place < end && this.items[place] !== item; place++)
      sum += measure(this.items[place]!);
    return sum;
  }

  /** Like `at`, by another measure of which all things together have more than `sum`. */
  atSum(sum: number, measure: (item: number) => number): { readonly item: number; readonly before: number } {
    for (;;) {
      let before = 0;
      let part = 0;
      for (; part < this.parts.length - 1; part++) {
        const next = before + this.sumOf(part, measure);
        if (sum < next) break;
        before = next;
      }
      if (!this.parts[part]!.isSorted) {
        this.refine(part);
        continue;
      }
      for (let place = this.parts[part]!.start; ; place++) {
        const item = this.items[place]!;
        const next = before + measure(item);
        if (sum < next || place === this.endOf(part) - 1) return { item, before };
        before = next;
      }
    }
  }

  private sumOf(part: number, measure: (item: number) => number): number {
    let sum = 0;
    for (let place = this.parts[part]!.start; place < this.endOf(part); place++)
      sum += measure(this.items[place]!);
    return sum;
  }

  private sortedAround(item: number): number {
    // It changes its place within its part alone.
    return this.sortedWhere((part) => {
      const place = this.items.indexOf(item);
      return this.lastPart(part, ({ start }) => start <= place);
    });
  }

  /** Refines the part that `find` leads to, of those from a part on, until it is sorted. */
  private sortedWhere(find: (from: number) => number): number {
    let part = find(0);
    while (!this.parts[part]!.isSorted) {
      this.refine(part);
      part = find(part);
    }
    return part;
  }

  private partOfWeight(from: number, weight: number): number {
    return this.lastPart(from, (part) => part.weight <= weight);
  }

  /** The last part from one on of which something holds that holds of all before it. */
  private lastPart(from: number, holds: (part: Part) => boolean): number {
    let low = from;
    let high = this.parts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (holds(this.parts[middle]!)) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private endOf(part: number): number {
    return this.parts[part + 1]?.start ?? this.items.length;
  }

  /** Sorts a small part; divides a large one in three: what is before one of its things, that thing, what is behind. */
  private refine(index: number): void {
    const { start, weight } = this.parts[index]!;
    const end = this.endOf(index);
    if (end - start <= SMALL) {
      this.items.subarray(start, end).sort(this.compare);
      this.parts[index] = { start, weight, isSorted: true };
      return;
    }
    const { place, before } = this.divide(start, end);
    const pivotWeight = weight + before;
    const behind = pivotWeight + this.weightOf(this.items[place]!);
    const parts: Part[] = [];
    if (place > start) parts.push({ start, weight, isSorted: place - start === 1 });
    parts.push({ start: place, weight: pivotWeight, isSorted: true });
    if (place + 1 < end) parts.push({ start: place + 1, weight: behind, isSorted: end - place === 2 });
    this.parts.splice(index, 1, ...parts);
  }

  /** Puts what comes before one of the things before it; says where that stands, and what those before it weigh. */
  private divide(start: number, end: number): { readonly place: number; readonly before: number } {
    const { items } = this;
    // Chance alone: an order that somebody has chosen could make every pivot the worst one.
    const chosen = start + Math.floor(Math.random() * (end - start));
    const pivot = items[chosen]!;
    items[chosen] = items[end - 1]!;
    let place = start;
    let before = 0;
    for (let at = start; at < end - 1; at++) {
      const item = items[at]!;
      if (this.compare(item, pivot) >= 0) continue;
      items[at] = items[place]!;
      items[place++] = item;
      before += this.weightOf(item);
    }
    items[end - 1] = items[place]!;
    items[place] = pivot;
    return { place, before };
  }
}
