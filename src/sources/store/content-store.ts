// containerd's own files of an image (containerd, core/content and plugins/content/local): each blob is a file that is
// called by its digest, documents and layers alike, packed as a registry had them.
//
//   <content store>/blobs/sha256/<hex>     an index, a manifest, a config, a layer
//
// An image is walked from the digest that the daemon tells of it: index → manifest → config and layers.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { MAX_LAYERS } from '../../image/config.ts';
import { manifestOf, parseIndex } from '../../image/manifest.ts';
import { blobParts, blobPath, digestIn } from '../blob-names.ts';
import { MAX_LISTED, tooMany } from '../candidates.ts';
import { jsonIn, KeptDocuments, MAX_DOCUMENT_BYTES } from '../documents.ts';
import { StoreError } from './store-error.ts';
import { bytesOf, sizeOf } from './store-files.ts';

/** What containerd's plugin for content calls its folder. */
const PLUGIN = 'io.containerd.content.v1.content';

/** The folder of a containerd that is the system's own, and serves others besides Docker (containerd, config.toml). */
const SYSTEM_ROOT = '/var/lib/containerd';

/** Where the blobs of a daemon's images may be: with the containerd that it has started, or with the system's. */
export function contentStores(dockerRoot: string): string[] {
  return [join(dockerRoot, 'containerd/daemon', PLUGIN), join(SYSTEM_ROOT, PLUGIN)];
}

/** The documents that an image's digest leads to, under the names of a layout's members, and its layers' bytes. */
export interface ContentDocuments {
  /** Folder of the content store. */
  readonly folder: string;
  readonly documents: KeptDocuments;
  /** Bytes of the layers' blobs; null where one is missing. */
  readonly layerBytes: ReadonlyMap<string, number | null>;
}

/**
 * Reads what explains an image, from the first of some content stores that has it; `index.json` lists its digest alone.
 * @throws StoreError when a document cannot be read, or is another one than its digest says; PeelError `hostile`.
 */
export async function readContentStore(
  stores: readonly string[],
  digest: string,
  signal: AbortSignal,
): Promise<ContentDocuments> {
  const folder = await storeOf(stores, digest);
  const documents = new KeptDocuments();
  const layerBytes = new Map<string, number | null>();
  documents.add('index.json', JSON.stringify({ manifests: [{ digest }] }));
  // A set is walked to its end, with what is added on the way.
  const members = new Set([blobPath(digest)]);
  for (const member of members) {
    if (members.size > MAX_LISTED) throw tooMany(digest);
    signal.throwIfAborted();
    await keep(documents, folder, member);
    const value = jsonIn(documents, member);
    const manifest = manifestOf(value);
    if (manifest === null) {
      for (const listed of parseIndex(value)) members.add(blobPath(listed.digest));
      continue;
    }
    await keep(documents, folder, blobPath(manifest.config));
    if (manifest.layers.length > MAX_LAYERS) continue; // Nothing that could be an image: choosing it says so.
    for (const layer of manifest.layers.map(blobPath)) {
      signal.throwIfAborted();
      if (!layerBytes.has(layer)) layerBytes.set(layer, await orNull(sizeOf(blobFile(folder, layer))));
    }
  }
  return { folder, documents, layerBytes };
}

/** The file of a blob. @throws StoreError when it is not called by a digest: it could lead anywhere. */
export function blobFile(folder: string, member: string): string {
  if (blobParts(member) === null) throw new StoreError(`${member} is no blob’s name`);
  return join(folder, member);
}

async function storeOf(stores: readonly string[], digest: string): Promise<string> {
  const failures: unknown[] = [];
  for (const folder of stores) {
    try {
      await sizeOf(blobFile(folder, blobPath(digest)));
      return folder;
    } catch (error) {
      failures.push(error);
    }
  }
  // What is there and may not be read says more than what is not there.
  throw failures.find((error) => error instanceof StoreError && !error.isMissing) ?? failures[0];
}

/** Of an index not everything is there: what was pulled for one platform. */
async function keep(documents: KeptDocuments, folder: string, member: string): Promise<void> {
  if (documents.has(member)) return;
  const file = blobFile(folder, member);
  const size = await orNull(sizeOf(file));
  if (size === null) return;
  if (size > MAX_DOCUMENT_BYTES) {
    documents.leaveOut(member);
    return;
  }
  const bytes = await bytesOf(file);
  const { algorithm = '' } = blobParts(member) ?? {};
  const hex = createHash(algorithm).update(bytes).digest('hex');
  if (digestIn(member) !== `${algorithm}:${hex}`) {
    throw new StoreError(`${file} is not the document that it is named after`);
  }
  documents.add(member, bytes.toString('utf8'));
}

/** Null for a file that is not there. */
function orNull(size: Promise<number>): Promise<number | null> {
  return size.catch((error: unknown) => {
    if (error instanceof StoreError && error.isMissing) return null;
    throw error;
  });
}
