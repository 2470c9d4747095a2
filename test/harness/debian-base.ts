// A real Debian root file system for test images, made by debootstrap: half a minute, then kept as a tar.
import { createReadStream, existsSync, mkdirSync, mkdtempSync, renameSync } from 'node:fs';
import { arch, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRoot, provide } from './debian-packages.ts';
import type { ImageBuilder } from './image-builder.ts';
import { run } from './run.ts';

/** One fixed release, so that every run everywhere tests the same sort of image. */
const suite = 'bookworm';

/** What `npm ci` empties, so a kept tar never grows old. */
export const cacheFolder = join(import.meta.dirname, '../../node_modules/.cache/peel');

/** What debootstrap copies from this machine or leaves behind, and what the runtime puts its own in place of. */
const leftOut = [
  './etc/hostname',
  './etc/resolv.conf',
  './var/cache/apt/archives/*.deb',
  './var/lib/apt/lists/*',
];

/** The mirror that this machine's own apt uses for the release, or none to leave it to debootstrap. */
export async function mirror(): Promise<string[]> {
  const wanted = ['Identifier: Packages', `Codename: ${suite}`, 'Component: main'];
  const printed = await run('apt-get', 'indextargets', '--format', '$(REPO_URI)', ...wanted).catch(() => '');
  const first = printed.split('\n')[0] ?? '';
  return /^https?:/.test(first) ? [first] : [];
}

/**
 * The path of a tar of a minimal Debian with a static busybox in it.
 * @throws Error in one line when it cannot be made here
 */
async function debianTar(): Promise<string> {
  const kept = join(cacheFolder, `debian-${suite}-${arch()}.tar`);
  if (existsSync(kept)) return kept;
  const obstacle = isRoot() ? await provide('debootstrap') : 'only root can run debootstrap';
  if (obstacle !== null) throw new Error(obstacle);
  const folder = mkdtempSync(join(tmpdir(), 'peel-debian-'));
  try {
    const root = join(folder, 'root');
    await run(
      'debootstrap',
      '--variant=minbase',
      '--include=busybox-static',
      suite,
      root,
      ...(await mirror()),
    );
    mkdirSync(cacheFolder, { recursive: true });
    const unfinished = `${kept}.${process.pid}`;
    const excluded = leftOut.map((pattern) => `--exclude=${pattern}`);
    await run(
      'tar',
      '--create',
      '--file',
      unfinished,
      '--directory',
      root,
      '--numeric-owner',
      ...excluded,
      '.',
    );
    renameSync(unfinished, kept);
    return kept;
  } finally {
    // Should debootstrap have failed with something mounted in there, that is not ours to remove.
    await run('rm', '-rf', '--one-file-system', folder).catch(() => '');
  }
}

/** The same by way of the daemon's registry. */
const pulled = `FROM debian:${suite}-slim\nRUN apt-get update && apt-get install -y busybox-static\n`;

/**
 * Imports the Debian base image; where none can be made, as on a Mac, it comes from the daemon's registry.
 * @throws Error that tells both failures
 */
export async function debianBase(builder: ImageBuilder, name: string): Promise<string> {
  let failure: string;
  try {
    return await builder.import(name, createReadStream(await debianTar()));
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  }
  try {
    return await builder.build(name, pulled);
  } catch (error) {
    throw new Error(`no Debian base image: ${failure}; ${String(error)}`, { cause: error });
  }
}
