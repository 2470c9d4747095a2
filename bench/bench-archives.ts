// The archives of the large tables: those that benchmarks write, and the daemon's image as docker save and skopeo write it.
import { createWriteStream, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { findCommand } from '../test/harness/debian-packages.ts';
import { clientFor } from '../test/harness/dockerd.ts';
import { run } from '../test/harness/run.ts';
import { archiveFolder, type BenchArchive, chowned, heavy, million, small } from './archives.ts';

/** All of them, from (a) to (e); packed layers only where skopeo is there to pack them. */
export async function benchArchives(host: string, image: string): Promise<BenchArchive[]> {
  const saved = await savedImage(host, image);
  const packed = await packedImage(saved);
  return [
    await small(),
    saved,
    ...(packed === null ? [] : [packed]),
    await chowned(),
    await million(),
    await heavy(),
  ];
}

/** (b) The image as `docker save` writes it. */
export async function savedImage(host: string, image: string): Promise<BenchArchive> {
  const path = join(archiveFolder(), 'debian.tar');
  if (!existsSync(path)) {
    await pipeline(await clientFor(host).getImage(image).get(), createWriteStream(`${path}.part`));
    renameSync(`${path}.part`, path);
  }
  return { path, what: '(b) a Debian with build tools, 1.1 GB, as docker save writes it', isPlain: true };
}

async function packedImage({ path }: BenchArchive): Promise<BenchArchive | null> {
  const skopeo = findCommand('skopeo');
  if (skopeo === null) return null;
  const packed = join(archiveFolder(), 'debian-oci.tar');
  if (!existsSync(packed)) {
    await run(skopeo, 'copy', '--insecure-policy', `docker-archive:${path}`, `oci-archive:${packed}:debian`);
  }
  return { path: packed, what: '(b) as an OCI archive, its layers packed with gzip', isPlain: false };
}
