import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { onTestFinished } from 'vitest';

/** The files that are read as streams from now on, until the test has ended: a daemon's layers are. */
export function streamedFiles(): readonly string[] {
  const paths: string[] = [];
  const original = fs.createReadStream;
  const watched: typeof original = (path, options) => {
    paths.push(String(path));
    return original(path, options);
  };
  const use = (open: typeof original) => {
    fs.createReadStream = open;
    syncBuiltinESMExports();
  };
  use(watched);
  onTestFinished(() => use(original));
  return paths;
}
