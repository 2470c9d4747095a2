import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { messageOf, PeelError } from '../image/errors.ts';
import { visible } from '../image/text.ts';
import { reportJson } from '../report/json.ts';
import type { Report } from '../report/report.ts';
import { replaceFile } from './replace-file.ts';

/**
 * Writes a report to a file, or to standard output for `-`. A file that cannot be written whole stays what it was.
 * @throws PeelError `file` when it cannot be written whole.
 */
export async function writeReport(report: Report, target: string): Promise<void> {
  const pieces = joined(reportJson(report));
  try {
    if (target === '-') await pipeline(Readable.from(pieces), process.stdout, { end: false });
    else await replaceFile(target, pieces);
  } catch (error) {
    throw new PeelError('file', `Cannot write ${visible(target)}: ${reasonOf(error)}`, { cause: error });
  }
}

/** Why, without the path: a file has another one while it is written. */
function reasonOf(error: unknown): string {
  return messageOf(error).replace(/, \w+(?: '.*')?$/, '');
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
