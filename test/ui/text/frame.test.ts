import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { framed, type FrameOptions } from '../../../src/ui/text/frame.ts';
import { cells, type Line, segment } from '../../../src/ui/text/segments.ts';
import { ASCII, textOf, UNICODE } from '../../harness/explorer-screen.ts';

const OPTIONS: FrameOptions = {
  ...{ columns: 16, rows: 4, title: 'Files', notes: [], isFocused: false },
  glyphs: UNICODE.glyphs,
};
const draw = (lines: readonly Line[], options: Partial<FrameOptions> = {}): string[] =>
  framed(lines, { ...OPTIONS, ...options }).map(textOf);

describe('a frame', () => {
  it('stands around its lines; those that are missing are empty, those that are too many left out', () => {
    expect(draw([[segment('one')]])).toEqual([
      '┌─ Files ──────┐',
      '│one           │',
      '│              │',
      '└──────────────┘',
    ]);
    expect(draw(Array.from({ length: 9 }, () => [segment('x')]))).toHaveLength(4);
  });

  it('is thick where the focus is', () => {
    expect(draw([], { isFocused: true, rows: 3 })).toEqual([
      '┏━ Files ━━━━━━┓',
      '┃              ┃',
      '┗━━━━━━━━━━━━━━┛',
    ]);
  });

  it('is told from a thin one without a character beyond ASCII', () => {
    const { glyphs } = ASCII;
    expect(draw([], { glyphs, rows: 2 })).toEqual(['+- Files ------+', '+--------------+']);
    expect(draw([], { glyphs, rows: 2, isFocused: true })).toEqual(['#= Files ======#', '#==============#']);
  });

  it('has a note at its right end, where there is room for both', () => {
    expect(draw([], { columns: 24, notes: ['7'], rows: 2 })[0]).toBe('┌─ Files ────────── 7 ─┐');
    expect(draw([], { columns: 16, notes: ['a long note'], rows: 2 })[0]).toBe('┌─ Files ──────┐');
    expect(draw([], { columns: 20, notes: ['a long note', 'short'], rows: 2 })[0]).toBe(
      '┌─ Files ── short ─┐',
    );
  });

  it('cuts a title that is too long', () => {
    expect(draw([], { title: 'a very long title', rows: 2 })[0]).toBe('┌─ a very lon…─┐');
  });

  it('has exactly its columns in every line, and exactly its rows', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ' ', '日', '\u{1f600}', 'e\u0301'), maxLength: 60 });
    const options = fc.record({
      columns: fc.integer({ min: 8, max: 80 }),
      rows: fc.integer({ min: 2, max: 12 }),
      title: text,
      notes: fc.array(text, { maxLength: 2 }),
      isFocused: fc.boolean(),
      glyphs: fc.constantFrom(UNICODE.glyphs, ASCII.glyphs),
    });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 15 }), options, (texts, given) => {
        const lines = framed(
          texts.map((each) => [segment(each)]),
          given,
        );
        expect(lines).toHaveLength(given.rows);
        for (const line of lines) {
          expect(line.reduce((sum, { text: each }) => sum + cells(each), 0)).toBe(given.columns);
        }
      }),
      { numRuns: 500 },
    );
  });
});
