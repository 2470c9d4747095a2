// What the docs say of keys, from the table that the program itself reads.

import { keyLabel, NAMED_KEYS } from '../src/ui/key-names.ts';
import { type Binding, KEYMAP } from '../src/ui/keymap.ts';

/** The README's table of keys. */
export function keyTable(): string {
  return table(
    ['key', 'what it does'],
    KEYMAP.flatMap(({ bindings }) => bindings.map((binding) => [labels(binding), binding.help])),
  );
}

/** docs/keys.md. */
export function keysPage(): string {
  const groups = KEYMAP.map(
    ({ title, bindings }) =>
      `## ${title}\n\n${table(['key', 'what it does', 'command'], bindings.map(rowOf))}`,
  );
  return (
    [
      '# Keys',
      '`npm run docs` writes this page from the keymap (`src/ui/keymap.ts`); what it says is what the program does.',
      ...groups,
      '## Keys of your own',
      [
        'The configuration file (`peel config --path` tells where it is) gives commands other keys, by the names in the last',
        'column:',
      ].join('\n'),
      '```toml\n[keys]\nquit = ["q", "ctrl+q"]\ntoggle-order = "o"\npull = []\n```',
      [
        'A command has then these keys and no others. A key that is given to one command is taken from the one that has it',
        'here; `[]` leaves a command without a key. A key is one character, `ctrl+` and a letter (but `h`, `i`, `j` and `m`,',
        `which terminals send for Backspace, Tab and Enter), or one of ${NAMED_KEYS.map((key) => `\`${key}\``).join(', ')}.`,
        'While a text is typed characters are letters, and Enter, Esc, Tab and the arrows do what they always do.',
      ].join('\n'),
    ].join('\n\n') + '\n'
  );
}

/** A README with today's table of keys in place of the one that it has. */
export function withKeyTable(readme: string): string {
  const start = readme.indexOf('| key |');
  const end = readme.indexOf('\n\n', start);
  if (start < 0 || end < 0) throw new Error('The README has no table of keys.');
  return readme.slice(0, start) + keyTable() + readme.slice(end);
}

const labels = ({ keys }: Binding): string => keys.map((key) => `\`${keyLabel(key)}\``).join(' ');

const rowOf = (binding: Binding): string[] => [labels(binding), binding.help, `\`${binding.command}\``];

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n');
}
