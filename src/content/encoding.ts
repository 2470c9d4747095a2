// Whether bytes are a text, and in which encoding. Nothing in an image says so: the bytes must.

/** How a text is encoded. `8-bit` is text in an encoding that cannot be told: its bytes beyond ASCII are shown as numbers. */
export type TextEncoding = 'ASCII' | 'UTF-8' | 'UTF-8 with BOM' | 'UTF-16LE' | 'UTF-16BE' | '8-bit';

const BYTE_ORDER_MARKS = [
  { encoding: 'UTF-8 with BOM', mark: [0xef, 0xbb, 0xbf] },
  { encoding: 'UTF-16LE', mark: [0xff, 0xfe] },
  { encoding: 'UTF-16BE', mark: [0xfe, 0xff] },
] as const;

/** So many bytes of what may be UTF-16 are decoded to see whether it is. */
const CHECKED_BYTES = 1024 * 1024;

/** What texts hold of C0: backspace (man pages), tab, line feed, form feed, carriage return, escape (logs in colour). */
const TEXT_CONTROLS: ReadonlySet<number> = new Set([0x08, 0x09, 0x0a, 0x0c, 0x0d, 0x1b]);

/**
 * The encoding of a text, told by a byte order mark or by what its bytes are; null for what is no text: it holds a NUL
 * byte, or is no UTF-8 and holds control characters that no text has.
 * @param isCut whether more bytes follow that are not there: the last character may be a part of one.
 */
export function encodingOf(bytes: Uint8Array, isCut = false): TextEncoding | null {
  const marked = BYTE_ORDER_MARKS.find(({ mark }) => mark.every((byte, at) => bytes[at] === byte));
  if (marked !== undefined && marked.encoding !== 'UTF-8 with BOM')
    return isUtf16(bytes, marked.encoding) ? marked.encoding : null;
  if (bytes.includes(0)) return null;
  const { isAscii, isPlain } = glance(bytes);
  if (isAscii) return 'ASCII';
  if (isUtf8(bytes, isCut)) return marked?.encoding ?? 'UTF-8';
  return isPlain ? '8-bit' : null;
}

/** The text without its byte order mark, in UTF-8; an 8-bit one as it is. */
export function textBytes(bytes: Uint8Array, encoding: TextEncoding): Uint8Array {
  switch (encoding) {
    case 'UTF-8 with BOM':
      return bytes.subarray(3);
    case 'UTF-16LE':
    case 'UTF-16BE':
      return new TextEncoder().encode(new TextDecoder(encoding).decode(bytes));
    default:
      return bytes;
  }
}

function glance(bytes: Uint8Array): { isAscii: boolean; isPlain: boolean } {
  let isAscii = true;
  let isPlain = true;
  // Going through megabytes by index takes a fraction of the time.
  const { length } = bytes;
  for (let at = 0; at < length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte > 0x7f) isAscii = false;
    else if (byte < 0x20 && !TEXT_CONTROLS.has(byte)) isPlain = false;
    if (!isAscii && !isPlain) break;
  }
  return { isAscii, isPlain };
}

/**
 * Whether bytes are UTF-8 (RFC 3629, section 4). A decoder that is given megabytes in pieces, to see whether it throws,
 * takes ten times as long.
 */
function isUtf8(bytes: Uint8Array, isCut: boolean): boolean {
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      at++;
      continue;
    }
    const length = lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : 4;
    if (lead < 0xc2 || lead > 0xf4) return false;
    const there = Math.min(bytes.length, at + length);
    for (let next = at + 1; next < there; next++) if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return false;
    if (at + 1 < there && !mayFollow(lead, bytes[at + 1] ?? 0)) return false;
    if (there < at + length) return isCut;
    at = there;
  }
  return true;
}

/** Whether a lead byte and its first trailing byte begin a character: nothing overlong, no surrogate, none beyond U+10FFFF. */
function mayFollow(lead: number, second: number): boolean {
  if (lead === 0xe0) return second >= 0xa0;
  if (lead === 0xed) return second <= 0x9f;
  if (lead === 0xf0) return second >= 0x90;
  return lead !== 0xf4 || second <= 0x8f;
}

/** A program may begin with these two bytes too: a text in UTF-16 has no U+0000. */
function isUtf16(bytes: Uint8Array, encoding: 'UTF-16LE' | 'UTF-16BE'): boolean {
  return !new TextDecoder(encoding).decode(bytes.subarray(0, CHECKED_BYTES)).includes('\0');
}
