// The hidden copies that have bytes, as a list of them shows them. An image may hide a million: only those that are looked
// at are put in order.

import { LazyOrder } from '../tree/lazy-order.ts';
import { comparePlaces } from '../tree/names.ts';
import type { Analysis } from './analysis.ts';
import type { Ledger, LedgerRow } from './ledger.ts';

/** What lists of hidden copies are made of. */
export type Wasted = Pick<Analysis, 'ledger' | 'tables'>;

/** Two rows of the ledger: most bytes first, then by layer and path. */
export function wasteOrder({ ledger, tables: { paths } }: Wasted): (a: number, b: number) => number {
  const depthOf = (node: number) => paths.depth(node);
  return (a, b) =>
    ledger.bytesAt(b) - ledger.bytesAt(a) ||
    ledger.layerAt(a) - ledger.layerAt(b) ||
    comparePlaces(paths, depthOf, ledger.nodeAt(a), ledger.nodeAt(b)) ||
    a - b;
}

/** Numbers of the ledger's rows that have bytes, in its own order. */
export function wastedRows(ledger: Ledger): Int32Array {
  const rows = new Int32Array(ledger.length);
  let count = 0;
  for (let row = 0; row < rows.length; row++) if (ledger.bytesAt(row) > 0) rows[count++] = row;
  return rows.subarray(0, count);
}

/** A list of rows of the ledger, most bytes first. */
export class WasteList {
  readonly length: number;
  private readonly ledger: Ledger;
  /** In no order that could be told: that of `order`, as far as it has been asked for. */
  private readonly rows: Int32Array;
  private readonly order: LazyOrder;

  /** @param rows their numbers; they are the list's own from now on. */
  constructor(wasted: Wasted, rows: Int32Array = wastedRows(wasted.ledger)) {
    this.ledger = wasted.ledger;
    this.rows = rows;
    this.length = rows.length;
    this.order = new LazyOrder(rows, wasteOrder(wasted), () => 1);
  }

  /** The copy at a place from 0 on; null where the list has ended. */
  at(place: number): LedgerRow | null {
    return place >= 0 && place < this.length ? this.ledger.at(this.order.at(place).item) : null;
  }

  /** Copies from one place to before another, as far as there are any. */
  slice(from: number, to: number): LedgerRow[] {
    const count = Math.max(0, Math.min(to, this.length) - from);
    return Array.from({ length: count }, (_, index) => this.ledger.at(this.order.at(from + index).item));
  }

  /** The place of a copy; -1 where the list does not have it. */
  placeOf(copy: number): number {
    const row = this.ledger.rowOf(copy);
    return row >= 0 && this.rows.includes(row) ? this.order.before(row) : -1;
  }
}
