import type { ChecksumWish } from '../image/source.ts';
import { Kind } from '../tree/layer-entries.ts';
import { adoptedNames } from '../tree/names.ts';
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

/** Files that have to be read before duplicates can be found: live ones of one size that nobody has looked at. */
export function unreadDuplicates(analysis: Analysis): ChecksumWish[] {
  const { entries } = analysis.stack;
  const live = Array.from(liveFiles(analysis).keys());
  const unread = sameKey(live, (copy) => entries.sizeOf(copy))
    .flat()
    .filter((copy) => entries.isUnread(copy))
    .sort((a, b) => a - b);
  const byLayer = Map.groupBy(unread, (copy) => entries.layerOf(copy));
  return Array.from(byLayer, ([layer, copies]) => ({
    layer,
    entries: copies.map((copy) => copy - entries.start(layer)),
  }));
}

/** All duplicates, most savable first. Files without bytes are none. What is unread must have been read (`unreadDuplicates`). */
export function findDuplicates(analysis: Analysis): Duplicate[] {
  const { stack, tables } = analysis;
  const { entries } = stack;
  const names = liveFiles(analysis);
  const keyOf = (entry: number) => contentKey(entries.sizeOf(entry), entries.contentHash(entry));
  return sameKey(Array.from(names.keys()), keyOf)
    .flatMap((group) => sameContent(group, (a, b) => entries.sameContent(a, b)))
    .map((group) => {
      const bytes = entries.sizeOf(group[0]!);
      // A path is put together once, not for each comparison.
      const named = group.map((entry) => ({
        node: names.get(entry)!,
        path: tables.paths.path(names.get(entry)!),
      }));
      named.sort((a, b) => (a.path < b.path ? -1 : 1));
      return { bytes, savable: bytes * (group.length - 1), named };
    })
    .sort((a, b) => b.savable - a.savable || (a.named[0]!.path < b.named[0]!.path ? -1 : 1))
    .map(({ bytes, savable, named }) => ({ bytes, savable, nodes: named.map(({ node }) => node) }));
}

/** A whole number below 2^53 that equal contents share, and others seldom. */
function contentKey(size: number, hash: number): number {
  return (size % 2 ** 21) * 2 ** 32 + hash;
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

/**
 * Groups of at least two with the same key. Nearly all keys occur once: sorting the keys alone tells which do not, and
 * only their items are grouped.
 */
function sameKey(items: readonly number[], key: (item: number) => number): number[][] {
  const keys = Float64Array.from(items, key).sort();
  const shared = new Set<number>();
  for (let at = 1; at < keys.length; at++) if (keys[at] === keys[at - 1]) shared.add(keys[at]!);
  const candidates = items.filter((item) => shared.has(key(item)));
  return Array.from(Map.groupBy(candidates, key).values());
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
