import { closeSync, openSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { makeFolder } from '../system/make-folder.ts';

/** A file that is there once peel's screen has shown an image. */
function markerPath({ XDG_STATE_HOME = '' }: NodeJS.ProcessEnv): string {
  const folder = isAbsolute(XDG_STATE_HOME) ? XDG_STATE_HOME : join(homedir(), '.local', 'state');
  return join(folder, 'peel', 'welcomed');
}

/**
 * Whether this is the first time that somebody opens the screen; the next time is none. Where nothing can be kept, every
 * time would be the first: there it is none either.
 */
export function isFirstRun(env: NodeJS.ProcessEnv): boolean {
  const marker = markerPath(env);
  try {
    makeFolder(dirname(marker));
    closeSync(openSync(marker, 'wx', 0o600));
    return true;
  } catch {
    return false;
  }
}
