// Images kept as directories: the image layout (image-spec, image-layout.md: `oci-layout`, `index.json`,
// `blobs/<algorithm>/<hex>`), and what skopeo and podman call `dir:` (containers-transports(5): `manifest.json`, the
// blobs beside it, named by their hex digits). Files are read by the names that digests give them and by no others; a
// blob may be a symlink, as some builders make them, and leads where it leads.

import { createHash } from 'node:crypto';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_LAYERS } from '../image/config.ts';
import { PeelError } from '../image/errors.ts';
import { manifestOf, parseIndex } from '../image/manifest.ts';
import { blobParts, blobPath } from './blob-names.ts';
import { MAX_LISTED, tooMany } from './candidates.ts';
import { type Documents, jsonIn, KeptDocuments, MAX_DOCUMENT_BYTES } from './documents.ts';
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
  return typeof version === 'string' && version.startsWith(DIR_VERSION) ? 'dir' : null;
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
  /** Bytes of the layers' blobs; null where one is missing. */
  readonly layerBytes: ReadonlyMap<string, number | null>;
}

/**
 * Reads the documents of a layout: its index and all that it leads to, but no layer.
 * Which images they tell of is another walk (candidates.ts), which an archive's documents take as well: this one must wait
 * for files, that one carries names down from index to index and counts every way to a manifest.
 * @throws PeelError `hostile` for blobs that are not named by digests; `file` for files that cannot be read.
 */
export async function readLayout(layout: LayoutDirectory, signal: AbortSignal): Promise<LayoutContents> {
  const documents = new KeptDocuments();
  const blobBytes = new Map<string, number | null>();
  const read = async (member: string): Promise<unknown> => {
    signal.throwIfAborted();
    if (!documents.has(member)) keep(documents, member, await documentOf(layout, member));
    return jsonIn(documents, member);
  };
  for (const [member, text] of await startOf(layout)) documents.add(member, text);

  // A set is walked to its end, with what is added on the way.
  const members = new Set(parseIndex(jsonIn(documents, 'index.json')).map(({ digest }) => blobPath(digest)));
  for (const member of members) {
    if (members.size > MAX_LISTED) throw tooMany('index.json');
    const value = await read(member);
    const manifest = manifestOf(value);
    if (manifest === null) {
      for (const { digest } of parseIndex(value)) members.add(blobPath(digest));
      continue;
    }
    await read(blobPath(manifest.config));
    if (manifest.layers.length > MAX_LAYERS) continue; // Nothing that could be an image: choosing it says so.
    for (const layer of manifest.layers.map(blobPath)) {
      signal.throwIfAborted();
      if (!blobBytes.has(layer)) blobBytes.set(layer, await fileBytes(blobFile(layout, layer)));
    }
  }
  return { documents, layerBytes: blobBytes };
}

function keep(documents: KeptDocuments, member: string, text: DocumentText): void {
  if (text === TOO_LARGE) documents.leaveOut(member);
  else if (text !== null) documents.add(member, text);
}

/** The documents to begin with. A `dir:` has one image and no index: it is given one. */
async function startOf({ path, kind }: LayoutDirectory): Promise<[member: string, text: string][]> {
  const name = kind === 'oci' ? 'index.json' : 'manifest.json';
  const text = await documentAt(join(path, name));
  if (text === null) throw new PeelError('not-an-image', `It has no ${name}.`);
  if (text === TOO_LARGE) throw new PeelError('hostile', `Its ${name} is JSON of more than can be meant.`);
  if (kind === 'oci') return [[name, text]];
  const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
  return [
    ['index.json', JSON.stringify({ manifests: [{ digest }] })],
    [blobPath(digest), text],
  ];
}

/**
 * The file of a blob.
 * @throws PeelError `hostile` when the member is called otherwise: such a name could lead anywhere.
 */
export function blobFile({ path, kind }: LayoutDirectory, member: string): string {
  const blob = blobParts(member);
  if (blob === null) {
    const digest = member.replace(/^blobs\//, '').replace('/', ':');
    throw new PeelError('hostile', `"${digest}" is no digest: no blob is called so.`);
  }
  return join(path, kind === 'oci' ? member : blob.hex);
}

/** A blob that is JSON. A `dir:` of several platforms keeps their manifests under a name of its own. */
async function documentOf(layout: LayoutDirectory, member: string): Promise<DocumentText> {
  const file = blobFile(layout, member);
  const manifest = layout.kind === 'dir' ? await documentAt(`${file}.manifest.json`) : null;
  return manifest ?? (await documentAt(file));
}

/** In place of a text that is too large to be a document. */
const TOO_LARGE = Symbol('too large');

/** A document; null where there is none. */
type DocumentText = string | typeof TOO_LARGE | null;

/** The text of a file. */
async function documentAt(path: string): Promise<DocumentText> {
  if ((await fileBytes(path)) === null) return null;
  let file: FileHandle | null = null;
  try {
    file = await open(path);
    const { size } = await file.stat();
    if (size > MAX_DOCUMENT_BYTES) return TOO_LARGE;
    return await file.readFile('utf8');
  } catch (error) {
    throw unreadable(path, error);
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
