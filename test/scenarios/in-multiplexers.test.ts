/**
 * The scenarios that go through every screen, in tmux and in GNU screen: what they draw of peel is, cell by cell, what peel
 * has drawn. At their first size; all variants: PEEL_ALL_VARIANTS=1.
 */
import { describe, it } from 'vitest';
import { type Installable, provide } from '../harness/debian-packages.ts';
import { inGnuScreen, inTmux } from '../harness/scenario-multiplexers.ts';
import { fewestVariantsOf, perform, titleOf } from '../harness/scenario.ts';
import type { OpenDriver } from '../harness/scenario-drivers.ts';
import { announceSkip } from '../harness/vectors.ts';
import { scenarios } from './found.ts';

const programs: readonly (readonly [Installable, OpenDriver])[] = [
  ['tmux', inTmux],
  ['screen', inGnuScreen],
];
const chosen = scenarios.filter(([, { throughMultiplexers = false }]) => throughMultiplexers);

for (const [program, open] of programs) {
  const missing = await provide(program);
  if (missing !== null && process.env['CI']) throw new Error(missing);
  if (missing !== null) announceSkip(`scenarios in ${program}`, missing);

  describe.skipIf(missing !== null)(`in ${program}`, () => {
    for (const [name, scenario] of chosen) {
      for (const variant of fewestVariantsOf(scenario)) {
        it.concurrent(`${name} ${titleOf(scenario, variant)}`, async () => {
          await perform(scenario, variant, { open, showsStyles: true, mayWrite: false });
        });
      }
    }
  });
}
