/** The lines of a text in two typed arrays: where each begins, and a number that equal lines share. */
export interface NumberedLines {
  readonly bytes: Uint8Array;
  /** First byte of each line, and the text's length at the end: one more than there are lines. */
  readonly starts: Uint32Array;
  readonly numbers: Int32Array;
}

const LINE_FEED = 0x0a;

/** Gives lines of several texts their numbers. A line's end is a part of it. */
export class LineNumbering {
  /** A line of each number. */
  private readonly lines: Uint8Array[] = [];
  /** Numbers of the lines with one hash. */
  private readonly byHash = new Map<number, number[]>();

  of(bytes: Uint8Array): NumberedLines {
    const starts = startsIn(bytes);
    const numbers = new Int32Array(starts.length - 1);
    for (let line = 0; line < numbers.length; line++) {
      numbers[line] = this.numberOf(bytes.subarray(starts[line], starts[line + 1]));
    }
    return { bytes, starts, numbers };
  }

  private numberOf(line: Uint8Array): number {
    const hash = hashOf(line);
    const alike = this.byHash.get(hash) ?? [];
    const known = alike.find((number) => isEqual(this.lines[number], line));
    if (known !== undefined) return known;
    const number = this.lines.push(line) - 1;
    this.byHash.set(hash, [...alike, number]);
    return number;
  }
}

function startsIn(bytes: Uint8Array): Uint32Array {
  const { length } = bytes;
  let lines = 0;
  for (let at = 0; at < length; at++) if (bytes[at] === LINE_FEED) lines++;
  if (length > 0 && bytes[length - 1] !== LINE_FEED) lines++;
  const starts = new Uint32Array(lines + 1);
  let line = 0;
  for (let at = 0; at < length; at++) if (bytes[at] === LINE_FEED) starts[++line] = at + 1;
  starts[lines] = length;
  return starts;
}

// FNV-1a, begun anew for each run, so that nobody can choose lines that all have one hash.
const SEED = Math.floor(Math.random() * 2 ** 32);

function hashOf(line: Uint8Array): number {
  let hash = SEED;
  const { length } = line;
  for (let at = 0; at < length; at++) hash = Math.imul(hash ^ (line[at] ?? 0), 0x01000193);
  return hash;
}

function isEqual(a: Uint8Array | undefined, b: Uint8Array): boolean {
  if (a?.length !== b.length) return false;
  for (let at = 0; at < b.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
