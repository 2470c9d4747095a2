// The order in which people read names: as bytes, but digits as the numbers that they write.

/**
 * Orders two runs of a buffer's bytes (from, to before an end): `f2` before `f10`, else by bytes. Zero only where they
 * are equal.
 */
export function compareRuns(
  bytes: Uint8Array,
  startA: number,
  endA: number,
  startB: number,
  endB: number,
): number {
  let atA = startA;
  let atB = startB;
  while (atA < endA && atB < endB) {
    const byteA = bytes[atA]!;
    const byteB = bytes[atB]!;
    if (isDigit(byteA) && isDigit(byteB)) {
      const digitsA = digitsEnd(bytes, atA, endA);
      const digitsB = digitsEnd(bytes, atB, endB);
      const difference = compareNumbers(bytes, atA, digitsA, atB, digitsB);
      if (difference !== 0) return difference;
      atA = digitsA;
      atB = digitsB;
    } else if (byteA === byteB) {
      atA++;
      atB++;
    } else return byteA - byteB;
  }
  // Names that count alike (f1, f01) still need an order: the shorter one first.
  return endA - atA - (endB - atB) || endA - startA - (endB - startB);
}

/** Orders two runs of digits by the numbers they write, however long they are. */
function compareNumbers(bytes: Uint8Array, fromA: number, endA: number, fromB: number, endB: number): number {
  let atA = zerosEnd(bytes, fromA, endA);
  let atB = zerosEnd(bytes, fromB, endB);
  const byLength = endA - atA - (endB - atB);
  if (byLength !== 0) return byLength;
  for (; atA < endA; atA++, atB++) {
    const difference = bytes[atA]! - bytes[atB]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

function digitsEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && isDigit(bytes[at]!)) at++;
  return at;
}

function zerosEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && bytes[at] === ZERO) at++;
  return at;
}

const ZERO = 0x30;
const isDigit = (byte: number) => byte >= ZERO && byte <= 0x39;
