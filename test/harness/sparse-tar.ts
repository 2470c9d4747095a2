/** Writes sparse files in the four forms that GNU tar has for them (its manual, "Storing Sparse Files"). */
import { BLOCK, member, paxOf, type RawMember, withChecksum } from './raw-tar.ts';

export const SPARSE_FORMS = ['gnu', 'pax 0.0', 'pax 0.1', 'pax 1.0'] as const;
export type SparseForm = (typeof SPARSE_FORMS)[number];

export interface SparseFile {
  readonly name: string;
  /** Bytes of the whole file. */
  readonly size: number | string;
  /** Offsets and lengths of data, alternately: numbers, or what stands in a number's place. */
  readonly map: readonly (number | string)[];
  /** The data alone, one after the other, one character for each byte. */
  readonly data: string;
  /** How many entries the map says it has; as many as it has where left out. */
  readonly entries?: number | string;
  readonly type?: string;
}

/** What tar writers call a file whose name stands in a pax record. */
const STAND_IN = 'GNUSparseFile.0/file';

export function sparse(form: SparseForm, file: SparseFile): Buffer {
  if (form === 'gnu') return gnu(file);
  const { name, size, map, data, entries = Math.floor(map.length / 2), type = '0' } = file;
  const plain = (content: string): RawMember => ({ name: STAND_IN, content, type });
  if (form === 'pax 1.0') {
    const text = [entries, ...map].map((number) => `${number}\n`).join('');
    const records = paxOf([
      ['GNU.sparse.major', '1'],
      ['GNU.sparse.minor', '0'],
      ['GNU.sparse.name', name],
      ['GNU.sparse.realsize', String(size)],
    ]);
    const padded = text.padEnd(Math.ceil(text.length / BLOCK) * BLOCK, '\0');
    return Buffer.concat([records, member(plain(padded + data))]);
  }
  const records: [string, string][] = [
    ['GNU.sparse.size', String(size)],
    ['GNU.sparse.numblocks', String(entries)],
  ];
  if (form === 'pax 0.1') records.push(['GNU.sparse.name', name], ['GNU.sparse.map', map.join(',')]);
  const keys = ['GNU.sparse.offset', 'GNU.sparse.numbytes'] as const;
  if (form === 'pax 0.0') map.forEach((number, n) => records.push([keys[n % 2] ?? '', String(number)]));
  return Buffer.concat([
    paxOf(records),
    member({ ...plain(data), name: form === 'pax 0.0' ? name : STAND_IN }),
  ]);
}

const HEADER_NUMBERS = 8;
const BLOCK_NUMBERS = 42;

function gnu({ name, size, map, data }: SparseFile): Buffer {
  const written = member({ name, type: 'S', content: data });
  const header = written.subarray(0, BLOCK);
  header.write('ustar  \0', 257, 'latin1');
  header.fill(0, 329, 345);
  writeNumbers(header, 386, map.slice(0, HEADER_NUMBERS));
  writeNumbers(header, 483, [size]);
  const blocks: Buffer[] = [];
  for (let at = HEADER_NUMBERS; at < map.length; at += BLOCK_NUMBERS) {
    const block = Buffer.alloc(BLOCK);
    writeNumbers(block, 0, map.slice(at, at + BLOCK_NUMBERS));
    (blocks.at(-1) ?? header)[blocks.length === 0 ? 482 : 504] = 1;
    blocks.push(block);
  }
  return Buffer.concat([withChecksum(header), ...blocks, written.subarray(BLOCK)]);
}

/** In octal; what octal digits have no room for in base 256, as GNU tar writes it. */
function writeNumbers(block: Buffer, start: number, numbers: readonly (number | string)[]): void {
  numbers.forEach((number, index) => {
    const at = start + 12 * index;
    if (typeof number === 'string') block.write(number, at, 12, 'latin1');
    else if (number < 8 ** 11) block.write(`${number.toString(8).padStart(11, '0')}\0`, at, 'latin1');
    else {
      block[at] = 0x80;
      block.writeBigUInt64BE(BigInt(number), at + 4);
    }
  });
}
