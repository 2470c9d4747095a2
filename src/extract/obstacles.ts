import { lstat } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import type { ByteString } from '../image/entry.ts';
import { codeOf } from './failures.ts';
import type { Place } from './place.ts';
import type { ExtractPlan } from './plan.ts';
import type { Obstacle } from './taken.ts';

/** What stands in the way of a plan. Nothing is looked at below what is not there, or is in the way itself. */
export async function obstaclesTo(plan: ExtractPlan, place: Place, signal: AbortSignal): Promise<Obstacle[]> {
  const obstacles: Obstacle[] = [];
  /** Directories that are there. */
  const there = new Set<ByteString>(['']);
  const statsOf = async (path: ByteString): Promise<Stats | null> => {
    const at = place.at(path);
    if (!there.has(directoryOf(path))) return null;
    signal.throwIfAborted();
    return lstat(at).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    });
  };
  for (const { path } of plan.directories) {
    const stats = await statsOf(path);
    if (stats?.isDirectory() === true) there.add(path);
    else if (stats !== null) obstacles.push({ path: place.shown(path), isReplaceable: false });
  }
  for (const path of namesIn(plan)) {
    const stats = await statsOf(path);
    if (stats === null) continue;
    obstacles.push({ path: place.shown(path), isReplaceable: stats.isFile() || stats.isSymbolicLink() });
  }
  return obstacles;
}

function* namesIn({ files, symlinks }: ExtractPlan): Generator<ByteString, void> {
  for (const { path, links } of files) {
    yield path;
    yield* links;
  }
  for (const { path } of symlinks) yield path;
}

const directoryOf = (path: ByteString) => path.slice(0, Math.max(0, path.lastIndexOf('/')));
