// What a person names on the command line, as the tools of the field write it: an image of a daemon, a file, or
// either behind a transport (containers-transports(5); dive and diving add docker://, podman:// and file://).

import { PeelError } from '../image/errors.ts';

/** Who is asked for an image by its name. */
export type Engine = 'docker' | 'podman';

/** Where a target leads, as far as its spelling tells. */
export type Target =
  | { readonly kind: 'standard-input' }
  | { readonly kind: 'daemon'; readonly engine: Engine; readonly reference: string }
  /** `rest` is a path, or a path with `:NAME` behind it: only the file system knows. */
  | { readonly kind: 'archive' | 'oci' | 'dir'; readonly rest: string }
  /** A path to whatever is there. */
  | { readonly kind: 'path'; readonly path: string }
  /** A file or directory that is there, else an image of the daemon. */
  | { readonly kind: 'name'; readonly name: string };

/** Transports that lead to a daemon. Skopeo's docker:// is a registry; to dive and diving, as here, it is the daemon. */
const DAEMONS: Readonly<Record<string, Engine>> = {
  'docker://': 'docker',
  'docker-daemon:': 'docker',
  'podman://': 'podman',
};

/** Transports that lead to files; some write two slashes behind them. */
const FILES: Readonly<Record<string, 'archive' | 'oci' | 'dir'>> = {
  'docker-archive:': 'archive',
  'oci-archive:': 'archive',
  'oci:': 'oci',
  'dir:': 'dir',
};

/** Names that can only be meant as files: a reference neither begins nor ends like that. */
const LOOKS_LIKE_A_PATH = /^(?:\/|\.{1,2}(?:\/|$)|~)|\/$|\.(?:tar|tar\.gz|tgz|tar\.zst|oci)$/;

/** @throws PeelError `arguments` for a transport that peel does not know. */
export function parseTarget(text: string): Target {
  if (text === '-') return { kind: 'standard-input' };
  for (const [prefix, engine] of Object.entries(DAEMONS)) {
    if (text.startsWith(prefix)) return { kind: 'daemon', engine, reference: named(text, prefix) };
  }
  if (text.startsWith('file://')) return { kind: 'path', path: decoded(named(text, 'file://')) };
  for (const [prefix, kind] of Object.entries(FILES)) {
    if (text.startsWith(prefix)) return { kind, rest: named(text, prefix).replace(/^\/\/(?=.)/, '') };
  }
  if (text.startsWith(STORAGE)) throw noStorage(named(text, STORAGE));
  const unknown = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1];
  if (unknown !== undefined) {
    const known = [...Object.keys(DAEMONS), ...Object.keys(FILES), 'file://'].join(' ');
    throw new PeelError('arguments', `${unknown}:// is no transport that peel knows; these are: ${known}`);
  }
  return LOOKS_LIKE_A_PATH.test(text) ? { kind: 'path', path: text } : { kind: 'name', name: text };
}

/** Skopeo's and buildah's way to the images of this machine; `[driver@folder]` may stand before the name. */
const STORAGE = 'containers-storage:';

function noStorage(rest: string): PeelError {
  const name = rest.replace(/^\[[^\]]*\]/, '').replace(/^@/, '');
  return new PeelError(
    'arguments',
    `${STORAGE} is the folder in which Podman, Buildah and Skopeo keep their images, which peel asks Podman for: peel podman://${name}`,
  );
}

function named(text: string, prefix: string): string {
  const rest = text.slice(prefix.length);
  if (rest === '') throw new PeelError('arguments', `Nothing follows ${prefix}.`);
  return rest;
}

/** The path of a URL (RFC 8089), which may write any of its bytes as %NN. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
