import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keysPage, keyTable, withKeyTable } from '../../scripts/keys-doc.ts';
import { KEYMAP } from '../../src/ui/keymap.ts';

const text = (path: string) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');

it('docs/keys.md is what the keymap says; else npm run docs writes it', () => {
  expect(text('docs/keys.md')).toBe(keysPage());
});

it('so is the table of keys in the README', () => {
  expect(text('README.md')).toBe(withKeyTable(text('README.md')));
});

it('both have every command', () => {
  for (const { command, help } of KEYMAP.flatMap(({ bindings }) => bindings)) {
    expect(keysPage()).toContain(`| ${help} | \`${command}\` |`);
    expect(keyTable()).toContain(`| ${help} |`);
  }
});

it('a README without a table is no README', () => {
  expect(() => withKeyTable('# peel')).toThrow('no table of keys');
});
