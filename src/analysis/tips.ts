// What would help, read off the ledger: for each pair of a layer that hides and a layer whose bytes it hides, one
// sentence of cause and one of cure. Pairs that waste little are left out, so that the list stays worth reading.

import { Change, Differs, differenceNames } from '../tree/change.ts';
import { NO_RECORD } from '../tree/records.ts';
import type { Analysis } from './analysis.ts';
import { Fate, type LedgerRow } from './ledger.ts';

export interface Tip {
  readonly id: 'metadata-only' | 'stored-again' | 'deleted-later' | 'overwritten-later';
  readonly severity: 'high' | 'medium' | 'low';
  readonly title: string;
  /** What following it saves. */
  readonly bytes: number;
  /** Layers it speaks of, the one that hides last. */
  readonly layers: readonly number[];
  /** Nodes of the largest copies concerned, most bytes first. */
  readonly nodes: readonly number[];
  /** What to do. */
  readonly fix: string;
}

/** What became of the copies that a tip is about. */
export const TIP_FATES: Readonly<Record<Tip['id'], Fate>> = {
  'metadata-only': Fate.Repeated,
  'stored-again': Fate.Repeated,
  'deleted-later': Fate.Deleted,
  'overwritten-later': Fate.Overwritten,
};

/** A tip must be worth this share of the image's bytes. */
const WORTH = 0.005;
const MEDIUM = 0.02;
const HIGH = 0.1;

/** As many paths as a tip names. */
const NAMED_PATHS = 20;

/** Tips of an image whose layers are all stacked, most bytes first. */
export function findTips(analysis: Analysis): Tip[] {
  const { ledger } = analysis;
  const groups = Map.groupBy(
    ledger.rows.filter(({ bytes }) => bytes > 0),
    ({ layer, hiddenBy, fate }) => `${layer} ${hiddenBy} ${fate}`,
  );
  return Array.from(groups.values(), (rows) => tipOf(analysis, rows))
    .filter(({ bytes }) => bytes >= ledger.total * WORTH)
    .sort((a, b) => b.bytes - a.bytes || compareNumbers(a.layers, b.layers) || (a.id < b.id ? -1 : 1));
}

function tipOf(analysis: Analysis, rows: readonly LedgerRow[]): Tip {
  const { layer, hiddenBy, fate } = rows[0]!;
  const bytes = rows.reduce((sum, row) => sum + row.bytes, 0);
  const share = bytes / analysis.ledger.total;
  const largest = rows.toSorted((a, b) => b.bytes - a.bytes || a.copy - b.copy).slice(0, NAMED_PATHS);
  return {
    ...wordsFor(fate, layer, hiddenBy, rows.length, differenceIn(analysis, rows)),
    severity: share >= HIGH ? 'high' : share >= MEDIUM ? 'medium' : 'low',
    bytes,
    layers: layer === hiddenBy ? [layer] : [layer, hiddenBy],
    nodes: largest.map(({ node }) => node),
  };
}

/** All that differs between repeated copies and what repeats them: bits of `Differs`. */
export function differenceIn({ stack: { records } }: Analysis, rows: Iterable<LedgerRow>): number {
  let differs = 0;
  for (const { name, hiddenBy } of rows) {
    const record = records.ofLayer(name, hiddenBy);
    if (record !== NO_RECORD && records.changes[record] !== Change.Added) differs |= records.differs[record]!;
  }
  return differs;
}

type Words = Pick<Tip, 'id' | 'title' | 'fix'>;

function wordsFor(fate: Fate, layer: number, hiddenBy: number, count: number, differs: number): Words {
  const files = count === 1 ? '1 file' : `${count} files`;
  const ofLayer = `${files} of layer ${layer}`;
  if (fate === Fate.Deleted) {
    return {
      id: 'deleted-later',
      title: `Layer ${hiddenBy} deletes ${ofLayer}: the bytes stay below it.`,
      fix:
        layer === 0
          ? `Layer 0 comes with the base image: its bytes go only with another base, or when the image is squashed.`
          : `Delete them in the step that makes them: join the RUN of layer ${hiddenBy} with that of layer ${layer}, or use a build stage.`,
    };
  }
  if (fate === Fate.Repeated) return repeatedWords(ofLayer, layer, hiddenBy, differs);
  return {
    id: 'overwritten-later',
    title: `Layer ${hiddenBy} overwrites ${ofLayer}.`,
    fix:
      layer === 0
        ? `Layer 0 comes with the base image: a newer base may bring the new files already.`
        : `Write them once: join the steps of layers ${layer} and ${hiddenBy}, or leave out what is overwritten.`,
  };
}

function repeatedWords(ofLayer: string, layer: number, hiddenBy: number, differs: number): Words {
  if (differs === 0) {
    return {
      id: 'stored-again',
      title: `Layer ${hiddenBy} stores ${ofLayer} again, unchanged.`,
      fix: `Copy them once: narrow the second COPY, or list them in .dockerignore.`,
    };
  }
  return {
    id: 'metadata-only',
    title: `Layer ${hiddenBy} repeats ${ofLayer}: only ${differenceNames(differs).join(', ')} changed.`,
    fix: metadataFix(layer, hiddenBy, differs),
  };
}

function metadataFix(layer: number, hiddenBy: number, differs: number): string {
  const flags = [
    ...(differs & Differs.Owner ? ['--chown'] : []),
    ...(differs & Differs.Mode ? ['--chmod'] : []),
  ].join(' ');
  if (flags === '')
    return `Leave the files alone in layer ${hiddenBy}: touching them stores them whole again.`;
  return `Set it where the files are made (COPY ${flags}=…, or in the RUN of layer ${layer}); layer ${hiddenBy} is then not needed.`;
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  return (a[0] ?? 0) - (b[0] ?? 0) || (a.at(-1) ?? 0) - (b.at(-1) ?? 0);
}
