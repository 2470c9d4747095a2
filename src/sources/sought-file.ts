import { type BigIntStats, readSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { addAbortSignal, Readable } from 'node:stream';
import { PeelError } from '../image/errors.ts';
import type { Extent } from '../tar/sought-tar.ts';
import type { ReadAt } from '../tar/window.ts';

/** Bytes that a stream of a part of it reads at once: it is not felt, and stays in a processor's cache. */
const PIECE_BYTES = 256 * 1024;

/** As many have room: one is being looked at, one waits for that, one is being read, and one is spare. */
const PIECES = 4;

/** A file that is read from wherever one likes, while it is open. */
export class SoughtFile {
  readonly path: string;
  private readonly handle: FileHandle;
  /** What it was when it was opened: its size and the time of its last change. */
  readonly state: string;
  /** As `fileIdentity`, when it was opened. */
  readonly identity: string;

  private constructor(path: string, handle: FileHandle, stats: BigIntStats) {
    this.path = path;
    this.handle = handle;
    this.state = stateOf(stats);
    this.identity = identityOf(stats);
  }

  /** @throws the system's errors. */
  static async open(path: string): Promise<SoughtFile> {
    const handle = await open(path);
    try {
      return new SoughtFile(path, handle, await handle.stat({ bigint: true }));
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Its descriptor, which all threads have in common: it must not be read once the file is closed. */
  get fd(): number {
    return this.handle.fd;
  }

  /** Waits for the disk: a window's worth at once, so that keys need not. */
  readonly read: ReadAt = (into, at) => readSync(this.handle.fd, into, 0, into.length, at);

  /** The same without anybody waiting for the disk. */
  async readLater(into: Uint8Array, at: number): Promise<number> {
    const { bytesRead } = await this.handle.read(into, 0, into.length, at);
    return bytesRead;
  }

  /** A part of it; whoever destroys the stream leaves the file open. */
  stream(extent: Extent, signal: AbortSignal): Readable {
    return addAbortSignal(signal, Readable.from(this.pieces(extent), { highWaterMark: 1 }));
  }

  private async *pieces({ start, end }: Extent): AsyncGenerator<Uint8Array, void> {
    const ring = Array.from({ length: PIECES }, () => Buffer.allocUnsafeSlow(PIECE_BYTES));
    let at = start;
    for (let piece = 0; at < end; piece++) {
      const memory = ring[piece % PIECES] ?? Buffer.alloc(0);
      const bytes = await this.readLater(memory.subarray(0, end - at), at);
      if (bytes === 0) return;
      at += bytes;
      yield memory.subarray(0, bytes);
    }
  }

  /** @throws PeelError `file` where it has been written to since it was opened. */
  async check(): Promise<void> {
    if (stateOf(await this.handle.stat({ bigint: true })) !== this.state) throw hasChanged();
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

function hasChanged(): PeelError {
  return new PeelError('file', 'It has changed since it was opened. Open it again.');
}

const stateOf = ({ dev, ino, size, mtimeNs }: BigIntStats): string => [dev, ino, size, mtimeNs].join(' ');

const identityOf = (stats: BigIntStats): string => `${stateOf(stats)} ${stats.ctimeNs}`;

/**
 * What tells a file from any other, and from what it was before anybody did anything to it: the time of its last change
 * can be set by nobody, as that of its content can (utimes). @throws the system's errors.
 */
export async function fileIdentity(path: string): Promise<string> {
  return identityOf(await stat(path, { bigint: true }));
}

/**
 * Files that are open while something is done with them; one that is wanted by several at once is opened once. A file that
 * is opened again must not have changed meanwhile.
 */
export class SoughtFiles {
  private readonly users = new Map<string, { file: Promise<SoughtFile>; count: number }>();
  private readonly states = new Map<string, string>();

  /** @throws PeelError `file` where the file has changed since it was first used; the system's errors; what `use` throws. */
  async use<T>(path: string, use: (file: SoughtFile) => Promise<T>): Promise<T> {
    const user = this.users.get(path) ?? { file: SoughtFile.open(path), count: 0 };
    this.users.set(path, user);
    user.count++;
    try {
      const file = await user.file;
      const known = this.states.get(path);
      if (known !== undefined && known !== file.state) throw hasChanged();
      this.states.set(path, file.state);
      return await checked(file, use, () => user.count === 1);
    } finally {
      if (--user.count === 0) {
        this.users.delete(path);
        await user.file.then(
          (file) => file.close(),
          () => undefined,
        );
      }
    }
  }
}

/**
 * What is read while a file is being written to is worth nothing, be it sound or not. Where several use it, the last one
 * looks.
 */
async function checked<T>(
  file: SoughtFile,
  use: (file: SoughtFile) => Promise<T>,
  isLast: () => boolean,
): Promise<T> {
  try {
    const result = await use(file);
    if (isLast()) await file.check();
    return result;
  } catch (error) {
    if (!(error instanceof PeelError)) await file.check();
    throw error;
  }
}
