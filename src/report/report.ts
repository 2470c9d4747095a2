// The report, schema peel/1: the same image gives the same report, byte for byte. Sizes are bytes, layers are
// numbered from 0, base first, paths begin with a slash. What is not known is null, never left out.

import type { Analysis } from '../analysis/analysis.ts';
import { findDuplicates } from '../analysis/duplicates.ts';
import type { ChangeCount, LayerStats } from '../analysis/layer-stats.ts';
import { Fate, hiddenSum, type LedgerRow } from '../analysis/ledger.ts';
import { findTips, type Tip } from '../analysis/tips.ts';
import type { Mismatch } from '../image/integrity.ts';
import { commandsOf } from '../image/facts.ts';
import type { ImageFacts, LayerBlob } from '../image/source.ts';
import { finalFiles, type ReportFile, reportPath } from './final-files.ts';

export interface Count {
  /** Paths that are no directories. */
  readonly files: number;
  readonly bytes: number;
}

export interface ReportLayer {
  readonly index: number;
  readonly diffId: string | null;
  readonly digest: string | null;
  readonly createdBy: string | null;
  readonly created: string | null;
  /** Payload bytes of its regular files. */
  readonly bytes: number;
  /** Size of the blob as the source holds it. */
  readonly blobBytes: number | null;
  /** Digests that its bytes do not have; null where nobody has looked, or could. */
  readonly mismatches: readonly Mismatch[] | null;
  readonly added: Count;
  readonly modified: Count;
  readonly removed: Count;
  readonly hiddenBytes: number;
}

export interface ReportCopy {
  readonly layer: number;
  readonly bytes: number;
  readonly fate: 'overwritten' | 'repeated' | 'deleted';
  readonly hiddenBy: number;
}

export interface ReportWaste {
  readonly path: string;
  readonly bytes: number;
  readonly copies: readonly ReportCopy[];
}

export interface Report {
  readonly schema: 'peel/1';
  readonly image: Pick<ImageFacts, 'reference' | 'id' | 'digest' | 'platform' | 'created' | 'source'>;
  readonly totals: {
    readonly layerBytes: number;
    readonly liveBytes: number;
    readonly overwrittenBytes: number;
    readonly repeatedBytes: number;
    readonly deletedBytes: number;
    readonly reclaimableBytes: number;
    readonly efficiency: number;
    /** Regular files of the final file system, each inode once. */
    readonly files: number;
  };
  readonly layers: readonly ReportLayer[];
  readonly instructions: ImageFacts['instructions'];
  readonly waste: readonly ReportWaste[];
  readonly duplicates: readonly { bytes: number; savable: number; paths: readonly string[] }[];
  readonly tips: readonly (Pick<Tip, 'id' | 'severity' | 'title' | 'bytes' | 'layers'> & {
    paths: readonly string[];
    fix: string;
  })[];
  readonly dive: { efficiency: number; wastedBytes: number; userWastedPercent: number | null };
  readonly files?: readonly ReportFile[];
}

/** An image read to its end. */
export interface AnalysedImage {
  readonly image: ImageFacts;
  readonly analysis: Analysis;
  /** One for each layer. */
  readonly blobs: readonly LayerBlob[];
}

/** @param withFiles whether the final file system is listed. */
export function reportOf({ image, analysis, blobs }: AnalysedImage, withFiles: boolean): Report {
  const { ledger, tables } = analysis;
  const files = finalFiles(analysis);
  const pathOf = (node: number) => reportPath(tables, node);
  return {
    schema: 'peel/1',
    image: {
      reference: image.reference,
      id: image.id,
      digest: image.digest,
      platform: image.platform,
      created: image.created,
      source: image.source,
    },
    totals: {
      layerBytes: ledger.total,
      liveBytes: ledger.live,
      overwrittenBytes: ledger.hidden.overwritten,
      repeatedBytes: ledger.hidden.repeated,
      deletedBytes: ledger.hidden.deleted,
      reclaimableBytes: ledger.reclaimable,
      efficiency: ledger.efficiency,
      files: files.count,
    },
    layers: analysis.layers.map((stats, index) => layerOf(image, blobs, analysis, stats, index)),
    instructions: image.instructions.map(({ createdBy, created, layer }) => ({ createdBy, created, layer })),
    waste: wasteOf(ledger.rows, pathOf),
    duplicates: findDuplicates(analysis).map(({ bytes, savable, nodes }) => ({
      bytes,
      savable,
      paths: nodes.map(pathOf),
    })),
    tips: findTips(analysis, commandsOf(image)).map(({ id, severity, title, bytes, layers, nodes, fix }) => ({
      id,
      severity,
      title,
      bytes,
      layers,
      paths: nodes.map(pathOf),
      fix,
    })),
    dive: analysis.diveFigures(),
    ...(withFiles ? { files: files.list() } : {}),
  };
}

function layerOf(
  image: ImageFacts,
  blobs: readonly LayerBlob[],
  { ledger }: Analysis,
  stats: LayerStats,
  index: number,
): ReportLayer {
  const facts = image.layers[index];
  const blob = blobs[index];
  return {
    index,
    diffId: facts?.diffId ?? null,
    digest: blob?.digest ?? null,
    createdBy: facts?.createdBy ?? null,
    created: facts?.created ?? null,
    bytes: stats.bytes,
    blobBytes: blob?.blobBytes ?? null,
    mismatches: blob?.mismatches ?? null,
    added: count(stats.added),
    modified: count(stats.content, stats.metadata),
    removed: count(stats.removed),
    hiddenBytes: hiddenSum(ledger.storedIn(index)),
  };
}

function count(...counts: readonly ChangeCount[]): Count {
  return {
    files: counts.reduce((sum, { files }) => sum + files, 0),
    bytes: counts.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

const FATES = {
  [Fate.Overwritten]: 'overwritten',
  [Fate.Repeated]: 'repeated',
  [Fate.Deleted]: 'deleted',
} as const;

/** Hidden copies by the path they were stored under, most bytes first. */
function wasteOf(rows: readonly LedgerRow[], pathOf: (node: number) => string): ReportWaste[] {
  return Array.from(
    Map.groupBy(rows, ({ node }) => node),
    ([node, copies]) => ({
      path: pathOf(node),
      bytes: copies.reduce((sum, { bytes }) => sum + bytes, 0),
      copies: copies
        .toSorted((a, b) => a.layer - b.layer || a.copy - b.copy)
        .flatMap(({ layer, bytes, fate, hiddenBy }) =>
          fate === Fate.Live ? [] : [{ layer, bytes, fate: FATES[fate], hiddenBy }],
        ),
    }),
  ).sort((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1));
}
