// A folder of files that can be made anew: each is there whole or not at all, since it grows under another name and gets its
// own when it is complete. Several programs may use the folder at once; who removes or reads a file that another has just
// removed or replaced takes that for an answer. What has not been used for longest goes first when all together are too
// large. Being used is written down as the file's time of change. Beside the files lies a secret that goes with them.

import { randomBytes } from 'node:crypto';
import { open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../system/make-folder.ts';

/** A file of the folder, by its name in it. */
export interface CachedFile {
  readonly name: string;
  readonly bytes: number;
  readonly used: Date;
}

/** A file that grows has been given up when it is as old as this. */
const ABANDONED_MS = 60 * 60 * 1000;

const SUFFIX = '.snapshot';
const PART_SUFFIX = '.part';

/** What the secret is called. */
const SECRET = 'secret';

export class CacheFolder {
  readonly path: string;
  /** Bytes that all files together may take. */
  private readonly limit: number;

  constructor(path: string, limit: number) {
    this.path = path;
    this.limit = limit;
  }

  /** What a file holds, which counts as using it; null when there is none, or none that can be read. */
  async read(name: string): Promise<ArrayBuffer | null> {
    const path = this.place(name);
    try {
      const file = await open(path, 'r');
      try {
        const { size } = await file.stat();
        const bytes = new Uint8Array(size);
        for (let at = 0; at < size;) {
          const { bytesRead } = await file.read(bytes, at);
          if (bytesRead === 0) return null;
          at += bytesRead;
        }
        const now = new Date();
        await utimes(path, now, now).catch(() => undefined);
        return bytes.buffer;
      } finally {
        await file.close();
      }
    } catch {
      return null;
    }
  }

  /** The first bytes of a file, as many as there are up to `length`; nothing where there is no file. */
  async peek(name: string, length: number): Promise<Uint8Array> {
    const file = await open(this.place(name), 'r').catch(() => null);
    if (file === null) return new Uint8Array(0);
    try {
      const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  /**
   * Keeps a file, in place of one of its name, and lets go of others that make the folder too large; one that is too large
   * by itself is not kept.
   * @throws the file system's error; nothing is left of the file then.
   */
  async write(name: string, pieces: readonly Uint8Array[]): Promise<void> {
    const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (bytes > this.limit) return;
    await this.put(this.place(name), pieces, () => this.makeRoom(bytes, name));
  }

  /** The secret, of so many bytes; null where there is none of that length. */
  async secret(length: number): Promise<Uint8Array | null> {
    const bytes = await readFile(join(this.path, SECRET)).catch(() => null);
    return bytes?.length === length ? bytes : null;
  }

  /**
   * Writes the secret down where there is none of that length. Of several programs that do so at once one has its own
   * there in the end.
   * @throws the file system's error.
   */
  async keepSecret(bytes: Uint8Array): Promise<void> {
    if ((await this.secret(bytes.length)) === null) await this.put(join(this.path, SECRET), [bytes]);
  }

  /** Lets go of a file. */
  async remove(name: string): Promise<void> {
    await rm(this.place(name), { force: true });
  }

  /** All files whose names begin so, the one that was used last first. */
  async list(start = ''): Promise<CachedFile[]> {
    const names = await readdir(this.path).catch(() => []);
    const ours = names.filter((name) => name.startsWith(start) && name.endsWith(SUFFIX));
    const files = await Promise.all(ours.map((name) => this.fileOf(name)));
    return files
      .filter((file) => file !== null)
      .map(({ name, ...rest }) => ({ name: name.slice(0, -SUFFIX.length), ...rest }))
      .sort((a, b) => b.used.getTime() - a.used.getTime());
  }

  /** Removes all files, those that were never completed and the secret among them; how many bytes that were. */
  async clear(): Promise<number> {
    const names = await readdir(this.path).catch(() => []);
    const ours = names.filter(
      (name) => name.endsWith(SUFFIX) || name.endsWith(PART_SUFFIX) || name === SECRET,
    );
    const files = (await Promise.all(ours.map((name) => this.fileOf(name)))).filter((file) => file !== null);
    await Promise.all(files.map(({ name }) => rm(join(this.path, name), { force: true })));
    return files.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Writes a file under another name, and gives it its own when all of it is there and it has been made `ready` for. */
  private async put(
    path: string,
    pieces: readonly Uint8Array[],
    ready: () => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    makeFolder(this.path);
    const part = `${path}.${randomBytes(6).toString('hex')}${PART_SUFFIX}`;
    try {
      const file = await open(part, 'wx', 0o600);
      try {
        for (const piece of pieces) await file.writeFile(piece);
      } finally {
        await file.close();
      }
      await ready();
      await rename(part, path);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  }

  private async makeRoom(bytes: number, name: string): Promise<void> {
    await this.removeAbandoned();
    let room = this.limit - bytes;
    for (const file of await this.list()) {
      if (file.name === name) continue;
      room -= file.bytes;
      if (room < 0) await this.remove(file.name);
    }
  }

  private async removeAbandoned(): Promise<void> {
    const parts = (await readdir(this.path)).filter((name) => name.endsWith(PART_SUFFIX));
    for (const name of parts) {
      const file = await this.fileOf(name);
      if (file !== null && Date.now() - file.used.getTime() > ABANDONED_MS)
        await rm(join(this.path, name), { force: true });
    }
  }

  /** Null for a file that has just gone. */
  private async fileOf(name: string): Promise<CachedFile | null> {
    const stats = await stat(join(this.path, name)).catch(() => null);
    return stats === null ? null : { name, bytes: stats.size, used: stats.mtime };
  }

  private place(name: string): string {
    return join(this.path, `${name}${SUFFIX}`);
  }
}
