import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** What is in a folder: the text of each file by its path, the target of a symlink behind `-> `; no directories. */
export function filesIn(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    paths.flatMap((path) => {
      const stats = lstatSync(join(folder, path));
      if (stats.isSymbolicLink()) return [[path, `-> ${readlinkSync(join(folder, path))}`]];
      return stats.isFile() ? [[path, readFileSync(join(folder, path), 'utf8')]] : [];
    }),
  );
}
