import { parse, TomlError } from 'smol-toml';
import { PeelError } from '../image/errors.ts';
import { FILE_COLUMNS } from '../state/files-state.ts';
import { type Role, ROLES } from '../ui/palettes.ts';
import { readKeys } from './keys.ts';
import { DEFAULTS, MODES, ORDERS, type ParsedSettings, THEMES } from './settings.ts';
import { ConfigTable, quotedList } from './table.ts';

/** What a configuration may nest: tables of lists, and nothing deeper. */
const MAX_DEPTH = 8;

/**
 * Reads a configuration file.
 * @param text TOML 1.0.
 * @param file what the file is called in errors.
 * @throws PeelError `config`: one line with the file, the line where it can be told, and what is wrong.
 */
export function parseSettings(text: string, file: string): ParsedSettings {
  const root = new ConfigTable(text, file, '', documentOf(text, file));
  root.allowOnly(['theme', 'ascii', 'mouse', 'hints', 'cache', 'files', 'colors', 'keys']);
  const files = root.table('files');
  files.allowOnly(['columns', 'sort', 'mode']);
  const colors = root.table('colors');
  const keys = root.table('keys');
  const ascii = root.value('ascii');
  const settings = {
    theme: root.oneOf('theme', THEMES, DEFAULTS.theme),
    ascii: typeof ascii === 'boolean' ? ascii : autoOr(root, 'ascii'),
    mouse: root.truth('mouse', DEFAULTS.mouse),
    hints: root.truth('hints', DEFAULTS.hints),
    cache: root.truth('cache', DEFAULTS.cache),
    files: {
      columns: files.someOf('columns', FILE_COLUMNS) ?? DEFAULTS.files.columns,
      order: files.oneOf('sort', ORDERS, DEFAULTS.files.order),
      mode: files.oneOf('mode', MODES, DEFAULTS.files.mode),
    },
    colors: readColors(colors),
    keys: readKeys(keys),
  };
  const given = new Set([
    ...root.keys(),
    ...Object.entries({ files, colors, keys }).flatMap(([name, table]) =>
      table.keys().map((key) => `${name}.${key}`),
    ),
  ]);
  return { settings, given };
}

function documentOf(text: string, file: string): Readonly<Record<string, unknown>> {
  try {
    return parse(text, { maxDepth: MAX_DEPTH, unsafeKeyBehaviour: 'throw' });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // The first line says what is wrong; a picture of the place follows.
    const [reason = ''] = error.message.replace('Invalid TOML document: ', '').split('\n');
    throw new PeelError('config', `${file}:${error.line}:${error.column}: this is no TOML: ${reason}.`, {
      cause: error,
    });
  }
}

function autoOr(table: ConfigTable, key: string): 'auto' {
  const value = table.value(key);
  if (value === undefined || value === 'auto') return 'auto';
  throw table.unwanted(key, value, 'true, false or "auto"');
}

/** The terminal's sixteen, as they are commonly called, and Ink's names for them. */
const COLORS: ReadonlyMap<string, string> = new Map([
  ...['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'].flatMap((name) => [
    [name, name] as const,
    [`bright-${name}`, `${name}Bright`] as const,
  ]),
  ['gray', 'blackBright'],
]);

/** How a colour that has been read is written in the file. */
export function colorName(color: string): string {
  return Array.from(COLORS).find(([, ink]) => ink === color)?.[0] ?? color;
}

function readColors(table: ConfigTable): ReadonlyMap<Role, string> {
  const colors = new Map<Role, string>();
  for (const name of table.keys()) {
    const role = ROLES.find((each) => each === name);
    if (role === undefined) {
      throw table.error(name, `nothing is called ${name}; there is ${ROLES.join(', ')}.`);
    }
    const value = table.value(name);
    const isHex = typeof value === 'string' && /^#[\da-f]{6}$/i.test(value);
    const color = isHex ? value : typeof value === 'string' ? COLORS.get(value) : undefined;
    if (color === undefined)
      throw table.unwanted(name, value, `"#rrggbb", ${quotedList([...COLORS.keys()])}`);
    colors.set(role, color);
  }
  return colors;
}
