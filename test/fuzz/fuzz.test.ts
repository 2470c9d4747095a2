import { expect, it } from 'vitest';
import { fuzz } from './run-fuzz.ts';

it('a few hundred hostile archives end in a report or in one line, within their time and memory', async () => {
  const { counts, findings, built } = await fuzz({ seed: 7, runs: 250, builtEvery: 60, workers: 2 });
  expect(findings).toEqual([]);
  expect(built).toBeGreaterThan(3);
  expect(Array.from(counts.values()).reduce((sum, count) => sum + count, 0)).toBe(250);
  // The changes reach all of it: some archives can still be read, some are refused for each of the reasons.
  expect(Array.from(counts.keys())).toEqual(
    expect.arrayContaining(['report', 'broken-stream', 'not-an-image', 'hostile']),
  );
});

it('a case is the same whenever it is made', async () => {
  const { caseOf } = await import('./case.ts');
  const first = await caseOf(7, 3);
  await caseOf(7, 4);
  expect(await caseOf(7, 3)).toEqual(first);
});
