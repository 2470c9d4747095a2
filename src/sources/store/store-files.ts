import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { StoreError, storeError } from './store-error.ts';

const SHA256 = /^sha256:([0-9a-f]{64})$/;

/** @throws StoreError when it cannot be read. */
export async function textOf(file: string): Promise<string> {
  return (await bytesOf(file)).toString('utf8');
}

/** @throws StoreError when it cannot be read. */
export function bytesOf(file: string): Promise<Buffer> {
  return readFile(file).catch((error: unknown) => {
    throw storeError(file, error);
  });
}

/** How many bytes a file has. @throws StoreError when it is none, or cannot be looked at. */
export async function sizeOf(file: string): Promise<number> {
  const stats = await stat(file).catch((error: unknown) => {
    throw storeError(file, error);
  });
  // A FIFO would be waited for, a device never end.
  if (!stats.isFile()) throw new StoreError(`${file} is no regular file`);
  return stats.size;
}

export function sha256(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** The digits of a digest, which name a file. @throws StoreError for anything else, which could lead anywhere. */
export function hexOf(digest: string): string {
  const hex = SHA256.exec(digest)?.[1];
  if (hex === undefined) throw new StoreError(`${digest} is no SHA-256 digest`);
  return hex;
}

/** A name that a file or directory can have, and no path. @throws StoreError */
export function fileName(name: string): string {
  if (/^[a-z0-9_-]+$/i.test(name)) return name;
  throw new StoreError(`${name} names no file`);
}
