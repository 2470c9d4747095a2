import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, AnswerFilter } from '../../../src/ui/terminal/answers.ts';

const DRAWN = '\u001b[0n';
const REPEATS = '\u001b[1;4R';

function read(chunks: readonly string[], awaited: number) {
  const filter = new AnswerFilter();
  const answers: Answer[] = [];
  let keys = '';
  for (const chunk of chunks) {
    const got = filter.read(chunk, awaited - answers.length);
    keys += got.keys;
    answers.push(...got.answers);
  }
  return { keys, answers };
}

describe('a terminal’s answers', () => {
  it('are taken out from between the keys', () => {
    expect(read([`a${DRAWN}\u001b[B${REPEATS}b`], 2)).toEqual({
      keys: 'a\u001b[Bb',
      answers: ['drawn', 'repeats'],
    });
    expect(read(['\u001b[1;2R'], 1)).toEqual({ keys: '', answers: ['does not repeat'] });
  });

  it('are left to others where none is awaited: a key may send the same', () => {
    expect(read([`${REPEATS}a\u001b[`], 0)).toEqual({ keys: `${REPEATS}a\u001b[`, answers: [] });
    expect(read([REPEATS, REPEATS], 1)).toEqual({ keys: REPEATS, answers: ['repeats'] });
  });

  it('may come in pieces', () => {
    expect(read(['a\u001b[', '0', 'nb'], 1)).toEqual({ keys: 'ab', answers: ['drawn'] });
    expect(read(['\u001b[1', ';4', 'R'], 1)).toEqual({ keys: '', answers: ['repeats'] });
  });

  it('hold up no Escape; what comes behind one that was no key follows it', () => {
    expect(read(['\u001b'], 1)).toEqual({ keys: '\u001b', answers: [] });
    expect(read(['\u001b', '[0n', 'x'], 1)).toEqual({ keys: '\u001b[0nx', answers: ['drawn'] });
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
        // What stands right behind an Escape that came alone goes on with it.
        const rest = /\u001b\[(?:0n|1;4R)/g;
        expect(keys.replaceAll(rest, '')).toBe(parts.filter((one) => !isAnswer(one)).join(''));
      }),
    );
  });
});
