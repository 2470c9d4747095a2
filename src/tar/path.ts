import type { ByteString } from '../image/entry.ts';
import { PeelError } from '../image/errors.ts';
import { shown } from '../image/text.ts';

/** No empty, `.` or `..` component and no slash at either end: nothing to do, the rule for nearly every name. */
const NORMAL = /^(?!(?:.*\/)?\.{0,2}(?:\/|$))/s;

const DOT = 0x2e;
const SLASH = 0x2f;

/**
 * Whether a name is normal at first sight: nothing in it begins with a dot, and no slash is one too many. It stands in
 * `bytes` from `start` to before `end`, where to look takes a fraction of what it would take in a string.
 */
export function isPlain(bytes: Uint8Array, start: number, end: number): boolean {
  let before: number | undefined = SLASH;
  for (let index = start; index < end; index++) {
    const byte = bytes[index];
    if (before === SLASH && (byte === SLASH || byte === DOT)) return false;
    before = byte;
  }
  return before !== SLASH;
}

/**
 * Linux, limits.h: PATH_MAX. A longer path could not be unpacked. It bounds the depth too: no path has more than 2,048
 * components, and Docker does unpack 1,500.
 */
const MAX_PATH_BYTES = 4096;

/**
 * A name as tar writers spell it (`./usr/`, `/usr`, `usr`) in its one normal form, `usr`; the root is empty.
 * @throws PeelError `hostile` when the name climbs out of the root, or is longer than any file system takes.
 */
export function normalPath(name: ByteString): ByteString {
  if (name.length > MAX_PATH_BYTES) {
    throw new PeelError(
      'hostile',
      `A layer holds a path of ${name.length} bytes; ${MAX_PATH_BYTES} is the limit.`,
    );
  }
  if (NORMAL.test(name)) return name;
  const components: ByteString[] = [];
  for (const component of name.split('/')) {
    if (component === '' || component === '.') continue;
    if (component !== '..') components.push(component);
    else if (components.pop() === undefined) {
      throw new PeelError('hostile', `A layer holds a name that climbs out of the image: ${shown(name)}`);
    }
  }
  return components.join('/');
}
