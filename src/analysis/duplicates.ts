import type { ChecksumWish } from '../image/source.ts';
import { Int32List } from '../tree/growable.ts';
import { Kind } from '../tree/kind.ts';
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
  const { copies } = liveFiles(analysis);
  const sizes = Float64Array.from(copies, (copy) => entries.sizeOf(copy));
  const shared = repeated(sizes);
  const wishes = entries.layers.map((): number[] => []);
  copies.forEach((copy, place) => {
    if (!shared.has(sizes[place]!) || !entries.isUnread(copy)) return;
    const layer = entries.layerOf(copy);
    wishes[layer]!.push(copy - entries.start(layer));
  });
  return wishes
    .map((rows, layer) => ({ layer, entries: rows.sort((a, b) => a - b) }))
    .filter(({ entries: rows }) => rows.length > 0);
}

/** All duplicates, most savable first. Files without bytes are none. What is unread must have been read (`unreadDuplicates`). */
export function findDuplicates(analysis: Analysis): Duplicate[] {
  const { stack, tables } = analysis;
  const { entries } = stack;
  const { copies, nodes } = liveFiles(analysis);
  const keyOf = (place: number) =>
    contentKey(entries.sizeOf(copies[place]!), entries.contentHash(copies[place]!));
  return sameKey(copies.length, keyOf)
    .flatMap((group) => sameContent(group, (a, b) => entries.sameContent(copies[a]!, copies[b]!)))
    .map((group) => {
      const bytes = entries.sizeOf(copies[group[0]!]!);
      // A path is put together once, not for each comparison.
      const named = group.map((place) => ({
        node: nodes[place]!,
        path: tables.paths.path(nodes[place]!),
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

/** Live copies that have bytes, each with the node of the one name that stands for it: in columns, as there may be a million. */
function liveFiles({ stack, tables }: Analysis): { readonly copies: Int32Array; readonly nodes: Int32Array } {
  const { entries } = stack;
  const copies = new Int32List();
  const nodes = new Int32List();
  const add = (copy: number, node: number) => {
    if (entries.kindOf(copy) !== Kind.File || entries.sizeOf(copy) === 0) return;
    copies.push(copy);
    nodes.push(node);
  };
  for (const [copy, node] of adoptedNames(stack, tables, stack.layers - 1)) add(copy, node);
  for (let node = 0; node < tables.paths.size; node++) {
    const entry = stack.top(node);
    if (entry >= 0 && !entries.isLink(entry)) add(entries.inodeOf(entry), node);
  }
  return { copies: copies.view(), nodes: nodes.view() };
}

/** Numbers that occur more than once. */
function repeated(numbers: Float64Array): Set<number> {
  const sorted = numbers.toSorted();
  const repeats = new Set<number>();
  for (let at = 1; at < sorted.length; at++) if (sorted[at] === sorted[at - 1]) repeats.add(sorted[at]!);
  return repeats;
}

/**
 * Groups of at least two of `count` items with the same key. Nearly all keys occur once: sorting the keys alone tells
 * which do not, and only their items are grouped.
 */
function sameKey(count: number, key: (item: number) => number): number[][] {
  const keys = new Float64Array(count).map((_, item) => key(item));
  const shared = repeated(keys);
  const candidates: number[] = [];
  for (let item = 0; item < count; item++) if (shared.has(keys[item]!)) candidates.push(item);
  return Array.from(Map.groupBy(candidates, (item) => keys[item]!).values());
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
