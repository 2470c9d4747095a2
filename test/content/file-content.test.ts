import { describe, expect, it } from 'vitest';
import { ContentHolder } from '../../src/content/file-content.ts';

function held(pieces: readonly (string | Buffer)[], size: number, most?: number) {
  const holder = new ContentHolder(size, most);
  for (const piece of pieces) holder.take(Buffer.from(piece));
  return holder.content();
}

describe('what is held of a file', () => {
  it('is all of it, in whatever pieces it came', () => {
    const { text, hex, leftOut, size } = held(['one\nt', 'wo\n'], 8);
    expect(text?.rows(0, 9)).toEqual(['one', 'two']);
    expect(Buffer.from(hex.bytes).toString()).toBe('one\ntwo\n');
    expect({ leftOut, size }).toEqual({ leftOut: 0, size: 8 });
  });

  it('is copied: the pieces are only lent', () => {
    const holder = new ContentHolder(3);
    const piece = Buffer.from('one');
    holder.take(piece);
    piece.fill(0);
    expect(holder.content().text?.rows(0, 9)).toEqual(['one']);
  });

  it('is no more than its beginning of one that is very large, which says how much is left out', () => {
    const { text, leftOut, size } = held(['größ', 'er\n'], 9, 4);
    expect(text).toMatchObject({ encoding: 'UTF-8' });
    expect(text?.rows(0, 9)).toEqual(['grö']);
    expect({ leftOut, size }).toEqual({ leftOut: 5, size: 9 });
  });

  it('grows to its share', () => {
    const holder = new ContentHolder(8, 4);
    expect(holder.share).toBe(0);
    holder.take(Buffer.from('on'));
    expect(holder.share).toBe(0.5);
    holder.take(Buffer.from('e two'));
    expect(holder.share).toBe(1);
    expect(new ContentHolder(0).share).toBe(1);
  });

  it('may be nothing, or no text', () => {
    expect(held([], 0).text?.rowCount).toBe(0);
    const binary = held([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0])], 5);
    expect(binary.text).toBeNull();
    expect(binary.hex.rowCount).toBe(1);
  });
});
