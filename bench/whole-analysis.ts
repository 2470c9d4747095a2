// Whole analysis through the daemon, against receiving the same export and throwing it away.
import { join } from 'node:path';
import { findCommand } from '../test/harness/debian-packages.ts';
import { type Analysing, PEEL } from './contestants.ts';
import { imageFloor } from './image.ts';
import { measure, type Sample, spreadOf } from './measure.ts';
import { megabytes, span } from './words.ts';

/** How much longer than the yardstick the whole analysis may take: the middle of the pairs' ratios. */
export const budget = 1.05;

/** Pairs after the warm-up, and how many of them the others take part in. */
const pairs = 11;
const othersRuns = 3;

const root = join(import.meta.dirname, '..');

/** How peel is asked for the export, of which it has kept nothing. */
const fromExport = ['--no-cache', '--source', 'export'];

/** One contestant's runs. */
interface Contestant {
  readonly name: string;
  readonly samples: Sample[];
  /** Its time divided by the yardstick's of the same round. */
  readonly ratios: number[];
}

/** What the benchmark found. */
export interface WholeAnalysis {
  readonly lines: readonly string[];
  /** The middle ratio of peel to the yardstick. */
  readonly ratio: number;
}

/** What peel says of the image. */
interface Totals {
  readonly totals: { readonly layerBytes: number; readonly files: number };
  readonly layers: readonly unknown[];
}

/** Runs the benchmark on an image of the daemon at `host`; `say` gets a line for each round. */
export async function wholeAnalysis(
  { program }: Analysing,
  host: string,
  image: string,
  say: (line: string) => void,
): Promise<WholeAnalysis> {
  const env = { DOCKER_HOST: host };
  const peel = (): Promise<Sample> => measure([...program, ...fromExport, image], env);
  const writing = (path: string): Promise<Sample> =>
    measure([...PEEL, ...fromExport, '--json', path, image], env);
  const yardstick = (): Promise<Sample> =>
    measure([process.execPath, join(root, 'bench/discard-export.ts'), host, image], env);
  const divePath = findCommand('dive');

  // The warm-up fills the daemon's caches and the page cache for both, and tells what is measured here.
  const warm = await writing('-');
  const { totals, layers } = JSON.parse(warm.stdout) as Totals;
  if (totals.layerBytes < imageFloor.bytes || totals.files < imageFloor.files) {
    throw new Error(`${image} is too small: ${totals.layerBytes} bytes, ${totals.files} files`);
  }
  const exported = Number((await yardstick()).stdout);

  const analysis: Contestant = { name: 'peel, whole analysis', samples: [], ratios: [] };
  const discarding: Contestant = { name: 'receiving the same export', samples: [], ratios: [] };
  const report: Contestant = { name: 'peel, report written', samples: [], ratios: [] };
  const dive: Contestant = { name: 'dive', samples: [], ratios: [] };
  for (let round = 0; round < pairs; round++) {
    // Who goes first has the daemon after another one's work: they take turns in that too.
    const isPeelFirst = round % 2 === 0;
    const first = await (isPeelFirst ? peel() : yardstick());
    const second = await (isPeelFirst ? yardstick() : peel());
    const [a, b] = isPeelFirst ? [first, second] : [second, first];
    analysis.samples.push(a);
    discarding.samples.push(b);
    analysis.ratios.push(a.seconds / b.seconds);
    let line = `peel ${a.seconds.toFixed(2)} s, yardstick ${b.seconds.toFixed(2)} s, ratio ${(a.seconds / b.seconds).toFixed(3)}`;
    if (round < othersRuns) {
      const c = await writing('/dev/null');
      report.samples.push(c);
      report.ratios.push(c.seconds / b.seconds);
      line += `, report ${c.seconds.toFixed(2)} s`;
    }
    if (divePath !== null && round < othersRuns) {
      // Exit status 1 means that the image broke one of dive's rules: it was analysed none the less.
      const c = await measure(
        [divePath, image],
        { ...env, CI: 'true' },
        { isFine: (status) => status === 0 || status === 1 },
      );
      dive.samples.push(c);
      dive.ratios.push(c.seconds / b.seconds);
      line += `, dive ${c.seconds.toFixed(2)} s`;
    }
    say(line);
  }

  const ratio = spreadOf(analysis.ratios).median;
  const contestants = [analysis, report, discarding, ...(divePath === null ? [] : [dive])];
  return {
    ratio,
    lines: [
      `- Image: ${megabytes(totals.layerBytes)} in ${layers.length} layers, ${totals.files} files in the end; export of ${megabytes(exported)}`,
      '',
      '| | runs | seconds: median (least – most) | peak memory | ratio to the export: median (least – most) |',
      '| --- | --- | --- | --- | --- |',
      ...contestants.map(row),
      '',
      `peel's ratio pair by pair: ${analysis.ratios.map((one) => one.toFixed(3)).join(', ')}.`,
      `Budget ${budget}: ${ratio <= budget ? 'kept' : 'NOT kept'} (${ratio.toFixed(3)}).`,
    ],
  };
}

function row({ name, samples, ratios }: Contestant): string {
  const seconds = span(spreadOf(samples.map((sample) => sample.seconds)), 2);
  const peaks = samples.map((sample) => sample.peakBytes).filter((peak) => peak !== null);
  const memory = peaks.length === 0 ? '–' : megabytes(Math.max(...peaks));
  return `| ${name} | ${samples.length} | ${seconds} | ${memory} | ${ratios.length === 0 ? '1' : span(spreadOf(ratios), 3)} |`;
}
