import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder, and those above it, for its owner alone (XDG Base Directory Specification). Node's own `recursive` never
 * ends where a file system says ENOENT of a folder that it will not have made (/proc).
 * @throws the file system's error.
 */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another program may have made it in the meantime.
    if (!existsSync(path)) throw error;
  }
}
