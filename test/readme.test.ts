import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keyLabel } from '../src/ui/key-names.ts';
import { KEYMAP } from '../src/ui/keymap.ts';

it('the README shows every key of the keymap, in its words', () => {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
  const rows = KEYMAP.flatMap(({ bindings }) =>
    bindings.map(({ keys, help }) => `| ${keys.map((key) => `\`${keyLabel(key)}\``).join(' ')} | ${help} |`),
  );
  const table = readme
    .slice(readme.indexOf('| key |'))
    .split('\n')
    .slice(2, 2 + rows.length);
  expect(table).toEqual(rows);
});
