import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Wish } from '../image/choice.ts';
import { PeelError } from '../image/errors.ts';
import { parsePlatform } from '../image/platform.ts';
import { isCalled } from '../image/reference.ts';
import { checkReference } from '../image/reference-grammar.ts';
import type { ImageSource } from '../image/source.ts';
import { archiveFile, ArchiveSource, archiveStream } from '../sources/archive.ts';
import { isDirectory, layoutKind } from '../sources/layout-directory.ts';
import { LayoutSource } from '../sources/layout.ts';
import type { Arguments } from './arguments.ts';
import { hintingSource } from './hinting-source.ts';
import { type DaemonRequest, openFromDaemon } from './open-daemon.ts';
import { type Engine, parseTarget } from './target.ts';

/** How the built-in image is called where images are listed. */
export const SAMPLE = 'peel/sample:latest';

/** What names an image: the target, and what is said beside it. */
export type Request = Pick<Arguments, 'sample' | 'image'> & DaemonRequest & { readonly target: string };

/**
 * The source that a target names: standard input, an archive or a layout on disk, else an image of the daemon.
 * @param key which of the images that were found there is meant; it counts more than what the request says.
 * @throws PeelError when there is none.
 */
export async function openSource(
  request: Request,
  signal: AbortSignal,
  key: string | null = null,
): Promise<ImageSource> {
  if (request.sample) return openSample();
  const wish: Wish =
    key === null ? { name: request.image, platform: request.platform } : { name: key, platform: null };
  const target = parseTarget(request.target);
  switch (target.kind) {
    case 'standard-input':
      refuseDaemonOptions(request);
      if (process.stdin.isTTY)
        throw new PeelError('arguments', 'Nothing comes in: docker save IMAGE | peel -');
      return new ArchiveSource(archiveStream('standard input', process.stdin), wish);
    case 'daemon':
      return openNamed(target.reference, onPlatform(request, key), signal, target.engine);
    case 'path':
      refuseDaemonOptions(request);
      return openPath(target.path, wish);
    case 'name': {
      const { name } = target;
      const named = onPlatform(request, key);
      const isThere = (await isFile(name)) || (await isLayout(name));
      if (!isThere) return openElsewhere(name, named, signal);
      // A file called like the image is not in the way of what only a daemon can do.
      return daemonOption(request) === null ? openPath(name, wish) : openNamed(name, named, signal);
    }
    default: {
      refuseDaemonOptions(request);
      const { path, name } = await splitPath(target.rest);
      const named = key === null ? withName(wish, name) : wish;
      if (target.kind === 'archive') return new ArchiveSource(await archiveFile(path), named);
      if (await isDirectory(path)) return new LayoutSource({ path, kind: target.kind }, named);
      throw new PeelError('file', `${path} is no directory: ${request.target} names one.`);
    }
  }
}

/** Whether a bare name is that of a layout; one that cannot even be looked at does not stand in the way of an image. */
async function isLayout(name: string): Promise<boolean> {
  return (await layoutKind(name).catch(() => null)) !== null;
}

/** The images of one name that a daemon holds have their platforms for keys. */
function onPlatform(request: Request, key: string | null): Request {
  return key === null ? request : { ...request, platform: parsePlatform(key) };
}

/** @throws PeelError `arguments` */
function refuseDaemonOptions(request: Request): void {
  const what = daemonOption(request);
  if (what !== null) throw new PeelError('arguments', `${what}; ${request.target} is none.`);
}

/** What the first option is good for that belongs to images of a daemon alone; null where there is none. */
function daemonOption({ pull, host, context, source }: Request): string | null {
  if (pull) return '--pull fetches images of the daemon';
  if (host !== null) return '--host leads to images of a daemon';
  if (context !== null) return '--context leads to images of a daemon';
  return source === 'auto' ? null : '--source says how images of a daemon are read';
}

export async function openSample(): Promise<ImageSource> {
  const { sampleSource } = await import('../sources/sample/sample-source.ts');
  return sampleSource();
}

/** An image that only a daemon can have: what chooses among those of an archive has no place here. */
function openNamed(
  reference: string,
  request: Request,
  signal: AbortSignal,
  engine: Engine = 'docker',
): Promise<ImageSource> {
  checkReference(reference);
  if (request.image !== null) {
    throw new PeelError(
      'arguments',
      `--image names one image of an archive or layout that holds several; ${reference} is an image of the daemon.`,
    );
  }
  return openFromDaemon(reference, request, signal, engine);
}

/** A name that no file and no layout has; where something else has it, that may have been meant. */
async function openElsewhere(name: string, request: Request, signal: AbortSignal): Promise<ImageSource> {
  const hint = await otherMeaning(name);
  if (hint === null) return openNamed(name, request, signal);
  try {
    return hintingSource(await openNamed(name, request, signal), hint);
  } catch (error) {
    throw error instanceof PeelError ? error.after(hint) : error;
  }
}

/** What else is called so, in one sentence; null where nothing is. */
async function otherMeaning(name: string): Promise<string | null> {
  if (isCalled(SAMPLE, name)) return `The image that peel brings along is opened by peel --sample.`;
  const [, transport, rest] = /^(docker|podman):([^/]+)$/.exec(name) ?? [];
  if (transport !== undefined && rest !== undefined)
    return `${name} is the tag ${rest} of an image called ${transport}; the transport is written ${transport}://${rest}.`;
  return (await isDirectory(name)) ? `The directory ${name} holds no image.` : null;
}

async function openPath(path: string, wish: Wish): Promise<ImageSource> {
  await checkNoDocument(path);
  if (!(await isDirectory(path))) return new ArchiveSource(await archiveFile(path), wish);
  const kind = await layoutKind(path);
  if (kind !== null) return new LayoutSource({ path, kind }, wish);
  throw new PeelError(
    'not-an-image',
    `${path} is a directory without an image: it has neither index.json and blobs (an image layout) nor manifest.json and version (dir:).`,
  );
}

/** What explains the image in a directory, and is the file that one finds there. */
const DOCUMENTS = ['index.json', 'manifest.json', 'oci-layout', 'version'];

/** @throws PeelError `not-an-image` for a document of a directory that is an image itself. */
async function checkNoDocument(path: string): Promise<void> {
  if (!DOCUMENTS.includes(basename(path)) || !(await isFile(path))) return;
  const directory = dirname(path);
  if (!(await isLayout(directory))) return;
  throw new PeelError(
    'not-an-image',
    `${path} only explains the image that is kept beside it: open the directory, peel ${directory === '.' ? './' : directory}`,
  );
}

/** Skopeo's `PATH[:NAME]`: a path with a colon of its own is taken as it stands where it is there. */
async function splitPath(rest: string): Promise<{ path: string; name: string | null }> {
  const colon = rest.indexOf(':');
  if (colon === -1 || (await exists(rest))) return { path: rest, name: null };
  const name = rest.slice(colon + 1);
  return { path: rest.slice(0, colon), name: name === '' ? null : name };
}

function withName(wish: Wish, name: string | null): Wish {
  if (name === null || name === wish.name) return wish;
  if (wish.name === null) return { ...wish, name };
  throw new PeelError('arguments', `Either --image ${wish.name} or :${name}, not both.`);
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
