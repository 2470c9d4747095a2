import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/image/json.ts';

describe('a JSON text', () => {
  it('is parsed', () => {
    expect(parseJson('{"a":[1,"[{",{"b\\"[":null}]}', 'It')).toEqual({ a: [1, '[{', { 'b"[': null }] });
  });

  it.each(['', '{', '[1,', '"open', '"open\\', 'nonsense', '[1]]'])('that is none is refused: %j', (text) => {
    expect(() => parseJson(text, 'The image config')).toThrow(
      expect.objectContaining({ code: 'not-an-image', message: 'The image config is not JSON.' }),
    );
  });

  it('is refused where it nests deeper than any real one', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(() => parseJson(nested(128), 'It')).not.toThrow();
    expect(() => parseJson(nested(129), 'It')).toThrow(
      expect.objectContaining({ code: 'hostile', message: 'It is JSON nested deeper than 128.' }),
    );
  });

  it('may have any bracket in its strings, and many lists one after the other', () => {
    expect(() => parseJson(`["${'[{'.repeat(1000)}\\"["]`, 'It')).not.toThrow();
    expect(() => parseJson(`[${'[],'.repeat(1000)}[]]`, 'It')).not.toThrow();
  });

  it('is refused where its values would fill the memory', () => {
    expect(() => parseJson(`[${'{},'.repeat(600_000)}{}]`, 'It')).toThrow(
      expect.objectContaining({ code: 'hostile', message: 'It is JSON of more than 1048576 values.' }),
    );
  });

  it('has a key __proto__ like any other', () => {
    const value = parseJson('{"__proto__":{"layers":[]}}', 'It');
    expect(Object.keys(value as object)).toEqual(['__proto__']);
    expect((value as { layers?: unknown }).layers).toBeUndefined();
  });
});
