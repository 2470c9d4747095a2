// What may be the name of an image, by the grammar of github.com/distribution/reference, which Docker, podman and the
// registries share. A name that breaks it is told of before anybody is asked for it.

import { PeelError } from './errors.ts';

const MAX_TAG = 128;
/** Of the repository without its registry (distribution/reference, RepositoryNameTotalLengthMax). */
const MAX_REPOSITORY = 255;

const COMPONENT = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const REGISTRY = new RegExp(`^(?:${LABEL}(?:\\.${LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const TAG = /^\w[\w.-]*$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;

/**
 * Checks `[registry[:port]/]repository[:tag][@digest]`, or an ID.
 * @throws PeelError `arguments`, one line that says what is wrong with it.
 */
export function checkReference(reference: string): void {
  const fault = faultOf(reference);
  if (fault === null) return;
  // An over-long one would fill the screen.
  const shown = reference.length > MAX_REPOSITORY ? `${reference.slice(0, 40)}…` : reference;
  throw new PeelError('arguments', `"${shown}" is no image name: ${fault}.`);
}

function faultOf(reference: string): string | null {
  if (/\s/.test(reference)) return 'there is white space in it';
  const [name = '', digest, ...more] = reference.split('@');
  if (more.length > 0 || (digest !== undefined && !DIGEST.test(digest))) {
    return 'what follows @ is a digest (sha256:<64 hexadecimal digits>)';
  }
  const slash = name.lastIndexOf('/');
  const colon = name.indexOf(':', slash + 1);
  const repository = colon === -1 ? name : name.slice(0, colon);
  return faultOfRepository(repository) ?? (colon === -1 ? null : faultOfTag(name.slice(colon + 1)));
}

function faultOfTag(tag: string): string | null {
  if (tag === '') return 'the tag is empty';
  if (tag.length > MAX_TAG) return `its tag is longer than ${MAX_TAG} characters`;
  return TAG.test(tag)
    ? null
    : 'a tag has letters, digits, "_", "." and "-", and begins with neither of the last two';
}

function faultOfRepository(name: string): string | null {
  const components = name.split('/');
  const [first = ''] = components;
  const hasRegistry = components.length > 1 && isRegistry(first);
  if (hasRegistry && !REGISTRY.test(first)) return `"${first}" is no registry`;
  const path = hasRegistry ? components.slice(1) : components;
  if (path.join('/').length > MAX_REPOSITORY) return `it is longer than ${MAX_REPOSITORY} characters`;
  if (path.some((component) => component === '')) return 'a part of it is empty';
  const odd = path.find((component) => !COMPONENT.test(component));
  if (odd === undefined) return null;
  if (COMPONENT.test(odd.toLowerCase())) return `a repository is lower case ("${odd.toLowerCase()}")`;
  return `"${odd}" is not made of lower case letters and digits, parted by ".", "_", "__" or "-"`;
}

/** What stands before the first slash is a registry if it could be no part of a repository (splitDockerDomain). */
export function isRegistry(first: string): boolean {
  return (
    /[.:]/.test(first) || first === 'localhost' || (first !== first.toLowerCase() && REGISTRY.test(first))
  );
}
