// What a member of an archive is, by its own first bytes: blobs come before the JSON that explains them, and names say
// little.

import { beginsWithHeader, BLOCK_BYTES } from '../tar/block.ts';
import { compressionOf } from '../tar/decompress.ts';

/** First bytes that are enough to tell. */
export const HEAD_BYTES = BLOCK_BYTES;

/** A layer may begin with any name, `[slug].js` too: a tar's header is asked for before JSON's bracket. */
export function memberKind(head: Uint8Array): 'layer' | 'document' | 'other' {
  if (isLayer(head)) return 'layer';
  return isJson(head) ? 'document' : 'other';
}

function isJson(head: Uint8Array): boolean {
  const first = head.find((byte) => byte > 0x20);
  return first === 0x7b || first === 0x5b; // { or [
}

/** A tar is told by its first header's checksum: the oldest ones have no magic. One without members is all zeros. */
function isLayer(head: Uint8Array): boolean {
  if (compressionOf(head) !== 'none') return true;
  return head.length === BLOCK_BYTES && (head.every((byte) => byte === 0) || beginsWithHeader(head));
}
