// What would help, read off the ledger: for each pair of a layer that hides and a layer whose bytes it hides, one
// sentence of cause and one of cure. Pairs that waste little are left out, so that the list stays worth reading.

import { formatBytes } from '../image/format.ts';
import { Change } from '../tree/change.ts';
import { NO_RECORD } from '../tree/records.ts';
import type { Analysis } from './analysis.ts';
import { Fate, type Ledger, type LedgerRow } from './ledger.ts';
import { adviceKey, type Commands, type TipSubject, type TipWords, tipWords } from './tip-words.ts';

export interface Tip extends TipWords {
  readonly severity: 'high' | 'medium' | 'low';
  /** What following it saves. */
  readonly bytes: number;
  /** Layers it speaks of, the one that hides last. */
  readonly layers: readonly number[];
  /** Nodes of the largest copies concerned, most bytes first. */
  readonly nodes: readonly number[];
  /** What its words were made of. */
  readonly subject: TipSubject;
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

/** Tips of an image whose layers are all stacked, most bytes first. What made the layers decides what can be done. */
export function findTips(analysis: Analysis, commands: Commands): Tip[] {
  const { ledger } = analysis;
  return worthwhilePairs(ledger)
    .map((rows) => tipOf(analysis, commands, rows))
    .sort((a, b) => b.bytes - a.bytes || compareNumbers(a.layers, b.layers) || (a.id < b.id ? -1 : 1));
}

/**
 * The rows of each pair of layers, and each fate, that wastes enough to be worth a tip. Of a million hidden copies most
 * waste next to nothing: they are summed up, and no more.
 */
function worthwhilePairs(ledger: Ledger): LedgerRow[][] {
  const pairs = new Map<number, { bytes: number; rows: number[] }>();
  for (let row = 0; row < ledger.length; row++) {
    const bytes = ledger.bytesAt(row);
    if (bytes === 0) continue;
    const key = ledger.pairAt(row);
    const pair = pairs.get(key);
    if (pair === undefined) pairs.set(key, { bytes, rows: [row] });
    else {
      pair.bytes += bytes;
      pair.rows.push(row);
    }
  }
  return Array.from(pairs.values())
    .filter(({ bytes }) => bytes >= ledger.total * WORTH)
    .map(({ rows }) => rows.map((row) => ledger.at(row)));
}

function tipOf(analysis: Analysis, commands: Commands, rows: readonly LedgerRow[]): Tip {
  const { layer, hiddenBy, fate } = rows[0]!;
  const bytes = rows.reduce((sum, row) => sum + row.bytes, 0);
  const share = bytes / analysis.ledger.total;
  const largest = rows.toSorted((a, b) => b.bytes - a.bytes || a.copy - b.copy).slice(0, NAMED_PATHS);
  const differs = fate === Fate.Repeated ? differenceIn(analysis, rows) : 0;
  const subject = { layers: [layer], hiddenBy, fate, count: rows.length, differs };
  return {
    ...tipWords(subject, commands),
    subject,
    severity: share >= HIGH ? 'high' : share >= MEDIUM ? 'medium' : 'low',
    bytes,
    layers: layer === hiddenBy ? [layer] : [layer, hiddenBy],
    nodes: largest.map(({ node }) => node),
  };
}

/** The same tips, those in one that say the same of several layers; each with the bytes of all, most bytes first. */
export function joinTips(tips: readonly Tip[], commands: Commands): Tip[] {
  const alike = Map.groupBy(tips, ({ subject }) => adviceKey(subject, commands));
  return Array.from(alike.values(), (those) => joined(those, commands)).sort((a, b) => b.bytes - a.bytes);
}

function joined(tips: readonly Tip[], commands: Commands): Tip {
  const first = tips[0]!;
  if (tips.length === 1) return first;
  const layers = tips.flatMap(({ subject }) => subject.layers).toSorted((a, b) => a - b);
  const count = tips.reduce((sum, { subject }) => sum + subject.count, 0);
  const subject = { ...first.subject, layers, count };
  const bytes = tips.reduce((sum, tip) => sum + tip.bytes, 0);
  const words = tipWords(subject, commands);
  const fix = `${words.fix} ${sharesText(tips)}`;
  return { ...first, ...words, fix, subject, bytes, layers: [...layers, subject.hiddenBy] };
}

/** As many layers' bytes as are told one by one. */
const NAMED_SHARES = 5;

/** `166.6 MB are of layer 2, 70.7 MB of layer 1.` */
function sharesText(tips: readonly Tip[]): string {
  const named = tips.slice(0, NAMED_SHARES).map(({ bytes, layers }, index) => {
    return `${formatBytes(bytes)} ${index === 0 ? 'are ' : ''}of layer ${layers[0] ?? 0}`;
  });
  return `${named.join(', ')}${tips.length > NAMED_SHARES ? ', the rest of others' : ''}.`;
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

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  return (a[0] ?? 0) - (b[0] ?? 0) || (a.at(-1) ?? 0) - (b.at(-1) ?? 0);
}
