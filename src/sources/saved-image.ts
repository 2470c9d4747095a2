import { parseConfig, type ImageConfig } from '../image/config.ts';
import { PeelError } from '../image/errors.ts';
import { parseJson, stringOrNull } from '../image/json.ts';
import { manifestOf, parseIndex, parseSavedImages, type SavedImage } from '../image/manifest.ts';
import { withTag } from '../image/reference.ts';

/** The JSON members of an archive by name, as text. */
export type Documents = ReadonlyMap<string, string>;

/** An image found in an archive: which members are its config and its layers. */
export interface FoundImage {
  readonly reference: string | null;
  readonly id: string | null;
  readonly digest: string | null;
  readonly config: ImageConfig;
  /** Names of archive members, base first. */
  readonly layers: readonly string[];
}

/**
 * Finds the image in an archive's documents: by manifest.json where there is one (`docker save` of every age),
 * else from index.json (image-spec, image-layout.md).
 * @param wanted the tag to take where the archive holds several images.
 * @throws PeelError `not-an-image`, `no-such-image`.
 */
export function findImage(documents: Documents, wanted: string | null): FoundImage {
  const saved = documents.get('manifest.json');
  const index = documents.get('index.json');
  if (saved === undefined && index === undefined) {
    throw new PeelError(
      'not-an-image',
      'It holds neither manifest.json nor index.json: no image archive, or one that was cut off.',
    );
  }
  const images = saved === undefined ? [] : parseSavedImages(parseJson(saved, 'manifest.json'));
  const candidates =
    images.length > 0 ? images : imagesOfIndex({ documents, values: new Map(), followed: 0 }, 'index.json');
  const image = choose(candidates, wanted);
  const config = documents.get(image.config);
  if (config === undefined) {
    throw new PeelError(
      'not-an-image',
      `The image config ${image.config} is missing: the archive was cut off.`,
    );
  }
  return {
    reference: image.tags.find((tag) => isCalled(tag, wanted)) ?? image.tags[0] ?? null,
    id: digestIn(image.config),
    digest: index === undefined ? null : manifestDigestOf(documents, image),
    config: parseConfig(parseJson(config, 'The image config')),
    layers: image.layers,
  };
}

function choose(images: readonly SavedImage[], wanted: string | null): SavedImage {
  const names = images.map(({ tags }) => tags[0] ?? '<no tag>');
  if (wanted !== null) {
    const match = images.find(({ tags }) => tags.some((tag) => isCalled(tag, wanted)));
    if (match !== undefined) return match;
    throw new PeelError('no-such-image', `The archive holds no image ${wanted}, but: ${names.join(', ')}.`);
  }
  const [first, ...others] = images;
  if (first === undefined) throw new PeelError('not-an-image', 'index.json leads to no image manifest.');
  if (others.length > 0) {
    throw new PeelError(
      'arguments',
      `The archive holds ${images.length} images; choose one with --image: ${names.join(', ')}.`,
    );
  }
  return first;
}

function isCalled(tag: string, wanted: string | null): boolean {
  return wanted !== null && (tag === wanted || tag === withTag(wanted));
}

/** Where an image layout keeps a blob (image-spec, image-layout.md, "Blobs"). */
function blobPath(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`;
}

/** `sha256:<hex>` out of a member's name that carries it: `blobs/sha256/<hex>`, `<hex>.json`, `sha256:<hex>`. */
export function digestIn(member: string): string | null {
  const hex = /(?:^|[/:])([0-9a-f]{64})(?:\.json|\.tar(?:\.gz)?)?$/.exec(member)?.[1];
  return hex === undefined ? null : `sha256:${hex}`;
}

const REF_NAMES = ['io.containerd.image.name', 'org.opencontainers.image.ref.name'] as const;

/** Nested indexes are followed this deep; a deeper one is hostile or mad. */
const MAX_INDEX_DEPTH = 4;

/** Descriptors that are followed in one archive: an index that leads back to itself has more at every step. */
const MAX_DESCRIPTORS = 10_000;

/** A walk through the indexes of an archive. */
interface IndexWalk {
  readonly documents: Documents;
  /** Documents that have been parsed. */
  readonly values: Map<string, unknown>;
  followed: number;
}

function imagesOfIndex(walk: IndexWalk, name: string, tags: string[] = [], depth = 0): SavedImage[] {
  if (++walk.followed > MAX_DESCRIPTORS) {
    throw new PeelError('hostile', `Its index leads to more than ${MAX_DESCRIPTORS} manifests.`);
  }
  const text = walk.documents.get(name);
  if (text === undefined || depth === MAX_INDEX_DEPTH) return [];
  const value = walk.values.has(name) ? walk.values.get(name) : parseJson(text, name);
  walk.values.set(name, value);
  const manifest = manifestOf(value);
  if (manifest !== null) {
    return [{ tags, config: blobPath(manifest.config), layers: manifest.layers.map(blobPath) }];
  }
  return parseIndex(value).flatMap(({ digest, annotations }) => {
    const own = REF_NAMES.map((key) => stringOrNull(annotations[key])).find((tag) => tag !== null);
    return imagesOfIndex(walk, blobPath(digest), own === undefined ? tags : [own], depth + 1);
  });
}

/** The digest of the manifest that names this image's config. */
function manifestDigestOf(documents: Documents, image: SavedImage): string | null {
  for (const [name, text] of documents) {
    if (!name.startsWith('blobs/') || !text.includes('"layers"')) continue;
    const manifest = manifestOf(parseJson(text, name));
    if (manifest !== null && blobPath(manifest.config) === image.config) return digestIn(name);
  }
  return null;
}
