// What the state holds of single files: what is in them, and what is being done with one.

import type { FileContent } from '../content/file-content.ts';

/** How the screen of a file shows what is in it. */
export type FileViewName = 'text' | 'hex' | 'changes';

/** How far the content of a stored file has come. */
export type ContentLoad =
  /** Share of what is to come, 0 to 1, and before any of it how long it has been waited for, in milliseconds. */
  | { readonly kind: 'reading'; readonly share: number; readonly waited?: number }
  | { readonly kind: 'read'; readonly content: FileContent }
  | { readonly kind: 'failed'; readonly message: string };

/** Contents by the entry that stores them (`Entries.inodeOf`), the latest last. */
export type Contents = ReadonlyMap<number, ContentLoad>;

/** A path as a layer shows it, all layers up to it applied. */
export interface PathAt {
  readonly node: number;
  readonly layer: number;
}

/** How far files have been extracted; bytes are those of files, each once. */
export interface ExtractCount {
  readonly files: number;
  readonly bytes: number;
  readonly totalFiles: number;
  readonly totalBytes: number;
}

/** Directories that what is typed may go on to, where there are several: the first of their names, and how many there are. */
export interface Candidates {
  readonly names: readonly string[];
  readonly count: number;
}

/** What somebody has sent for, and has not got yet; there is one at a time. */
export type Errand =
  /** Where a path is to be extracted to is being typed. */
  | {
      readonly kind: 'asking';
      readonly at: PathAt;
      readonly destination: string;
      /** What it may go on to; null: nobody has asked since it was typed. */
      readonly completion: 'awaited' | Candidates | null;
    }
  /** So many files are there already: may they be replaced? */
  | {
      readonly kind: 'taken';
      readonly at: PathAt;
      readonly destination: string;
      readonly count: number;
      /** The first of them, as a terminal may be given it. */
      readonly first: string;
    }
  | {
      readonly kind: 'extracting';
      readonly at: PathAt;
      readonly destination: string;
      /** Null until the first byte has come. */
      readonly done: ExtractCount | null;
    }
  /** A file is being read for the pager, or is in it. */
  | { readonly kind: 'paging'; readonly at: PathAt };
