// The waste ledger: every copy (a payload of a regular file in a layer) stands in it once, with its bytes and its
// fate. Exact to the byte: total = live + overwritten + repeated + deleted.

import { columnIn, type Columns } from '../tree/columns.ts';
import { type Entries, NOTHING } from '../tree/entries.ts';
import { capacityFor, type Column, grown } from '../tree/growable.ts';
import { Kind } from '../tree/kind.ts';
import type { HiddenCopy, Stack } from '../tree/stack.ts';
import {
  grownLedgerColumns,
  keptLedgerColumns,
  ledgerColumnsToKeep,
  noLedgerColumns,
} from './ledger-columns.ts';

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

export class Ledger {
  /** Payload bytes of all layers. */
  total = 0;
  /** Hidden bytes of all layers, by fate. */
  readonly hidden: FateBytes = noBytes();
  /** Hidden bytes by the layer that stores them. */
  private readonly stored: FateBytes[] = [];
  /** Hidden bytes by the layer that hid them. */
  private readonly caused: FateBytes[] = [];
  private entered = 0;
  private rowColumns = noLedgerColumns();
  /** Row + 1 of each entry; 0 for all that is live or no copy. */
  private rowNumbers: Int32Array = new Int32Array(0);
  /** Rows that have been told. */
  private readonly told: LedgerRow[] = [];
  private readonly entries: Entries;

  constructor(entries: Entries) {
    this.entries = entries;
  }

  /** All there is to keep of the ledger. */
  columns(): Columns {
    return new Map<string, Column>([
      ...ledgerColumnsToKeep(this.rowColumns, this.entered),
      ['rowOf', this.rowNumbers],
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
    ledger.rowColumns = keptLedgerColumns(columns);
    ledger.entered = ledger.rowColumns.copies.length;
    ledger.rowNumbers = columnIn(columns, 'rowOf', Int32Array, entries.count);
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
    this.rowNumbers = grown(this.rowNumbers, this.entries.count);
    this.makeRoom(this.entered + hidden.length);
    for (const { copy, name } of hidden) this.enter(stack, layer, copy, name);
  }

  /** Hidden copies, in the order in which layers hid them; those without bytes among them. A million are a lot of memory. */
  get rows(): readonly LedgerRow[] {
    while (this.told.length < this.entered) this.told.push(this.at(this.told.length));
    return this.told;
  }

  /** How many rows there are. */
  get length(): number {
    return this.entered;
  }

  /** One row. */
  at(row: number): LedgerRow {
    const { copies, layers, hiders, names, bytes, fates } = this.rowColumns;
    const copy = copies[row]!;
    return {
      copy,
      layer: layers[row]!,
      hiddenBy: hiders[row]!,
      node: this.entries.nodeOf(copy),
      name: names[row]!,
      bytes: bytes[row]!,
      fate: fates[row]! as Fate,
    };
  }

  /** Layer that stores the copy in a row. */
  layerAt(row: number): number {
    return this.rowColumns.layers[row]!;
  }

  /** Node of the path that the copy in a row was stored under. */
  nodeAt(row: number): number {
    return this.entries.nodeOf(this.rowColumns.copies[row]!);
  }

  /** Bytes of the copy in a row. */
  bytesAt(row: number): number {
    return this.rowColumns.bytes[row]!;
  }

  /** A number for the layer that stores the copy in a row, the one that hid it, and its fate: the same for the same three. */
  pairAt(row: number): number {
    const { layers, hiders, fates } = this.rowColumns;
    return (layers[row]! * 2 ** 16 + hiders[row]!) * 4 + fates[row]!;
  }

  /** Which row a copy stands in; -1 while it is live. */
  rowOf(copy: number): number {
    return (this.rowNumbers[copy] ?? 0) - 1;
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
    const row = this.rowOf(copy);
    return row < 0 ? null : this.at(row);
  }

  private enter(stack: Stack, hiddenBy: number, copy: number, name: number): void {
    const { rowColumns, entries } = this;
    const row = this.entered++;
    const fate = fateOf(stack, copy, name);
    const layer = entries.layerOf(copy);
    const bytes = entries.sizeOf(copy);
    rowColumns.copies[row] = copy;
    rowColumns.layers[row] = layer;
    rowColumns.hiders[row] = hiddenBy;
    rowColumns.names[row] = name;
    rowColumns.bytes[row] = bytes;
    rowColumns.fates[row] = fate;
    this.rowNumbers[copy] = this.entered;
    const key = FATE_KEYS[fate];
    if (key === null) return;
    const stored = this.stored[layer]!;
    for (const sum of [this.hidden, stored, this.caused[hiddenBy]!]) sum[key] += bytes;
  }

  private makeRoom(rows: number): void {
    if (rows <= this.rowColumns.copies.length) return;
    this.rowColumns = grownLedgerColumns(this.rowColumns, capacityFor(rows));
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
