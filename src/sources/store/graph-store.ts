// Docker's own files of an image, where a graph driver keeps its layers (moby, image/fs.go and layer/filestore.go):
//
//   <root>/image/<driver>/imagedb/content/sha256/<image ID>          the config
//   <root>/image/<driver>/layerdb/sha256/<chain ID>/tar-split.json.gz  the layer's tar, without payloads
//   <root>/image/<driver>/layerdb/sha256/<chain ID>/cache-id         names the directory that the driver keeps it in

import { join } from 'node:path';
import { type ImageConfig, parseConfig } from '../../image/config.ts';
import { parseJson } from '../../image/json.ts';
import { StoreError } from './store-error.ts';
import { fileName, hexOf, sha256, textOf } from './store-files.ts';

/** Where a daemon says that it keeps its images. */
export interface GraphStore {
  /** `DockerRootDir` of its info. */
  readonly root: string;
  /** `Driver` of its info: `overlay2`, `vfs`, `btrfs` … */
  readonly driver: string;
}

/** An image, and where its layers are kept. */
export interface KeptImage {
  /** Where the store is: what stands for its layers. */
  readonly root: string;
  readonly config: ImageConfig;
  /** Base first. */
  readonly layers: readonly KeptLayer[];
}

/** A layer of which the store keeps the tar without payloads. */
export interface KeptLayer {
  /** File of its tar-split, packed with gzip. */
  readonly split: string;
  /** Directory that it has been unpacked to, by itself; null where the driver keeps it otherwise. */
  readonly directory: string | null;
}

/**
 * Reads an image's config, and where its layers are kept.
 * @throws StoreError when the files cannot be read, or are not what they should be.
 */
export async function readGraphStore(store: GraphStore, id: string): Promise<KeptImage> {
  const driver = join(store.root, 'image', fileName(store.driver));
  const file = join(driver, 'imagedb/content/sha256', hexOf(id));
  const text = await textOf(file);
  if (sha256(text) !== id) throw new StoreError(`${file} is not the config that it is named after`);
  const config = parseConfig(parseJson(text, 'The image config'));
  const layers = chainIds(config.diffIds).map(async (chainId): Promise<KeptLayer> => {
    const layer = join(driver, 'layerdb/sha256', hexOf(chainId));
    const cacheId = fileName((await textOf(join(layer, 'cache-id'))).trim());
    const directory = store.driver === 'overlay2' ? join(store.root, 'overlay2', cacheId, 'diff') : null;
    return { split: join(layer, 'tar-split.json.gz'), directory };
  });
  return { root: store.root, config, layers: await Promise.all(layers) };
}

/** What each layer and all below it are called together (image-spec, config.md, "Layer ChainID"). */
function chainIds(diffIds: readonly string[]): string[] {
  const ids: string[] = [];
  for (const diffId of diffIds) {
    const below = ids.at(-1);
    ids.push(below === undefined ? diffId : sha256(`${below} ${diffId}`));
  }
  return ids;
}
