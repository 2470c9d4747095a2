import { messageOf } from '../../image/errors.ts';
import { isMissing } from '../unreadable.ts';

/** Why an image cannot be read from its daemon's files: its export is read then. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  /** Whether nothing but a permission is missing. */
  readonly isForbidden: boolean;
  /** Whether the file is not there at all. */
  readonly isMissing: boolean;

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    const code = cause instanceof Error && 'code' in cause ? cause.code : null;
    this.isForbidden = code === 'EACCES' || code === 'EPERM';
    this.isMissing = isMissing(cause);
  }
}

/** What went wrong with a file of the store. */
export function storeError(file: string, cause: unknown): StoreError {
  return cause instanceof StoreError ? cause : new StoreError(`${file}: ${messageOf(cause)}`, cause);
}
