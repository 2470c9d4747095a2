// `peel cache`: what is kept of images that were read, and letting go of it.

import { ImageCache, type KeptFacts } from '../cache/image-cache.ts';
import { formatBytes, formatId, formatTime } from '../image/format.ts';
import { visible } from '../image/text.ts';
import { CACHE_BYTES, cacheFolder, peelsCache } from './cache-place.ts';
import { clearCompiled } from './compiled-code.ts';

/** Kept images in a table, the one that was used last first, with what they take all together. */
export async function listCache(env: NodeJS.ProcessEnv): Promise<string> {
  const folder = cacheFolder(env);
  const images = await new ImageCache(folder).list();
  const bytes = images.reduce((sum, image) => sum + image.bytes, 0);
  const all = `${visible(folder.path)}: ${countText(images.length)}, ${formatBytes(bytes)} of ${formatBytes(CACHE_BYTES)}`;
  if (images.length === 0) return `${all}\n`;
  const rows = images.map((image) => [
    formatBytes(image.bytes).padStart(9),
    formatTime(image.used),
    String(image.facts?.entries ?? '').padStart(9),
    nameOf(image.facts),
  ]);
  const head = ['kept'.padStart(9), 'used'.padEnd(16), 'entries'.padStart(9), 'image'];
  return [all, '', ...[head, ...rows].map((row) => row.join('  ')), ''].join('\n');
}

/** Lets go of all of them, and of compiled code; what that gave back, in one line. */
export async function clearCache(env: NodeJS.ProcessEnv): Promise<string> {
  const bytes = (await cacheFolder(env).clear()) + (await clearCompiled(env));
  return `${visible(peelsCache(env))}: ${formatBytes(bytes)} given back\n`;
}

const countText = (count: number): string => `${count} ${count === 1 ? 'image' : 'images'}`;

function nameOf(facts: KeptFacts | null): string {
  if (facts === null) return 'of another version of peel';
  const { reference, platform, id } = facts.image;
  return visible(
    [reference ?? 'without a name', platform, id === null ? null : formatId(id)]
      .filter((text) => text !== null)
      .join('  '),
  );
}
