import { messageOf, PeelError } from '../image/errors.ts';

/** Whether a path leads nowhere: nothing is called so, or something on the way is no directory. */
export function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** What the system's error means for a person. */
export function unreadable(path: string, error: unknown): PeelError {
  const reason = isMissing(error) ? 'no such file' : messageOf(error);
  return new PeelError('file', `Cannot read ${path}: ${reason}.`, { cause: error });
}
