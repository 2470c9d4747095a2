// The names of an image's nodes, by number: bytes of one buffer, one behind the other.

import type { ByteString } from '../image/entry.ts';
import { columnIn, type Columns } from './columns.ts';
import { capacityFor, type Column, grown } from './growable.ts';
import { checkLimit, type TreeLimits } from './limits.ts';
import { compareRuns } from './name-order.ts';

export class PathNames {
  /** Name of node n: bytes starts[n] to starts[n + 1]. That of the root is empty. */
  private starts: Uint32Array = new Uint32Array(1025);
  private bytes: Uint8Array = new Uint8Array(16 * 1024);
  private readonly limits: Pick<TreeLimits, 'nameBytes'>;

  constructor(limits: Pick<TreeLimits, 'nameBytes'>) {
    this.limits = limits;
  }

  /** All there is to keep of the names of so many nodes; views, not copies. */
  columns(size: number): Columns {
    return new Map<string, Column>([
      ['nameStarts', this.starts.subarray(0, size + 1)],
      ['names', this.bytes.subarray(0, this.starts[size])],
    ]);
  }

  /**
   * Names of so many nodes that were kept.
   * @throws RangeError where the columns are not those of names.
   */
  static of(columns: Columns, size: number, limits: Pick<TreeLimits, 'nameBytes'>): PathNames {
    const names = new PathNames(limits);
    names.starts = columnIn(columns, 'nameStarts', Uint32Array, size + 1);
    names.bytes = columnIn(columns, 'names', Uint8Array, names.starts.at(-1));
    return names;
  }

  /** Room for the names of so many nodes. */
  makeRoom(nodes: number): void {
    this.starts = grown(this.starts, nodes + 1);
  }

  /**
   * Adds the name of the next node: the part of `text` from `start` to before `end`.
   * @throws PeelError `hostile` when all names together are longer than those of any image.
   */
  append(node: number, text: Uint8Array, start: number, end: number): void {
    let at = this.starts[node]!;
    const nextStart = at + end - start;
    checkLimit(nextStart, this.limits.nameBytes, 'bytes of names');
    if (nextStart > this.bytes.length) this.bytes = grown(this.bytes, capacityFor(nextStart));
    for (let index = start; index < end; index++) this.bytes[at++] = text[index]!;
    this.starts[node + 1] = nextStart;
  }

  text(node: number): ByteString {
    let name = '';
    for (let at = this.starts[node]!; at < this.starts[node + 1]!; at++) {
      name += String.fromCharCode(this.bytes[at]!);
    }
    return name;
  }

  /** Orders two names as people count: `f2` before `f10`, else by bytes. */
  compareForPeople(a: number, b: number): number {
    const { bytes, starts } = this;
    return compareRuns(bytes, starts[a]!, starts[a + 1]!, starts[b]!, starts[b + 1]!);
  }

  /** Orders the names of siblings by their bytes, behind which a slash follows where the path goes on. */
  compareInPaths(a: number, aGoesOn: boolean, b: number, bGoesOn: boolean): number {
    const { bytes, starts } = this;
    const startA = starts[a]!;
    const startB = starts[b]!;
    const lengthA = starts[a + 1]! - startA;
    const lengthB = starts[b + 1]! - startB;
    for (let at = 0; at < lengthA && at < lengthB; at++) {
      const difference = bytes[startA + at]! - bytes[startB + at]!;
      if (difference !== 0) return difference;
    }
    const next = (goesOn: boolean) => (goesOn ? SLASH : -1);
    const nextA = lengthA > lengthB ? bytes[startA + lengthB]! : next(aGoesOn);
    const nextB = lengthB > lengthA ? bytes[startB + lengthA]! : next(bGoesOn);
    return nextA - nextB;
  }

  /**
   * Clears the flag of each name from one number to before another that does not contain some bytes; names whose flag is 0
   * are not looked at. Where `foldCase`, ASCII letters are meant in either case, and `wanted` has small ones.
   * @param flags that of `from` first.
   */
  keepContaining(from: number, to: number, wanted: Uint8Array, foldCase: boolean, flags: Uint8Array): void {
    const { bytes, starts } = this;
    const folded = foldCase ? SMALL_LETTERS : SAME;
    const { length } = wanted;
    if (length === 0) return;
    const first = wanted[0]!;
    const orFirst = foldCase ? CAPITALS[first]! : first;
    for (let node = from; node < to; node++) {
      if (flags[node - from] === 0) continue;
      const last = starts[node + 1]! - length;
      let isFound = 0;
      for (let at = starts[node]!; at <= last; at++) {
        // Most bytes are not even the first one: of a million names this line is most of the work.
        const byte = bytes[at]!;
        if (byte !== first && byte !== orFirst) continue;
        let index = 1;
        while (index < length && folded[bytes[at + index]!] === wanted[index]) index++;
        if (index < length) continue;
        isFound = 1;
        break;
      }
      flags[node - from] = isFound;
    }
  }

  /** Hands the bytes of a name to `step` one after the other, each with what it made of the ones before. */
  read(node: number, start: number, step: (value: number, byte: number) => number): number {
    let value = start;
    for (let at = this.starts[node]!; at < this.starts[node + 1]!; at++) {
      value = step(value, this.bytes[at]!);
    }
    return value;
  }

  /** Whether the part of `text` from `start` to before `end` is the name of a node. */
  is(node: number, text: Uint8Array, start: number, end: number): boolean {
    let at = this.starts[node]!;
    if (this.starts[node + 1]! - at !== end - start) return false;
    for (let index = start; index < end; index++) {
      if (this.bytes[at++] !== text[index]) return false;
    }
    return true;
  }
}

const SLASH = 0x2f;

/** Each byte as it is, an ASCII capital as its small letter, and the other way round. */
const SAME = Uint8Array.from({ length: 0x100 }, (_, byte) => byte);
const SMALL_LETTERS = SAME.map((byte) => (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte));
const CAPITALS = SAME.map((byte) => (byte >= 0x61 && byte <= 0x7a ? byte & ~0x20 : byte));
