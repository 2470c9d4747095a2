/**
 * Every scenario in the program as it was built, on a pseudo-terminal: at its first size, golden screens at each of theirs.
 * All variants: PEEL_ALL_VARIANTS=1.
 */
import { it } from 'vitest';
import { inPty } from '../harness/scenario-drivers.ts';
import { fewerVariantsOf, perform, titleOf } from '../harness/scenario.ts';
import { scenarios } from './found.ts';

for (const [name, scenario] of scenarios) {
  for (const variant of fewerVariantsOf(scenario)) {
    it.concurrent(`${name} ${titleOf(scenario, variant)}`, async () => {
      await perform(scenario, variant, { open: inPty, showsStyles: true, mayWrite: true });
    });
  }
}
