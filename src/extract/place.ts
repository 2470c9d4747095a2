// Names in the directory that is extracted into, as bytes: an image's names need not be UTF-8.

import { constants, existsSync } from 'node:fs';
import {
  copyFile,
  link,
  lstat,
  lutimes,
  mkdir,
  open,
  rename,
  rm,
  rmdir,
  stat,
  symlink,
  utimes,
} from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import type { ByteString } from '../image/entry.ts';
import { PeelError } from '../image/errors.ts';
import { shown, visible } from '../image/text.ts';
import { codeOf } from './failures.ts';
import { partName } from './part-file.ts';
import { PlacesTaken } from './taken.ts';

/** Linux, limits.h: PATH_MAX, its NUL byte included. */
const MAX_PATH_BYTES = 4096;

/** Of a longer path both its ends are told. */
const MAX_SHOWN_UNITS = 400;

/** What a file system without hard links says, and one that has enough of them. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV'];

/** The directory that is extracted into. */
export class Place {
  /** As a terminal may be given it. */
  readonly name: string;
  private readonly bytes: Buffer;
  /** Whether files that are there are replaced. */
  private readonly replaces: boolean;
  private readonly path: string;
  /** What `make` has made, outermost first. */
  private readonly made: string[] = [];

  /** @throws PeelError `file` when the path begins at a working directory that is not there any more. */
  constructor(path: string, replaces: boolean) {
    this.name = visible(path);
    this.path = isAbsolute(path) ? resolve(path) : resolve(workingDirectory(), path);
    this.bytes = Buffer.from(this.path);
    this.replaces = replaces;
  }

  /** @throws PeelError `file` when the path is longer than any file system takes. */
  at(path: ByteString): Buffer {
    const bytes = Buffer.concat([this.bytes, Buffer.from(`/${path}`, 'latin1')]);
    if (bytes.length < MAX_PATH_BYTES) return bytes;
    throw new PeelError(
      'file',
      `${this.shown(path)} is a path of ${bytes.length} bytes there; ${MAX_PATH_BYTES - 1} is the limit.`,
    );
  }

  /** As a terminal may be given it, and not longer than anybody reads. */
  shown(path: ByteString): string {
    const whole = `${this.name.replace(/\/$/, '')}/${shown(path)}`;
    if (whole.length <= MAX_SHOWN_UNITS) return whole;
    return `${whole.slice(0, MAX_SHOWN_UNITS / 2)}…${whole.slice(-MAX_SHOWN_UNITS / 2)}`;
  }

  /** Where a file may grow before it has its place. */
  partFor(path: ByteString): Buffer {
    const slash = path.lastIndexOf('/');
    return this.at(path.slice(0, slash + 1) + partName());
  }

  /**
   * Makes the directory itself, and those above it, one by one: Node's own `recursive` never ends where a file system says
   * ENOENT of a directory that it will not have made (/proc).
   * @throws PeelError `file`, PlacesTaken, the file system's error, the signal's reason.
   */
  async make(signal: AbortSignal): Promise<void> {
    const missing: string[] = [];
    for (let path = this.path; !(await isThere(path)); path = dirname(path)) missing.unshift(path);
    for (const path of missing) {
      signal.throwIfAborted();
      if (await this.makeOne(path)) this.made.push(path);
    }
  }

  /** Takes away again what `make` has made, as far as it is empty. */
  async unmake(): Promise<void> {
    for (const path of this.made.toReversed()) await rmdir(path).catch(() => undefined);
  }

  /** False where somebody else has made it in the meantime. */
  private async makeOne(path: string): Promise<boolean> {
    try {
      await mkdir(path);
      return true;
    } catch (error) {
      if (codeOf(error) === 'ENOENT' && (await isThere(dirname(path)))) {
        throw new PeelError(
          'file',
          `Cannot make ${visible(path)}: the file system takes no directory there.`,
        );
      }
      if (codeOf(error) !== 'EEXIST') throw error;
      // A symlink that leads nowhere is there, and is no directory.
      if (!(await isThere(path))) throw new PlacesTaken([{ path: visible(path), isReplaceable: false }]);
      return false;
    }
  }

  /**
   * Makes a directory that nobody else may enter yet. False where it was there.
   * @throws PlacesTaken when something else is there: a symlink too, as it could lead anywhere.
   */
  async makeDirectory(path: ByteString): Promise<boolean> {
    try {
      await mkdir(this.at(path), 0o700);
      return true;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      if (!(await lstat(this.at(path))).isDirectory()) throw this.taken(path, false);
      return false;
    }
  }

  /**
   * Gives a finished file its place: all of it is there at once. What stands there is replaced only where that has been
   * asked for, though it may have come in this moment.
   * @throws PlacesTaken
   */
  async settle(part: Buffer, path: ByteString): Promise<void> {
    const place = this.at(path);
    if (this.replaces) {
      await rename(part, place).catch((error: unknown) => {
        throw codeOf(error) === 'EISDIR' ? this.taken(path, false) : error;
      });
      // Two names of one file are not renamed.
      await rm(part, { force: true });
      return;
    }
    if (await this.tryToMake(path, (at) => link(part, at))) await rm(part);
    else await this.settleWithoutLinks(part, path);
  }

  /**
   * Gives a file one more name; a copy where the file system has no hard links.
   * @throws PlacesTaken
   */
  async addName(file: ByteString, path: ByteString): Promise<void> {
    const original = this.at(file);
    if (!this.replaces && (await this.tryToMake(path, (at) => link(original, at)))) return;
    const part = this.partFor(path);
    try {
      if (!(await isLinked(original, part))) await copyWhole(original, part);
      await this.settle(part, path);
    } finally {
      await rm(part, { force: true });
    }
  }

  /** @throws PlacesTaken */
  async addSymlink(path: ByteString, target: ByteString, mtime: number | Date | null): Promise<void> {
    const bytes = Buffer.from(target, 'latin1');
    const make = async (at: Buffer) => {
      await symlink(bytes, at);
      if (mtime !== null) await lutimes(at, mtime, mtime);
    };
    if (!this.replaces) {
      if (await this.tryToMake(path, make)) return;
      throw new PeelError('file', `Cannot write ${this.shown(path)}: the file system has no symbolic links.`);
    }
    const part = this.partFor(path);
    try {
      await make(part);
      await this.settle(part, path);
    } finally {
      await rm(part, { force: true });
    }
  }

  /** Makes something where nothing is yet; false where the file system knows no hard links. */
  private async tryToMake(path: ByteString, make: (at: Buffer) => Promise<void>): Promise<boolean> {
    try {
      await make(this.at(path));
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') throw this.taken(path);
      if (!isWithoutLinks(error)) throw error;
      return false;
    }
  }

  /** Nobody else can have the place from the first moment on: an empty file holds it for that of the renaming. */
  private async settleWithoutLinks(part: Buffer, path: ByteString): Promise<void> {
    const place = this.at(path);
    const held = await open(place, 'wx').catch((error: unknown) => {
      throw codeOf(error) === 'EEXIST' ? this.taken(path) : error;
    });
    await held.close();
    await rename(part, place).catch(async (error: unknown) => {
      await rm(place, { force: true });
      throw error;
    });
  }

  private taken(path: ByteString, isReplaceable = true): PlacesTaken {
    return new PlacesTaken([{ path: this.shown(path), isReplaceable }]);
  }
}

/** Node remembers where it was started; what stands there may have been taken away since. */
function workingDirectory(): string {
  try {
    const path = process.cwd();
    if (existsSync(path)) return path;
  } catch {
    // It was gone before Node asked for the first time.
  }
  throw new PeelError('file', 'Cannot write there: the working directory is not there any more.');
}

/** Whether something is there, or a link leads to something. */
async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    return false;
  }
}

const isWithoutLinks = (error: unknown) => NO_LINKS.includes(codeOf(error) ?? '');

async function isLinked(file: Buffer, name: Buffer): Promise<boolean> {
  try {
    await link(file, name);
    return true;
  } catch (error) {
    if (!isWithoutLinks(error)) throw error;
    return false;
  }
}

/** A copy with the permissions and the time of the original. */
async function copyWhole(file: Buffer, copy: Buffer): Promise<void> {
  await copyFile(file, copy, constants.COPYFILE_EXCL);
  const { atime, mtime } = await stat(file);
  await utimes(copy, atime, mtime);
}
