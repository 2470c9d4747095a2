/** What a `peel/1` report says, in the shapes in which the oracle and the vectors say it. */
import type { Report } from '../../src/report/report.ts';
import { sortHidden, type HiddenCopy } from './oracle.ts';

/** What the final file system shows at one path. A hard link counts as the file that it shows. */
export interface FinalFile {
  readonly type: string;
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Of a symlink, as written; empty otherwise. */
  readonly link: string;
}

/** All hidden copies, also those without a byte, in the order of `sortHidden`. */
export function hiddenCopiesOf(report: Report): HiddenCopy[] {
  return sortHidden(
    report.waste.flatMap(({ path, copies }) =>
      copies.map(({ layer, bytes, fate, hiddenBy }) => ({ path, layer, bytes, fate, hiddenBy })),
    ),
  );
}

/** The ledger's five sums, without what follows from them. */
export function ledgerOf({ totals }: Report): Record<string, number> {
  const { layerBytes, liveBytes, overwrittenBytes, repeatedBytes, deletedBytes } = totals;
  return { layerBytes, liveBytes, overwrittenBytes, repeatedBytes, deletedBytes };
}

/** The final file system by path, the root itself left out. The report must have been made with `files`. */
export function finalFilesOf(report: Report): Record<string, FinalFile> {
  if (report.files === undefined) throw new Error('the report has no files');
  return Object.fromEntries(
    report.files
      .filter(({ path }) => path !== '/')
      .map(({ path, type, size, mode, uid, gid, link }) => [
        path,
        {
          type: type === 'hardlink' ? 'file' : type,
          size,
          mode,
          uid,
          gid,
          link: type === 'symlink' ? (link ?? '') : '',
        },
      ]),
  );
}

/**
 * The report without what rightly differs between the writers of one image.
 * @param newConfig whether one of them writes another config: what it says must be the same all the same
 */
export function writerless(report: Report, newConfig = false): unknown {
  return {
    ...report,
    image: {
      ...report.image,
      // A daemon or an archive.
      source: null,
      // Some keep the name, some put a registry before it, some leave it out.
      reference: null,
      // Of the manifest, which each writes for itself, and a docker archive does not have.
      digest: null,
      // Of the config: another one where a writer converts it to OCI, and with it drops what only Docker has there.
      id: newConfig ? null : report.image.id,
    },
    // Digest and size of the blob: each compresses in its own way, or not at all. The diff ID stays.
    layers: report.layers.map((layer) => ({ ...layer, digest: null, blobBytes: null })),
  };
}
