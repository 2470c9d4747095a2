/** Opens images as the program does, with what was kept of others. */
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CacheFolder } from '../../src/cache/cache-folder.ts';
import { ImageCache } from '../../src/cache/image-cache.ts';
import { LateSource } from '../../src/cli/late-source.ts';
import { KeptLoading } from '../../src/cli/load-kept.ts';
import type { LoadEvent } from '../../src/cli/load-image.ts';
import { readTheRest } from '../../src/cli/read-the-rest.ts';
import type { ImageSource } from '../../src/image/source.ts';
import type { AnalysedImage } from '../../src/report/report.ts';
import { linkText } from '../../src/tree/layer-entries.ts';
import { emptyDirectory } from './layouts.ts';

/** What came of opening an image. */
export interface Opened {
  readonly loaded: AnalysedImage;
  /** To be asked for content. */
  readonly source: ImageSource;
  readonly events: readonly LoadEvent[];
}

/**
 * Opens an image, and keeps it.
 * @param folder where images are kept. @param wantsChecksums whether it is for a report, not for a screen.
 */
export async function openKept(from: ImageSource, folder: string, wantsChecksums = true): Promise<Opened> {
  const { signal } = new AbortController();
  const source = new LateSource(from);
  const loading = new KeptLoading(source, new ImageCache(new CacheFolder(folder, 1e9)));
  const events: LoadEvent[] = [];
  const read = await loading.load((event) => events.push(event), signal, wantsChecksums);
  const loaded = wantsChecksums ? await readTheRest(source, read, false, signal) : read;
  await loading.keep(loaded);
  return { loaded, source, events };
}

/** A folder without images whose secret is that of another one: checksums are the same there. */
export function withItsSecret(folder: string): string {
  const other = join(emptyDirectory(), 'images');
  mkdirSync(other);
  if (existsSync(join(folder, 'secret'))) copyFileSync(join(folder, 'secret'), join(other, 'secret'));
  return other;
}

/**
 * All that is known of each entry of each layer, in the tar's order, in words and not in numbers of an image's tables.
 * @param withChecksums of files that are sought more or fewer are taken, as a screen needs them or a report.
 */
export function everyEntry(
  { analysis: { tables, stack } }: AnalysedImage,
  withChecksums = true,
): unknown[][] {
  return stack.entries.layers.map((layer) =>
    Array.from({ length: layer.length }, (_, row) => [
      tables.paths.path(layer.nodes[row] ?? 0),
      layer.kinds[row],
      layer.modes[row],
      layer.uids[row],
      layer.gids[row],
      layer.sizes[row],
      layer.mtimes[row],
      linkText(layer, row, tables),
      tables.texts.text(layer.xattrs[row] ?? 0),
      withChecksums && Buffer.from(layer.checksumOf(row) ?? []).toString('hex'),
    ]),
  );
}
