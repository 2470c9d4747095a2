import { describe, expect, it } from 'vitest';
import { parseSettings } from '../../src/config/parse.ts';
import { DEFAULTS } from '../../src/config/settings.ts';
import { PeelError } from '../../src/image/errors.ts';

const parsed = (text: string) => parseSettings(text, 'config.toml');
const settings = (text: string) => parsed(text).settings;

/** The one line that a person gets. */
function complaint(text: string): string {
  try {
    parsed(text);
  } catch (error) {
    expect(error).toBeInstanceOf(PeelError);
    expect(error).toMatchObject({ code: 'config' });
    return (error as PeelError).message;
  }
  throw new Error(`nothing is wrong with ${text}`);
}

describe('a configuration', () => {
  it.each(['size', 'name', 'change'] as const)('may sort files by %s, as the key does', (order) => {
    expect(settings(`[files]\nsort = "${order}"\n`).files.order).toBe(order);
  });

  it('that says nothing leaves everything as it is', () => {
    expect(parsed('')).toEqual({ settings: DEFAULTS, given: new Set() });
    expect(settings('# a comment\n[files]\n[keys]\n[colors]\n')).toEqual(DEFAULTS);
  });

  it('may say everything', () => {
    const text = `
      theme = "light"
      ascii = true
      mouse = true
      hints = false
      cache = false
      [files]
      columns = ["fate", "size"]
      sort = "name"
      mode = "everything"
      [colors]
      added = "#00ff7F"
      removed = "bright-red"
      dim = "gray"
      [keys]
      quit = ["x", "ctrl+q"]
      help = "space"
    `;
    const { settings: all, given } = parsed(text);
    expect(all).toEqual({
      theme: 'light',
      ascii: true,
      mouse: true,
      hints: false,
      cache: false,
      files: { columns: ['size', 'fate'], order: 'name', mode: 'everything' },
      colors: new Map([
        ['added', '#00ff7F'],
        ['removed', 'redBright'],
        ['dim', 'blackBright'],
      ]),
      keys: new Map([
        ['quit', ['x', 'ctrl+q']],
        ['help', ['space']],
      ]),
    });
    expect(given).toContain('theme');
    expect(given).toContain('files.sort');
    expect(given).toContain('keys.quit');
    expect(given).not.toContain('keys.up');
  });

  it('may be written in any way that TOML knows', () => {
    expect(settings('files.sort = "name"\r\nkeys = { quit = "x" }\r\n')).toMatchObject({
      files: { order: 'name' },
      keys: new Map([['quit', ['x']]]),
    });
    expect(settings("\ufefftheme = 'dark'").theme).toBe('dark');
  });

  it('may leave columns out, and commands without a key', () => {
    expect(settings('files.columns = []').files.columns).toEqual([]);
    expect(settings('keys.pull = []').keys.get('pull')).toEqual([]);
  });
});

describe('what is wrong is told in one line, with file and line', () => {
  it.each([
    ['theme = "drak"', 'config.toml:1: theme is "drak"; it can be "auto", "dark", "light", "16" or "mono".'],
    ['\n\nmouse = "on"', 'config.toml:3: mouse is "on"; it can be true or false.'],
    ['hints = 1', 'config.toml:1: hints is 1; it can be true or false.'],
    ['cache = "no"', 'config.toml:1: cache is "no"; it can be true or false.'],
    ['ascii = "no"', 'config.toml:1: ascii is "no"; it can be true, false or "auto".'],
    ['colours = {}', /^config\.toml:1: there is no colours; there is theme, /],
    ['files = 3', 'config.toml:1: files is 3; it can be a table: [files].'],
    ['[files]\nsort = "date"', 'config.toml:2: sort is "date"; it can be "size", "name" or "change".'],
    ['[files]\norder = "size"', /^config\.toml:2: there is no order in \[files\]; there is columns, /],
    ['[files]\ncolumns = "size"', /^config\.toml:2: columns is "size"; it can be a list of "size", /],
    ['[files]\n\ncolumns = ["size", "age"]', /^config\.toml:3: columns has "age"; it can be "size", /],
    ['[colors]\nadd = "red"', /^config\.toml:2: nothing is called add; there is plain, /],
    ['[colors]\nadded = "#12345"', /^config\.toml:2: added is "#12345"; it can be "#rrggbb", "black", /],
    ['colors.added = 1979-05-27', /^config\.toml:1: added is a date; /],
  ])('%j', (text, message) => {
    expect(complaint(text)).toMatch(message);
    expect(complaint(text)).not.toContain('\n');
  });

  it.each([
    ['theme = dark', 1],
    ['mouse = true\nmouse = false', 2],
    ['[files\n', 1],
    ['theme = "light" hints = true', 1],
  ])('no TOML: %j', (text, line) => {
    expect(complaint(text)).toMatch(new RegExp(`^config\\.toml:${line}:\\d+: this is no TOML: [^\\n]+\\.$`));
  });

  it('an endless nesting', () => {
    expect(complaint(`theme = ${'['.repeat(100_000)}`)).toMatch(/this is no TOML/);
  });

  it('names that stand for something else in JavaScript', () => {
    expect(complaint('__proto__ = 1')).toMatch(/no TOML|there is no/);
    expect(complaint('keys.constructor = "x"')).toMatch(/no TOML|there is no command/);
  });

  it('in words that are harmless to a terminal', () => {
    expect(complaint('theme = "\\u001b[2J"')).not.toContain('\u001b');
  });
});

describe('keys', () => {
  it.each([
    ['jump = "x"', 'config.toml:2: there is no command jump; peel config lists them all.'],
    [
      'help = "PgUp"',
      /^config\.toml:2: there is no key "PgUp": a key is one character, ctrl\+ and a letter .* pageup/,
    ],
    ['help = "f1"', /there is no key "f1"/],
    ['help = "ctrl+m"', /there is no key "ctrl\+m"/],
    ['help = " "', /the space bar is called "space"/],
    ['help = ""', /there is no key ""/],
    ['help = 3', /^config\.toml:2: help is 3; it can be a key or a list of keys\.$/],
    ['help = [["x"]]', /^config\.toml:2: help is a list; it can be a key or a list of keys\.$/],
    ['help = "x"\n\nfilter = ["/", "x"]', 'config.toml:4: x is the key of both help and filter.'],
    ['quit = []', 'config.toml:2: no key would be left for quit: peel could not be left with it.'],
    ['help = "q"', 'config.toml:2: no key would be left for quit: peel could not be left with it.'],
    ['help = "?"\nwaste = "ctrl+c"', /^config\.toml:3: no key would be left for interrupt/],
  ])('%j is refused', (text, message) => {
    expect(complaint(`[keys]\n${text}`)).toMatch(message);
  });

  it.each(['x', 'Ä', '日', '\u{1f600}', '"', '\\', 'ctrl+a', 'pageup', 'shift+tab', 'delete'])(
    '%s is one',
    (key) => {
      expect(settings(`keys.help = ${JSON.stringify(key)}`).keys.get('help')).toEqual([key]);
    },
  );

  it('may change their places', () => {
    expect(settings('keys.quit = "?"\nkeys.help = "q"').keys.size).toBe(2);
  });
});
