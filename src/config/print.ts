import { FILE_COLUMNS } from '../state/files-state.ts';
import { type Binding, keymapWith } from '../ui/keymap.ts';
import { ROLES } from '../ui/palettes.ts';
import { colorName } from './parse.ts';
import { MODES, ORDERS, type ParsedSettings, type Settings, THEMES } from './settings.ts';
import { quotedList } from './table.ts';

/**
 * The settings that are in effect, as a configuration file that would give them (TOML), each with where it comes from.
 * @param from one sentence on the file.
 */
export function settingsText({ settings, given }: ParsedSettings, from: string): string {
  const origin = (name: string) => (given.has(name) ? 'from the file' : 'default');
  const line = (table: string, key: string, value: unknown, note: string): string[] => [
    `# ${note}`,
    `${key} = ${toml(value)} # ${origin(table === '' ? key : `${table}.${key}`)}`,
    '',
  ];
  const { theme, ascii, mouse, hints, cache, files } = settings;
  return [
    `# ${from}`,
    '',
    ...line('', 'theme', theme, quotedList(THEMES)),
    ...line('', 'ascii', ascii, 'true, false or "auto": ASCII where the locale has no more'),
    ...line('', 'mouse', mouse, 'true: wheel and click move in peel; select text with Shift then'),
    ...line('', 'hints', hints, 'the first keys, told once'),
    ...line('', 'cache', cache, 'false: images are read anew and not kept, as with --no-cache'),
    '[files]',
    ...line('files', 'columns', files.columns, `some of ${quotedList(FILE_COLUMNS)}`),
    ...line('files', 'sort', files.order, quotedList(ORDERS)),
    ...line('files', 'mode', files.mode, quotedList(MODES)),
    ...colorLines(settings.colors),
    '# command = "key" or command = ["key", …]; a key that is given to one command is taken from the one that has it',
    '[keys]',
    ...keyLines(settings, given),
    '',
  ].join('\n');
}

function colorLines(colors: Settings['colors']): string[] {
  return [
    `# role = "#rrggbb", or one of the terminal's colours ("red", "bright-red" …); the rest is the theme's. Roles:`,
    ...wrapped(ROLES).map((roles) => `# ${roles}`),
    '[colors]',
    ...Array.from(colors, ([role, color]) => `${role} = ${toml(colorName(color))} # from the file`),
    '',
  ];
}

/** Names on lines of no more than a screen's width. */
function wrapped(names: readonly string[]): string[] {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length < MAX_COMMENT)
      lines[lines.length - 1] = `${last} ${name}`;
    else lines.push(name);
  }
  return lines;
}

const MAX_COMMENT = 76;

function keyLines({ keys }: Settings, given: ReadonlySet<string>): string[] {
  const width = Math.max(...keymapWith(keys).groups.flatMap(({ bindings }) => bindings.map(widthOf)));
  return keymapWith(keys).groups.flatMap(({ bindings }) =>
    bindings.map((binding) => {
      const origin = given.has(`keys.${binding.command}`) ? 'from the file: ' : '';
      return `${bindingText(binding).padEnd(width)} # ${origin}${binding.help}`;
    }),
  );
}

const bindingText = ({ command, keys }: Binding): string => `${command} = ${toml(keys)}`;
const widthOf = (binding: Binding): number => bindingText(binding).length;

/** A value of a setting as TOML writes it: strings there escape as in JSON. */
function toml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toml).join(', ')}]`;
  return JSON.stringify(value);
}
