import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { CacheFolder } from '../cache/cache-folder.ts';
import { ImageCache } from '../cache/image-cache.ts';
import type { Settings } from '../config/settings.ts';
import type { Arguments } from './arguments.ts';

/** Bytes that kept images may take in all: some ten of a million entries each, or thousands of the usual ones. */
export const CACHE_BYTES = 1_000_000_000;

/** Where all lies that can be made anew (XDG Base Directory Specification: a path that is not absolute counts for nothing). */
export function peelsCache({ XDG_CACHE_HOME = '' }: NodeJS.ProcessEnv): string {
  return join(isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), '.cache'), 'peel');
}

/** The folder of kept images. */
export const cacheFolder = (env: NodeJS.ProcessEnv): CacheFolder =>
  new CacheFolder(join(peelsCache(env), 'images'), CACHE_BYTES);

/** Where images are kept; null where they are to be read anew: on request, by the settings, and to be verified. */
export function imageCache(
  options: Pick<Arguments, 'cache' | 'verify'>,
  settings: Pick<Settings, 'cache'>,
  env: NodeJS.ProcessEnv,
): ImageCache | null {
  return mayKeep(options) && settings.cache ? new ImageCache(cacheFolder(env)) : null;
}

/** Whether images may be kept as far as the command line says. */
export const mayKeep = ({ cache, verify }: Pick<Arguments, 'cache' | 'verify'>): boolean => cache && !verify;
