// The ledger's rows, by column.

import { columnIn, type Columns } from '../tree/columns.ts';
import { type Column, grown } from '../tree/growable.ts';

/**
 * What the ledger says of each hidden copy; what else there is to say of it, its entry says. Its layer and its bytes stand
 * here too: lists of a million rows go by them, and entries lie all over the memory.
 */
export interface LedgerColumns {
  readonly copies: Int32Array;
  /** Layer that stores the copy, and layer that hid it. */
  readonly layers: Uint16Array;
  readonly hiders: Uint16Array;
  /** Node of the name that its fate was read off. */
  readonly names: Int32Array;
  readonly bytes: Float64Array;
  readonly fates: Uint8Array;
}

/** No rows. */
export const noLedgerColumns = (): LedgerColumns => ({
  copies: new Int32Array(0),
  layers: new Uint16Array(0),
  hiders: new Uint16Array(0),
  names: new Int32Array(0),
  bytes: new Float64Array(0),
  fates: new Uint8Array(0),
});

/** The same with room for so many rows. */
export function grownLedgerColumns(columns: LedgerColumns, rows: number): LedgerColumns {
  const { copies, layers, hiders, names, bytes, fates } = columns;
  return {
    copies: grown(copies, rows),
    layers: grown(layers, rows),
    hiders: grown(hiders, rows),
    names: grown(names, rows),
    bytes: grown(bytes, rows),
    fates: grown(fates, rows),
  };
}

/** So many rows, to be kept; views, not copies. */
export function ledgerColumnsToKeep(columns: LedgerColumns, rows: number): Columns {
  const { copies, layers, hiders, names, bytes, fates } = columns;
  return new Map<string, Column>([
    ['copies', copies.subarray(0, rows)],
    ['layers', layers.subarray(0, rows)],
    ['hiders', hiders.subarray(0, rows)],
    ['names', names.subarray(0, rows)],
    ['bytes', bytes.subarray(0, rows)],
    ['fates', fates.subarray(0, rows)],
  ]);
}

/**
 * Rows that were kept.
 * @throws RangeError where the columns are not those of a ledger.
 */
export function keptLedgerColumns(columns: Columns): LedgerColumns {
  const copies = columnIn(columns, 'copies', Int32Array);
  const { length } = copies;
  return {
    copies,
    layers: columnIn(columns, 'layers', Uint16Array, length),
    hiders: columnIn(columns, 'hiders', Uint16Array, length),
    names: columnIn(columns, 'names', Int32Array, length),
    bytes: columnIn(columns, 'bytes', Float64Array, length),
    fates: columnIn(columns, 'fates', Uint8Array, length),
  };
}
