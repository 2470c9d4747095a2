import { describe, expect, it } from 'vitest';
import { backgroundFrom, canBeAsked, colourBits, isUtf8, settledPalette } from '../../src/cli/abilities.ts';
import { backgroundOf } from '../../src/cli/background.ts';

describe('a background', () => {
  it.each([
    ['rgb:0000/0000/0000', 'dark'],
    ['rgb:1e1e/1e1e/1e1e', 'dark'],
    ['rgb:00/2b/36', 'dark'],
    ['rgb:ffff/ffff/ffff', 'light'],
    ['rgb:fdfd/f6f6/e3e3', 'light'],
    ['rgb:f/f/f', 'light'],
    ['rgba:ffff/ffff/ffff/8080', 'light'],
    ['RGB:FF/FF/FF', 'light'],
    ['rgb:0000/0000/ffff', 'dark'],
    ['rgb:0000/ffff/0000', 'light'],
    ['white', null],
    ['', null],
    ['rgb:12345/0/0', null],
  ])('%s is %s', (color, background) => {
    expect(backgroundOf(color)).toBe(background);
  });

  it.each([
    ['15;0', 'dark'],
    ['0;15', 'light'],
    ['0;default;15', 'light'],
    ['7;8', 'dark'],
    ['0;7', 'light'],
    ['15;default', null],
    ['', null],
    [undefined, null],
  ])('COLORFGBG=%s is %s', (value, background) => {
    expect(backgroundFrom({ COLORFGBG: value })).toBe(background);
  });
});

describe('which palette', () => {
  it.each([
    ['a person’s choice before all else', 'dark', { NO_COLOR: '1', TERM: 'vt100' }, 'dark'],
    ['none under NO_COLOR', 'auto', { NO_COLOR: '1', TERM: 'xterm-256color' }, 'mono'],
    ['an empty NO_COLOR says nothing', 'auto', { NO_COLOR: '', TERM: 'xterm' }, '16'],
    ['none on a vt100', 'auto', { TERM: 'vt100' }, 'mono'],
    ['sixteen where there are no more', 'auto', { TERM: 'linux' }, '16'],
    ['sixteen of an xterm that says no more', 'auto', { TERM: 'xterm' }, '16'],
    ['the background decides among 256', 'auto', { TERM: 'xterm-256color' }, null],
    ['and where there are all', 'auto', { TERM: 'xterm', COLORTERM: 'truecolor' }, null],
    ['kitty has all of them', 'auto', { TERM: 'xterm-kitty' }, null],
    ['foot too', 'auto', { TERM: 'foot' }, null],
    ['alacritty has 256, with nothing more said', 'auto', { TERM: 'alacritty' }, null],
  ] as const)('%s', (_, theme, env, palette) => {
    expect(settledPalette(theme, env)).toBe(palette);
  });
});

describe('a terminal is asked', () => {
  it.each(['xterm-256color', 'xterm', 'tmux-256color', 'alacritty', 'foot', 'rxvt-unicode-256color'])(
    '%s',
    (TERM) => {
      expect(canBeAsked({ TERM })).toBe(true);
    },
  );

  it.each(['', 'dumb', 'linux', 'vt100', 'vt220', 'ansi', 'screen', 'screen-256color', 'unknown', 'cons25'])(
    'not %j',
    (TERM) => {
      expect(canBeAsked({ TERM })).toBe(false);
    },
  );

  it('if it is tmux by another name', () => {
    expect(canBeAsked({ TERM: 'screen-256color', TMUX: '/tmp/tmux-0/default,1,0' })).toBe(true);
  });
});

describe('colours have', () => {
  it.each([
    [{ TERM: 'xterm', COLORTERM: 'truecolor' }, 24],
    [{ TERM: 'xterm-direct' }, 24],
    [{ TERM: 'xterm-kitty' }, 24],
    [{ TERM: 'tmux-256color' }, 8],
    [{ TERM: 'foot-extra' }, 8],
    [{ TERM: 'alacritty' }, 8],
    [{ TERM: 'linux' }, 4],
    [{ TERM: 'xterm', COLORTERM: '1' }, 4],
    [{}, 4],
  ])('%j: %s bits', (env, bits) => {
    expect(colourBits(env)).toBe(bits);
  });
});

describe('UTF-8', () => {
  it.each([
    [{ LC_ALL: 'C.UTF-8' }, true],
    [{ LC_ALL: '', LC_CTYPE: 'de_DE.utf8' }, true],
    [{ LC_ALL: 'C', LANG: 'en_US.UTF-8' }, false],
    [{}, false],
  ])('in %j: %s', (env, isIt) => {
    expect(isUtf8(env)).toBe(isIt);
  });
});
