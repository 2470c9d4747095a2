// The explorer's own code as V8 has compiled it before: to compile it anew takes an eighth of the time until layers are seen.
// Node keeps it when peel ends, one file for each of the bundle's, and takes notice of nothing that is damaged or of other code.
//
// What is compiled is run: it is neither kept nor had where anybody else could have put it there.

import { lstatSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { enableCompileCache, getCompileCacheDir } from 'node:module';
import { basename, join } from 'node:path';
import { makeFolder } from '../system/make-folder.ts';
import { peelsCache } from './cache-place.ts';

/** Permissions of a folder that others may write to. */
const OTHERS_WRITE = 0o022;

const compiledFolder = (env: NodeJS.ProcessEnv): string => join(peelsCache(env), 'compiled');

/** Code that is loaded from here on is had as it was compiled before, and kept; where it cannot be, it is compiled anew. */
export function keepCompiled(env: NodeJS.ProcessEnv): void {
  try {
    const folder = compiledFolder(env);
    makeFolder(folder);
    if (!isOurs(peelsCache(env)) || !isOurs(folder)) return;
    enableCompileCache(folder);
    void removeOthers(folder);
  } catch {
    // A folder that cannot be made is no failure.
  }
}

/** Removes all of it; how many bytes that were. */
export async function clearCompiled(env: NodeJS.ProcessEnv): Promise<number> {
  const folder = compiledFolder(env);
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = names.map((name) => fileBytes(join(folder, name)));
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  await remove(folder);
  return bytes;
}

/** Whether a folder is one, and nobody but its owner, who runs this, can write to it. */
function isOurs(path: string): boolean {
  const stats = lstatSync(path);
  return stats.isDirectory() && stats.uid === process.getuid?.() && (stats.mode & OTHERS_WRITE) === 0;
}

/** Node has a folder for each of its versions: those of others are let go of. */
async function removeOthers(folder: string): Promise<void> {
  const current = basename(getCompileCacheDir() ?? '');
  const names = await readdir(folder).catch(() => []);
  await Promise.all(names.filter((name) => name !== current).map((name) => remove(join(folder, name))));
}

/** What another peel has just written there is left to the next time. */
const remove = (path: string): Promise<void> =>
  rm(path, { recursive: true, force: true }).catch(() => undefined);

/** None of what is no file, or has just gone. */
async function fileBytes(path: string): Promise<number> {
  const stats = await stat(path).catch(() => null);
  return stats?.isFile() === true ? stats.size : 0;
}
