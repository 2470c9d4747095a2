import { messageOf, PeelError } from '../image/errors.ts';
import { TarError } from '../tar/tar-error.ts';

/** Errors of the system and of aborted requests say best themselves what happened. */
function isForeign(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || 'code' in error) && !isZlib(error);
}

function isZlib(error: Error): boolean {
  return 'code' in error && typeof error.code === 'string' && /^(?:Z_|ZSTD_)/.test(error.code);
}

/**
 * What an error of the tar reader or the decompressor means for a person.
 * @param members how many members of the archive had been met before it.
 */
export function brokenArchive(error: unknown, members: number): unknown {
  if (error instanceof PeelError || isForeign(error)) return error;
  const message = messageOf(error);
  const isTruncated =
    error instanceof TarError ? error.fault === 'truncated' : /unexpected end/i.test(message);
  // What has not even one header is no tar, however it ends; a packed one that was cut off may have been a tar.
  const isNoTar = members === 0 && (error instanceof TarError || !isTruncated);
  if (isTruncated && !isNoTar) {
    return new PeelError('broken-stream', 'It ends too early: the archive was cut off.', { cause: error });
  }
  if (isNoTar) return new PeelError('not-an-image', 'It is no tar archive.', { cause: error });
  return new PeelError('broken-stream', `It is damaged: ${message}`, { cause: error });
}
