import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Awaited, InputParser, type Reply } from '../../../src/ui/terminal/input-parser.ts';
import type { Answer } from '../../../src/ui/terminal/questions.ts';

const COLOR = '\u001b]11;rgb:1e1e/1e1e/1e1e\u0007';
const ATTRIBUTES = '\u001b[?62;22;52c';

const MESSAGES: Awaited = { messages: true, answers: 0 };

const NOTHING: Awaited = { messages: false, answers: 0 };

/** A parser that awaits messages alone. */
function listening() {
  const parser = new InputParser();
  return {
    push: (chunk: string) => parser.push(chunk, MESSAGES),
    release: () => parser.release(),
    get holds() {
      return parser.holds;
    },
  };
}

/** What comes of a stream in pieces, and what it holds at last. */
function heard(...chunks: string[]) {
  const filter = listening();
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
    const filter = listening();
    expect(filter.push('\u001b')).toEqual({ keys: '', replies: [] });
    expect(filter.holds).toBe('key');
    expect(filter.release()).toBe('\u001b');
    expect(filter.push('j').keys).toBe('j');
  });

  it('the beginning of an answer is no key, even if the rest never comes', () => {
    const filter = listening();
    filter.push('\u001b]11;rgb:1e');
    expect(filter.holds).toBe('reply');
    expect(filter.release()).toBe('');
  });

  it('an endless answer is none, and is not kept', () => {
    const endless = `\u001b]11;${'x'.repeat(100_000)}`;
    expect(heard(endless)).toEqual({ keys: endless, replies: [], held: null });
  });
});

describe('an Esc that was let go, because nothing followed it for a moment', () => {
  it.each([
    ['a click', '\u001b[<0;10;5M', 'mouse'],
    ['a background', COLOR, 'background'],
    ['attributes', ATTRIBUTES, 'attributes'],
  ])('leaves no keys of the rest of %s, wherever that is cut', (_, bytes, kind) => {
    for (let cut = 2; cut <= bytes.length; cut++) {
      const filter = listening();
      filter.push('\u001b');
      expect(filter.release()).toBe('\u001b');
      const first = filter.push(bytes.slice(1, cut));
      const second = filter.push(`${bytes.slice(cut)}x`);
      expect(first.keys + second.keys, `cut at ${cut}`).toBe('x');
      expect([...first.replies, ...second.replies]).toMatchObject([{ kind }]);
      expect(filter.holds).toBeNull();
    }
  });

  it('is let go once more behind its [, and is a key before any other', () => {
    const filter = listening();
    filter.push('\u001b');
    filter.release();
    filter.push('[');
    expect(filter.release()).toBe('[');
    expect(filter.push('<0;10;5M')).toMatchObject({ keys: '', replies: [{ kind: 'mouse' }] });
    filter.push('\u001b');
    filter.release();
    expect(filter.push('j').keys).toBe('j');
    expect(filter.push('[<0;10;5M').keys).toBe('[<0;10;5M');
  });
});

describe('a key that goes on behind an Esc that was let go', () => {
  const REST = ['[A', '[Z', 'OP', '[5~', '[1;2B', '[200~text'];

  it.each(REST)('is that key: %j', (rest) => {
    const parser = afterEsc();
    expect(parser.push(rest, NOTHING)).toEqual({ keys: `\u001b${rest}`, replies: [] });
    expect(parser.holds).toBeNull();
  });

  it.each(REST)('is that key, cut once more: %j', (rest) => {
    const parser = afterEsc();
    const { keys } = parser.push(rest.slice(0, 1), NOTHING);
    expect(keys + parser.push(rest.slice(1), NOTHING).keys).toBe(`\u001b${rest}`);
  });

  it.each(REST)('is letters when nobody can tell any more: %j', (rest) => {
    const parser = afterEsc();
    parser.forget();
    expect(parser.push(rest, NOTHING).keys).toBe(rest);
  });

  it.each(['[', 'O', '[j', 'Open', '[201~', '['])('may be none: %j has been typed', (text) => {
    const parser = afterEsc();
    const { keys } = parser.push(text, NOTHING);
    expect(keys + parser.release() + parser.push('A', NOTHING).keys).toBe(`${text}A`);
  });

  it('is none behind another key', () => {
    const parser = afterEsc();
    parser.push('j', NOTHING);
    expect(parser.push('[A', NOTHING).keys).toBe('[A');
  });

  /** A parser whose Esc was a key a moment ago. */
  function afterEsc(): InputParser {
    const parser = new InputParser();
    expect(parser.push('\u001b', NOTHING)).toEqual({ keys: '', replies: [] });
    expect(parser.holds).toBe('key');
    expect(parser.release()).toBe('\u001b');
    return parser;
  }
});

describe('messages that are not awaited', () => {
  it.each([COLOR, ATTRIBUTES, '\u001b[<0;10;5M'])('%j are left to others', (bytes) => {
    const parser = new InputParser();
    for (const answers of [0, 1]) {
      expect(parser.push(bytes, { messages: false, answers })).toEqual({ keys: bytes, replies: [] });
    }
  });

  it('but have begun to come when they were, are messages', () => {
    const parser = new InputParser();
    parser.push('\u001b[<0;1', MESSAGES);
    const { keys, replies } = parser.push('0;5Mj', { messages: false, answers: 0 });
    expect(keys).toBe('j');
    expect(replies).toMatchObject([{ kind: 'mouse' }]);
  });

  it('are not taken for any where an answer has begun', () => {
    const parser = new InputParser();
    parser.push('\u001b[', { messages: false, answers: 1 });
    const click = '\u001b[<0;10;5M';
    expect(parser.push(`0n${click}`, { messages: false, answers: 1 }).keys).toBe(click);
  });
});

const DRAWN = '\u001b[0n';
const REPEATS = '\u001b[1;4R';

function read(chunks: readonly string[], awaited: number) {
  const parser = new InputParser();
  const answers: Answer[] = [];
  let keys = '';
  for (const chunk of chunks) {
    const got = parser.push(chunk, { messages: false, answers: awaited - answers.length });
    keys += got.keys;
    answers.push(...got.replies.flatMap((reply) => (reply.kind === 'answer' ? [reply.answer] : [])));
  }
  return { keys, answers };
}

describe('answers about what has been drawn', () => {
  it('are taken out from between the keys', () => {
    expect(read([`a${DRAWN}\u001b[B${REPEATS}b`], 2)).toEqual({
      keys: 'a\u001b[Bb',
      answers: ['drawn', 'repeats'],
    });
    expect(read(['\u001b[1;2R'], 1)).toEqual({ keys: '', answers: ['does not repeat'] });
  });

  it('are left to others where none is awaited: a key may send the same', () => {
    expect(read([`${REPEATS}a\u001b[`, '0n'], 0)).toEqual({ keys: `${REPEATS}a${DRAWN}`, answers: [] });
    expect(read([REPEATS, REPEATS], 1)).toEqual({ keys: REPEATS, answers: ['repeats'] });
  });

  it('may come in pieces', () => {
    expect(read(['a\u001b[', '0', 'nb'], 1)).toEqual({ keys: 'ab', answers: ['drawn'] });
    expect(read(['\u001b[1', ';4', 'R'], 1)).toEqual({ keys: '', answers: ['repeats'] });
  });

  it('may be cut behind their Escape', () => {
    expect(read(['\u001b', '[0n', 'x'], 1)).toEqual({ keys: 'x', answers: ['drawn'] });
  });

  it('hold up no other key that begins like them', () => {
    expect(read(['\u001b[', 'A'], 1).keys).toBe('\u001b[A');
    expect(read(['\u001b[1', ';5C'], 1).keys).toBe('\u001b[1;5C');
    expect(read(['日本\u001b[0n語'], 1).keys).toBe('日本語');
  });

  it('are all found, and every key is left, wherever a line cuts what it carries', () => {
    const part = fc.constantFrom('j', '\u001b[B', '\u001b[1;5C', 'é', ' ', DRAWN, REPEATS);
    fc.assert(
      fc.property(fc.array(part), fc.array(fc.nat(60)), (parts, cuts) => {
        const isAnswer = (text: string) => text === DRAWN || text === REPEATS;
        const text = parts.join('');
        const inside = cuts.filter((cut) => cut > 0 && cut < text.length).sort((a, b) => a - b);
        const places = [...new Set([0, ...inside, text.length])];
        const chunks = places.slice(1).map((place, index) => text.slice(places[index], place));
        const { keys, answers } = read(chunks, parts.filter(isAnswer).length);
        expect(answers).toEqual(
          parts.filter(isAnswer).map((answer) => (answer === DRAWN ? 'drawn' : 'repeats')),
        );
        expect(keys).toBe(parts.filter((one) => !isAnswer(one)).join(''));
      }),
    );
  });
});

describe('messages and answers together', () => {
  const BOTH: Awaited = { messages: true, answers: 2 };
  const STREAM = `j${DRAWN}\u001b[A${COLOR}${REPEATS}é${ATTRIBUTES}/`;

  it('come in their order, wherever the stream is cut', () => {
    for (let cut = 0; cut <= STREAM.length; cut++) {
      const parser = new InputParser();
      const first = parser.push(STREAM.slice(0, cut), BOTH);
      const got = first.replies.filter(({ kind }) => kind === 'answer').length;
      const second = parser.push(STREAM.slice(cut), { ...BOTH, answers: 2 - got });
      expect(first.keys + second.keys, `cut at ${cut}`).toBe('j\u001b[Aé/');
      expect([...first.replies, ...second.replies]).toMatchObject([
        { kind: 'answer', answer: 'drawn' },
        { kind: 'background' },
        { kind: 'answer', answer: 'repeats' },
        { kind: 'attributes' },
      ]);
      expect(parser.holds).toBeNull();
    }
  });

  it('an Esc is held, and let go; what goes on with it then is an answer and no keys', () => {
    const parser = new InputParser();
    parser.push('\u001b', BOTH);
    expect(parser.holds).toBe('key');
    expect(parser.release()).toBe('\u001b');
    expect(parser.push('[0nx', BOTH)).toEqual({ keys: 'x', replies: [{ kind: 'answer', answer: 'drawn' }] });
  });
});

describe('what is held', () => {
  const ANSWERS: Awaited = { messages: false, answers: 1 };

  it.each([
    ['\u001b', MESSAGES, 'key'],
    ['\u001b[', MESSAGES, 'key'],
    ['\u001b]1', MESSAGES, 'key'],
    ['\u001b[', ANSWERS, 'sequence'],
    ['\u001b[1;', ANSWERS, 'sequence'],
    ['\u001b[<0;', MESSAGES, 'reply'],
    ['\u001b[?6', MESSAGES, 'reply'],
    ['\u001b]11;rgb', MESSAGES, 'reply'],
  ] as const)('%j, awaiting %j, is a %s', (bytes, awaited, held) => {
    const parser = new InputParser();
    parser.push(bytes, awaited);
    expect(parser.holds).toBe(held);
    expect(parser.release()).toBe(held === 'reply' ? '' : bytes);
    expect(parser.holds).toBeNull();
  });

  it('has an end', () => {
    for (const begun of ['\u001b[?', '\u001b]11;', '\u001b[<', '\u001b[1;']) {
      const endless = begun + '1'.repeat(100_000);
      const parser = new InputParser();
      expect(parser.push(endless, { messages: true, answers: 1 })).toEqual({ keys: endless, replies: [] });
      expect(parser.holds).toBeNull();
    }
  });

  it('loses no key of a paste, however it is cut', () => {
    const pasted = `\u001b[200~${'a line\r'.repeat(50)}\u001b[201~`;
    fc.assert(
      fc.property(fc.array(fc.nat(pasted.length)), fc.boolean(), fc.nat(3), (cuts, messages, answers) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), pasted.length];
        const parser = new InputParser();
        const keys = places.slice(1).map((place, index) => {
          return parser.push(pasted.slice(places[index], place), { messages, answers }).keys;
        });
        expect(keys.join('')).toBe(pasted);
      }),
    );
  });
});
