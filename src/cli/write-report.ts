import { createWriteStream } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { messageOf, PeelError } from '../image/errors.ts';
import { visible } from '../image/text.ts';
import { reportJson } from '../report/json.ts';
import type { Report } from '../report/report.ts';

/**
 * Writes a report to a file, or to standard output for `-`.
 * @throws PeelError `file` when it cannot be written whole.
 */
export async function writeReport(report: Report, target: string): Promise<void> {
  const output: Writable = target === '-' ? process.stdout : createWriteStream(target);
  try {
    await pipeline(Readable.from(joined(reportJson(report))), output, { end: target !== '-' });
  } catch (error) {
    throw new PeelError('file', `Cannot write ${visible(target)}: ${messageOf(error)}`, { cause: error });
  }
}

/** Characters that are written at once: enough that a write does not count, little beside a million files. */
const WRITE_CHARACTERS = 64 * 1024;

/** The same text in larger pieces. */
function* joined(pieces: Iterable<string>): Generator<string, void> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < WRITE_CHARACTERS) continue;
    yield text;
    text = '';
  }
  yield text;
}
