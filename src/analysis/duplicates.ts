import { Kind } from '../tree/layer-entries.ts';
import { adoptedNames, comparePaths } from '../tree/names.ts';
import type { Analysis } from './analysis.ts';

/** Equal content that is live under several names which are not hard links of each other. */
export interface Duplicate {
  /** Of one copy. */
  readonly bytes: number;
  /** What linking them would save. */
  readonly savable: number;
  /** Nodes, in the order of their paths. */
  readonly nodes: readonly number[];
}

/** All duplicates, most savable first. Files without bytes are none. */
export function findDuplicates(analysis: Analysis): Duplicate[] {
  const { stack, tables } = analysis;
  const { entries } = stack;
  const names = liveFiles(analysis);
  const duplicates = sameKey(Array.from(names.keys()), (entry) => entries.sizeOf(entry))
    .flatMap((group) => sameKey(group, (entry) => entries.contentHash(entry)))
    .flatMap((group) => sameContent(group, (a, b) => entries.sameContent(a, b)))
    .map((group): Duplicate => {
      const bytes = entries.sizeOf(group[0]!);
      const nodes = group.map((entry) => names.get(entry)!).sort((a, b) => comparePaths(tables, a, b));
      return { bytes, savable: bytes * (group.length - 1), nodes };
    });
  return duplicates.sort((a, b) => b.savable - a.savable || comparePaths(tables, a.nodes[0]!, b.nodes[0]!));
}

/** Live copies that have bytes, each with the node of the one name that stands for it. */
function liveFiles({ stack, tables }: Analysis): Map<number, number> {
  const { entries } = stack;
  const files = adoptedNames(stack, tables, stack.layers - 1);
  for (let node = 0; node < tables.paths.size; node++) {
    const entry = stack.top(node);
    if (entry >= 0 && !entries.isLink(entry)) files.set(entries.inodeOf(entry), node);
  }
  for (const copy of files.keys()) {
    if (entries.kindOf(copy) !== Kind.File || entries.sizeOf(copy) === 0) files.delete(copy);
  }
  return files;
}

/** Groups of at least two with the same key. */
function sameKey(items: readonly number[], key: (item: number) => number): number[][] {
  const groups = Map.groupBy(items, key);
  return Array.from(groups.values()).filter((group) => group.length > 1);
}

/** Groups of at least two that are the same pair by pair; nearly always the whole list. */
function sameContent(items: readonly number[], same: (a: number, b: number) => boolean): number[][] {
  const groups: number[][] = [];
  for (const item of items) {
    const group = groups.find(([first]) => same(first!, item));
    if (group === undefined) groups.push([item]);
    else group.push(item);
  }
  return groups.filter((group) => group.length > 1);
}
