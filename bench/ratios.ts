// Ratios of what peel takes for two kinds of work: processor time and memory, which a busy machine changes little, and no
// clock. They fit into a few minutes, so that every run of the tests holds them against their budgets.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import type { Taken } from './analyse.ts';
import { heavy, million, small } from './archives.ts';
import budgets from './budgets.json' with { type: 'json' };
import { type Analysing, PEEL } from './contestants.ts';
import { spreadOf } from './measure.ts';
import { TimedTerminal } from './timed-terminal.ts';

export type RatioName = keyof typeof budgets;

/** A ratio may be so much worse than its budget before it is a failure. */
export const TOLERANCE = 1.15;

export const BUDGETS: Readonly<Record<RatioName, { readonly budget: number; readonly what: string }>> =
  budgets;

/** Rounds of each kind of work; the two of a ratio take turns. */
const ROUNDS = 7;
/** Of work that takes a tenth of a second. */
const SHORT_ROUNDS = 25;
/** Of keys: collections of garbage fall into some of the rounds. */
const KEY_ROUNDS = 9;
/** Keys that share what a key takes: processor time is told in hundredths of a second. */
const KEYS = 60;
/** Keys before those: while code is still being compiled, a key takes half as much again, and how long that is is chance. */
const KEYS_BEFORE = 60;
/** A key need not have been answered in full before the next one is pressed. */
const GAP_MS = 15;

type Measure = () => Promise<number>;

/** What is measured for a ratio. */
interface Measures {
  /** The work in question. */
  readonly work: Measure;
  /** The work it is held against. */
  readonly yardstick: Measure;
  /** `ROUNDS` where left out. */
  readonly rounds?: number;
}

/** What is measured for each ratio; archives are written first where they are not there yet. */
export async function ratioMeasures(analysis: Analysing): Promise<Readonly<Record<RatioName, Measures>>> {
  const [tiny, ten, hundred] = [await small(), await million(10_000), await million(100_000)];
  const [light, heavier] = [await heavy(20_000_000), await heavy(200_000_000)];
  const few = await million(1000);
  const cpu = (path: string) => async () => (await analysis.take('--no-cache', path)).cpuSeconds;
  const peak = (path: string) => async () => (await analysis.take('--no-cache', path)).peakBytes;
  return {
    start: { work: cpu(tiny.path), yardstick: () => Promise.resolve(bareNode()), rounds: SHORT_ROUNDS },
    entries: { work: cpu(hundred.path), yardstick: cpu(ten.path) },
    bytes: { work: cpu(heavier.path), yardstick: cpu(light.path), rounds: SHORT_ROUNDS },
    memory: { work: peak(heavier.path), yardstick: peak(light.path), rounds: SHORT_ROUNDS },
    again: { work: () => again(analysis, hundred.path), yardstick: cpu(hundred.path) },
    key: {
      work: () => keySeconds(hundred.path, ['tab'], 'down', 'up'),
      yardstick: () => keySeconds(few.path, ['tab'], 'down', 'up'),
      rounds: KEY_ROUNDS,
    },
    layer: {
      work: () => keySeconds(hundred.path, [], 'down', 'up'),
      yardstick: () => keySeconds(few.path, [], 'down', 'up'),
      rounds: KEY_ROUNDS,
    },
  };
}

/** The middle ratio of some rounds; the two kinds of work take turns in being first. */
export async function ratioOf({ work, yardstick, rounds = ROUNDS }: Measures): Promise<number> {
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) {
      const taken = await work();
      ratios.push(taken / (await yardstick()));
    } else {
      const held = await yardstick();
      ratios.push((await work()) / held);
    }
  }
  return spreadOf(ratios).median;
}

/** Processor time of a Node that does nothing but tell it. */
function bareNode(): number {
  const script =
    'const { user, system } = process.cpuUsage(); process.stdout.write(String((user + system) / 1e6))';
  return Number(spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' }).stdout);
}

/** Processor time of opening an archive for the second time. */
async function again(analysis: Analysing, path: string): Promise<number> {
  const XDG_CACHE_HOME = mkdtempSync(join(tmpdir(), 'peel-bench-'));
  try {
    const env = { XDG_CACHE_HOME };
    await analysis.takeIn(env, path);
    const taken: Taken = await analysis.takeIn(env, path);
    return taken.cpuSeconds;
  } finally {
    rmSync(XDG_CACHE_HOME, { recursive: true, force: true });
  }
}

/** Processor time of a key, in a terminal of 120 x 40; two keys in turn, behind some that lead there. */
async function keySeconds(path: string, lead: readonly string[], ...keys: [string, string]): Promise<number> {
  using terminal = new TimedTerminal([...PEEL, '--no-cache', path]);
  if ((await terminal.shows(/wasted \d/, 120_000)) === null) throw new Error(`${path} did not open`);
  const pressKeys = async (count: number) => {
    for (let pressed = 0; pressed < count; pressed++) await terminal.press(keys[pressed % 2] ?? '', GAP_MS);
  };
  for (const key of lead) await terminal.press(key);
  await pressKeys(KEYS_BEFORE);
  await terminal.rest();
  const before = terminal.cpuSeconds();
  await pressKeys(KEYS);
  return (terminal.cpuSeconds() - before) / KEYS;
}
