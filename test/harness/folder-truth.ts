// What an image's file system is, by the word of a program that has unpacked it into a folder: read with lstat alone.
import { lstatSync, readdirSync, readlinkSync, type Stats } from 'node:fs';
import { textOf } from '../../src/image/text.ts';
import type { GroundTruth, TrueFile } from './ground-truth.ts';

/** Bytes as the report writes names. */
const named = (bytes: Buffer): string => textOf(bytes.toString('latin1'));

function typeOf(stats: Stats): TrueFile['type'] {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  if (stats.isSymbolicLink()) return 'symlink';
  if (stats.isCharacterDevice()) return 'char';
  if (stats.isBlockDevice()) return 'block';
  if (stats.isFIFO()) return 'fifo';
  throw new Error('a socket, which no layer holds');
}

/** Everything under a folder, the folder itself left out, as bytes and unresolved. */
function* walk(folder: Buffer, within: Buffer): Generator<{ path: Buffer; stats: Stats; real: Buffer }> {
  for (const name of readdirSync(folder, { encoding: 'buffer' })) {
    const real = Buffer.concat([folder, Buffer.from('/'), name]);
    const path = Buffer.concat([within, Buffer.from('/'), name]);
    const stats = lstatSync(real);
    yield { path, stats, real };
    if (stats.isDirectory()) yield* walk(real, path);
  }
}

/** The file system that lies under `root`, owners and devices included: only root can have unpacked it truly. */
export function folderTruth(root: string): GroundTruth {
  const files = new Map<string, Omit<TrueFile, 'otherNames'> & { inode: number }>();
  const names = new Map<number, string[]>();
  let liveBytes = 0;
  for (const { path, stats, real } of walk(Buffer.from(root), Buffer.alloc(0))) {
    const type = typeOf(stats);
    const size = type === 'file' ? stats.size : 0;
    files.set(named(path), {
      type,
      size,
      mode: stats.mode & 0o7777,
      uid: stats.uid,
      gid: stats.gid,
      link: type === 'symlink' ? named(readlinkSync(real, { encoding: 'buffer' })) : null,
      inode: stats.ino,
    });
    if (!names.has(stats.ino)) liveBytes += size;
    names.set(stats.ino, [...(names.get(stats.ino) ?? []), named(path)]);
  }
  const withNames = [...files].map(([path, { inode, ...file }]): [string, TrueFile] => {
    const otherNames = (names.get(inode) ?? []).filter((name) => name !== path).sort();
    return [path, { ...file, otherNames }];
  });
  return { files: new Map(withNames), liveBytes };
}
