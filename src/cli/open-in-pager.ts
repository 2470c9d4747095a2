import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cannotWrite } from '../extract/failures.ts';
import { FileWriter } from '../extract/file-writer.ts';
import { removedBySignals } from '../extract/part-file.ts';
import type { ByteString } from '../image/entry.ts';
import type { ContentRequest, ImageSource } from '../image/source.ts';
import { textOf } from '../image/text.ts';
import { pagerFor, runPager } from './pager.ts';

/** A file to be shown. */
export interface Paged {
  /** Path or name in the image: its last component is what the pager calls it. */
  readonly path: ByteString;
  readonly content: ContentRequest;
}

/** What opening a file needs of its surroundings. */
export interface PagerSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Runs something while the terminal is nobody else's; Ink's `suspendTerminal` is one. */
  readonly withTerminal: (run: () => Promise<void>) => Promise<void>;
}

/**
 * Opens a file of an image in the pager, or the editor, that somebody has chosen. It is fetched into a directory that
 * nobody else may enter, and that is gone when this settles or a signal ends the process.
 * @throws PeelError `program` when nothing can show it, `file` when there is no room for it; what
 *   `ImageSource.content` throws.
 */
export async function openInPager(
  source: ImageSource,
  file: Paged,
  { environment, withTerminal }: PagerSurroundings,
  signal: AbortSignal,
): Promise<void> {
  const command = pagerFor(environment);
  const directory = await mkdtemp(join(tmpdir(), 'peel-')).catch((error: unknown) => {
    throw cannotWrite(tmpdir(), error);
  });
  // While the pager has the terminal, an interrupt is for the pager.
  const forget = removedBySignals(() => directory, ['SIGTERM', 'SIGHUP']);
  try {
    const path = join(directory, safeName(file.path));
    const forgetInterrupt = removedBySignals(() => directory, ['SIGINT']);
    await fetchTo(path, file.content, source, signal).finally(forgetInterrupt);
    await withTerminal(() => runPager(command, path, environment));
  } finally {
    forget();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Its owner alone may read it, and nobody write: an editor says so. */
const MODE = 0o400;

async function fetchTo(
  path: string,
  content: ContentRequest,
  source: ImageSource,
  signal: AbortSignal,
): Promise<void> {
  const writer = new FileWriter(
    Buffer.from(path),
    { mode: MODE, mtime: null },
    { settle: () => Promise.resolve(), blame: (error) => cannotWrite(path, error) },
  );
  try {
    if (content.size === 0) await writer.end();
    else await source.content([content], () => writer, signal);
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

/** Longer names are of no use to a pager, and none to a file system. */
const MAX_NAME_UNITS = 100;

/** What a pager shows, and an editor tells the kind of a file by: nothing in it means anything to a terminal or a shell. */
export function safeName(path: ByteString): string {
  const name = textOf(path.slice(path.lastIndexOf('/') + 1));
  const safe = name.replaceAll(/[^\p{L}\p{N}._+@=,-]/gu, '_').replace(/^[.-]+/, '_');
  return safe.slice(-MAX_NAME_UNITS) || 'file';
}
