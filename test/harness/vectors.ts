/**
 * Finds the test vectors that live outside this repository: small random images with the ledger that another,
 * separate model gives them. Whoever has only the repository runs without them.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { HiddenCopy } from './oracle.ts';

/** What a vector says about one path. It calls a hard link a `file`, with its file's size and mode. */
export interface VectorFile {
  readonly type: string;
  readonly size: number;
  readonly mode: number;
}

export interface VectorTruth {
  readonly layers: readonly number[];
  readonly layerBytes: number;
  readonly liveBytes: number;
  readonly overwrittenBytes: number;
  readonly repeatedBytes: number;
  readonly deletedBytes: number;
  readonly hidden: readonly HiddenCopy[];
  readonly files: Readonly<Record<string, VectorFile>>;
}

export interface Vector {
  /** As in `09-docker-gz`. */
  readonly name: string;
  /** The path of the image archive. */
  readonly archive: string;
  readonly truth: VectorTruth;
}

/** Where the vectors are looked for: the folder that PEEL_FIXTURES names, else beside the repository. */
export const fixturesFolder = resolve(
  process.env['PEEL_FIXTURES'] ?? join(import.meta.dirname, '../../../shared/fixtures'),
);

/** Why tests on the vectors are skipped, or null where they can run. */
export const noFixtures = existsSync(join(fixturesFolder, 'ledger'))
  ? null
  : `no fixtures in ${fixturesFolder} (set PEEL_FIXTURES)`;

/** All vectors in the order of their names; none where there is no folder of them. */
export function ledgerVectors(): Vector[] {
  if (noFixtures !== null) return [];
  const folder = join(fixturesFolder, 'ledger');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({
      name: name.slice(0, -'.json'.length),
      archive: join(folder, name.replace(/json$/, 'tar')),
      truth: JSON.parse(readFileSync(join(folder, name), 'utf8')) as VectorTruth,
    }));
}

/** The archive of dive's own tests with this name. */
export const diveArchive = (name: string): string => join(fixturesFolder, 'dive', name);

/** Says on standard error what was left out and why: a skip is never silent. */
export function announceSkip(what: string, reason: string): void {
  process.stderr.write(`skipped: ${what}: ${reason}\n`);
}
