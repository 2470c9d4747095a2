// Extended headers (POSIX pax, "pax Extended Header File Format"): records `length key=value\n`. Values are kept as
// bytes: POSIX wants UTF-8, but Go, and so Docker, writes names and attributes into them as they are.

import type { ByteString } from '../image/entry.ts';
import { TarError } from './tar-error.ts';

/** Records of an extended header. */
export type PaxRecords = ReadonlyMap<string, ByteString>;

export const NO_RECORDS: PaxRecords = new Map();

const DIGITS = /^[1-9][0-9]*$/;

/**
 * The records of an extended header's payload; of a key that comes twice, the last one.
 * @throws TarError `damaged`
 */
export function parsePax(payload: ByteString): PaxRecords {
  const records = new Map<string, ByteString>();
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
    records.set(payload.slice(space + 1, equals), payload.slice(equals + 1, end - 1));
    at = end;
  }
  return records;
}
