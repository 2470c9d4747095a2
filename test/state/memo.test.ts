import { describe, expect, it } from 'vitest';
import { forgetAnswers, rememberLast } from '../../src/state/memo.ts';

describe('a function that remembers its last answer', () => {
  it('answers the same question once, until everything is forgotten', () => {
    let asked = 0;
    const answer = rememberLast((word: string) => ({ word, asked: ++asked }));
    const first = answer('a');
    expect(answer('a')).toBe(first);
    expect(answer('b')).toEqual({ word: 'b', asked: 2 });
    expect(answer('b')).toEqual({ word: 'b', asked: 2 });
    forgetAnswers();
    expect(answer('b')).toEqual({ word: 'b', asked: 3 });
  });
});
