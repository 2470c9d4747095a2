// Extended headers (POSIX pax, "pax Extended Header File Format"): records `length key=value\n`. Values are kept as
// bytes: POSIX wants UTF-8, but Go, and so Docker, writes names and attributes into them as they are.

import type { ByteString } from '../image/entry.ts';
import { TarError } from './tar-error.ts';

/** Records of an extended header. */
export type PaxRecords = ReadonlyMap<string, ByteString>;

export const NO_RECORDS: PaxRecords = new Map();

const DIGITS = /^[1-9][0-9]*$/;

/** What a pax header says; an empty value takes back what a header before it said (POSIX pax). */
export function stated(pax: PaxRecords, key: string): ByteString | undefined {
  const value = pax.get(key);
  return value === '' ? undefined : value;
}

/** A whole number of 64 bits as Go reads it, NaN where the text is none. It is exact where it is a safe integer. */
export function decimal(text: ByteString): number {
  const number = /^[+-]?[0-9]+$/.test(text) ? Number(text) : NaN;
  return Math.abs(number) <= 2 ** 63 ? number : NaN;
}

/**
 * The records of an extended header's payload; of a key that comes twice, the last one. The map of a sparse file that
 * is written in records of the same key (GNU tar's pax 0.0) comes as the one record that 0.1 has for it.
 * @throws TarError `damaged`
 */
export function parsePax(payload: ByteString): PaxRecords {
  const records = new Map<string, ByteString>();
  const sparseMap: ByteString[] = [];
  let at = 0;
  while (at < payload.length) {
    const space = payload.indexOf(' ', at);
    const length = payload.slice(at, space);
    const end = at + Number(length);
    const equals = payload.indexOf('=', space);
    const isRecord =
      DIGITS.test(length) &&
      end <= payload.length &&
      payload[end - 1] === '\n' &&
      equals > space &&
      equals < end;
    if (!isRecord) throw new TarError('damaged', 'Invalid pax header: it holds something else than records.');
    const key = payload.slice(space + 1, equals);
    const value = payload.slice(equals + 1, end - 1);
    if (key === SPARSE_OFFSET || key === SPARSE_BYTES) addToMap(sparseMap, key, value);
    else records.set(key, value);
    at = end;
  }
  if (sparseMap.length > 0) records.set('GNU.sparse.map', sparseMap.join(','));
  return records;
}

const SPARSE_OFFSET = 'GNU.sparse.offset';
const SPARSE_BYTES = 'GNU.sparse.numbytes';

function addToMap(map: ByteString[], key: string, value: ByteString): void {
  const isNext = key === (map.length % 2 === 0 ? SPARSE_OFFSET : SPARSE_BYTES);
  if (!isNext || value.includes(',')) {
    throw new TarError('damaged', 'Invalid pax header: the map of a sparse file is out of order.');
  }
  map.push(value);
}
