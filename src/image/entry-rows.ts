// What there is to know of entries in columns.

import { CHECKSUM_BYTES, type Entry, type EntryRows, type EntrySink, type FileType } from './entry.ts';

/** File types, by the number that stands for each in `EntryRows`. */
export const FILE_TYPES: readonly FileType[] = [
  'file',
  'directory',
  'symlink',
  'hardlink',
  'char',
  'block',
  'fifo',
];

/** Texts that an entry has: its path, its link, its attributes. */
export const TEXTS_PER_ENTRY = 3;

/** One of the entries, as it came. */
export function entryIn(rows: EntryRows, row: number): Entry {
  const { texts, textEnds } = rows;
  const text = (index: number) =>
    texts.toString('latin1', index === 0 ? 0 : textEnds[index - 1], textEnds[index]);
  const first = row * TEXTS_PER_ENTRY;
  return {
    path: text(first),
    type: FILE_TYPES[rows.types[row] ?? 0] ?? 'file',
    size: rows.sizes[row] ?? 0,
    mode: rows.modes[row] ?? 0,
    uid: rows.uids[row] ?? 0,
    gid: rows.gids[row] ?? 0,
    mtime: rows.mtimes[row] ?? 0,
    link: text(first + 1),
    xattrs: text(first + 2),
    checksum: rows.hasChecksum[row] === 1 ? checksumIn(rows, row).slice() : null,
  };
}

/** The checksum of an entry that has one, a view. */
export function checksumIn({ checksums }: EntryRows, row: number): Uint8Array {
  return checksums.subarray(row * CHECKSUM_BYTES, (row + 1) * CHECKSUM_BYTES);
}

/** Puts all of them into a sink, at once where it can take them so. */
export function addRows(sink: EntrySink, rows: EntryRows): void {
  if (sink.addRows !== undefined) sink.addRows(rows);
  else for (let row = 0; row < rows.length; row++) sink.add(entryIn(rows, row));
}
