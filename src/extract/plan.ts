// What extracting a path comes to: the file system as one layer shows it, from that path on.

import type { Analysis } from '../analysis/analysis.ts';
import type { ByteString } from '../image/entry.ts';
import { PeelError } from '../image/errors.ts';
import type { ContentRequest } from '../image/source.ts';
import { shown } from '../image/text.ts';
import { contentRequest } from '../tree/content-request.ts';
import { IMPLIED, NOTHING } from '../tree/entries.ts';
import { Kind } from '../tree/kind.ts';
import { NO_NODE, ROOT } from '../tree/path-table.ts';

/** Paths are relative to where they will be, and begin with the extracted path's own name; a root has none. */
interface Planned {
  readonly path: ByteString;
  /** Permission bits as the image has them: 0 to 0o7777. */
  readonly mode: number;
  /** Seconds since 1970; null where nobody has told. */
  readonly mtime: number | null;
}

export interface PlannedFile extends Planned {
  readonly content: ContentRequest;
  /** Further names of the same file, each a hard link. */
  readonly links: ByteString[];
}

export interface PlannedSymlink extends Planned {
  readonly target: ByteString;
}

/** What is left out, by kind; a count for each. */
export interface LeftOut {
  /** Devices: only root could make them, and what they lead to is the machine's, not the image's. */
  readonly devices: number;
  readonly fifos: number;
  /** Hard links to what no layer has. */
  readonly deadLinks: number;
  /** Names and link targets that no file system takes: with a NUL byte, or empty. */
  readonly names: number;
}

/** All that is to be written. */
export interface ExtractPlan {
  /** Parents before their children. */
  readonly directories: readonly Planned[];
  readonly files: readonly PlannedFile[];
  readonly symlinks: readonly PlannedSymlink[];
  readonly leftOut: LeftOut;
  /** Of all files, each once. */
  readonly bytes: number;
}

/**
 * @param layer the path is taken as this layer shows it.
 * @throws PeelError `file` when there is no such path under that layer.
 */
export function planOf(analysis: Analysis, layer: number, node: number): ExtractPlan {
  const { paths } = analysis.tables;
  const isShown = node === ROOT || analysis.stack.records.shownAt(node, layer) !== NOTHING;
  if (!isShown) throw new PeelError('file', `/${shown(paths.path(node))} is not there in layer ${layer}.`);
  const planner = new Planner(analysis, layer);
  planner.walk(node);
  return planner.plan();
}

class Planner {
  private readonly analysis: Analysis;
  private readonly layer: number;
  private readonly directories: Planned[] = [];
  private readonly files = new Map<number, PlannedFile>();
  private readonly symlinks: PlannedSymlink[] = [];
  private readonly leftOut = { devices: 0, fifos: 0, deadLinks: 0, names: 0 };

  constructor(analysis: Analysis, layer: number) {
    this.analysis = analysis;
    this.layer = layer;
  }

  plan(): ExtractPlan {
    const { directories, symlinks, leftOut } = this;
    const files = [...this.files.values()];
    return {
      directories,
      files,
      symlinks,
      leftOut,
      bytes: files.reduce((sum, { content }) => sum + content.size, 0),
    };
  }

  /** Goes through a path and all below it, parents first. No call for each level: there may be two thousand. */
  walk(top: number): void {
    const { paths } = this.analysis.tables;
    const waiting = [{ node: top, path: top === ROOT ? '' : paths.name(top) }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { node, path } = next;
      if (!this.add(node, path)) continue;
      for (let child = paths.firstChild(node); child !== NO_NODE; child = paths.nextSibling(child)) {
        const name = paths.name(child);
        waiting.push({ node: child, path: path === '' ? name : `${path}/${name}` });
      }
    }
  }

  /** Adds what a node shows; whether it is a directory that is gone into. */
  private add(node: number, path: ByteString): boolean {
    const { records, entries } = this.analysis.stack;
    const entry = node === ROOT ? IMPLIED : records.shownAt(node, this.layer);
    if (entry === NOTHING) return false;
    if (node !== ROOT && !isWritable(path)) {
      this.leftOut.names++;
      return false;
    }
    const planned = {
      path,
      mode: entries.modeOf(entry),
      mtime: entry === IMPLIED ? null : entries.mtimeOf(entry),
    };
    switch (entries.kindOf(entry)) {
      case Kind.Directory:
        if (path !== '') this.directories.push(planned);
        return true;
      case Kind.File:
        this.addFile(planned, entry);
        break;
      case Kind.Symlink:
        this.addSymlink({ ...planned, target: entries.linkOf(entry) });
        break;
      case Kind.Hardlink:
        this.leftOut.deadLinks++;
        break;
      case Kind.Fifo:
        this.leftOut.fifos++;
        break;
      default:
        this.leftOut.devices++;
    }
    return false;
  }

  private addFile(planned: Planned, entry: number): void {
    const { stack, tables } = this.analysis;
    const inode = stack.entries.inodeOf(entry);
    const known = this.files.get(inode);
    if (known !== undefined) {
      known.links.push(planned.path);
      return;
    }
    const content = contentRequest(stack, tables, entry);
    if (content !== null) this.files.set(inode, { ...planned, content, links: [] });
  }

  private addSymlink(symlink: PlannedSymlink): void {
    if (isWritable(symlink.target)) this.symlinks.push(symlink);
    else this.leftOut.names++;
  }
}

const isWritable = (path: ByteString) => path !== '' && !path.includes('\0');
