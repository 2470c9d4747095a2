import { Readable } from 'node:stream';
import { execFileSync } from 'node:child_process';
import { loadWhole } from './load-whole.ts';
import { type Report, reportOf } from '../../src/report/report.ts';
import { archiveFile, ArchiveSource, archiveStream } from '../../src/sources/archive.ts';
import { emptyDirectory, loadLayout } from './layouts.ts';

/** The report of a `docker save` archive, given as bytes or as the path of a file, and verified. */
export async function reportOfArchive(
  archive: Uint8Array | string,
  options: { files?: boolean } = {},
): Promise<Report> {
  const bytes =
    typeof archive === 'string'
      ? await archiveFile(archive)
      : archiveStream('archive', Readable.from([archive]));
  const loaded = await loadWhole(new ArchiveSource(bytes));
  return reportOf(loaded, options.files ?? false);
}

/** The report of the directory that an archive of an image layout unpacks to. */
export async function reportOfUnpacked(archive: string): Promise<Report> {
  const path = emptyDirectory();
  execFileSync('tar', ['-xf', archive, '-C', path]);
  return reportOf(await loadLayout(path), true);
}
