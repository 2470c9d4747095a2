// `npm run fuzz`: tries PEEL_FUZZ_RUNS hostile archives (20,000 where not given) of the seed PEEL_FUZZ_SEED. Exit status
// 1: something was found; the archives that did it lie in fuzz-findings/, and their numbers are printed.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { caseOf } from './case.ts';
import { fuzz } from './run-fuzz.ts';

const runs = Number(process.env['PEEL_FUZZ_RUNS'] ?? 20_000);
const seed = Number(process.env['PEEL_FUZZ_SEED'] ?? Date.now() % 1_000_000);
const FOLDER = 'fuzz-findings';

console.log(`seed ${seed}, ${runs} cases`);
const { counts, findings, built, longest, largest } = await fuzz({
  seed,
  runs,
  builtEvery: 50,
  workers: Math.min(2, availableParallelism()),
});
for (const { number, what } of findings) {
  mkdirSync(FOLDER, { recursive: true });
  const { archive, place } = await caseOf(seed, number);
  const path = `${FOLDER}/${seed}-${number}${place === 'archive' ? '' : `-${place}`}.tar`;
  writeFileSync(path, archive);
  console.log(`case ${number} of seed ${seed} (${path}): ${what}`);
}
console.log(Array.from(counts, ([name, count]) => `${count} ${name}`).join(', '));
console.log(`${built} of them through the built program too`);
if (longest !== null) console.log(`longest: ${Math.round(longest.milliseconds)} ms (case ${longest.number})`);
if (largest !== null)
  console.log(`most memory: ${Math.round(largest.residentBytes / 1e6)} MB (case ${largest.number})`);
if (findings.length > 0) process.exitCode = 1;
