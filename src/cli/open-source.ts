import { stat } from 'node:fs/promises';
import { PeelError } from '../image/errors.ts';
import type { ImageSource } from '../image/source.ts';
import { archiveFile, ArchiveSource, archiveStream } from '../sources/archive.ts';
import type { NamedDaemon } from '../sources/docker/hosts.ts';
import type { Arguments } from './arguments.ts';

/** How the built-in image is called where images are listed. */
export const SAMPLE = 'peel/sample:latest';

/** Names that can only be meant as files: a reference begins with none of these, and ends in no such suffix. */
const LOOKS_LIKE_A_FILE = /^(?:\/|\.{1,2}\/|~)|\.(?:tar|tar\.gz|tgz|tar\.zst|oci)$/;

/**
 * The source that a target names: standard input, an archive on disk, else an image of the daemon.
 * @throws PeelError when there is none.
 */
export async function openSource(
  {
    target,
    sample,
    image,
    ...named
  }: Pick<Arguments, 'sample' | 'image' | keyof NamedDaemon> & { target: string },
  signal: AbortSignal,
): Promise<ImageSource> {
  if (sample) return openSample();
  if (target === '-') {
    if (process.stdin.isTTY) throw new PeelError('arguments', 'Nothing comes in: docker save IMAGE | peel -');
    return new ArchiveSource(archiveStream('standard input', process.stdin), image);
  }
  if (LOOKS_LIKE_A_FILE.test(target) || (await isFile(target))) {
    return new ArchiveSource(await archiveFile(target), image);
  }
  return openFromDaemon(target, named, signal);
}

export async function openSample(): Promise<ImageSource> {
  const { sampleSource } = await import('../sources/sample/sample-source.ts');
  return sampleSource();
}

/** @throws PeelError when no daemon answers. */
export async function openFromDaemon(
  reference: string,
  named: NamedDaemon,
  signal: AbortSignal,
): Promise<ImageSource> {
  const [{ connect }, { DockerSource }] = await Promise.all([
    import('../sources/docker/connect.ts'),
    import('../sources/docker/docker-source.ts'),
  ]);
  return new DockerSource(await connect(process.env, signal, named), reference);
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}
