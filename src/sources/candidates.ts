// Which images an archive or a layout holds, by its documents alone: manifest.json, as `docker save` of every age
// writes it, and index.json with what it leads to (image-spec, image-layout.md). Today's `docker save` writes both; a
// multi-platform image then stands in manifest.json for one of its platforms only.

import { PeelError } from '../image/errors.ts';
import { isObject, parseJson, stringOrNull } from '../image/json.ts';
import {
  type Descriptor,
  type Manifest,
  manifestOf,
  parseIndex,
  parseSavedImages,
} from '../image/manifest.ts';
import { type Platform, platformOf } from '../image/platform.ts';
import { familiarName } from '../image/reference.ts';
import { blobPath, digestIn, memberName } from './blob-names.ts';

/** The JSON members of an archive by name, as text. */
export type Documents = ReadonlyMap<string, string>;

/** An image that a place tells of; whether its content is there too is another question. */
export interface Candidate {
  readonly names: readonly string[];
  /** Digest of its manifest. */
  readonly digest: string | null;
  readonly platform: Platform | null;
  /** Null where its manifest is missing. */
  readonly members: ImageMembers | null;
}

/** Names of the members that hold an image, layers base first. */
export interface ImageMembers {
  readonly config: string;
  readonly layers: readonly string[];
}

/** Nested indexes are followed this deep; a deeper one is hostile or mad. */
const MAX_INDEX_DEPTH = 4;

/** So many descriptors are followed in all: an index that lists itself often enough would keep peel busy for ever. */
const MAX_DESCRIPTORS = 10_000;

/**
 * All images that the documents tell of, each once, attestations and other things that are no images left out.
 * @throws PeelError `not-an-image` when neither document is there or the one that is there is no JSON; `hostile`.
 */
export function candidatesIn(documents: Documents): Candidate[] {
  const saved = documents.get('manifest.json');
  const index = documents.get('index.json');
  if (saved === undefined && index === undefined) {
    throw new PeelError(
      'not-an-image',
      'It holds neither manifest.json nor index.json: no image archive, or one that was cut off.',
    );
  }
  const images = saved === undefined ? [] : savedCandidates(saved, documents);
  const listed = index === undefined ? [] : new IndexWalk(documents).from(index);
  const all = merged([...images, ...listed]);
  const real = all.filter((candidate) => !isArtifact(candidate, documents));
  return real.length > 0 ? real : all;
}

function savedCandidates(text: string, documents: Documents): Candidate[] {
  return parseSavedImages(parseJson(text, 'manifest.json')).map(({ config, tags, layers }) => {
    const members = { config: memberName(config), layers: layers.map(memberName) };
    return {
      names: tags.map(familiarName),
      digest: null,
      platform: platformIn(documents, members.config),
      members,
    };
  });
}

/** The platform that a config tells, where it is there. */
function platformIn(documents: Documents, config: string): Platform | null {
  const value = jsonIn(documents, config);
  return isObject(value) ? platformOf(value) : null;
}

/** Signatures, charts and the like have a manifest and a "config" too, but one without a file system. */
function isArtifact({ members }: Candidate, documents: Documents): boolean {
  if (members === null || !documents.has(members.config)) return false;
  const config = jsonIn(documents, members.config);
  return !isObject(config) || !isObject(config['rootfs']);
}

/** The value of a document, null where it is missing or no JSON: a blob may be anything. */
export function jsonIn(documents: Documents, name: string): unknown {
  const text = documents.get(name);
  try {
    return text === undefined ? null : parseJson(text, name);
  } catch {
    return null;
  }
}

/** Where a reader of an archive puts the name: containerd the whole one, others what somebody called it. */
const REF_NAMES = ['io.containerd.image.name', 'org.opencontainers.image.ref.name'] as const;

/** What a blob of JSON says of images: it is a manifest, or lists some. */
interface Listing {
  readonly manifest: Manifest | null;
  readonly manifests: readonly Descriptor[];
}

/** Follows an index to the images it leads to. Whatever media types say, things are what they contain. */
class IndexWalk {
  private readonly documents: Documents;
  /** What has been read already: an index may be listed over and over. */
  private readonly known = new Map<string, Listing>();
  private descriptors = 0;

  constructor(documents: Documents) {
    this.documents = documents;
  }

  from(index: string): Candidate[] {
    return this.within(parseIndex(parseJson(index, 'index.json')), [], 1);
  }

  private within(manifests: readonly Descriptor[], names: readonly string[], depth: number): Candidate[] {
    return manifests.flatMap((descriptor) => {
      if (++this.descriptors > MAX_DESCRIPTORS) {
        throw new PeelError('hostile', `index.json leads to more than ${MAX_DESCRIPTORS} manifests.`);
      }
      const own = REF_NAMES.flatMap((key) => stringOrNull(descriptor.annotations[key]) ?? []).map(
        familiarName,
      );
      return this.at(descriptor, own.length > 0 ? own : names, depth);
    });
  }

  private at({ digest, platform }: Descriptor, names: readonly string[], depth: number): Candidate[] {
    const name = blobPath(digest);
    if (!this.documents.has(name)) return [{ names, digest, platform, members: null }];
    const { manifest, manifests } = this.read(name);
    if (manifest === null) return depth === MAX_INDEX_DEPTH ? [] : this.within(manifests, names, depth + 1);
    const members = { config: blobPath(manifest.config), layers: manifest.layers.map(blobPath) };
    const told = platform ?? platformIn(this.documents, members.config);
    return [{ names, digest, platform: told, members }];
  }

  private read(name: string): Listing {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const value = jsonIn(this.documents, name);
    const listing = { manifest: manifestOf(value), manifests: parseIndex(value) };
    this.known.set(name, listing);
    return listing;
  }
}

/** One image may be listed several times: under several names, in both documents, packed in several ways. */
function merged(candidates: readonly Candidate[]): Candidate[] {
  const byImage = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const image = imageOf(candidate);
    const same = byImage.get(image);
    byImage.set(image, same === undefined ? candidate : joined(same, candidate));
  }
  return [...byImage.values()];
}

/** Equal for equal images: a config tells the digests of all layers. */
function imageOf({ members, digest }: Candidate): string {
  if (members === null) return `manifest ${digest ?? ''}`;
  return `config ${digestIn(members.config) ?? members.config}`;
}

function joined(first: Candidate, second: Candidate): Candidate {
  return {
    names: [...new Set([...first.names, ...second.names])],
    digest: first.digest ?? second.digest,
    platform: first.platform ?? second.platform,
    members: first.members,
  };
}
