// The explorer's own code as V8 has compiled it before: to compile it anew takes a tenth of the time until layers are seen.
// Node keeps it when peel ends, apart for each of its versions, and takes notice of nothing that does not fit or is damaged.

import { readdir, rm, stat } from 'node:fs/promises';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { makeFolder } from '../system/make-folder.ts';
import { peelsCache } from './cache-place.ts';

const compiledFolder = (env: NodeJS.ProcessEnv): string => join(peelsCache(env), 'compiled');

/** Code that is loaded from here on is had as it was compiled before, and kept; where nothing can be kept it is not. */
export function keepCompiled(env: NodeJS.ProcessEnv): void {
  const folder = compiledFolder(env);
  try {
    makeFolder(folder);
    enableCompileCache(folder);
  } catch {
    // It is compiled anew.
  }
}

/** Removes all of it; how many bytes that were. */
export async function clearCompiled(env: NodeJS.ProcessEnv): Promise<number> {
  const folder = compiledFolder(env);
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = names.map((name) => fileBytes(join(folder, name)));
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  await rm(folder, { recursive: true, force: true });
  return bytes;
}

/** None of what is no file, or has just gone. */
async function fileBytes(path: string): Promise<number> {
  const stats = await stat(path).catch(() => null);
  return stats?.isFile() === true ? stats.size : 0;
}
