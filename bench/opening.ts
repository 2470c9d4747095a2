// Whole analysis of archives on disk, beside the other explorers, and what it takes as archives grow.
import { type BenchArchive, heavy, million } from './archives.ts';
import { type Contestant, peers, report, type Run } from './contestants.ts';
import { spreadOf } from './measure.ts';
import { megabytes, span } from './words.ts';

/**
 * In each round every program runs twice, and the second time counts: memory that one program has given back to the system
 * costs the next one up to a sixth of its time on a virtual machine. Who takes longer than `SLOW_SECONDS` runs once.
 */
const ROUNDS = 5;
const SLOW_SECONDS = 30;

/** One program's runs on one archive; none where it took too long. */
interface Opened {
  readonly name: string;
  readonly runs: readonly Run[];
}

/** What was found of each archive, with peel's whole analysis first. */
export interface Opening {
  readonly archive: BenchArchive;
  readonly opened: readonly Opened[];
}

/** Opens each archive in every program; the programs take turns. */
export async function openArchives(
  analysis: Contestant,
  archives: readonly BenchArchive[],
): Promise<Opening[]> {
  const openings: Opening[] = [];
  for (const archive of archives) {
    const contestants = [analysis, report, ...peers()];
    const runs = new Map(contestants.map(({ name }) => [name, [] as Run[]]));
    const slow = new Set<string>();
    for (let round = 0; round < ROUNDS; round++) {
      for (const contestant of contestants.filter(({ name }) => !slow.has(name))) {
        const first = await contestant.analyse(archive.path);
        const isSlow = first === null || first.seconds > SLOW_SECONDS;
        if (isSlow) slow.add(contestant.name);
        const run = isSlow ? first : await contestant.analyse(archive.path);
        if (run !== null) runs.get(contestant.name)?.push(run);
      }
    }
    openings.push({ archive, opened: contestants.map(({ name }) => ({ name, runs: runs.get(name) ?? [] })) });
  }
  return openings;
}

/** Median seconds of one program's runs; null where it has none. */
export function secondsOf({ opened }: Opening, name: string): number | null {
  const runs = opened.find((each) => each.name === name)?.runs ?? [];
  return runs.length === 0 ? null : spreadOf(runs.map(({ seconds }) => seconds)).median;
}

/** Largest memory of one program's runs, in bytes; null where nobody told. */
export function peakOf({ opened }: Opening, name: string): number | null {
  const runs = opened.find((each) => each.name === name)?.runs ?? [];
  const peaks = runs.map(({ peakBytes }) => peakBytes).filter((peak) => peak !== null);
  return peaks.length === 0 ? null : Math.max(...peaks);
}

export function openingLines(openings: readonly Opening[]): string[] {
  return openings.flatMap((opening) => [
    `**${opening.archive.what}**`,
    '',
    '| | runs | seconds: median (least – most) | peak memory | to peel’s analysis |',
    '| --- | --- | --- | --- | --- |',
    ...opening.opened.map(({ name, runs }) => {
      if (runs.length === 0) return `| ${name} | – | not within two minutes, or not at all | – | – |`;
      const seconds = spreadOf(runs.map((run) => run.seconds));
      const peak = peakOf(opening, name);
      const own = secondsOf(opening, opening.opened[0]?.name ?? '') ?? NaN;
      return `| ${name} | ${runs.length} | ${span(seconds, 2)} | ${peak === null ? '–' : megabytes(peak)} | ${(seconds.median / own).toFixed(2)} |`;
    }),
    '',
  ]);
}

/** Archives of which each is ten times the one before: in entries, and in bytes. */
export async function growing(): Promise<{ entries: BenchArchive[]; bytes: BenchArchive[] }> {
  return {
    entries: [await million(10_000), await million(100_000), await million()],
    bytes: [await heavy(100_000_000), await heavy(1_000_000_000), await heavy(10_000_000_000)],
  };
}

/** What peel's whole analysis takes of each, and how many times that of the one before. */
export async function growthLines(
  analysis: Contestant,
  archives: readonly BenchArchive[],
): Promise<string[]> {
  const lines: string[] = [];
  let before: number | null = null;
  for (const archive of archives) {
    const runs: Run[] = [];
    for (let round = 0; round < 3; round++) {
      const run = await analysis.analyse(archive.path);
      if (run !== null) runs.push(run);
    }
    const seconds = spreadOf(runs.map((run) => run.seconds));
    const peak = Math.max(...runs.map((run) => run.peakBytes ?? 0));
    const grown = before === null ? '–' : (seconds.median / before).toFixed(1);
    lines.push(`| ${archive.what} | ${span(seconds, 2)} | ${grown} | ${megabytes(peak)} |`);
    before = seconds.median;
  }
  return [
    '| | seconds: median (least – most) | times the one before | peak memory |',
    '| --- | --- | --- | --- |',
    ...lines,
  ];
}
