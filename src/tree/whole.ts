// All that the file system shows once a layer has been applied, summed up. It is kept for the layer that was asked for last: from
// there to another one lead the records between, which are few where the layers are near each other.

import { NOTHING } from './entries.ts';
import type { ImageTables } from './layer-entries.ts';
import { Members } from './members.ts';
import { ROOT } from './path-table.ts';
import { NO_RECORD } from './records.ts';
import type { Stack } from './stack.ts';

/** How many nodes a walk that reads off what each shows passes in the time of one record and the way up from it. */
const NODES_A_RECORD = 3;

interface Whole {
  readonly layer: number;
  readonly members: Members;
}

const lastOf = new WeakMap<Stack, Whole>();

/** Every node that shows something under a layer, with the bytes that it weighs there. It is the caller's own. */
export function wholeAt(stack: Stack, tables: ImageTables, layer: number): Members {
  const last = lastOf.get(stack);
  const isNear = last?.members.size === tables.paths.size && isShort(stack, last.layer, layer, last.members);
  const members = isNear ? moved(stack, last, layer) : summedUp(stack, tables, layer);
  lastOf.set(stack, { layer, members });
  return new Members(tables.paths, members);
}

function isShort({ records }: Stack, from: number, to: number, { size }: Members): boolean {
  return Math.abs(records.start(to + 1) - records.start(from + 1)) * NODES_A_RECORD <= size;
}

function summedUp({ entries, records }: Stack, { paths }: ImageTables, layer: number): Members {
  const members = new Members(paths);
  const end = records.start(layer + 1);
  for (let node = ROOT + 1; node < members.size; node++) {
    const record = records.lastBelow(node, end);
    const entry = record === NO_RECORD ? NOTHING : records.afters[record]!;
    if (entry !== NOTHING) members.mark(node, entries.weightOf(entry));
  }
  members.sumUp();
  return members;
}

/** The members of another layer, made of those of the last one. */
function moved({ entries, records }: Stack, { layer, members }: Whole, to: number): Members {
  const show = (node: number, before: number, after: number) => {
    if (before === NOTHING) members.add(node, entries.weightOf(after));
    else if (after === NOTHING) members.takeOut(node, entries.weightOf(before));
    else members.weigh(node, entries.weightOf(after) - entries.weightOf(before));
  };
  const here = records.start(layer + 1);
  const there = records.start(to + 1);
  for (let record = here; record < there; record++)
    show(records.nodes[record]!, records.befores[record]!, records.afters[record]!);
  for (let record = here - 1; record >= there; record--)
    show(records.nodes[record]!, records.afters[record]!, records.befores[record]!);
  return members;
}
