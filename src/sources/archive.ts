import { createReadStream } from 'node:fs';
import { access, constants, open, stat } from 'node:fs/promises';
import { addAbortSignal, type Readable } from 'node:stream';
import { isatty } from 'node:tty';
import { ANY_IMAGE, type Wish } from '../image/choice.ts';
import { PeelError } from '../image/errors.ts';
import { visible } from '../image/text.ts';
import type { ContentRequest, ContentSink, ImageSource, IndexReader } from '../image/source.ts';
import type { EntrySink } from '../image/entry.ts';
import { readContent } from './archive-content.ts';
import { counter } from './counter.ts';
import { MACHINE_PLATFORM } from './machine-platform.ts';
import { type ArchiveIndex, readArchive } from './read-archive.ts';
import { taking } from './taking.ts';
import { isOfSystem, unreadable } from './unreadable.ts';

/** Large enough that reading a file is not felt, small enough to stay in a processor's cache. */
export const READ_BYTES = 512 * 1024;

/** An archive that can be opened. */
export interface Archive {
  /** How errors call it. */
  readonly name: string;
  /** Its length, where it is known. */
  readonly total: number | null;
  open(signal: AbortSignal): Readable;
}

/** An archive that `docker save` or its kin has written. */
export class ArchiveSource implements ImageSource {
  private readonly archive: Archive;
  private readonly wish: Wish;
  private indexed: ArchiveIndex | null = null;

  constructor(archive: Archive, wish: Wish = ANY_IMAGE) {
    this.archive = archive;
    this.wish = wish;
  }

  async index<L extends EntrySink>(reader: IndexReader<L>, signal: AbortSignal): Promise<void> {
    const { name, total } = this.archive;
    try {
      this.indexed = await readArchive(
        {
          stream: this.archive.open(signal),
          see: counter((bytes) => reader.on({ type: 'progress', phase: 'reading', bytes, total })),
        },
        {
          wish: this.wish,
          usual: MACHINE_PLATFORM,
          diffIds: [],
          verifies: true,
          name: ({ reference, id, digest }) => ({ source: 'archive', reference, id, digest }),
        },
        reader,
        signal,
      );
    } catch (error) {
      if (isOfSystem(error)) throw unreadable(name, error);
      throw error instanceof PeelError ? error.of(name) : error;
    }
  }

  async content(
    requests: readonly ContentRequest[],
    open: (request: ContentRequest) => ContentSink,
    signal: AbortSignal,
  ): Promise<void> {
    const { indexed } = this;
    const { name } = this.archive;
    if (indexed === null) throw new PeelError('file', `${name} has not been read to its end yet.`);
    const bytes = () => ({ stream: this.archive.open(signal) });
    await taking(
      open,
      signal,
      (take) => readContent(bytes, indexed, requests, take),
      (error) => (error instanceof PeelError ? error.of(name) : error),
    );
  }
}

/**
 * An archive on disk.
 * @throws PeelError `file` when it cannot be read.
 */
export async function archiveFile(path: string): Promise<Archive> {
  const name = visible(path);
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) throw new PeelError('file', `${name} is a directory, not an image archive.`);
    await access(path, constants.R_OK);
    if (stats.isCharacterDevice()) await refuseTerminal(path, name);
    return {
      name,
      total: stats.size,
      open: (signal) => createReadStream(path, { highWaterMark: READ_BYTES, signal }),
    };
  } catch (error) {
    if (error instanceof PeelError) throw error;
    throw unreadable(name, error);
  }
}

/** What comes from a terminal is keys, and there is no end of them. */
async function refuseTerminal(path: string, name: string): Promise<void> {
  const device = await open(path);
  try {
    if (isatty(device.fd)) throw new PeelError('file', `${name} is a terminal, not an image archive.`);
  } finally {
    await device.close();
  }
}

/** An archive that comes through a pipe: it can be read once. */
export function archiveStream(name: string, stream: Readable): Archive {
  let opened = false;
  return {
    name,
    total: null,
    open: (signal) => {
      if (opened) throw new PeelError('file', 'It can be read only once: save it to a file and open that.');
      opened = true;
      return addAbortSignal(signal, stream);
    },
  };
}
