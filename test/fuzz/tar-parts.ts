/** A tar taken apart into its members, as far as it can be, and put together again: for changing what is in it. */

export const BLOCK = 512;

export interface Part {
  /** The header block; changing it in place is what it is for. */
  readonly header: Buffer;
  /** Blocks that go on with the map of a sparse file (`S`). */
  readonly map: Buffer;
  /** Without the padding. */
  readonly payload: Buffer;
}

/** The members up to the first block that is none, and whatever follows. */
export function partsOf(tar: Buffer): { parts: Part[]; tail: Buffer } {
  const parts: Part[] = [];
  let at = 0;
  while (at + BLOCK <= tar.length && isHeader(tar, at)) {
    const size = parseInt(tar.toString('latin1', at + 124, at + 136), 8) || 0;
    const start = mapEnd(tar, at);
    const end = start + size;
    if (end > tar.length) break;
    parts.push({
      header: Buffer.from(tar.subarray(at, at + BLOCK)),
      map: Buffer.from(tar.subarray(at + BLOCK, start)),
      payload: tar.subarray(start, end),
    });
    at = Math.ceil(end / BLOCK) * BLOCK;
  }
  return { parts, tail: tar.subarray(at) };
}

/** Where the map of an old GNU sparse file ends, which blocks behind the header may go on with; else the header. */
function mapEnd(tar: Buffer, at: number): number {
  let end = at + BLOCK;
  if (tar[at + 156] !== 0x53) return end;
  for (
    let goesOn = tar[at + 482];
    goesOn === 1 && end + BLOCK <= tar.length;
    goesOn = tar[end - BLOCK + 504]
  ) {
    end += BLOCK;
  }
  return end;
}

export function tarOf(parts: readonly Part[], tail: Buffer): Buffer {
  const blocks = parts.flatMap(({ header, map, payload }) => [
    header,
    map,
    payload,
    Buffer.alloc((BLOCK - (payload.length % BLOCK)) % BLOCK),
  ]);
  return Buffer.concat([...blocks, tail]);
}

/** The same member with another payload, its size and checksum right. */
export function withPayload({ header, map }: Part, payload: Buffer): Part {
  const changed = Buffer.from(header);
  changed.write(`${payload.length.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  repair(changed);
  return { header: changed, map, payload };
}

/** Makes a header's checksum right. */
export function repair(header: Buffer): void {
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}

function isHeader(tar: Buffer, at: number): boolean {
  const block = Buffer.from(tar.subarray(at, at + BLOCK));
  const stored = block.toString('latin1', 148, 154);
  repair(block);
  return stored === block.toString('latin1', 148, 154);
}
