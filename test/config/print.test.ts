import { describe, expect, it } from 'vitest';
import { parse } from 'smol-toml';
import { parseSettings } from '../../src/config/parse.ts';
import { settingsText } from '../../src/config/print.ts';
import { DEFAULTS } from '../../src/config/settings.ts';
import { DEFAULT_KEYMAP, keymapWith } from '../../src/ui/keymap.ts';

const printed = (text: string) => settingsText(parseSettings(text, 'config.toml'), 'Settings in effect');
const reread = (text: string) => parseSettings(printed(text), 'config.toml').settings;

const OWN = `
theme = "mono"
ascii = false
cache = false
[files]
columns = ["mode"]
[colors]
live = "#123456"
removed = "bright-red"
[keys]
quit = ["Q", "\\""]
pull = []
help = "m"
`;

describe('the settings in effect', () => {
  it('are a configuration that gives the same settings', () => {
    expect({ ...reread(''), keys: null }).toEqual({ ...DEFAULTS, keys: null });
    expect(keymapWith(reread('').keys)).toEqual(DEFAULT_KEYMAP);
    const { settings } = parseSettings(OWN, 'config.toml');
    expect({ ...reread(OWN), keys: null }).toEqual({ ...settings, keys: null });
    expect(keymapWith(reread(OWN).keys)).toEqual(keymapWith(settings.keys));
  });

  it('say of each where it comes from', () => {
    const lines = printed(OWN).split('\n');
    expect(lines).toContain('theme = "mono" # from the file');
    expect(lines).toContain('mouse = false # default');
    expect(lines).toContain('cache = false # from the file');
    expect(lines).toContain('columns = ["mode"] # from the file');
    expect(lines).toContain('removed = "bright-red" # from the file');
    expect(lines.find((line) => line.startsWith('quit ='))).toMatch(
      /^quit = \["Q", "\\""\] +# from the file: leave peel; in the help, leave the help$/,
    );
    expect(lines.find((line) => line.startsWith('down ='))).toMatch(
      /^down = \["j", "down"\] +# one row down$/,
    );
  });

  it('name every command, those that a chosen key was taken from too', () => {
    expect(Object.keys(parse(printed(OWN))['keys'] as object)).toEqual(
      DEFAULT_KEYMAP.groups.flatMap(({ bindings }) => bindings.map(({ command }) => command)),
    );
    expect(printed(OWN)).toMatch(/^toggle-modified = \[\] /m);
  });
});
