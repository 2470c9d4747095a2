// A file that is written is there whole or not at all: it grows beside its place under another name, which it leaves
// when nothing more can fail. What stood there before stays until then.

import { chmod, type FileHandle, open, realpath, rename, rm, stat, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { partName, removedBySignals } from '../extract/part-file.ts';

/**
 * Writes a text to a file, in place of what it holds. A device or a pipe gets the text as it comes. A file in a
 * directory that lets nobody make another one is written in its place, and is empty when that fails.
 * @throws the file system's error; the file is then as it was before.
 */
export async function replaceFile(path: string, pieces: Iterable<string>): Promise<void> {
  const old = await stat(path).catch(() => null);
  if (old !== null && !old.isFile()) {
    await writeInto(await open(path, 'w'), pieces);
    return;
  }
  // Who writes to a link means the file that it leads to.
  const target = old === null ? path : await realpath(path);
  const part = join(dirname(target), partName());
  const file = await open(part, 'wx').catch(async (error: unknown) => {
    if (old === null || !isForbidden(error)) throw error;
    await writeInPlace(target, pieces);
    return null;
  });
  if (file === null) return;
  const forget = removedBySignals(() => part);
  try {
    await writeInto(file, pieces);
    if (old !== null) await chmod(part, old.mode);
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  } finally {
    forget();
  }
}

async function writeInto(file: FileHandle, pieces: Iterable<string>): Promise<void> {
  try {
    for (const piece of pieces) await file.writeFile(piece);
  } finally {
    // Some file systems tell here that what was written did not fit.
    await file.close();
  }
}

async function writeInPlace(path: string, pieces: Iterable<string>): Promise<void> {
  const file = await open(path, 'w');
  try {
    await writeInto(file, pieces);
  } catch (error) {
    await truncate(path);
    throw error;
  }
}

const FORBIDDEN = ['EACCES', 'EPERM', 'EROFS'];

const isForbidden = (error: unknown) =>
  error instanceof Error && 'code' in error && FORBIDDEN.includes(String(error.code));
