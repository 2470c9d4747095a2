import { messageOf, PeelError } from '../image/errors.ts';
import { foreignFormat } from './foreign-format.ts';
import { TarError, type TarFault } from '../tar/tar-error.ts';

/** Errors of the system and of aborted requests say best themselves what happened. */
function isForeign(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || 'code' in error) && !isZlib(error);
}

function isZlib(error: Error): boolean {
  return 'code' in error && typeof error.code === 'string' && /^(?:Z_|ZSTD_)/.test(error.code);
}

/** What the tar reader or the decompressor found wrong with the bytes; null for an error that is none of theirs. */
function faultOf(error: unknown): TarFault | null {
  if (error instanceof PeelError || isForeign(error)) return null;
  if (error instanceof TarError) return error.fault;
  return /unexpected end/i.test(messageOf(error)) ? 'truncated' : 'damaged';
}

/**
 * What an error of the tar reader or the decompressor means for a person.
 * @param members how many members of the archive had been met before it.
 * @param head the archive's first bytes.
 */
export function brokenArchive(error: unknown, members: number, head: Uint8Array): unknown {
  const fault = faultOf(error);
  if (fault === null) return error;
  // What has not even one header is no tar, however it ends; a packed one that was cut off may have been a tar.
  const isNoTar = members === 0 && (error instanceof TarError || fault !== 'truncated');
  if (isNoTar) {
    return new PeelError('not-an-image', foreignFormat(head) ?? 'It is no tar archive.', { cause: error });
  }
  if (fault === 'truncated') {
    return new PeelError('broken-stream', 'It ends too early: the archive was cut off.', { cause: error });
  }
  return new PeelError('broken-stream', `It is damaged: ${messageOf(error)}`, { cause: error });
}

/** The same for a layer that is a file of its own; `layer` is how to call it. */
export function brokenLayer(error: unknown, layer: string): unknown {
  const fault = faultOf(error);
  if (fault === null) return error;
  const what = fault === 'truncated' ? 'ends too early' : `is damaged: ${messageOf(error)}`;
  return new PeelError('broken-stream', `${layer} ${what}`, { cause: error });
}
