/** Every scenario, at each of its sizes, in the program as it was built, on a pseudo-terminal. */
import { it } from 'vitest';
import { inPty } from '../harness/scenario-drivers.ts';
import { perform, titleOf, variantsOf } from '../harness/scenario.ts';
import { scenarios } from './found.ts';

for (const [name, scenario] of scenarios) {
  for (const variant of variantsOf(scenario)) {
    it.concurrent(`${name} ${titleOf(scenario, variant)}`, async () => {
      await perform(scenario, variant, { open: inPty, showsStyles: true, mayWrite: true });
    });
  }
}
