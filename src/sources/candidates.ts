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
import { type Documents, jsonIn } from './documents.ts';

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

/** So many images are looked at: an index that lists itself often enough would keep peel busy for ever. */
export const MAX_LISTED = 10_000;

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
  const known = new KnownDocuments(documents);
  const images = saved === undefined ? [] : savedCandidates(saved, known);
  const listed = index === undefined ? [] : new IndexWalk(documents, known).from(index);
  const all = merged([...images, ...listed]);
  const real = all.filter(
    ({ members }) => members === null || known.config(members.config)?.isImage !== false,
  );
  return real.length > 0 ? real : all;
}

function savedCandidates(text: string, known: KnownDocuments): Candidate[] {
  const saved = parseSavedImages(parseJson(text, 'manifest.json'));
  if (saved.length > MAX_LISTED) throw tooMany('manifest.json');
  return saved.map(({ config, tags, layers }) => {
    const members = { config: memberName(config), layers: layers.map(memberName) };
    const platform = known.config(members.config)?.platform ?? null;
    return { names: tags.map(familiarName), digest: null, platform, members };
  });
}

/** Every list of images is bounded by the same number. */
export function tooMany(list: string): PeelError {
  return new PeelError('hostile', `${list} leads to more than ${MAX_LISTED} manifests.`);
}

/** What a config tells before it is read as a whole. */
interface ConfigGlance {
  readonly platform: Platform | null;
  /** Signatures, charts and the like have a manifest and a "config" too, but one without a file system. */
  readonly isImage: boolean;
}

/** What a blob of JSON says of images: it is a manifest, or lists some. */
interface Listing {
  readonly manifest: Manifest | null;
  readonly manifests: readonly Descriptor[];
}

/** What documents say, each read once: hostile lists name the same one over and over. */
class KnownDocuments {
  private readonly documents: Documents;
  private readonly configs = new Map<string, ConfigGlance | null>();
  private readonly listings = new Map<string, Listing>();

  constructor(documents: Documents) {
    this.documents = documents;
  }

  /** Null where there is no such document. */
  config(name: string): ConfigGlance | null {
    const known = this.configs.get(name);
    if (known !== undefined) return known;
    const value = this.documents.has(name) ? jsonIn(this.documents, name) : undefined;
    const glance = value === undefined ? null : glanceAt(value);
    this.configs.set(name, glance);
    return glance;
  }

  listing(name: string): Listing {
    const known = this.listings.get(name);
    if (known !== undefined) return known;
    const value = jsonIn(this.documents, name);
    const listing = { manifest: manifestOf(value), manifests: parseIndex(value) };
    this.listings.set(name, listing);
    return listing;
  }
}

function glanceAt(value: unknown): ConfigGlance {
  if (!isObject(value)) return { platform: null, isImage: false };
  return { platform: platformOf(value), isImage: isObject(value['rootfs']) };
}

/** Where a reader of an archive puts the name: containerd the whole one, others what somebody called it. */
const REF_NAMES = ['io.containerd.image.name', 'org.opencontainers.image.ref.name'] as const;

/** Follows an index to the images it leads to. Whatever media types say, things are what they contain. */
class IndexWalk {
  private readonly documents: Documents;
  private readonly known: KnownDocuments;
  private descriptors = 0;

  constructor(documents: Documents, known: KnownDocuments) {
    this.documents = documents;
    this.known = known;
  }

  from(index: string): Candidate[] {
    return this.within(parseIndex(parseJson(index, 'index.json')), [], 1);
  }

  private within(manifests: readonly Descriptor[], names: readonly string[], depth: number): Candidate[] {
    return manifests.flatMap((descriptor) => {
      if (++this.descriptors > MAX_LISTED) throw tooMany('index.json');
      const stated = REF_NAMES.flatMap((key) => stringOrNull(descriptor.annotations[key]) ?? []);
      const own = stated.map(familiarName);
      return this.at(descriptor, own.length > 0 ? own : names, depth);
    });
  }

  private at({ digest, platform }: Descriptor, names: readonly string[], depth: number): Candidate[] {
    const name = blobPath(digest);
    if (!this.documents.has(name)) return [{ names, digest, platform, members: null }];
    const { manifest, manifests } = this.known.listing(name);
    if (manifest === null) return depth === MAX_INDEX_DEPTH ? [] : this.within(manifests, names, depth + 1);
    const members = { config: blobPath(manifest.config), layers: manifest.layers.map(blobPath) };
    const told = platform ?? this.known.config(members.config)?.platform ?? null;
    return [{ names, digest, platform: told, members }];
  }
}

/** One image may be listed several times: under several names, in both documents, packed in several ways. */
function merged(candidates: readonly Candidate[]): Candidate[] {
  const groups = Map.groupBy(candidates, imageOf);
  return Array.from(groups.values(), (same) => {
    const [first, ...others] = same;
    if (first === undefined || others.length === 0) return same;
    return [
      {
        names: [...new Set(same.flatMap(({ names }) => names))],
        digest: same.find(({ digest }) => digest !== null)?.digest ?? null,
        platform: same.find(({ platform }) => platform !== null)?.platform ?? null,
        members: first.members,
      },
    ];
  }).flat();
}

/** Equal for equal images: a config tells the digests of all layers. */
function imageOf({ members, digest }: Candidate): string {
  if (members === null) return `manifest ${digest ?? ''}`;
  return `config ${digestIn(members.config) ?? members.config}`;
}
