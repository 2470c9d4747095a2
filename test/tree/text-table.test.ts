import { describe, expect, it } from 'vitest';
import { TextTable } from '../../src/tree/text-table.ts';

describe('texts', () => {
  it('are kept once each, by number; 0 is the empty one', () => {
    const texts = new TextTable();
    expect(texts.intern('')).toBe(0);
    const number = texts.intern('a');
    expect(texts.intern('b')).not.toBe(number);
    expect(texts.intern('a')).toBe(number);
    expect([0, number].map((each) => texts.text(each))).toEqual(['', 'a']);
  });

  it('are the same when they were kept, and go on from there', () => {
    const texts = new TextTable();
    const words = ['../a', '\xff\0', 'x'.repeat(300)];
    const numbers = words.map((word) => texts.intern(word));
    const kept = TextTable.of(texts.columns());
    expect(numbers.toReversed().map((number) => kept.text(number))).toEqual(words.toReversed());
    expect(kept.intern('x'.repeat(300))).toBe(numbers[2]);
    expect(kept.intern('new')).toBe(words.length + 1);
    expect(TextTable.of(kept.columns()).text(words.length + 1)).toBe('new');
  });
});
