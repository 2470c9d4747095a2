import type { Analysis } from '../analysis/analysis.ts';
import type { ByteString, FileType } from '../image/entry.ts';
import { textOf } from '../image/text.ts';
import { NOTHING } from '../tree/entries.ts';
import { Kind, TYPES_OF_KINDS } from '../tree/kind.ts';
import type { ImageTables } from '../tree/layer-entries.ts';
import { adoptedNames } from '../tree/names.ts';

/** One path of the final file system. */
export interface ReportFile {
  readonly path: string;
  readonly type: FileType;
  /** Of a regular file, also under a hard link's name; 0 for other types. */
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** A symlink's target; of a hard link the path of the name that stands for its file; else null. */
  readonly link: string | null;
  /** Layer that put it there last. */
  readonly layer: number;
}

/** `/usr/bin/env`: a path as the report writes it. */
export function reportPath({ paths }: ImageTables, node: number): string {
  return `/${textOf(paths.path(node))}`;
}

/** The final file system, without its root. `count` is the number of regular files, each inode once. */
export function finalFiles(analysis: Analysis): { count: number; list: () => ReportFile[] } {
  const { stack, tables } = analysis;
  const { entries } = stack;
  const adopted = adoptedNames(stack, tables, stack.layers - 1);
  /** Whether the node is the name that stands for its inode. */
  const isOwn = (node: number, entry: number) =>
    !entries.isLink(entry) || adopted.get(entries.inodeOf(entry)) === node;

  let count = 0;
  const shown: number[] = [];
  for (let node = 1; node < tables.paths.size; node++) {
    const entry = stack.top(node);
    if (entry === NOTHING) continue;
    shown.push(node);
    if (entries.kindOf(entry) === Kind.File && isOwn(node, entry)) count++;
  }

  const fileOf = (node: number, path: ByteString): ReportFile => {
    const entry = stack.top(node);
    const inode = entries.inodeOf(entry);
    const type = isOwn(node, entry) ? (TYPES_OF_KINDS.get(entries.kindOf(entry)) ?? 'file') : 'hardlink';
    return {
      path: `/${textOf(path)}`,
      type,
      size: entries.sizeOf(entry),
      mode: entries.modeOf(entry),
      uid: entries.uidOf(entry),
      gid: entries.gidOf(entry),
      link: linkOf(
        type,
        type === 'hardlink' && inode !== entry ? (adopted.get(inode) ?? entries.nodeOf(inode)) : null,
      ),
      layer: stack.records.layerOf(stack.records.atOrBefore(node, stack.layers - 1)),
    };

    function linkOf(shownType: FileType, home: number | null): string | null {
      if (home !== null) return reportPath(tables, home);
      if (shownType === 'symlink' || shownType === 'hardlink') return textOf(entries.linkOf(entry));
      return null;
    }
  };

  const list = () => {
    const paths = pathsOf(tables, shown);
    const pathOf = (node: number) => paths.get(node) ?? '';
    const byPath = (a: number, b: number) => (pathOf(a) < pathOf(b) ? -1 : 1);
    return shown.sort(byPath).map((node) => fileOf(node, pathOf(node)));
  };
  return { count, list };
}

/** Paths of nodes, each made of its parent's, which has a smaller number: made one by one, deep ones take hundreds of MB. */
function pathsOf({ paths }: ImageTables, nodes: readonly number[]): Map<number, ByteString> {
  const made = new Map<number, ByteString>();
  for (const node of nodes) {
    const parent = made.get(paths.parent(node));
    made.set(node, parent === undefined ? paths.path(node) : `${parent}/${paths.name(node)}`);
  }
  return made;
}
