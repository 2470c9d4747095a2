import { parsePlatform } from '../image/platform.ts';
import type { ImageSource } from '../image/source.ts';
import { type DaemonRequest, openFromDaemon } from './open-daemon.ts';
import { openSource, type Request } from './open-source.ts';

/** A place that images are opened from, and may be opened from again: for another of its images, or after a pull. */
export interface Place {
  readonly name: string;
  /** Whether somebody has chosen it from the daemon's list of images. */
  readonly isListed: boolean;
  /** Null where it can be read only once. */
  readonly open: ((key: string | null, pull: boolean, signal: AbortSignal) => Promise<ImageSource>) | null;
}

/** What the command line names. */
export function placeOf(request: Request): Place {
  const { target } = request;
  return {
    name: target,
    isListed: false,
    open:
      target === '-'
        ? null
        : (key, pull, signal) => openSource({ ...request, pull: pull || request.pull }, signal, key),
  };
}

/** An image that was chosen from the daemon's list. */
export function listedPlace(reference: string, asked: DaemonRequest): Place {
  return {
    name: reference,
    isListed: true,
    open: (key, pull, signal) => {
      const platform = key === null ? asked.platform : parsePlatform(key);
      return openFromDaemon(reference, { ...asked, platform, pull }, signal);
    },
  };
}
