import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryBuilt } from './built.ts';
import { caseOf } from './case.ts';
import { type Limits, tryAll, type Tried } from './pool.ts';

export interface FuzzOptions {
  readonly seed: number;
  readonly runs: number;
  /** Every so manieth case goes through the built program too; 0 for none. */
  readonly builtEvery: number;
  readonly workers: number;
}

/** What came of a run. */
export interface FuzzResult {
  /** Cases by how they ended: `report`, or the code of their refusal. */
  readonly counts: ReadonlyMap<string, number>;
  readonly findings: readonly { readonly number: number; readonly what: string }[];
  /** Cases that the built program read too. */
  readonly built: number;
  readonly longest: Tried | null;
  readonly largest: Tried | null;
}

/** What one case may take: memory is that for an image of a million files. */
const LIMITS: Limits = { milliseconds: 5_000, waitedMilliseconds: 60_000, residentBytes: 300_000_000 };

export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const counts = new Map<string, number>();
  const findings: { number: number; what: string }[] = [];
  let built = 0;
  let longest: Tried | null = null;
  let largest: Tried | null = null;
  const numbers = upTo(options.runs);
  const make = (number: number) => caseOf(options.seed, number);
  const on = (tried: Tried) => {
    const { number, outcome } = tried;
    const name = outcome.kind === 'refused' ? outcome.code : outcome.kind;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (outcome.kind === 'finding') findings.push({ number, what: outcome.what });
    if (longest === null || tried.milliseconds > longest.milliseconds) longest = tried;
    if (largest === null || tried.residentBytes > largest.residentBytes) largest = tried;
  };
  const tryBuiltOnes = async () => {
    // Odd and even numbers in turn.
    const step = options.builtEvery + 1 - (options.builtEvery % 2);
    for (let number = 0; options.builtEvery > 0 && number < options.runs; number += step) {
      const outcome = await tryBuilt(await make(number), number);
      built++;
      if (outcome.kind === 'finding') findings.push({ number, what: `the built program: ${outcome.what}` });
    }
  };
  const folder = mkdtempSync(join(tmpdir(), 'peel-fuzz-'));
  try {
    const pool = { limits: LIMITS, folder, make, on };
    const workers = Array.from({ length: options.workers }, () => tryAll(numbers, pool));
    await Promise.all([...workers, tryBuiltOnes()]);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { counts, findings, built, longest, largest };
}

function* upTo(count: number): Generator<number, void> {
  for (let number = 0; number < count; number++) yield number;
}
