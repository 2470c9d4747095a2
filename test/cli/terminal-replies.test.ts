import { describe, expect, it } from 'vitest';
import { type Reply, ReplyFilter } from '../../src/cli/terminal-replies.ts';

const COLOR = '\u001b]11;rgb:1e1e/1e1e/1e1e\u0007';
const ATTRIBUTES = '\u001b[?62;22;52c';

/** What comes of a stream in pieces, and what it holds at last. */
function heard(...chunks: string[]) {
  const filter = new ReplyFilter();
  let keys = '';
  const replies: Reply[] = [];
  for (const chunk of chunks) {
    const part = filter.push(chunk);
    keys += part.keys;
    replies.push(...part.replies);
  }
  return { keys, replies, held: filter.holds };
}

describe('what a terminal says', () => {
  it.each([
    ['a background', COLOR, { kind: 'background', color: 'rgb:1e1e/1e1e/1e1e' }],
    ['one that ends in ST', '\u001b]11;rgb:f/f/f\u001b\\', { kind: 'background', color: 'rgb:f/f/f' }],
    ['its attributes', ATTRIBUTES, { kind: 'attributes' }],
    ['a click', '\u001b[<0;10;5M', { kind: 'mouse', button: 0, column: 9, row: 4 }],
    ['the wheel', '\u001b[<65;120;40M', { kind: 'mouse', button: 65, column: 119, row: 39 }],
  ])('%s is no key, wherever the stream is cut', (_, bytes, reply) => {
    for (let cut = 0; cut <= bytes.length; cut++) {
      const chunks = [`j${bytes.slice(0, cut)}`, `${bytes.slice(cut)}/x`];
      expect(heard(...chunks), `cut at ${cut}`).toEqual({ keys: 'j/x', replies: [reply], held: null });
    }
  });

  it('several things come in their order', () => {
    expect(heard(`${COLOR}q${ATTRIBUTES}`)).toMatchObject({
      keys: 'q',
      replies: [{ kind: 'background' }, { kind: 'attributes' }],
    });
  });

  it('a button that is let go says nothing new', () => {
    expect(heard('\u001b[<0;10;5m')).toEqual({ keys: '', replies: [], held: null });
  });
});

describe('keys', () => {
  it.each([
    'j',
    '\u001b[A',
    '\u001bOP',
    '\u001b[5~',
    '\u001b[200~paste\u001b[201~',
    'ü日\u{1f600}',
    '\u001b\u001b[B',
    '\u001b[Z',
  ])('%j stay keys', (bytes) => {
    expect(heard(bytes)).toEqual({ keys: bytes, replies: [], held: null });
  });

  it('an Esc is held until it is known to be one', () => {
    const filter = new ReplyFilter();
    expect(filter.push('\u001b')).toEqual({ keys: '', replies: [] });
    expect(filter.holds).toBe('key');
    expect(filter.release()).toBe('\u001b');
    expect(filter.push('j').keys).toBe('j');
  });

  it('the beginning of an answer is no key, even if the rest never comes', () => {
    const filter = new ReplyFilter();
    filter.push('\u001b]11;rgb:1e');
    expect(filter.holds).toBe('message');
    expect(filter.release()).toBe('');
  });

  it('an endless answer is none, and is not kept', () => {
    const endless = `\u001b]11;${'x'.repeat(100_000)}`;
    expect(heard(endless)).toEqual({ keys: endless, replies: [], held: null });
  });
});
