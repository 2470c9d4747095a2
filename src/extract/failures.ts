import { messageOf, PeelError } from '../image/errors.ts';

/** The system's code of an error; null where it has none. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'no more may be stored there (quota)',
  EFBIG: 'the file system takes no file of its size',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENAMETOOLONG: 'the path is too long for the file system',
  EILSEQ: 'the file system takes no such name',
  EINVAL: 'the file system takes no such name',
  ENOTDIR: 'a part of the path is no directory',
  ENOENT: 'its directory has gone',
};

/** What a failure to write something means for a person. */
export function cannotWrite(path: string, error: unknown): PeelError {
  if (error instanceof PeelError) return error;

  const reason = REASONS[codeOf(error) ?? ''] ?? messageOf(error);
  return new PeelError('file', `Cannot write ${path}: ${reason}.`, { cause: error });
}
