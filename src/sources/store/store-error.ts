import { messageOf } from '../../image/errors.ts';

/** Why an image cannot be read from its daemon's files: its export is read then. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  /** Whether nothing but a permission is missing. */
  readonly isForbidden: boolean;

  constructor(
    message: string,
    { cause, isForbidden = false }: { cause?: unknown; isForbidden?: boolean } = {},
  ) {
    super(message, { cause });
    this.isForbidden = isForbidden;
  }
}

/** What went wrong with a file of the store. */
export function storeError(file: string, cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause;
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  const isForbidden = code === 'EACCES' || code === 'EPERM';
  return new StoreError(`${file}: ${messageOf(cause)}`, { cause, isForbidden });
}
