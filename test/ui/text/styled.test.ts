import { describe, expect, it } from 'vitest';
import { segment } from '../../../src/ui/text/segments.ts';
import { styledLine } from '../../../src/ui/text/styled.ts';
import { themeFor } from '../../../src/ui/theme.ts';

// The colour level of the tests is 1: what goes beyond the sixteen colours is brought down to them.
const theme = (color: string) =>
  themeFor({ palette: '16', unicode: true, colors: new Map([['added', color] as const]) });

describe('a styled line', () => {
  it('gives each segment the style of its role', () => {
    const line = [segment('+', 'added'), segment(' usr', 'directory'), segment(' x')];
    expect(styledLine(line, theme('green'))).toBe('\u001b[32m+\u001b[39m\u001b[1m usr\u001b[22m x');
  });

  it('knows colours by name, by number and by their red, green and blue', () => {
    for (const color of ['redBright', 'ansi256(9)', '#ff5555']) {
      expect(styledLine([segment('+', 'added')], theme(color)), color).toBe('\u001b[91m+\u001b[39m');
    }
  });

  it('has what is chosen inverse, and a problem bold in its colour', () => {
    const line = [segment('a', 'selected'), segment('b', 'problem')];
    expect(styledLine(line, theme('green'))).toBe(
      '\u001b[7ma\u001b[27m\u001b[31m\u001b[1mb\u001b[22m\u001b[39m',
    );
  });

  it('keeps its width where only ASCII can be shown', () => {
    const ascii = themeFor({ palette: 'mono', unicode: false });
    expect(styledLine([segment('größe 日本')], ascii)).toBe('gr??e ????');
  });
});
