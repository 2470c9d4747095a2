import { isRegistry } from './reference-grammar.ts';

/** `nginx` means `nginx:latest`; without the tag the daemon would export every tag of the repository. */
const DEFAULT_TAG = 'latest';

/** A config digest, whole or shortened, with or without its algorithm: what `docker images` prints as IMAGE ID. */
const IMAGE_ID = /^(?:sha256:)?[0-9a-f]{12,64}$/;

/** What may be the beginning of an ID: Docker takes it for a name first, then for an ID, however short. */
const SHORT_ID = /^(?:sha256:)?[0-9a-f]{1,63}$/;

/** Whether a daemon may find an image by this that is not called so, as it does by the beginning of its ID. */
export function mayBeId(reference: string): boolean {
  return SHORT_ID.test(reference);
}

/** Whether a reference is, or begins like, the ID that a daemon has found by it. */
export function isIdOf(reference: string, id: string): boolean {
  return (mayBeId(reference) || IMAGE_ID.test(reference)) && bareId(id).startsWith(bareId(reference));
}

function bareId(id: string): string {
  return id.replace(/^sha256:/, '');
}

/** A reference with its tag written out; IDs and digests stay as they are. */
export function withTag(reference: string): string {
  if (IMAGE_ID.test(reference) || reference.includes('@')) return reference;
  const lastComponent = reference.slice(reference.lastIndexOf('/') + 1);
  return lastComponent.includes(':') ? reference : `${reference}:${DEFAULT_TAG}`;
}

/**
 * Whether an image that was stored under `name` is meant by `wanted`: the same as it stands, with Docker's default
 * tag, or where they differ in nothing but a registry that Docker and podman leave out.
 */
export function isCalled(name: string, wanted: string): boolean {
  const short = familiar(name);
  return name === wanted || short === familiar(wanted) || short === familiar(withTag(wanted));
}

/** Docker Hub, as a registry is named. */
export const HUB = 'docker.io';

/** The registry that a reference leads to (distribution/reference, splitDockerDomain): `docker.io` where none is named. */
export function registryOf(reference: string): string {
  const slash = reference.indexOf('/');
  const first = reference.slice(0, Math.max(0, slash));
  return slash === -1 || !isRegistry(first) || first === `index.${HUB}` ? HUB : first;
}

/** A name as Docker shows it (distribution/reference, FamiliarString): Docker Hub, and its own namespace, go unsaid. */
export function familiarName(name: string): string {
  return name.replace(/^(?:index\.)?docker\.io\/(?:library\/(?=[^/]+$))?/, '');
}

/** What a registry is asked for: a repository, and the tag or digest in it. */
export interface RemoteName {
  readonly repository: string;
  /** A digest counts more than the tag beside it, as with the docker CLI. */
  readonly tagOrDigest: string;
}

/** Where an image can be pulled from by this reference; null for an ID, which no registry knows. */
export function remoteName(reference: string): RemoteName | null {
  if (IMAGE_ID.test(reference) || reference.startsWith('sha256:')) return null;
  const [name = '', digest] = reference.split('@');
  const tagged = withTag(name);
  const colon = tagged.lastIndexOf(':');
  return { repository: tagged.slice(0, colon), tagOrDigest: digest ?? tagged.slice(colon + 1) };
}

/** A name without the registry, and Docker Hub's own namespace, that is meant where none is named. */
function familiar(name: string): string {
  return name.replace(/^(?:index\.)?docker\.io\/(?:library\/)?|^localhost\//, '');
}

/** Edits between two names at most so that one is offered for the other: this share of what was typed, and never more than so many. */
const NEAR = 0.4;
const MAX_EDITS = 3;

/** A name is offered for being part of another one from this length on: nearly every name has an "e" in it. */
const MIN_PART = 3;

/** What Podman writes in front of names that nobody has given a registry. */
const IMPLIED_REGISTRY = /^(?:localhost|docker\.io\/library)\//;

/** The names nearest to `wanted`, best first: those of the same repository, those that contain it, those a few edits away. */
export function nearestNames(wanted: string, names: readonly string[], count = 3): string[] {
  const target = nameAndTag(wanted);
  return names
    .flatMap((name) => {
      const far = distance(target, nameAndTag(name.replace(IMPLIED_REGISTRY, '')));
      return far === null ? [] : [{ name, far }];
    })
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map(({ name }) => name);
}

interface NameAndTag {
  readonly name: string;
  readonly tag: string;
}

function nameAndTag(reference: string): NameAndTag {
  const tagged = withTag(reference.toLowerCase().replace(/@.*$/, ''));
  const colon = tagged.lastIndexOf(':');
  return { name: tagged.slice(0, colon), tag: tagged.slice(colon + 1) };
}

/**
 * How far one name is from another, null where nobody can have meant it. Tags alone decide only between names that are
 * equally far: `latest` would make any two short names alike.
 */
function distance(wanted: NameAndTag, candidate: NameAndTag): number | null {
  const [short = ''] = /[^/]*$/.exec(candidate.name) ?? [];
  const edits = Math.min(...[candidate.name, short].map((name) => editDistance(wanted.name, name)));
  const isPart = wanted.name.length >= MIN_PART && candidate.name.includes(wanted.name);
  const allowed = Math.min(MAX_EDITS, Math.floor(wanted.name.length * NEAR));
  if (!isPart && edits > allowed) return null;
  const tags = editDistance(wanted.tag, candidate.tag) / Math.max(wanted.tag.length, candidate.tag.length, 1);
  return (isPart ? Math.min(edits, 1) : edits) + tags / 2;
}

/** Levenshtein's distance: insertions, deletions and substitutions from one text to the other. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, substitution));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
