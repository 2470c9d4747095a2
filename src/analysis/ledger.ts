// The waste ledger: every copy (a payload of a regular file in a layer) stands in it once, with its bytes and its
// fate. Exact to the byte: total = live + overwritten + repeated + deleted.

import { columnIn, type Columns } from '../tree/columns.ts';
import { type Entries, NOTHING } from '../tree/entries.ts';
import { capacityFor, type Column, grown } from '../tree/growable.ts';
import { Kind } from '../tree/layer-entries.ts';
import type { HiddenCopy, Stack } from '../tree/stack.ts';

/** What became of a copy, read off its last name once the layer that took it has been applied. */
export const Fate = {
  /** The final file system shows it under at least one name. */
  Live: 0,
  /** The name shows anything but nothing or the same content. */
  Overwritten: 1,
  /** The name shows a regular file with the same content. */
  Repeated: 2,
  /** The name shows nothing. */
  Deleted: 3,
} as const;
export type Fate = (typeof Fate)[keyof typeof Fate];

/** Payload bytes by fate; `live` is what is left. */
export interface FateBytes {
  overwritten: number;
  repeated: number;
  deleted: number;
}

const noBytes = (): FateBytes => ({ overwritten: 0, repeated: 0, deleted: 0 });

export const hiddenSum = (bytes: FateBytes): number => bytes.overwritten + bytes.repeated + bytes.deleted;

const FATE_KEYS = [null, 'overwritten', 'repeated', 'deleted'] as const;

/** One hidden copy as the ledger keeps it. */
export interface LedgerRow {
  readonly copy: number;
  /** Layer that stores the copy, and layer that hid it. */
  readonly layer: number;
  readonly hiddenBy: number;
  /** Node of the path that the copy was stored under, and of the name that its fate was read off. */
  readonly node: number;
  readonly name: number;
  readonly bytes: number;
  readonly fate: Fate;
}

/** The ledger's own columns; what else there is to say of a copy, its entry says. */
interface RowColumns {
  copies: Int32Array<ArrayBuffer>;
  hiders: Uint16Array<ArrayBuffer>;
  names: Int32Array<ArrayBuffer>;
  fates: Uint8Array<ArrayBuffer>;
}

export class Ledger {
  /** Payload bytes of all layers. */
  total = 0;
  /** Hidden bytes of all layers, by fate. */
  readonly hidden: FateBytes = noBytes();
  /** Hidden bytes by the layer that stores them. */
  private readonly stored: FateBytes[] = [];
  /** Hidden bytes by the layer that hid them. */
  private readonly caused: FateBytes[] = [];
  private count = 0;
  private columnsOfRows: RowColumns = {
    copies: new Int32Array(0),
    hiders: new Uint16Array(0),
    names: new Int32Array(0),
    fates: new Uint8Array(0),
  };
  /** Row + 1 of each entry; 0 for all that is live or no copy. */
  private rowOf = new Int32Array(0);
  /** Rows that have been told. */
  private readonly told: LedgerRow[] = [];
  private readonly entries: Entries;

  constructor(entries: Entries) {
    this.entries = entries;
  }

  /** All there is to keep of the ledger. */
  columns(): Columns {
    const { copies, hiders, names, fates } = this.columnsOfRows;
    return new Map<string, Column>([
      ['copies', copies.subarray(0, this.count)],
      ['hiders', hiders.subarray(0, this.count)],
      ['names', names.subarray(0, this.count)],
      ['fates', fates.subarray(0, this.count)],
      ['rowOf', this.rowOf],
      ['total', Float64Array.of(this.total)],
      ['sums', Float64Array.from([this.hidden, ...this.stored, ...this.caused].flatMap(bytesInOrder))],
    ]);
  }

  /**
   * The ledger of a stack that was kept.
   * @throws RangeError where the columns are not those of its ledger.
   */
  static of(columns: Columns, { entries, layers }: Stack): Ledger {
    const ledger = new Ledger(entries);
    const copies = columnIn(columns, 'copies', Int32Array);
    ledger.count = copies.length;
    ledger.columnsOfRows = {
      copies,
      hiders: columnIn(columns, 'hiders', Uint16Array, copies.length),
      names: columnIn(columns, 'names', Int32Array, copies.length),
      fates: columnIn(columns, 'fates', Uint8Array, copies.length),
    };
    ledger.rowOf = columnIn(columns, 'rowOf', Int32Array, entries.count);
    ledger.total = columnIn(columns, 'total', Float64Array, 1)[0]!;
    const sums = columnIn(columns, 'sums', Float64Array, (1 + 2 * layers) * SUMS);
    Object.assign(ledger.hidden, bytesAt(sums, 0));
    for (let layer = 0; layer < layers; layer++) {
      ledger.stored.push(bytesAt(sums, 1 + layer));
      ledger.caused.push(bytesAt(sums, 1 + layers + layer));
    }
    return ledger;
  }

  /** Enters the layer that has just been stacked: its copies, and those that it hid. */
  add(stack: Stack, layer: number, layerBytes: number, hidden: readonly HiddenCopy[]): void {
    this.total += layerBytes;
    this.stored.push(noBytes());
    this.caused.push(noBytes());
    this.rowOf = grown(this.rowOf, this.entries.count);
    this.makeRoom(this.count + hidden.length);
    for (const { copy, name } of hidden) this.enter(stack, layer, copy, name);
  }

  /** Hidden copies, in the order in which layers hid them; those without bytes among them. */
  get rows(): readonly LedgerRow[] {
    while (this.told.length < this.count) this.told.push(this.tell(this.told.length));
    return this.told;
  }

  get live(): number {
    return this.total - hiddenSum(this.hidden);
  }

  /** What squashing would save. */
  get reclaimable(): number {
    return hiddenSum(this.hidden);
  }

  /** Share of the bytes that are live, 0 to 1; 1 when there are none. */
  get efficiency(): number {
    return this.total === 0 ? 1 : this.live / this.total;
  }

  /** Hidden bytes among those that a layer stores. */
  storedIn(layer: number): FateBytes {
    return this.stored[layer] ?? noBytes();
  }

  /** Bytes that a layer hid, in itself and below. */
  hiddenBy(layer: number): FateBytes {
    return this.caused[layer] ?? noBytes();
  }

  /** The row of a copy, or null while it is live. */
  row(copy: number): LedgerRow | null {
    const row = this.rowOf[copy] ?? 0;
    return row === 0 ? null : this.tell(row - 1);
  }

  private enter(stack: Stack, hiddenBy: number, copy: number, name: number): void {
    const { columnsOfRows, entries } = this;
    const row = this.count++;
    const fate = fateOf(stack, copy, name);
    columnsOfRows.copies[row] = copy;
    columnsOfRows.hiders[row] = hiddenBy;
    columnsOfRows.names[row] = name;
    columnsOfRows.fates[row] = fate;
    this.rowOf[copy] = this.count;
    const key = FATE_KEYS[fate];
    if (key === null) return;
    const bytes = entries.sizeOf(copy);
    const stored = this.stored[entries.layerOf(copy)]!;
    for (const sum of [this.hidden, stored, this.caused[hiddenBy]!]) sum[key] += bytes;
  }

  private tell(row: number): LedgerRow {
    const { columnsOfRows, entries } = this;
    const copy = columnsOfRows.copies[row]!;
    return {
      copy,
      layer: entries.layerOf(copy),
      hiddenBy: columnsOfRows.hiders[row]!,
      node: entries.nodeOf(copy),
      name: columnsOfRows.names[row]!,
      bytes: entries.sizeOf(copy),
      fate: columnsOfRows.fates[row]! as Fate,
    };
  }

  private makeRoom(rows: number): void {
    const { copies, hiders, names, fates } = this.columnsOfRows;
    if (rows <= copies.length) return;
    const capacity = capacityFor(rows);
    this.columnsOfRows = {
      copies: grown(copies, capacity),
      hiders: grown(hiders, capacity),
      names: grown(names, capacity),
      fates: grown(fates, capacity),
    };
  }
}

const SUMS = 3;
const bytesInOrder = ({ overwritten, repeated, deleted }: FateBytes): number[] => [
  overwritten,
  repeated,
  deleted,
];

/** The bytes that stand at a place of a column of them. */
function bytesAt(sums: Float64Array, place: number): FateBytes {
  const [overwritten = 0, repeated = 0, deleted = 0] = sums.subarray(place * SUMS, (place + 1) * SUMS);
  return { overwritten, repeated, deleted };
}

function fateOf(stack: Stack, copy: number, name: number): Fate {
  const shown = stack.top(name);
  if (shown === NOTHING) return Fate.Deleted;
  const isSame = stack.entries.kindOf(shown) === Kind.File && stack.entries.sameContent(copy, shown);
  return isSame ? Fate.Repeated : Fate.Overwritten;
}
