import { PeelError } from './errors.ts';
import { isObject, objects, stringOrNull, strings } from './json.ts';
import { type Platform, platformOf } from './platform.ts';

/** One image of a `docker save` archive: an element of its manifest.json. Names are those of archive members. */
export interface SavedImage {
  readonly config: string;
  readonly tags: readonly string[];
  /** Base first. */
  readonly layers: readonly string[];
}

/** @throws PeelError `not-an-image` when the value is no manifest.json of `docker save`. */
export function parseSavedImages(value: unknown): SavedImage[] {
  const images = objects(value).flatMap((image): SavedImage[] => {
    const config = stringOrNull(image['Config']);
    return config === null
      ? []
      : [{ config, tags: strings(image['RepoTags']), layers: strings(image['Layers']) }];
  });
  if (images.length === 0) throw new PeelError('not-an-image', 'manifest.json names no image.');
  return images;
}

/** A content descriptor (image-spec, descriptor.md), as far as it is followed. */
export interface Descriptor {
  readonly digest: string;
  readonly annotations: Readonly<Record<string, unknown>>;
  readonly platform: Platform | null;
}

/** The descriptors of an image index (image-spec, image-index.md); attestations are no images. */
export function parseIndex(value: unknown): Descriptor[] {
  return isObject(value)
    ? descriptors(value['manifests']).filter((descriptor) => !isAttestation(descriptor))
    : [];
}

/** An image manifest (image-spec, manifest.md): digests of its config and of its layers, base first. */
export interface Manifest {
  readonly config: string;
  readonly layers: readonly string[];
}

/** The manifest in a JSON value, or null when it is something else. */
export function manifestOf(value: unknown): Manifest | null {
  if (!isObject(value) || !isObject(value['config']) || !Array.isArray(value['layers'])) return null;
  const config = stringOrNull(value['config']['digest']);
  if (config === null) return null;
  return { config, layers: descriptors(value['layers']).map(({ digest }) => digest) };
}

/** BuildKit's marks on the manifests of attestations: an annotation, and a platform that nothing runs on. */
function isAttestation({ annotations, platform }: Descriptor): boolean {
  const isForNothing = platform?.os === 'unknown' && platform.architecture === 'unknown';
  return isForNothing || annotations['vnd.docker.reference.type'] === 'attestation-manifest';
}

function descriptors(value: unknown): Descriptor[] {
  return objects(value).flatMap((item) => {
    const digest = stringOrNull(item['digest']);
    const annotations = isObject(item['annotations']) ? item['annotations'] : {};
    const platform = isObject(item['platform']) ? platformOf(item['platform']) : null;
    return digest === null ? [] : [{ digest, annotations, platform }];
  });
}
