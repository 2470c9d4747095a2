import { describe, expect, it } from 'vitest';
import { PALETTES, ROLES } from '../../src/ui/palettes.ts';
import { themeFor } from '../../src/ui/theme.ts';

/** Colours 16 to 255 of xterm's table: a cube of six steps a channel, then greys. */
function rgbOf(color: string): readonly [number, number, number] {
  const index = Number(/^ansi256\((\d+)\)$/.exec(color)?.[1] ?? Number.NaN);
  if (index >= 232) return [8 + (index - 232) * 10, 8 + (index - 232) * 10, 8 + (index - 232) * 10];
  const step = (digit: number) => [0, 95, 135, 175, 215, 255][digit] ?? Number.NaN;
  const at = index - 16;
  return [step(Math.floor(at / 36)), step(Math.floor(at / 6) % 6), step(at % 6)];
}

function luminance(rgb: readonly [number, number, number]): number {
  const [red, green, blue] = rgb.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.1, contrast ratio. */
function contrast(a: readonly [number, number, number], b: readonly [number, number, number]): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (light + 0.05) / (dark + 0.05);
}

describe.each([
  ['dark', 'black', [0, 0, 0]],
  ['dark', 'a dark grey', [0x1e, 0x1e, 0x1e]],
  ['light', 'white', [255, 255, 255]],
  ['light', 'paper', [0xf5, 0xf5, 0xdc]],
] as const)('the %s palette on %s', (name, _, background) => {
  it.each(ROLES)('lets %s be read', (role) => {
    const { color, dimColor } = PALETTES[name][role];
    // What has no colour has the terminal's own, and dimness is however much the terminal makes it.
    expect(dimColor).toBeUndefined();
    if (color !== undefined) expect(contrast(rgbOf(color), background)).toBeGreaterThanOrEqual(4.5);
  });
});

it('the reckoning of contrast is WCAG’s', () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
  expect(contrast([0x77, 0x77, 0x77], [255, 255, 255])).toBeCloseTo(4.48, 2);
});

it('sixteen colours are sixteen, and mono has none', () => {
  for (const role of ROLES) {
    expect(PALETTES['16'][role].color ?? 'red').toMatch(/^[a-z]+$/);
    expect(PALETTES.mono[role].color).toBeUndefined();
  }
});

describe('colours that a person has chosen', () => {
  const colors = new Map([
    ['dim', '#123456'],
    ['problem', 'blue'],
  ] as const);

  it('take the place of the palette’s; what is bold stays so', () => {
    const { styles } = themeFor({ palette: '16', unicode: true, colors });
    expect(styles.dim).toEqual({ color: '#123456' });
    expect(styles.problem).toEqual({ color: 'blue', bold: true });
    expect(styles.added).toEqual(PALETTES['16'].added);
  });

  it('are none where no colour is wanted', () => {
    expect(themeFor({ palette: 'mono', unicode: true, colors }).styles).toEqual(PALETTES.mono);
  });
});
