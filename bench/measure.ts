// One run of a command: how long it took and how much memory it had at most.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findCommand } from '../test/harness/debian-packages.ts';

/** What a run took. */
export interface Sample {
  /** Wall-clock time from start to end, in seconds. */
  readonly seconds: number;
  /** Largest resident set in bytes, or null where GNU time is not installed to tell. */
  readonly peakBytes: number | null;
  /** What it printed. */
  readonly stdout: string;
}

/** GNU time, which asks the kernel (wait4) and so needs no help from the program that it measures. */
const time = findCommand('time');

/** How a run is judged. */
export interface Judgement {
  /** Of its exit status. Default: 0 alone is fine. */
  readonly isFine?: (status: number) => boolean;
  /** A run that takes longer is ended. Default: none is. */
  readonly patienceMs?: number;
}

/**
 * Runs a command to its end, with an empty cache folder of its own.
 * @throws Error with what it said when the exit status is not fine, or it took too long
 */
export async function measure(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  { isFine = (status) => status === 0, patienceMs }: Judgement = {},
): Promise<Sample> {
  const folder = mkdtempSync(join(tmpdir(), 'peel-bench-'));
  const rss = join(folder, 'rss');
  const [program = '', ...args] = time === null ? command : [time, '-f', '%M', '-o', rss, ...command];
  try {
    const started = performance.now();
    const child = spawn(program, args, {
      env: { ...process.env, XDG_CACHE_HOME: join(folder, 'cache'), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // GNU time would leave what it has started behind: the whole group is ended.
      detached: true,
    });
    const end = () => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    };
    const limit = patienceMs === undefined ? undefined : setTimeout(end, patienceMs);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const status = await new Promise<number>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => {
        clearTimeout(limit);
        resolve(code ?? -1);
      });
    });
    const seconds = (performance.now() - started) / 1000;
    if (!isFine(status)) throw new Error(`${command.join(' ')} ended with ${status}: ${stderr.trim()}`);
    return { seconds, peakBytes: time === null ? null : peak(readFileSync(rss, 'utf8')), stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** GNU time puts a line about the exit status before the figure when that is not 0. */
function peak(written: string): number {
  return Number(written.trim().split('\n').at(-1)) * 1024;
}

/** Where some numbers lie. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
  /** What one in a hundred is above (nearest rank); null where there are fewer. */
  readonly p99: number | null;
}

/** The spread of at least one number. */
export function spreadOf(numbers: readonly number[]): Spread {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    min: at(0),
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    max: at(sorted.length - 1),
    p99: sorted.length < 100 ? null : at(Math.ceil(0.99 * sorted.length) - 1),
  };
}
