import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FILTER_HELP } from '../src/ui/filter-help.ts';

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');

/** Rows of the table that begins so, without its heading. */
function tableRows(heading: string, count: number): string[] {
  return readme
    .slice(readme.indexOf(heading))
    .split('\n')
    .slice(2, 2 + count);
}

it('the README shows the syntax of filters in the words of the help', () => {
  const rows = FILTER_HELP.map(([term, help]) => `| ${term} | ${help} |`);
  const shown = tableRows('| term |', rows.length).map((row) => row.replaceAll('`', ''));
  expect(shown).toEqual(rows);
});
