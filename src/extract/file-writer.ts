import { type FileHandle, open, rm } from 'node:fs/promises';
import type { ContentSink } from '../image/source.ts';
import { codeOf } from './failures.ts';

/** Bytes that are gathered before they are written: a small file is written in one go. */
const WRITTEN_AT_ONCE = 512 * 1024;

/** So many zeros in one piece are left out of the file, which has them all the same. */
const HOLE_BYTES = 16 * 1024;
const ZEROS = Buffer.alloc(HOLE_BYTES);

/** What a file has beside its bytes. */
export interface FileAttributes {
  readonly mode: number;
  /** As `fs.utimes` takes it; null: now. */
  readonly mtime: number | Date | null;
}

/** Writes one file under a name that it does not keep, and hands it over when it is whole. */
export class FileWriter implements ContentSink {
  /** Where it grows; nothing is there before the first byte, or the end. */
  readonly path: Buffer;
  private readonly attributes: FileAttributes;
  private readonly settle: () => Promise<void>;
  private readonly blame: (error: unknown) => unknown;
  /** Bytes that wait to be written; a number stands for so many zeros. */
  private readonly pieces: (Buffer | number)[] = [];
  private waiting = 0;
  private position = 0;
  /** Zeros that were left out at the end make a file no longer by themselves. */
  private endsInHole = false;
  private file: FileHandle | null = null;
  /** What goes on now: a file is not given up in the middle of it. */
  private work: Promise<void> = Promise.resolve();

  /**
   * @param settle gives the finished file its place.
   * @param blame what an error of the file system means for a person.
   */
  constructor(
    path: Buffer,
    attributes: FileAttributes,
    { settle, blame }: { settle: () => Promise<void>; blame: (error: unknown) => unknown },
  ) {
    this.path = path;
    this.attributes = attributes;
    this.settle = settle;
    this.blame = blame;
  }

  write(piece: Uint8Array): boolean {
    this.pieces.push(isHole(piece) ? piece.length : Buffer.from(piece));
    this.waiting += piece.length;
    return this.waiting < WRITTEN_AT_ONCE;
  }

  drained(): Promise<void> {
    return this.do(() => this.flush());
  }

  end(): Promise<void> {
    return this.do(async () => {
      const file = await this.flush();
      if (this.endsInHole) await file.truncate(this.position);
      const { mode, mtime } = this.attributes;
      if (mtime !== null) await file.utimes(mtime, mtime);
      await file.chmod(mode).catch(isOfNoUse);
      this.file = null;
      // Some file systems tell here that what was written did not fit.
      await file.close();
      await this.settle();
    });
  }

  /** Leaves nothing behind of what has not been handed over. */
  async discard(): Promise<void> {
    await this.work.catch(() => undefined);
    await this.file?.close().catch(() => undefined);
    this.file = null;
    await rm(this.path, { force: true });
  }

  private do(something: () => Promise<unknown>): Promise<void> {
    this.work = this.work.then(something).then(
      () => undefined,
      (error: unknown) => {
        throw this.blame(error);
      },
    );
    return this.work;
  }

  private async flush(): Promise<FileHandle> {
    this.file ??= await open(this.path, 'wx', 0o600);
    for (const piece of this.pieces.splice(0)) {
      if (typeof piece !== 'number') await writeAll(this.file, piece, this.position);
      this.endsInHole = typeof piece === 'number';
      this.position += typeof piece === 'number' ? piece : piece.length;
    }
    this.waiting = 0;
    return this.file;
  }
}

/** A disk that is nearly full takes a part, and says so only when it is asked to take the rest. */
async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

function isHole(piece: Uint8Array): boolean {
  if (piece.length < HOLE_BYTES) return false;
  for (let at = 0; at < piece.length; at += HOLE_BYTES) {
    const part = piece.subarray(at, at + HOLE_BYTES);
    if (ZEROS.compare(part, 0, part.length, 0, part.length) !== 0) return false;
  }
  return true;
}

/** Whoever has made a file may change its permissions, unless the file system has none (FAT). */
function isOfNoUse(error: unknown): void {
  if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP'].includes(codeOf(error) ?? '')) throw error;
}
