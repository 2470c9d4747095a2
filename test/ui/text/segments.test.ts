import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import {
  asciiOnly,
  cells,
  fit,
  fitLine,
  fitMiddle,
  fitRight,
  segment,
  wrap,
} from '../../../src/ui/text/segments.ts';
import { textOf } from '../../harness/explorer-screen.ts';

/** Narrow, wide, combining, joined, and of several UTF-16 units each. */
const grapheme = fc.constantFrom(
  ...['a', 'Z', ' ', '…', '▸', 'é', 'e\u0301', '日', '本', '한', '～', '\u{1f600}', '\u{20bb7}'],
  ...['\u{1f468}\u200d\u{1f469}\u200d\u{1f467}', '\u{1f1e9}\u{1f1ea}', 'ö'],
);
const text = fc.string({ unit: grapheme, maxLength: 30 });
const width = fc.nat({ max: 40 });
const ellipsis = fc.constantFrom('…', '~', '...', '');

describe('the cells of a text', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['日本', 4],
    ['e\u0301', 1],
    ['\u{1f600}', 2],
    ['größe', 5],
    ['▸', 1],
  ])('%j are %d', (given, count) => {
    expect(cells(given)).toBe(count);
  });

  it('are as many as string-width, which Ink goes by, says', () => {
    const unit = fc.oneof(
      grapheme,
      fc.integer({ min: 0x20, max: 0xffff }).map((code) => String.fromCharCode(code)),
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 8 }), (given) => {
        expect(cells(given)).toBe(stringWidth(given));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a name that is fitted', () => {
  it('keeps both its ends where it is too long', () => {
    expect(fitMiddle('deb.debian.org_Packages', 30, '…')).toBe('deb.debian.org_Packages       ');
    expect(fitMiddle('deb.debian.org_Packages', 15, '…')).toBe('deb.deb…ackages');
    expect(fitMiddle('deb.debian.org_Packages', 16, '..')).toBe('deb.deb..ackages');
    expect(fitMiddle('日本語日本語', 7, '…')).toBe('日本…語');
  });

  it('keeps its beginning where there is no room for two', () => {
    expect(fitMiddle('abcdef', 2, '…')).toBe('a…');
    expect(fitMiddle('abcdef', 1, '…')).toBe('…');
  });
});

describe('a text that is fitted', () => {
  it('is filled up, or cut off with an ellipsis', () => {
    expect(fit('ab', 5, '…')).toBe('ab   ');
    expect(fit('abcde', 5, '…')).toBe('abcde');
    expect(fit('abcdef', 5, '…')).toBe('abcd…');
    expect(fit('abcdef', 5, '...')).toBe('ab...');
    expect(fit('abc', 0, '…')).toBe('');
  });

  it('never shows half of a wide character', () => {
    expect(fit('日本語', 4, '…')).toBe('日… ');
    expect(fit('日本語', 5, '…')).toBe('日本…');
    expect(fit('a\u{1f600}b\u{1f600}', 3, '')).toBe('a\u{1f600}');
  });

  it('keeps a mark with the letter that it stands on', () => {
    expect(fit('e\u0301e\u0301e\u0301', 2, '…')).toBe('e\u0301…');
  });

  it('takes exactly the cells that it was given', () => {
    fc.assert(
      fc.property(text, width, ellipsis, (given, room, sign) => {
        expect(cells(fit(given, room, sign))).toBe(room);
        expect(cells(fitRight(given, room, sign))).toBe(room);
      }),
      { numRuns: 1000 },
    );
  });

  it('may stand on the right', () => {
    expect(fitRight('ab', 5, '…')).toBe('   ab');
    expect(fitRight('日', 5, '…')).toBe('   日');
    expect(fitRight('abcdef', 3, '…')).toBe('a…f');
  });
});

describe('a line that is fitted', () => {
  it('is cut in the segment that is too long; what follows is left out', () => {
    const line = [segment('ab', 'dim'), segment('cdef', 'strong'), segment('gh')];
    expect(fitLine(line, 5, '…')).toEqual([segment('ab', 'dim'), segment('cd…', 'strong')]);
    expect(fitLine(line, 2, '…')).toEqual([segment('ab', 'dim')]);
  });

  it('is filled up in the plain style', () => {
    expect(fitLine([segment('ab', 'selected')], 4, '…')).toEqual([segment('ab', 'selected'), segment('  ')]);
    expect(fitLine([], 3, '…')).toEqual([segment('   ')]);
  });

  it('takes exactly the cells that it was given', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), width, ellipsis, (texts, room, sign) => {
        const fitted = fitLine(
          texts.map((each) => segment(each)),
          room,
          sign,
        );
        expect(fitted.reduce((sum, { text: each }) => sum + cells(each), 0)).toBe(room);
      }),
      { numRuns: 1000 },
    );
  });

  it('begins as the line does', () => {
    expect(textOf(fitLine([segment('abc'), segment('def')], 6, '…'))).toBe('abcdef');
  });
});

describe('a text that is wrapped', () => {
  it('breaks at spaces', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrap('one', 7)).toEqual(['one']);
    expect(wrap('', 7)).toEqual(['']);
  });

  it('breaks a word that is longer than a line', () => {
    expect(wrap('a abcdefgh b', 3)).toEqual(['a', 'abc', 'def', 'gh', 'b']);
    expect(wrap('日本語', 4)).toEqual(['日本', '語']);
  });

  it.each(['\u3000', '\u00a0'])('breaks a run of blanks that no line is broken at: %j', (blank) => {
    const lines = wrap(`x=${blank.repeat(300)}`, 60);
    expect(lines.join('')).toBe(`x=${blank.repeat(300)}`);
    for (const line of lines) expect(cells(line)).toBeLessThanOrEqual(60);
  });

  it('may hold a word of any length, of any characters', () => {
    const plain = wrap('w'.repeat(300_000), 60);
    expect(plain).toHaveLength(5000);
    const wide = wrap('日'.repeat(30_000), 60);
    expect(wide).toHaveLength(1000);
    expect(new Set(wide)).toEqual(new Set(['日'.repeat(30)]));
    const marks = wrap(`e${'\u0301'.repeat(300_000)}`, 60);
    expect(Math.max(...marks.map(cells))).toBeLessThanOrEqual(60);
    expect(marks.join('')).toBe(`e${'\u0301'.repeat(300_000)}`);
    const halves = wrap('\u{1d165}'.repeat(5000), 60);
    expect(halves.every((line) => line.isWellFormed())).toBe(true);
  });

  it('loses nothing but spaces, and no line is too long', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 40 }), (given, room) => {
        const lines = wrap(given, room);
        expect(Math.max(...lines.map(cells))).toBeLessThanOrEqual(room);
        expect(lines.join('').replaceAll(' ', '')).toBe(given.replaceAll(' ', ''));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a text for a terminal that knows only ASCII', () => {
  it('has a question mark for each cell of anything else', () => {
    expect(asciiOnly('plain')).toBe('plain');
    expect(asciiOnly('größe 日本')).toBe('gr??e ????');
    expect(asciiOnly('e\u0301')).toBe('?');
  });

  it('takes as many cells as before', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(cells(asciiOnly(given))).toBe(cells(given));
        expect(asciiOnly(given)).toMatch(/^[ -~]*$/);
      }),
    );
  });
});
