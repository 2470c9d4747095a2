// Sparse files: a map says where data stand, all else is zeros; the payload is the data alone, one after the other.
// Four forms (GNU tar manual, "Storing Sparse Files"): the old one (`S`) has its map in the header and in blocks behind
// it; pax 0.0 and 0.1 have it in the pax header; pax 1.0 has it at the payload's head. What is refused here is what
// Go's archive/tar refuses. Docker, podman and umoci unpack the pax forms to their whole size; the old one, which Go
// reads as well, they refuse for its flag.

import type { ByteString } from '../image/entry.ts';
import { BLOCK_BYTES, numberIn } from './block.ts';
import { decimal, NO_RECORDS, type PaxRecords, stated } from './pax.ts';
import { TarError } from './tar-error.ts';

/** The flag of the old form. */
const GNU_SPARSE = 0x53;

/** A map that takes more than this is refused. */
const MAX_MAP_BYTES = 1024 * 1024;

/** A map as it is read: offsets and lengths of data, alternately. */
export interface SparseMap {
  /** Whether the next block of the tar belongs to it. */
  readonly wantsBlock: boolean;
  /** Whether its blocks are payload (pax 1.0), or stand before it. */
  readonly isInPayload: boolean;
  /**
   * Takes the block that begins at `at`.
   * @throws TarError `damaged`
   */
  takeBlock(bytes: Buffer, at: number): void;
  /** To be asked once no block is wanted any more. What is no number is NaN. */
  numbers(): readonly number[];
}

/** What a header says of a sparse file. */
export interface SparseHeader {
  /** Its name where the header's own is a stand-in. */
  readonly name: ByteString | undefined;
  /** Bytes of the whole file, zeros too. */
  readonly size: number;
  readonly map: SparseMap;
}

/**
 * What the header that begins at `at` says of a sparse file; null for every other member.
 * @param stored the bytes of its payload.
 * @throws TarError `damaged`
 */
export function sparseHeader(
  bytes: Buffer,
  at: number,
  flag: number,
  pax: PaxRecords,
  stored: number,
): SparseHeader | null {
  if (flag === GNU_SPARSE) return gnuHeader(bytes, at);
  return pax === NO_RECORDS ? null : paxHeader(pax, stored);
}

/** star (Schilling) has the same flag and magic for another layout. */
const GNU_MAGIC = 'ustar  \0';
const MAGIC_AT = 257;
const SIZE_AT = 483;
const HEADER_MAP_AT = 386;
const NUMBER_BYTES = 12;
const HEADER_ENTRIES = 4;
const BLOCK_ENTRIES = 21;

function gnuHeader(bytes: Buffer, at: number): SparseHeader {
  if (bytes.toString('latin1', at + MAGIC_AT, at + MAGIC_AT + GNU_MAGIC.length) !== GNU_MAGIC) {
    throw damaged('its header is not the one of GNU tar');
  }
  const size = numberIn(bytes, at, { at: SIZE_AT, length: NUMBER_BYTES });
  return { name: undefined, size, map: new GnuMap(bytes, at + HEADER_MAP_AT) };
}

/** Four entries in the header, and as many blocks with 21 more as say that another one follows. */
class GnuMap implements SparseMap {
  wantsBlock = false;
  readonly isInPayload = false;
  private readonly found: number[] = [];
  private bytes = 0;

  constructor(bytes: Buffer, at: number) {
    this.take(bytes, at, HEADER_ENTRIES);
  }

  takeBlock(bytes: Buffer, at: number): void {
    this.take(bytes, at, BLOCK_ENTRIES);
    this.bytes += BLOCK_BYTES;
    if (this.wantsBlock && this.bytes + BLOCK_BYTES >= MAX_MAP_BYTES) throw tooLong();
  }

  numbers(): readonly number[] {
    return this.found;
  }

  private take(bytes: Buffer, start: number, entries: number): void {
    const end = start + entries * 2 * NUMBER_BYTES;
    for (let at = start; at < end && bytes[at] !== 0; at += 2 * NUMBER_BYTES) {
      this.found.push(
        numberIn(bytes, at, { at: 0, length: NUMBER_BYTES }),
        numberIn(bytes, at, { at: NUMBER_BYTES, length: NUMBER_BYTES }),
      );
    }
    this.wantsBlock = bytes[end] !== 0;
  }
}

function paxHeader(pax: PaxRecords, stored: number): SparseHeader | null {
  const version = versionOf(pax);
  if (version === null) return null;
  const size = stated(pax, 'GNU.sparse.size') ?? stated(pax, 'GNU.sparse.realsize');
  return {
    name: stated(pax, 'GNU.sparse.name'),
    size: size === undefined ? stored : decimal(size),
    map: version === '1.0' ? new PayloadMap() : paxMap(pax),
  };
}

/** Versions 0.0 and 0.1 need not say so: their map does. A file of a version that nobody knows is read as any other. */
function versionOf(pax: PaxRecords): '0' | '1.0' | null {
  const major = stated(pax, 'GNU.sparse.major');
  const minor = stated(pax, 'GNU.sparse.minor');
  if (major === undefined && minor === undefined)
    return stated(pax, 'GNU.sparse.map') === undefined ? null : '0';
  if (major === '0' && (minor === '0' || minor === '1')) return '0';
  return major === '1' && minor === '0' ? '1.0' : null;
}

function paxMap(pax: PaxRecords): SparseMap {
  const entries = decimal(pax.get('GNU.sparse.numblocks') ?? '');
  const map = stated(pax, 'GNU.sparse.map');
  const numbers = map === undefined ? [] : map.split(',').map(decimal);
  if (numbers.length !== 2 * entries) throw damaged('its map has not as many entries as it says');
  return { wantsBlock: false, isInPayload: false, takeBlock: () => undefined, numbers: () => numbers };
}

/** Lines of one decimal number each; the first says how many entries follow. It ends with a block. */
class PayloadMap implements SparseMap {
  readonly isInPayload = true;
  private readonly blocks: string[] = [];
  private lines = 0;
  private wantedLines = 1;

  get wantsBlock(): boolean {
    return this.lines < this.wantedLines;
  }

  takeBlock(bytes: Buffer, at: number): void {
    const block = bytes.toString('latin1', at, at + BLOCK_BYTES);
    const isFirstLineRead = this.lines > 0;
    this.blocks.push(block);
    this.lines += block.split('\n').length - 1;
    if (!isFirstLineRead && this.lines > 0) this.wantedLines = 1 + 2 * this.entries();
    if (this.wantsBlock && this.blocks.length * BLOCK_BYTES >= MAX_MAP_BYTES) throw tooLong();
  }

  numbers(): readonly number[] {
    return this.blocks.join('').split('\n', this.wantedLines).slice(1).map(decimal);
  }

  private entries(): number {
    const [line = ''] = this.blocks.join('').split('\n', 1);
    const entries = decimal(line);
    if (!(entries >= 0)) throw damaged('its map does not say how many entries it has');
    return entries;
  }
}

/**
 * The lengths of what a sparse file consists of: zeros, data, zeros, data …, zeros; any of them may be 0.
 * @param numbers its map. @param size its bytes, zeros too. @param stored those of its data.
 * @throws TarError `damaged` where these contradict each other.
 */
export function stretchesOf(numbers: readonly number[], size: number, stored: number): number[] {
  if (!(size >= 0)) throw damaged('it has no possible size');
  const stretches: number[] = [];
  let end = 0;
  let data = 0;
  for (let index = 0; index < numbers.length; index += 2) {
    const [offset = NaN, length = NaN] = [numbers[index], numbers[index + 1]];
    const isNext = offset >= end && length >= 0 && offset + length <= size;
    if (!isNext) throw damaged('its map has data that overlap, lie beyond its end or nowhere');
    stretches.push(offset - end, length);
    end = offset + length;
    data += length;
  }
  if (data !== stored) throw damaged('its map has more data than its payload, or less');
  stretches.push(size - end);
  return stretches;
}

const tooLong = () =>
  damaged(`its map takes more than ${MAX_MAP_BYTES / 1024 / 1024} MiB, which is the limit`);

/** An error of a sparse file. */
export function damaged(what: string): TarError {
  return new TarError('damaged', `Invalid sparse file: ${what}.`);
}
