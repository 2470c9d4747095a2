import { expect, it } from 'vitest';
import { findLine } from '../../src/config/find-line.ts';

const TEXT = `# theme = "no"
theme = "dark"
colors.added = "red"

[files] # comment
sort = "name"
"mode" = "changes"
[ keys ]
  quit = "x"
help="?"
`;

it.each([
  ['', 'theme', 2],
  ['', 'colors', 3],
  ['colors', 'added', 3],
  ['', 'files', 5],
  ['files', 'sort', 6],
  ['files', 'mode', 7],
  ['keys', 'quit', 9],
  ['keys', 'help', 10],
  ['', 'sort', null],
  ['files', 'quit', null],
])('finds where table %j sets %s', (table, key, line) => {
  expect(findLine(TEXT, table, key)).toBe(line);
});
