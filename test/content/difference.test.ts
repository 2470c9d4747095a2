import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf, type Difference, MAX_COMPARED_BYTES } from '../../src/content/difference.ts';
import { TextView } from '../../src/content/text-view.ts';

const view = (text: string) => new TextView(Buffer.from(text), 'UTF-8');

function compared(before: string, after: string, context?: number): Difference {
  const difference = differenceOf(view(before), view(after), context);
  if (difference === null) throw new Error('too large');
  return difference;
}

/** The rows as `diff` would write them, folded ones as `@ before after count`. */
function written(difference: Difference): string[] {
  return difference.rows(0, difference.rowCount).map((row) => {
    if (row.kind === 'folded') return `@ ${row.before} ${row.after} ${row.count}`;
    const sign = { same: ' ', removed: '-', added: '+' }[row.kind];
    return `${sign}${row.before ?? ''}:${row.after ?? ''} ${row.text}${row.isUnended ? ' (no end)' : ''}`;
  });
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}\n`);

describe('what differs between two texts', () => {
  it('is told line by line, each with its numbers', () => {
    expect(written(compared('a\nb\nc\n', 'a\nB\nc\nd\n'))).toEqual([
      ' 1:1 a',
      '-2: b',
      '+:2 B',
      ' 3:3 c',
      '+:4 d',
    ]);
  });

  it('is folded to what is near it', () => {
    const before = numbered(30).join('');
    const after = numbered(30).with(14, 'another\n').join('');
    const difference = compared(before, after);
    expect(written(difference)).toEqual([
      '@ 1 1 11',
      ...[12, 13, 14].map((line) => ` ${line}:${line} line ${line}`),
      '-15: line 15',
      '+:15 another',
      ...[16, 17, 18].map((line) => ` ${line}:${line} line ${line}`),
      '@ 19 19 12',
    ]);
    expect(compared(before, after, Infinity).rowCount).toBe(31);
    expect(compared(before, after, 0).rowCount).toBe(4);
    expect(difference).toMatchObject({ added: 1, removed: 1, isExact: true });
  });

  it('has its changes one after the other', () => {
    const after = numbered(40).with(4, 'x\n').with(30, 'y\n').join('');
    const difference = compared(numbered(40).join(''), after);
    const rows = written(difference);
    const first = rows.findIndex((row) => row.startsWith('-5:'));
    const second = rows.findIndex((row) => row.startsWith('-31:'));
    expect(difference.changeFrom(0, 'next')).toBe(first);
    expect(difference.changeFrom(first, 'next')).toBe(second);
    expect(difference.changeFrom(second, 'next')).toBeNull();
    expect(difference.changeFrom(second, 'previous')).toBe(first);
    expect(difference.changeFrom(first, 'previous')).toBeNull();
  });

  it('may be nothing', () => {
    expect(written(compared('', ''))).toEqual([]);
    expect(written(compared('a\nb\n', 'a\nb\n'))).toEqual(['@ 1 1 2']);
  });

  it('may be everything', () => {
    expect(written(compared('', 'a\n'))).toEqual(['+:1 a']);
    expect(written(compared('a\n', ''))).toEqual(['-1: a']);
  });

  it('may be the end of the last line, or how lines end', () => {
    expect(written(compared('a\n', 'a'))).toEqual(['-1: a', '+:1 a (no end)']);
    expect(written(compared('a\r\nb\r\n', 'a\nb\r\n'))).toEqual(['-1: a\\r', '+:1 a', ' 2:2 b\\r']);
    expect(written(compared('a\r\nb\r\n', 'a\r\nc\r\n'))).toEqual([' 1:1 a', '-2: b', '+:2 c']);
  });

  it('is shown harmlessly', () => {
    expect(written(compared('', '\u001b[2J\tx\n'))).toEqual(['+:1 \\e[2J   x']);
  });
});

describe('a difference of random texts', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 25 })
    .map((lines) => lines.join('\n'));

  it('makes the one text of the other, and is as short as can be', () => {
    fc.assert(
      fc.property(text, text, fc.nat(4), (before, after, context) => {
        const whole = compared(before, after, Infinity);
        const rows = whole.rows(0, whole.rowCount);
        const sideOf = (side: 'before' | 'after') =>
          rows
            .flatMap((row) => (row.kind === 'folded' || row[side] === null ? [] : [row]))
            .map((row) => row.text + (row.isUnended ? '' : '\n'))
            .join('');
        expect(sideOf('before')).toBe(before);
        expect(sideOf('after')).toBe(after);
        const lines = [before, after].map((each) => each.match(/[^\n]*\n|[^\n]+$/g) ?? []);
        const [old = [], young = []] = lines;
        expect(whole.added + whole.removed).toBe(old.length + young.length - 2 * longestCommon(old, young));
        // Any window of rows is a part of all rows, and folding leaves out nothing that has changed.
        const folded = compared(before, after, context);
        const all = folded.rows(0, folded.rowCount);
        expect(all).toHaveLength(folded.rowCount);
        for (let first = 0; first < all.length; first += 3)
          expect(folded.rows(first, 4)).toEqual(all.slice(first, first + 4));
        const counted = all.reduce((sum, row) => sum + (row.kind === 'folded' ? row.count : 1), 0);
        expect(counted).toBe(whole.rowCount);
      }),
      { numRuns: 500 },
    );
  });

  /** Length of the longest common subsequence, by the book. */
  function longestCommon(a: readonly string[], b: readonly string[]): number {
    let row = Array<number>(b.length + 1).fill(0);
    for (const line of a) {
      const next = [0];
      b.forEach((other, index) => {
        const best = Math.max(row[index + 1] ?? 0, next[index] ?? 0);
        next.push(line === other ? (row[index] ?? 0) + 1 : best);
      });
      row = next;
    }
    return row[b.length] ?? 0;
  }
});

describe('texts that are made to be compared for ever', () => {
  it('are told as one large change, between what they have in common', () => {
    const many = (word: string) => Array.from({ length: 20_000 }, (_, index) => `${word} ${index}\n`);
    const difference = compared(
      ['head\n', ...many('a'), 'tail\n'].join(''),
      ['head\n', ...many('b'), 'tail\n'].join(''),
    );
    expect(difference).toMatchObject({ isExact: false, added: 20_000, removed: 20_000 });
    expect(difference.rowCount).toBe(40_002);
    expect(difference.rows(40_000, 5)).toMatchObject([
      { kind: 'added', after: 20_001 },
      { kind: 'same', before: 20_002, after: 20_002, text: 'tail' },
    ]);
  });

  it('may have one line of megabytes: its beginning is shown', () => {
    const [removed] = compared('x'.repeat(5_000_000), 'y').rows(0, 1);
    expect(removed?.kind === 'removed' && removed.text.length).toBe(8193);
  });

  it('are not compared where they are too large', () => {
    const large = new TextView(new Uint8Array(MAX_COMPARED_BYTES + 1).fill(0x41), 'ASCII');
    expect(differenceOf(large, view('a'))).toBeNull();
    expect(differenceOf(view('a'), large)).toBeNull();
  });
});
