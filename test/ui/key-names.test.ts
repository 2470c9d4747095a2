import { expect, it } from 'vitest';
import { isKeyName, keyLabel } from '../../src/ui/key-names.ts';

it.each([
  'j',
  'G',
  '?',
  '+',
  'ü',
  '日',
  '\u{1f600}',
  'up',
  'shift+tab',
  'space',
  'ctrl+c',
  'ctrl+z',
  'ctrl+g',
])('%s is a key', (name) => {
  expect(isKeyName(name)).toBe(true);
});

it.each([
  '',
  ' ',
  '\t',
  '\u001b',
  '\u0301',
  '\u202e',
  'jj',
  'Up',
  'f1',
  'ctrl+C',
  'ctrl+h',
  'ctrl+i',
  'ctrl+j',
  'ctrl+m',
  'ctrl+',
  'alt+x',
  'constructor',
])('%j is none', (name) => {
  expect(isKeyName(name)).toBe(false);
});

it.each([
  ['k', 'k'],
  ['pageup', 'PgUp'],
  ['escape', 'Esc'],
  ['ctrl+c', '^C'],
])('%s is called %s', (name, label) => {
  expect(keyLabel(name)).toBe(label);
});
