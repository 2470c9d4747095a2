import { TarError } from './tar-error.ts';
import type { ByteSink } from './byte-sink.ts';

/** Characters of one line, at most: a member's pax header of 1 MiB in base64, and as much again. */
const MAX_LINE = 4 * 1024 * 1024;

const NEWLINE = 0x0a;

/** A sink that hands on a text line by line, without their ends; one byte of it is one character. */
export function lineSink(take: (line: string) => void, end: () => void): ByteSink {
  let rest = '';
  return {
    write(chunk) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      let from = 0;
      for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, from)) {
        take(rest + bytes.toString('latin1', from, at));
        rest = '';
        from = at + 1;
      }
      rest += bytes.toString('latin1', from);
      if (rest.length > MAX_LINE) throw new TarError('damaged', 'A line of more than can be meant.');
      return true;
    },
    drained: () => Promise.resolve(),
    end() {
      if (rest !== '') take(rest);
      end();
      return Promise.resolve();
    },
  };
}
