import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, PeelError } from '../../image/errors.ts';
import { systemCode } from './failures.ts';

/** What a TLS connection is made with: PEM, or null where there is none. */
export interface Tls {
  /** Who may vouch for the daemon; null: whoever Node trusts. */
  readonly ca: Buffer | null;
  readonly cert: Buffer | null;
  readonly key: Buffer | null;
  /** Whether a daemon that nobody vouches for is refused. */
  readonly verifies: boolean;
}

export const CA_FILE = 'ca.pem';

/** TLS with a daemon whose certificate anybody's browser would take. */
export const PUBLIC_TLS: Tls = { ca: null, cert: null, key: null, verifies: true };

/**
 * The TLS material of a folder, under the names that Docker gives it: `ca.pem`, `cert.pem`, `key.pem`.
 * @throws PeelError `file` when one of them is there and cannot be read.
 */
export async function tlsFromFolder(folder: string, verifies: boolean): Promise<Tls> {
  const [ca = null, cert = null, key = null] = await Promise.all(
    [CA_FILE, 'cert.pem', 'key.pem'].map((name) => readIfThere(join(folder, name))),
  );
  return { ca, cert, key, verifies };
}

/** @throws PeelError `file` when the file is there and cannot be read. */
export async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return null;
    throw new PeelError('file', `Cannot read ${path}: ${messageOf(error)}`, { cause: error });
  }
}
