/** All scenarios, found by their place: `<screen>/<what-it-shows>.ts`. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from '../harness/scenario.ts';

/** Each with its name, as in `files/filter-is-kept-with-enter`; in the order of the names. */
export const scenarios: readonly (readonly [name: string, scenario: Scenario])[] = await Promise.all(
  globSync('*/*.ts', { cwd: import.meta.dirname })
    .sort()
    .map(async (path) => {
      const module = (await import(join(import.meta.dirname, path))) as { default?: Scenario };
      if (module.default === undefined) throw new Error(`${path} exports no scenario`);
      return [path.replace(/\.ts$/, ''), module.default] as const;
    }),
);
