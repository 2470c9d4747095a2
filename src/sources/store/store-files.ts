import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { StoreError, storeError } from './store-error.ts';

const SHA256 = /^sha256:([0-9a-f]{64})$/;

/** @throws StoreError when it cannot be read. */
export async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw storeError(file, error);
  }
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
