import { NOTHING } from './entries.ts';
import type { ImageTables } from './layer-entries.ts';
import type { PathTable } from './path-table.ts';
import type { Stack } from './stack.ts';

/**
 * Inodes whose stored path shows them no longer while a hard link still does, under `layer`, with the node of the
 * name that stands for them: the first in sort order. Bytes of an inode count once, and there.
 */
export function adoptedNames(stack: Stack, tables: ImageTables, layer: number): Map<number, number> {
  const { entries, records } = stack;
  const adopted = new Map<number, number>();
  for (const [inode, links] of entries.linked()) {
    const home = records.shownAt(entries.nodeOf(inode), layer);
    if (home !== NOTHING && entries.inodeOf(home) === inode) continue;
    const names = links.filter((link) => records.shownAt(entries.nodeOf(link), layer) === link);
    const nodes = names.map((link) => entries.nodeOf(link));
    if (nodes.length > 0) adopted.set(inode, firstPath(tables, nodes));
  }
  return adopted;
}

/** The first one in sort order; a file may have a million names. */
function firstPath({ paths }: ImageTables, nodes: readonly number[]): number {
  return nodes.reduce((first, other) => (paths.comparePaths(other, first) < 0 ? other : first));
}

/**
 * Orders nodes as the tree has them by name with all directories open: names are compared, as people count, where two
 * paths part.
 * @param depthOf components of a node's path.
 */
export function comparePlaces(
  paths: PathTable,
  depthOf: (node: number) => number,
  a: number,
  b: number,
): number {
  let [left, right] = [a, b];
  let [depthLeft, depthRight] = [depthOf(a), depthOf(b)];
  const levels = depthLeft - depthRight;
  for (; depthLeft > depthRight; depthLeft--) left = paths.parent(left);
  for (; depthRight > depthLeft; depthRight--) right = paths.parent(right);
  // What lies below a removed file, say, comes after it.
  if (left === right) return levels;
  while (paths.parent(left) !== paths.parent(right)) {
    left = paths.parent(left);
    right = paths.parent(right);
  }
  return paths.compareNames(left, right);
}
