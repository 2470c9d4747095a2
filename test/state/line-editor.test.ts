import { describe, expect, it } from 'vitest';
import { edited, graphemeAt, type LineEdit, type TypedLine } from '../../src/state/line-editor.ts';

/** A line with its cursor at the bar. */
function lineOf(marked: string): TypedLine {
  const [before = '', after = ''] = marked.split('|');
  return { text: before + after, behind: after.length };
}

const marked = ({ text, behind }: TypedLine): string =>
  `${text.slice(0, text.length - behind)}|${text.slice(text.length - behind)}`;

const EDITS = {
  typed: { type: 'typed', text: 'x' },
  backspace: { type: 'erased' },
  delete: { type: 'erased', what: 'next' },
  word: { type: 'erased', what: 'word' },
  before: { type: 'erased', what: 'before' },
  behind: { type: 'erased', what: 'behind' },
  left: { type: 'caret-moved', to: 'left' },
  right: { type: 'caret-moved', to: 'right' },
  first: { type: 'caret-moved', to: 'first' },
  last: { type: 'caret-moved', to: 'last' },
} satisfies Record<string, LineEdit>;

describe('a line that is typed', () => {
  it.each([
    ['typed', '|', 'x|'],
    ['typed', 'ab|cd', 'abx|cd'],
    ['typed', '|ab', 'x|ab'],
    ['backspace', 'ab|cd', 'a|cd'],
    ['backspace', '|ab', '|ab'],
    ['backspace', '日本|語', '日|語'],
    ['backspace', 'ae\u0301|b', 'a|b'],
    ['backspace', 'a\u{1f469}\u200d\u{1f52c}|', 'a|'],
    ['delete', 'ab|cd', 'ab|d'],
    ['delete', 'ab|', 'ab|'],
    ['delete', 'a|e\u0301b', 'a|b'],
    ['word', 'one two|three', 'one |three'],
    ['word', 'one two  |three', 'one |three'],
    ['word', '|one', '|one'],
    ['before', 'one two|three', '|three'],
    ['behind', 'one two|three', 'one two|'],
    ['behind', 'one|', 'one|'],
    ['left', 'ab|cd', 'a|bcd'],
    ['left', '|ab', '|ab'],
    ['left', '日本|語', '日|本語'],
    ['left', 'ae\u0301|b', 'a|e\u0301b'],
    ['left', 'a\u{1f1e9}\u{1f1ea}|', 'a|\u{1f1e9}\u{1f1ea}'],
    ['left', '\u{1f469}\u200d\u{1f52c}|b', '|\u{1f469}\u200d\u{1f52c}b'],
    ['right', 'ab|cd', 'abc|d'],
    ['right', 'ab|', 'ab|'],
    ['right', '|e\u0301b', 'e\u0301|b'],
    ['right', '|\u{1f469}\u200d\u{1f52c}b', '\u{1f469}\u200d\u{1f52c}|b'],
    ['first', 'ab|cd', '|abcd'],
    ['last', 'ab|cd', 'abcd|'],
  ] as const)('%s: %s becomes %s', (edit, before, after) => {
    expect(marked(edited(lineOf(before), EDITS[edit]))).toBe(after);
  });

  it('that comes from elsewhere and is shorter has its cursor at its beginning', () => {
    expect(edited({ text: 'ab', behind: 9 }, EDITS.typed)).toEqual({ text: 'xab', behind: 2 });
    expect(edited({ text: 'ab', behind: 9 }, EDITS.right)).toEqual({ text: 'ab', behind: 1 });
  });

  it('leaves a grapheme whole that what is typed makes of two', () => {
    const joined = edited(lineOf('e|\u0301b'), { type: 'typed', text: 'e' });
    expect(marked(joined)).toBe('ee|\u0301b');
    expect(marked(edited(joined, EDITS.right))).toBe('ee\u0301|b');
    expect(marked(edited(joined, EDITS.left))).toBe('e|e\u0301b');
  });

  it('takes no more than it has room for, and no half of a character', () => {
    const paste = { type: 'typed', text: 'x'.repeat(5000) } as const;
    expect(edited(lineOf('a|b'), paste)).toEqual({ text: `a${'x'.repeat(4094)}b`, behind: 1 });
    const half = edited(lineOf(`${'x'.repeat(4094)}|b`), { type: 'typed', text: '\u{1f600}' });
    expect(half.text.isWellFormed()).toBe(true);
    expect(half.text).toHaveLength(4096);
  });

  it('tells what stands behind its cursor', () => {
    expect(['ab|', 'a|b', '|e\u0301b'].map((line) => graphemeAt(lineOf(line)))).toEqual(['', 'b', 'e\u0301']);
  });
});
