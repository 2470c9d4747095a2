import { messageOf, PeelError } from '../image/errors.ts';

/** Whether a path leads nowhere: nothing is called so, or something on the way is no directory. */
export function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** `EACCES: permission denied, open '/a'`: the words in the middle. */
function reasonOf(error: unknown): string {
  return messageOf(error)
    .replace(/^E[A-Z0-9]+: /, '')
    .replace(/, \w+(?: '.*')?$/, '');
}

/** What the system's error means for a person. */
export function unreadable(path: string, error: unknown): PeelError {
  const reason = isMissing(error) ? 'no such file' : reasonOf(error);
  return new PeelError('file', `Cannot read ${path}: ${reason}.`, { cause: error });
}

/** Whether an error is the system's own, not one of this program or of somebody who gave up. */
export function isOfSystem(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
