import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Analysing, analysing } from '../../bench/contestants.ts';
import { BUDGETS, ratioMeasures, ratioOf, type RatioName, TOLERANCE } from '../../bench/ratios.ts';

const names = Object.keys(BUDGETS) as RatioName[];

/** Some ratios are the middle of many rounds. */
const PATIENCE_MS = 300_000;

describe('what peel takes, as a ratio of processor time or memory', () => {
  let folder: string;
  let analysis: Analysing;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'peel-budgets-'));
    process.env['PEEL_BENCH_FOLDER'] = folder;
    analysis = await analysing();
  });
  afterAll(async () => {
    await analysis[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(names)(
    'keeps its budget, or misses it by less than a seventh: %s',
    { timeout: PATIENCE_MS },
    async (name) => {
      const measures = (await ratioMeasures(analysis))[name];
      expect(await ratioOf(measures), BUDGETS[name].what).toBeLessThanOrEqual(
        BUDGETS[name].budget * TOLERANCE,
      );
    },
  );
});
