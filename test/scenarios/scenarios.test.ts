/** Every scenario, at each of its sizes, in this process: the quick way to see whether a change is a change on the screen. */
import { afterAll, it, vi } from 'vitest';
import { inProcess, NO_DAEMON } from '../harness/scenario-drivers.ts';
import { perform, titleOf, variantsOf } from '../harness/scenario.ts';
import { scenarios } from './found.ts';

vi.stubEnv('DOCKER_HOST', NO_DAEMON);
afterAll(() => void vi.unstubAllEnvs());

for (const [name, scenario] of scenarios) {
  // What the environment says is for a process of its own.
  const test = scenario.env === undefined ? it.concurrent : it.skip;
  for (const variant of variantsOf(scenario)) {
    test(`${name} ${titleOf(scenario, variant)}`, async () => {
      await perform(scenario, variant, { open: inProcess, showsStyles: true, mayWrite: false });
    });
  }
}
