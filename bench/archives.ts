// The archives that benchmarks open. They are large, and made once: they stay in a folder of the user's cache.
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { writeMillionArchive } from './million-archive.ts';
import { filesOf, writeArchive, type WrittenLayer } from './written-archive.ts';

/** An archive by the name of its file. */
export interface BenchArchive {
  readonly path: string;
  /** What a table says of it. */
  readonly what: string;
  /** Whether it is a docker archive with layers that are not packed: what every explorer opens. */
  readonly isPlain: boolean;
}

/** Where they are; `PEEL_BENCH_FOLDER` says otherwise. */
export function archiveFolder(): string {
  const folder = process.env['PEEL_BENCH_FOLDER'] ?? join(homedir(), '.cache', 'peel-bench');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** (a) What a small service weighs. */
export const small = (): Promise<BenchArchive> =>
  kept('small.tar', '(a) 15 MB: 300 files in 4 layers', [
    filesOf('usr/lib', 200, 50_000),
    filesOf('app', 60, 50_000),
    filesOf('app', 20, 50_000, 1000),
    filesOf('srv', 20, 50_000),
  ]);

/** (c) A `chown -R` over nine hundred megabytes. */
export const chowned = (): Promise<BenchArchive> =>
  kept('chowned.tar', '(c) 1.8 GB: 900 files of 1 MB, and again with another owner', [
    filesOf('srv/data', 900, 1_000_000),
    filesOf('srv/data', 900, 1_000_000, 1000),
  ]);

/** (d) More files than most images have. */
export const million = (entries = 1_000_000): Promise<BenchArchive> =>
  made(`entries-${entries}.tar`, `(d) ${entries} entries in 60 layers`, (path) =>
    writeMillionArchive(path, { entries, layers: 60 }),
  );

/** (e) Large files in one layer, `bytes` in all. */
export const heavy = (bytes = 5_000_000_000): Promise<BenchArchive> =>
  kept(`heavy-${bytes}.tar`, `(e) ${bytes / 1e9} GB in one layer: 50 files, and 1000 small ones`, [
    [...filesOf('models', 50, bytes / 50), ...filesOf('etc', 1000, 1000)],
  ]);

function kept(file: string, what: string, layers: readonly WrittenLayer[]): Promise<BenchArchive> {
  return made(file, what, (path) => {
    writeArchive(path, `peel-bench/${file.replace('.tar', '')}:1`, layers);
  });
}

async function made(
  file: string,
  what: string,
  make: (path: string) => void | Promise<void>,
): Promise<BenchArchive> {
  const path = join(archiveFolder(), file);
  if (!existsSync(path)) {
    console.log(`writing ${path} …`);
    await make(path);
  }
  return { path, what, isPlain: true };
}
