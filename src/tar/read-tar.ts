import { type Extract, extract, type ExtractEvents } from 'tar-stream';

/** A tar header as tar-stream decodes it; its own types leave out what may be missing. */
export interface TarHeader {
  readonly name: string;
  readonly type: ExtractEvents['entry'][0]['type'] | null;
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtime: Date;
  readonly linkname: string | null;
  readonly devmajor: number;
  readonly devminor: number;
  readonly pax: Readonly<Record<string, string>> | null;
}

/** The payload of an entry: a streamx Readable of `Uint8Array`, to be read or resumed before `next` is called. */
export type TarBody = ExtractEvents['entry'][1];

/** Is given each entry in turn; the next one comes when `next` is called, an error given to it ends the reading. */
export type TarVisitor = (header: TarHeader, body: TarBody, next: (error?: unknown) => void) => void;

/** The encoding in which header names are handed over: one unit a byte, so nothing is lost. */
const NAME_ENCODING = 'latin1';

/** `filenameEncoding` and v7 headers (`allowUnknownFormat`) are options that tar-stream's types do not know. */
const OPTIONS = { allowUnknownFormat: true, filenameEncoding: NAME_ENCODING };

/**
 * Reads a tar at the visitor's pace; resolves when the last entry has been taken. `see` is shown every chunk.
 * @throws the stream's error, the visitor's or tar-stream's, whichever comes first.
 */
export async function readTar(
  chunks: AsyncIterable<Uint8Array>,
  visit: TarVisitor,
  see: (chunk: Uint8Array) => void = () => undefined,
): Promise<void> {
  const tar = (extract as (options: typeof OPTIONS) => Extract)(OPTIONS);
  const closed = new Promise<void>((resolve, reject) => {
    tar.on('error', reject);
    tar.on('close', resolve);
  });
  // It may fail while the next chunk is awaited: that is thrown below, not unheard.
  closed.catch(() => undefined);
  tar.on('entry', (header, body, next) => {
    visit(header as TarHeader, body, (error) => next(error === undefined ? null : asError(error)));
  });
  try {
    for await (const chunk of chunks) {
      see(chunk);
      if (!tar.write(chunk)) await Promise.race([drained(tar), closed]);
      if (tar.destroying) break;
    }
    tar.end(null);
  } catch (error) {
    tar.destroy();
    throw error;
  }
  await closed;
}

function drained(tar: Extract): Promise<void> {
  return new Promise((resolve) => tar.once('drain', () => resolve()));
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
