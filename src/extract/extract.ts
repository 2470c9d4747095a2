// A path of an image, written to a disk. Nothing is written outside of the directory that is named: an image's names are
// normalised, directories are entered only where they are no symlinks, and symlinks are written last, so that nothing is
// written through one. No file is there before it is whole, and none that was there is touched unasked.

import { chmod, rmdir, utimes } from 'node:fs/promises';
import type { Analysis } from '../analysis/analysis.ts';
import type { ByteString } from '../image/entry.ts';
import { PeelError } from '../image/errors.ts';
import type { ContentRequest, ImageSource } from '../image/source.ts';
import { cannotWrite } from './failures.ts';
import { FileWriter } from './file-writer.ts';
import { obstaclesTo } from './obstacles.ts';
import { removedBySignals } from './part-file.ts';
import { Place } from './place.ts';
import { type ExtractPlan, type LeftOut, type PlannedFile, planOf } from './plan.ts';
import { PlacesTaken } from './taken.ts';

/** What is to be extracted, and where to. */
export interface Extraction {
  readonly analysis: Analysis;
  /** The path is taken as this layer shows it: as all layers up to it have made it. */
  readonly layer: number;
  readonly node: number;
  /** A directory, made where it is missing; the path appears in it under its own name, the root's content directly. */
  readonly destination: string;
  /** Whether files that are there already are replaced; directories never are, they are filled. */
  readonly overwrite?: boolean;
  /**
   * Whether setuid, setgid and sticky bits are kept, as root's `tar -x` keeps them. Else files lose them, since they would
   * lend the rights of whoever extracts; a directory's sticky bit only protects, and stays.
   */
  readonly keepsSpecialBits?: boolean;
  readonly onProgress?: (progress: ExtractProgress) => void;
}

/** Counts of what is written; bytes are those of files, each once. */
export interface ExtractProgress {
  readonly files: number;
  readonly bytes: number;
  readonly totalFiles: number;
  readonly totalBytes: number;
}

/** What has been written. */
export interface ExtractReport {
  /** The directory, as a terminal may be given it. */
  readonly destination: string;
  readonly files: number;
  /** Further names of files. */
  readonly links: number;
  /** Those that were made; others were there. */
  readonly directories: number;
  readonly symlinks: number;
  readonly bytes: number;
  readonly leftOut: LeftOut;
}

/**
 * Writes a file, or a directory with all that is in it, to a disk. Permissions and times are kept, owners are not.
 * @throws PlacesTaken (`exists`) when something is there already: nothing has been written then; PeelError `file` when
 *   something cannot be written, what `ImageSource.content` throws, the signal's reason: what has been written by then
 *   is whole, and stays.
 */
export async function extract(
  wish: Extraction,
  source: ImageSource,
  signal: AbortSignal,
): Promise<ExtractReport> {
  const plan = planOf(wish.analysis, wish.layer, wish.node);
  const place = new Place(wish.destination, wish.overwrite ?? false);
  const extracting = new Extracting(plan, place, wish);
  try {
    return await extracting.run(source, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw extracting.explained(error);
  }
}

const STICKY = 0o1000;

class Extracting {
  private readonly plan: ExtractPlan;
  private readonly place: Place;
  private readonly wish: Extraction;
  private readonly done = { files: 0, links: 0, directories: 0, symlinks: 0, bytes: 0 };
  private writer: FileWriter | null = null;
  /** Directories that were made here, and are not finished: their permissions may forbid to write into them. */
  private readonly made: ExtractPlan['directories'][number][] = [];

  constructor(plan: ExtractPlan, place: Place, wish: Extraction) {
    this.plan = plan;
    this.place = place;
    this.wish = wish;
  }

  async run(source: ImageSource, signal: AbortSignal): Promise<ExtractReport> {
    await this.writing('', () => this.checkPlaces(signal));
    const forget = removedBySignals(() => this.writer?.path ?? null);
    try {
      await this.writing('', () => this.place.make(signal));
      await this.makeDirectories(signal);
      await this.writeFiles(source, signal);
      await this.writeSymlinks(signal);
    } catch (error) {
      await this.writer?.discard();
      await this.removeEmpty();
      throw error;
    } finally {
      forget();
      await this.finishDirectories();
    }
    return { destination: this.place.name, ...this.done, leftOut: this.plan.leftOut };
  }

  /** Where nothing has been written, nothing stays: no directory either that was made for it. */
  private async removeEmpty(): Promise<void> {
    const { files, links, symlinks } = this.done;
    if (files + links + symlinks > 0) return;
    for (const { path } of this.made.toReversed()) {
      // Whoever put something into it meanwhile keeps it.
      await rmdir(this.place.at(path)).catch(() => undefined);
    }
    await this.place.unmake();
  }

  /** The error with how much has been written. */
  explained(error: unknown): unknown {
    const { files } = this.done;
    if (files === 0 || !(error instanceof PeelError) || error instanceof PlacesTaken) return error;
    const written = `${files} of ${this.plan.files.length} files have been written.`;
    return new PeelError(error.code, `${error.message} ${written}`, { cause: error });
  }

  /** @throws PeelError, for what the file system throws. */
  private async writing<T>(path: ByteString, something: () => Promise<T>): Promise<T> {
    try {
      return await something();
    } catch (error) {
      throw cannotWrite(this.place.shown(path), error);
    }
  }

  private async checkPlaces(signal: AbortSignal): Promise<void> {
    const obstacles = await obstaclesTo(this.plan, this.place, signal);
    const overwrites = this.wish.overwrite ?? false;
    const blocking = overwrites ? obstacles.filter(({ isReplaceable }) => !isReplaceable) : obstacles;
    if (blocking.length > 0) throw new PlacesTaken(blocking);
  }

  private async makeDirectories(signal: AbortSignal): Promise<void> {
    for (const directory of this.plan.directories) {
      signal.throwIfAborted();
      const { path } = directory;
      if (!(await this.writing(path, () => this.place.makeDirectory(path)))) continue;
      this.made.push(directory);
      this.done.directories++;
    }
  }

  private async writeFiles(source: ImageSource, signal: AbortSignal): Promise<void> {
    const files = new Map<ContentRequest, PlannedFile>();
    for (const file of this.plan.files) {
      if (file.content.size > 0) files.set(file.content, file);
      else {
        signal.throwIfAborted();
        await this.writerFor(file).end();
      }
    }
    const open = (request: ContentRequest) => {
      const file = files.get(request);
      if (file === undefined) throw new Error('A file came that nobody has asked for.');
      return this.writerFor(file);
    };
    await source.content([...files.keys()], open, signal);
  }

  private writerFor(file: PlannedFile): FileWriter {
    const { path } = file;
    const part = this.place.partFor(path);
    const attributes = { mode: this.modeOf(file.mode, false), mtime: timeOf(file.mtime) };
    const settle = () => this.settle(part, file);
    const blame = (error: unknown) => cannotWrite(this.place.shown(path), error);
    const writer = new CountingWriter(part, attributes, { settle, blame, count: this.count });
    this.writer = writer;
    return writer;
  }

  private async settle(part: Buffer, { path, links }: PlannedFile): Promise<void> {
    await this.place.settle(part, path);
    this.writer = null;
    this.done.files++;
    this.count(0);
    for (const link of links) {
      await this.writing(link, () => this.place.addName(path, link));
      this.done.links++;
    }
  }

  private readonly count = (bytes: number): void => {
    this.done.bytes += bytes;
    const { files, bytes: written } = this.done;
    const totals = { totalFiles: this.plan.files.length, totalBytes: this.plan.bytes };
    this.wish.onProgress?.({ files, bytes: written, ...totals });
  };

  private async writeSymlinks(signal: AbortSignal): Promise<void> {
    for (const { path, target, mtime } of this.plan.symlinks) {
      signal.throwIfAborted();
      await this.writing(path, () => this.place.addSymlink(path, target, timeOf(mtime)));
      this.done.symlinks++;
    }
  }

  /** Children before their parents, whose times they would change. However far it has come, they are as they should be. */
  private async finishDirectories(): Promise<void> {
    for (const { path, mode, mtime } of this.made.toReversed()) {
      const at = this.place.at(path);
      const time = timeOf(mtime);
      if (time !== null) await utimes(at, time, time).catch(() => undefined);
      await chmod(at, this.modeOf(mode, true)).catch(() => undefined);
    }
  }

  private modeOf(mode: number, isDirectory: boolean): number {
    if (this.wish.keepsSpecialBits === true) return mode & 0o7777;
    return mode & (isDirectory ? 0o777 | STICKY : 0o777);
  }
}

/** Tells of bytes as they come. */
class CountingWriter extends FileWriter {
  private readonly count: (bytes: number) => void;

  constructor(
    path: Buffer,
    attributes: ConstructorParameters<typeof FileWriter>[1],
    { count, ...rest }: ConstructorParameters<typeof FileWriter>[2] & { count: (bytes: number) => void },
  ) {
    super(path, attributes, rest);
    this.count = count;
  }

  override write(piece: Uint8Array): boolean {
    this.count(piece.length);
    return super.write(piece);
  }
}

/** Seconds since 1970 that file systems have: a header may claim any number, and they have 34 bits at most (ext4). */
const EARLIEST = -(2 ** 31);
const LATEST = 2 ** 34 - 1;

/** Node takes a negative number for the present moment, but not a Date of that time. */
function timeOf(mtime: number | null): number | Date | null {
  if (mtime === null) return null;
  const possible = Math.min(LATEST, Math.max(EARLIEST, mtime));
  return possible < 0 ? new Date(possible * 1000) : possible;
}
