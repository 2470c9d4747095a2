// Images kept as directories: the image layout (image-spec, image-layout.md: `oci-layout`, `index.json`,
// `blobs/<algorithm>/<hex>`), and what skopeo and podman call `dir:` (containers-transports(5): `manifest.json`, the
// blobs beside it, named by their hex digits). Files are read by the names that digests give them and by no others:
// who made the layout has no say in which files of this machine are opened.

import { createHash } from 'node:crypto';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PeelError } from '../image/errors.ts';
import { manifestOf, parseIndex } from '../image/manifest.ts';
import { blobPath } from './blob-names.ts';
import { type Documents, jsonIn } from './candidates.ts';
import { MAX_DOCUMENT_BYTES, tooLarge } from './document-sink.ts';
import { isMissing, unreadable } from './unreadable.ts';

export type LayoutKind = 'oci' | 'dir';

/** A directory that holds images. */
export interface LayoutDirectory {
  readonly path: string;
  readonly kind: LayoutKind;
}

/** What `skopeo copy … dir:` writes into the file `version`. */
const DIR_VERSION = 'Directory Transport Version: ';

/** Which kind of image directory a path leads to; null where it is none. */
export async function layoutKind(path: string): Promise<LayoutKind | null> {
  const has = async (name: string) => (await fileBytes(join(path, name))) !== null;
  if (await has('index.json')) {
    const hasBlobs = await isDirectory(join(path, 'blobs'));
    return hasBlobs || (await has('oci-layout')) ? 'oci' : null;
  }
  const version = (await has('manifest.json')) ? await documentAt(join(path, 'version')) : null;
  return version?.startsWith(DIR_VERSION) === true ? 'dir' : null;
}

export function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

/** What a layout's documents are and which blobs lie in it; members are called as in an archive of the layout. */
export interface LayoutContents {
  readonly documents: Documents;
  /** Bytes of the layers' blobs that are there. */
  readonly layerBytes: ReadonlyMap<string, number>;
}

/** So many documents are read; a layout of thousands of images has fewer. */
const MAX_DOCUMENTS = 10_000;

/**
 * Reads the documents of a layout: its index and all that it leads to, but no layer.
 * @throws PeelError `hostile` for blobs that are not named by digests; `file` for files that cannot be read.
 */
export async function readLayout(layout: LayoutDirectory, signal: AbortSignal): Promise<LayoutContents> {
  const documents = new Map<string, string>();
  const layerBytes = new Map<string, number>();
  const read = async (member: string): Promise<unknown> => {
    const text = documents.get(member) ?? (await documentOf(layout, member));
    if (text !== null) documents.set(member, text);
    return jsonIn(documents, member);
  };
  for (const [member, text] of await startOf(layout)) documents.set(member, text);

  // A set is walked to its end, with what is added on the way.
  const members = new Set(parseIndex(jsonIn(documents, 'index.json')).map(({ digest }) => blobPath(digest)));
  for (const member of members) {
    signal.throwIfAborted();
    if (members.size > MAX_DOCUMENTS) {
      throw new PeelError('hostile', `index.json leads to more than ${MAX_DOCUMENTS} manifests.`);
    }
    const value = await read(member);
    const manifest = manifestOf(value);
    if (manifest === null) {
      for (const { digest } of parseIndex(value)) members.add(blobPath(digest));
      continue;
    }
    await read(blobPath(manifest.config));
    for (const layer of manifest.layers.map(blobPath)) {
      const bytes = layerBytes.get(layer) ?? (await fileBytes(blobFile(layout, layer)));
      if (bytes !== null) layerBytes.set(layer, bytes);
    }
  }
  return { documents, layerBytes };
}

/** The documents to begin with. A `dir:` has one image and no index: it is given one. */
async function startOf({ path, kind }: LayoutDirectory): Promise<[member: string, text: string][]> {
  const name = kind === 'oci' ? 'index.json' : 'manifest.json';
  const text = await documentAt(join(path, name));
  if (text === null) throw new PeelError('not-an-image', `It has no ${name}.`);
  if (kind === 'oci') return [[name, text]];
  const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
  return [
    ['index.json', JSON.stringify({ manifests: [{ digest }] })],
    [blobPath(digest), text],
  ];
}

/** A blob's name as only a digest makes it (image-spec, descriptor.md, "Digests"). */
const BLOB = /^blobs\/[a-z0-9]+(?:[+._-][a-z0-9]+)*\/([0-9a-f]{32,128})$/;

/**
 * The file of a blob.
 * @throws PeelError `hostile` when the member is called otherwise: such a name could lead anywhere.
 */
export function blobFile({ path, kind }: LayoutDirectory, member: string): string {
  const hex = BLOB.exec(member)?.[1];
  if (hex === undefined) {
    const digest = member.replace(/^blobs\//, '').replace('/', ':');
    throw new PeelError('hostile', `"${digest}" is no digest: no blob is called so.`);
  }
  return kind === 'oci' ? join(path, member) : join(path, hex);
}

/** A blob that is JSON. A `dir:` of several platforms keeps their manifests under a name of its own. */
async function documentOf(layout: LayoutDirectory, member: string): Promise<string | null> {
  const file = blobFile(layout, member);
  const manifest = layout.kind === 'dir' ? await documentAt(`${file}.manifest.json`) : null;
  return manifest ?? (await documentAt(file));
}

/** The text of a file; null where there is none. */
async function documentAt(path: string): Promise<string | null> {
  if ((await fileBytes(path)) === null) return null;
  let file: FileHandle | null = null;
  try {
    file = await open(path);
    const { size } = await file.stat();
    if (size > MAX_DOCUMENT_BYTES) throw tooLarge(path);
    return await file.readFile('utf8');
  } catch (error) {
    throw error instanceof PeelError ? error : unreadable(path, error);
  } finally {
    await file?.close();
  }
}

/** Bytes of a regular file; null where there is none: a FIFO would be waited for, a device never end. */
async function fileBytes(path: string): Promise<number | null> {
  try {
    const stats = await stat(path);
    return stats.isFile() ? stats.size : null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw unreadable(path, error);
  }
}
