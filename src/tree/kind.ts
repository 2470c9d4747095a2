// What an entry is to its layer: something that the file system shows, or the removal of it (image-spec, layer.md,
// Whiteouts).

import type { ByteString, FileType } from '../image/entry.ts';
import { FILE_TYPES } from '../image/entry-rows.ts';

/** What an entry is to its layer. The first seven are `FileType`s; the others take something away (layer.md). */
export const Kind = {
  File: 0,
  Directory: 1,
  Symlink: 2,
  Hardlink: 3,
  Char: 4,
  Block: 5,
  Fifo: 6,
  /** `.wh.<name>`: the entry's node is that of `<name>`. */
  Whiteout: 7,
  /** `.wh..wh..opq`: the entry's node is the directory that it stands in. */
  Opaque: 8,
  /** Other `.wh..wh.*` names: a file system's bookkeeping, skipped. */
  Bookkeeping: 9,
} as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

/** The kind of each type, if it is no whiteout. */
export const KINDS: Readonly<Record<FileType, Kind>> = {
  file: Kind.File,
  directory: Kind.Directory,
  symlink: Kind.Symlink,
  hardlink: Kind.Hardlink,
  char: Kind.Char,
  block: Kind.Block,
  fifo: Kind.Fifo,
};

/** The kind of each type that `EntryRows` have by number. */
export const KINDS_BY_NUMBER: readonly Kind[] = FILE_TYPES.map((type) => KINDS[type]);

/** What is shown of each kind that a file system shows. */
export const TYPES_OF_KINDS: ReadonlyMap<number, FileType> = new Map(
  FILE_TYPES.map((type) => [KINDS[type], type]),
);

export const WHITEOUT_PREFIX = '.wh.';
export const BOOKKEEPING_PREFIX = '.wh..wh.';
export const OPAQUE_NAME = '.wh..wh..opq';

/** Whether a kind is something the file system shows, not the removal of it. */
export function isShown(kind: number): boolean {
  return kind <= Kind.Fifo;
}

/** What a name that begins like a whiteout's takes away from a directory. */
export function takenAway(directory: ByteString, name: ByteString): { kind: Kind; path: ByteString } {
  if (name === OPAQUE_NAME) return { kind: Kind.Opaque, path: directory };
  const hidden = name.slice(WHITEOUT_PREFIX.length);
  if (name.startsWith(BOOKKEEPING_PREFIX) || hidden === '')
    return { kind: Kind.Bookkeeping, path: directory };
  return { kind: Kind.Whiteout, path: directory === '' ? hidden : `${directory}/${hidden}` };
}
