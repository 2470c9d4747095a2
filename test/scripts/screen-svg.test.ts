import { describe, expect, it } from 'vitest';
import { rowsOf } from '../../scripts/golden-screen.ts';
import { drawnAs } from '../../scripts/screen-colours.ts';
import { screenSvg } from '../../scripts/screen-svg.ts';
import { PALETTES } from '../../src/ui/palettes.ts';

/** Styles as golden screens write them, with this legend. */
const LEGEND = '. plain\ng green\n# inverse\nB bold\n_ underline';
const rows = (text: string, map = '') =>
  rowsOf(text, `${map}${'\n'.repeat(text.split('\n').length - map.split('\n').length)}\n\n${LEGEND}`);
const svg = (text: string, map = '') => screenSvg(rows(text, map), 'a screen');

/** Letters, where they begin and how wide they say they are, in cells. */
function lettersOf(picture: string) {
  return [...picture.matchAll(/<text x="(\d+)" y="\d+" textLength="(\d+)"[^>]*>([^<]*)</g)].map(
    ([, x, width, text]) => [Number(x) / 8, Number(width) / 8, text],
  );
}

describe('a golden screen', () => {
  it('has a style for each cell; those at the end are plain', () => {
    expect(rows('ab', 'g')).toEqual([
      [
        { text: 'a', style: 'green' },
        { text: 'b', style: 'plain' },
      ],
    ]);
  });

  it('has blanks that are seen, though its text ends before them', () => {
    expect(rows('a', '##')[0]).toContainEqual({ text: ' ', style: 'inverse' });
  });

  it('has wide characters in two cells', () => {
    expect(rows('日x', 'ggB')[0]?.map(({ text, style }) => text + style)).toEqual([
      '日green',
      'green',
      'xbold',
    ]);
  });

  it('is refused with the styles of another one', () => {
    expect(() => rowsOf('a\nb\nc', '.\n\n. plain')).toThrow('another screen');
    expect(() => rowsOf('a', 'x\n\n. plain')).toThrow('No style is called “x”.');
  });
});

describe('a picture', () => {
  it('says what it is', () => {
    const picture = screenSvg(rows('a'), 'less < more');
    expect(picture).toContain('role="img" aria-labelledby="title"');
    expect(picture).toContain('<title id="title">less &lt; more</title>');
  });

  it('has each word in its cells, as wide as they are, whatever the font', () => {
    expect(lettersOf(svg('ab  c<d', '....g'))).toEqual([
      [0, 2, 'ab'],
      [4, 1, 'c'],
      [5, 2, '&lt;d'],
    ]);
    expect(lettersOf(svg('日本x'))).toEqual([[0, 5, '日本x']]);
  });

  it('draws borders as lines that meet, of which no font has a say', () => {
    const picture = svg('┌──┐\n│ab│\n└──┘');
    expect(lettersOf(picture)).toEqual([[1, 2, 'ab']]);
    // Each side is one line from corner to corner.
    expect(picture).toContain('d="M4 8.5H28M4 42.5H28M4 8.5V42.5M28 8.5V42.5"');
  });

  it('draws the thick border of the focus thicker', () => {
    expect(svg('┏')).toMatch(/stroke-width="2.4"/);
    expect(svg('┌')).toMatch(/stroke-width="1"/);
  });

  it('draws bars as rectangles, hidden bytes fainter', () => {
    const picture = svg('██▒', 'ggg');
    expect(picture).toMatch(/<rect x="0" y="0" width="16" height="17" fill="#87d787"\/>/);
    expect(picture).toMatch(/<rect x="16" y="0" width="8" height="17" fill="#87d787" fill-opacity="0.5"\/>/);
  });

  it('has what is inverse in the colours of the screen, the other way round', () => {
    expect(svg('a', '##')).toMatch(/<rect x="0" y="0" width="16" height="17" fill="#e4e4e4"\/>/);
    expect(svg('a', '##')).toMatch(/<text [^>]*fill="#1c1c1c">a</);
  });

  it('has what is bold or underlined so', () => {
    expect(svg('a', 'B')).toContain('font-weight="bold"');
    expect(svg('a', '_')).toContain('text-decoration="underline"');
  });
});

describe('the colours of a picture', () => {
  it('are those of the dark palette, found by the names that the sixteen have', () => {
    expect(PALETTES.dark.added.color).toBe('ansi256(114)');
    expect(drawnAs('green').foreground).toBe('#87d787');
    expect(PALETTES.dark.dim.color).toBe('ansi256(246)');
    expect(drawnAs('dim').foreground).toBe('#949494');
    expect(drawnAs('bold green')).toMatchObject({ foreground: '#87d787', isBold: true });
    expect(drawnAs('on palette 16').background).toBe('#000000');
  });

  it('are none that no role has', () => {
    expect(() => drawnAs('magenta')).toThrow('No role has the colour “magenta”.');
  });
});
