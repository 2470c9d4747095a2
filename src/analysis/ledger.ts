// The waste ledger: every copy (a payload of a regular file in a layer) stands in it once, with its bytes and its
// fate. Exact to the byte: total = live + overwritten + repeated + deleted.

import { grown } from '../tree/growable.ts';
import { NOTHING } from '../tree/entries.ts';
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

export const noBytes = (): FateBytes => ({ overwritten: 0, repeated: 0, deleted: 0 });

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
  /** Hidden copies, in the order in which layers hid them; those without bytes among them. */
  readonly rows: LedgerRow[] = [];
  /** Hidden bytes by the layer that stores them. */
  private readonly stored: FateBytes[] = [];
  /** Hidden bytes by the layer that hid them. */
  private readonly caused: FateBytes[] = [];
  /** Row + 1 of each entry; 0 for all that is live or no copy. */
  private rowOf = new Int32Array(0);

  /** Enters the layer that has just been stacked: its copies, and those that it hid. */
  add(stack: Stack, layer: number, layerBytes: number, hidden: readonly HiddenCopy[]): void {
    this.total += layerBytes;
    this.stored.push(noBytes());
    this.caused.push(noBytes());
    this.rowOf = grown(this.rowOf, stack.entries.count);
    for (const { copy, name } of hidden) this.enter(stack, layer, copy, name);
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
    return row === 0 ? null : this.rows[row - 1]!;
  }

  private enter(stack: Stack, hiddenBy: number, copy: number, name: number): void {
    const { entries } = stack;
    const layer = entries.layerOf(copy);
    const bytes = entries.sizeOf(copy);
    const fate = fateOf(stack, copy, name);
    this.rowOf[copy] = this.rows.push({
      copy,
      layer,
      hiddenBy,
      node: entries.nodeOf(copy),
      name,
      bytes,
      fate,
    });
    const key = FATE_KEYS[fate];
    if (key === null) return;
    for (const sum of [this.hidden, this.stored[layer]!, this.caused[hiddenBy]!]) sum[key] += bytes;
  }
}

function fateOf(stack: Stack, copy: number, name: number): Fate {
  const shown = stack.top(name);
  if (shown === NOTHING) return Fate.Deleted;
  const isSame = stack.entries.kindOf(shown) === Kind.File && stack.entries.sameContent(copy, shown);
  return isSame ? Fate.Repeated : Fate.Overwritten;
}
