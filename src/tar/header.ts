import type { ByteString, Entry, FileType } from '../image/entry.ts';
import { normalPath } from './path.ts';
import type { PaxRecords } from './pax.ts';
import type { Member } from './visitor.ts';

/**
 * The entry of a tar's member, without a checksum, as nothing of its payload has been seen yet, with its pax records applied (POSIX, pax "Extended Header Keywords": mtime, uid, gid;
 * star's `SCHILY.xattr.`).
 * @throws PeelError `hostile` when a name climbs out of the root.
 */
export function entryOf(member: Member): Entry {
  const { block, name, linkname, size, pax } = member;
  const type = typeOf(member);
  return {
    path: block.isNormal && name === block.name ? name : normalPath(name),
    type,
    size: type === 'file' ? size : 0,
    mode: block.mode & 0o7777,
    uid: paxNumber(pax.get('uid')) ?? block.uid,
    gid: paxNumber(pax.get('gid')) ?? block.gid,
    mtime: paxNumber(pax.get('mtime')) ?? block.mtime,
    link: linkOf(type, linkname, block),
    xattrs: pax.size === 0 ? '' : xattrsOf(pax),
    checksum: null,
  };
}

/** What a member is. */
export function typeOf({ block, name }: Member): FileType {
  switch (String.fromCharCode(block.flag)) {
    case '1':
      return 'hardlink';
    case '2':
      return 'symlink';
    case '3':
      return 'char';
    case '4':
      return 'block';
    case '5':
      return 'directory';
    case '6':
      return 'fifo';
    case '0':
    case '\0':
      // The tars of before ustar had no type for directories.
      return name.endsWith('/') ? 'directory' : 'file';
    default:
      // POSIX: a type that is not known is read as a regular file.
      return 'file';
  }
}

function linkOf(type: FileType, target: ByteString, device: Member['block']): ByteString {
  if (type === 'symlink') return target;
  if (type === 'hardlink') return normalPath(target);
  if (type === 'char' || type === 'block') return `${device.devmajor}:${device.devminor}`;
  return '';
}

function paxNumber(value: string | undefined): number | undefined {
  if (value === undefined || value === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

const XATTR_PREFIX = 'SCHILY.xattr.';

/** Attributes in the order of their names; each value's length stands before it, since it may hold any byte. */
function xattrsOf(pax: PaxRecords): string {
  return [...pax]
    .filter(([key]) => key.startsWith(XATTR_PREFIX))
    .map(([key, value]) => `${key.slice(XATTR_PREFIX.length)}=${value.length}:${value}`)
    .sort()
    .join('\0');
}
