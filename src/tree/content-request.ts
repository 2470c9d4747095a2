import type { ContentRequest } from '../image/source.ts';
import { Kind } from './kind.ts';
import type { ImageTables } from './layer-entries.ts';
import type { Stack } from './stack.ts';

/**
 * How a source is asked for the content of an entry; of a hard link it is that of the file it leads to. Null for an
 * entry without content: NOTHING, a directory, a link to nowhere.
 */
export function contentRequest(
  { entries }: Stack,
  { paths }: ImageTables,
  entry: number,
): ContentRequest | null {
  if (entry < 0 || entries.kindOf(entry) !== Kind.File) return null;
  const inode = entries.inodeOf(entry);
  const layer = entries.layerOf(inode);
  return {
    layer,
    entry: inode - entries.start(layer),
    path: paths.path(entries.nodeOf(inode)),
    size: entries.sizeOf(inode),
  };
}
