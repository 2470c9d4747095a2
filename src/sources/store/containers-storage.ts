// Podman's own files of an image (github.com/containers/storage, images.go, layers.go):
//
//   <root>/<driver>-images/images.json                the images: ID, names, top layer
//   <root>/<driver>-images/<ID>/=<base64 of a name>   their documents, the config under its digest
//   <root>/<driver>-layers/layers.json                the layers: ID, parent, diff ID
//   <root>/<driver>-layers/<ID>.tar-split.gz          a layer's tar, without payloads

import { join } from 'node:path';
import { MAX_LAYERS, parseConfig } from '../../image/config.ts';
import { objects, parseJson, stringOrNull } from '../../image/json.ts';
import type { GraphStore, KeptImage, KeptLayer } from './graph-store.ts';
import { fileName, hexOf, sha256, textOf } from './store-files.ts';
import { StoreError } from './store-error.ts';

/**
 * Reads an image's config, and where its layers are kept.
 * @param store `root` is Podman's graph root.
 * @throws StoreError when the files cannot be read, or are not what they should be.
 */
export async function readContainersStorage({ root, driver }: GraphStore, id: string): Promise<KeptImage> {
  const images = join(root, `${fileName(driver)}-images`);
  const layers = join(root, `${fileName(driver)}-layers`);
  const hex = hexOf(id);
  const [listed, known, text] = await Promise.all([
    listOf(join(images, 'images.json')),
    listOf(join(layers, 'layers.json')),
    textOf(join(images, hex, `=${Buffer.from(id).toString('base64')}`)),
  ]);
  if (sha256(text) !== id) throw new StoreError(`the config of ${id} is another one`);
  const config = parseConfig(parseJson(text, 'The image config'));
  const top = listed.find((image) => image['id'] === hex);
  const parents = new Map(known.map((layer) => [stringOrNull(layer['id']), layer]));
  const chain: KeptLayer[] = [];
  const diffIds: (string | null)[] = [];
  for (let at = stringOrNull(top?.['layer']); at !== null && chain.length <= MAX_LAYERS;) {
    const layer = parents.get(at);
    if (layer === undefined) throw new StoreError(`layers.json knows no layer ${at}`);
    const directory = driver === 'overlay' ? join(root, 'overlay', fileName(at), 'diff') : null;
    chain.unshift({ split: join(layers, `${fileName(at)}.tar-split.gz`), directory });
    diffIds.unshift(stringOrNull(layer['diff-digest']));
    at = stringOrNull(layer['parent']);
  }
  const isWhole = diffIds.length === config.diffIds.length;
  if (!isWhole || diffIds.some((diffId, index) => diffId !== config.diffIds[index])) {
    throw new StoreError(`the layers of ${id} are others than its config says`);
  }
  return { root, config, layers: chain };
}

async function listOf(file: string) {
  return objects(parseJson(await textOf(file), file));
}
