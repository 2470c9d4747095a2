import { type Extract, extract, type ExtractEvents } from 'tar-stream';
import type { ByteSink } from './byte-sink.ts';

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

/**
 * Options that tar-stream's types do not know: v7 headers are read (`allowUnknownFormat`). The mark is above the size
 * of a stream's chunks, so that each is not waited for by itself.
 */
const OPTIONS = { allowUnknownFormat: true, filenameEncoding: NAME_ENCODING, highWaterMark: 1024 * 1024 };

/** A sink for the bytes of a tar; its entries go to a visitor. Its errors are tar-stream's and the visitor's. */
export function tarSink(visit: TarVisitor): ByteSink {
  const tar = (extract as (options: typeof OPTIONS) => Extract)(OPTIONS);
  const closed: PromiseWithResolvers<void> = Promise.withResolvers();
  // The failure may come while nobody waits for it: whoever writes or ends next is told.
  closed.promise.catch(() => undefined);
  tar.on('error', closed.reject);
  tar.on('close', closed.resolve);
  tar.on('entry', (header, body, next) => {
    // A tar that ends within a payload fails as a whole: what its payload says of that is no news.
    body.on('error', () => undefined);
    visit(header as TarHeader, body, (error) => next(error === undefined ? null : asError(error)));
  });
  return {
    write: (chunk) => tar.write(chunk) && !tar.destroying,
    drained: () =>
      Promise.race([closed.promise, new Promise<void>((resolve) => tar.once('drain', () => resolve()))]),
    end() {
      tar.end(null);
      return closed.promise;
    },
  };
}

/** Hands an entry's payload to a sink, at the sink's pace, and then goes on to the next entry. */
export function feed(body: TarBody, sink: ByteSink, next: (error?: unknown) => void): void {
  body.on('data', (data) => {
    try {
      // streamx knows no type of its chunks; tar-stream pushes bytes.
      if (sink.write(data as Uint8Array)) return;
    } catch (error) {
      next(error);
      return;
    }
    body.pause();
    sink.drained().then(() => body.resume(), next);
  });
  body.on('end', () => sink.end().then(() => next(), next));
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
