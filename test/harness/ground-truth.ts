// What an image's file system is, by the word of Docker itself: `docker create`, `docker export`, and the tar read
// with tar-stream alone, so that nothing of peel's own reading of archives has a part in it.
import { extract, type Header } from 'tar-stream';
import { clientFor } from './dockerd.ts';

/** One name of a file system. */
export interface TrueFile {
  /** A further name of a hard link has the type of what it names. */
  readonly type: 'file' | 'directory' | 'symlink' | 'char' | 'block' | 'fifo';
  /** Bytes of a regular file, the same under each of its names; 0 for everything else. */
  readonly size: number;
  /** The twelve permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** What a symbolic link says. */
  readonly link: string | null;
  /** The other names of the same inode, sorted; empty for nearly everything. */
  readonly otherNames: readonly string[];
}

/** A whole file system. */
export interface GroundTruth {
  /** By absolute path, without the root directory itself. */
  readonly files: ReadonlyMap<string, TrueFile>;
  /** Bytes of all regular files, each inode once. */
  readonly liveBytes: number;
}

/**
 * Files that the runtime puts into every container's root, over whatever the image has there: an empty marker, mount
 * points for the machine's own host name and resolver, and a link. What the image had at these names is lost.
 */
const runtimeFiles = [
  '/.dockerenv',
  '/dev/console',
  '/etc/hostname',
  '/etc/hosts',
  '/etc/mtab',
  '/etc/resolv.conf',
];

/** Directories that it makes where the image has none. An empty one in an export may be the image's or not. */
const runtimeDirectories = ['/dev/pts', '/dev/shm', '/proc', '/sys', '/dev', '/etc'];

/**
 * The paths that an export cannot speak about: exactly what the runtime made, or may have made.
 * @param paths everything in the export
 */
export function runtimeMade(paths: Iterable<string>): Set<string> {
  const made = new Set(runtimeFiles);
  const all = [...paths];
  for (const directory of runtimeDirectories) {
    const held = all.some((path) => path.startsWith(`${directory}/`) && !made.has(path));
    if (!held) made.add(directory);
  }
  return made;
}

/**
 * The names that are no UTF-8, as the export's reader (which cannot tell two of them apart) and the report write them.
 * Another judge must look at these.
 */
export function namesLost(paths: Iterable<string>): string[] {
  return [...paths].filter((path) => /\ufffd|\\x[89a-f]/.test(path));
}

const types: Partial<Record<NonNullable<Header['type']>, TrueFile['type']>> = {
  file: 'file',
  'contiguous-file': 'file',
  directory: 'directory',
  symlink: 'symlink',
  'character-device': 'char',
  'block-device': 'block',
  fifo: 'fifo',
};

/** tar-stream leaves the pax records to its user, but for names and sizes. */
function number(header: Header, key: 'uid' | 'gid'): number {
  const records: Partial<Record<string, string>> = header.pax ?? {};
  return Number(records[key] ?? header[key]);
}

/** `./a/b/` → `/a/b` */
function absolute(name: string): string {
  return `/${name.replace(/^(\.?\/)+/, '').replace(/\/+$/, '')}`;
}

/**
 * Exports a container made of the image, and removes the container again.
 * @throws Error with the daemon's words, or when the tar holds a type of entry that no file system has
 */
export async function groundTruth(host: string, image: string): Promise<GroundTruth> {
  const container = await clientFor(host).createContainer({ Image: image, Cmd: ['never started'] });
  try {
    const tar = await container.export();
    const leaders = new Map<string, Omit<TrueFile, 'otherNames'>>();
    /** Every name of an inode that has several, by the name that came first. */
    const groups = new Map<string, string[]>();
    for await (const entry of tar.pipe(extract())) {
      const { header } = entry;
      const path = absolute(header.name);
      entry.resume();
      if (path === '/') continue;
      if (header.type === 'link') {
        const first = absolute(header.linkname);
        groups.set(first, [...(groups.get(first) ?? [first]), path]);
        continue;
      }
      const type = types[header.type];
      if (type === undefined) throw new Error(`${path} is a ${header.type} entry`);
      leaders.set(path, {
        type,
        size: type === 'file' ? header.size : 0,
        mode: header.mode & 0o7777,
        uid: number(header, 'uid'),
        gid: number(header, 'gid'),
        link: type === 'symlink' ? header.linkname : null,
      });
    }
    return assemble(leaders, groups);
  } finally {
    await container.remove({ force: true });
  }
}

function assemble(
  leaders: ReadonlyMap<string, Omit<TrueFile, 'otherNames'>>,
  groups: ReadonlyMap<string, readonly string[]>,
): GroundTruth {
  const files = new Map<string, TrueFile>();
  let liveBytes = 0;
  for (const [leader, file] of leaders) {
    liveBytes += file.size;
    const names = groups.get(leader) ?? [leader];
    for (const path of names) {
      files.set(path, { ...file, otherNames: names.filter((name) => name !== path).sort() });
    }
  }
  for (const path of runtimeMade(files.keys())) files.delete(path);
  return { files, liveBytes };
}
