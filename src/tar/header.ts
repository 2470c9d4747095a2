import type { ByteString, Entry, FileType } from '../image/entry.ts';
import { bytesOf } from '../image/text.ts';
import { normalPath } from './path.ts';
import type { TarHeader } from './read-tar.ts';

/** What a header says of an entry; the payload's checksum follows when its bytes have gone by. */
export type HeaderEntry = Omit<Entry, 'checksum'>;

/**
 * The entry of a tar header, with what tar-stream leaves in `header.pax` applied (POSIX, pax "Extended Header
 * Keywords": mtime, uid, gid; star's `SCHILY.xattr.`).
 * @throws PeelError `hostile` when a name climbs out of the root.
 */
export function entryOf(header: TarHeader): HeaderEntry {
  const pax = header.pax ?? {};
  const type = typeOf(header.type);
  // Names from pax records come as UTF-8 text, names from the header itself as bytes.
  const name = pax['path'] === undefined ? header.name : bytesOf(pax['path']);
  const target = pax['linkpath'] === undefined ? (header.linkname ?? '') : bytesOf(pax['linkpath']);
  return {
    path: normalPath(name),
    type,
    size: type === 'file' ? header.size : 0,
    mode: header.mode & 0o7777,
    uid: paxNumber(pax['uid']) ?? header.uid,
    gid: paxNumber(pax['gid']) ?? header.gid,
    mtime: paxNumber(pax['mtime']) ?? header.mtime.getTime() / 1000,
    link: linkOf(type, target, header),
    xattrs: header.pax ? xattrsOf(pax) : '',
  };
}

function typeOf(type: TarHeader['type']): FileType {
  switch (type) {
    case 'directory':
    case 'symlink':
    case 'fifo':
      return type;
    case 'link':
      return 'hardlink';
    case 'character-device':
      return 'char';
    case 'block-device':
      return 'block';
    default:
      // POSIX: a type that is not known is read as a regular file.
      return 'file';
  }
}

function linkOf(type: FileType, target: ByteString, header: TarHeader): ByteString {
  if (type === 'symlink') return target;
  if (type === 'hardlink') return normalPath(target);
  if (type === 'char' || type === 'block') return `${header.devmajor}:${header.devminor}`;
  return '';
}

function paxNumber(value: string | undefined): number | undefined {
  if (value === undefined || value === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

const XATTR_PREFIX = 'SCHILY.xattr.';

function xattrsOf(pax: Readonly<Record<string, string>>): string {
  return Object.keys(pax)
    .filter((key) => key.startsWith(XATTR_PREFIX))
    .sort()
    .map((key) => `${key.slice(XATTR_PREFIX.length)}=${pax[key] ?? ''}`)
    .join('\0');
}
