import { describe, expect, it } from 'vitest';
import { heardByInk } from '../../../src/ui/terminal/silent-keys.ts';

const ESCAPE = '\u001b';
/** What Ink reads a name out of. */
const named = (name: string) =>
  `${ESCAPE}[120;17;${Array.from(name, (char) => char.codePointAt(0)).join(':')}u`;
const alone = (keys: string) => heardByInk(keys, keys);

describe('keys that Ink does not tell of', () => {
  it.each([
    ['[2~', 'insert'],
    ['OP', 'f1'],
    ['OS', 'f4'],
    ['[11~', 'f1'],
    ['[15~', 'f5'],
    ['[24~', 'f12'],
    ['[25~', 'f13'],
    ['[34~', 'f20'],
    ['[1;2P', 'f1'],
    ['[15;5~', 'f5'],
    ['[2;5~', 'insert'],
  ])('%s is %s', (sequence, name) => {
    expect(alone(ESCAPE + sequence)).toBe(named(name));
    expect(heardByInk(`j${ESCAPE}${sequence}k`, 'k')).toBe(`j${named(name)}k`);
  });

  it.each(['[A', '[1;5D', '[3~', '[5~', '[6~', '[Z', '[200~', '[201~', '[H', 'OA', '[1;2R'])(
    '%s stays as it is',
    (sequence) => {
      expect(alone(ESCAPE + sequence)).toBe(ESCAPE + sequence);
    },
  );
});

describe('Alt with a character', () => {
  it.each(['x', 'X', '1', 'é', '日', '\u{1f600}'])('%s is a key of its own', (char) => {
    expect(alone(ESCAPE + char)).toBe(named(`alt+${char}`));
    // An answer to what the terminal was asked may come in the same piece.
    expect(heardByInk(ESCAPE + char, `${ESCAPE}[0n${ESCAPE}${char}`)).toBe(named(`alt+${char}`));
  });

  it('is Esc and that where more has come with it, or they came one after the other', () => {
    expect(alone(`/f1${ESCAPE}?`)).toBe(`/f1${ESCAPE}?`);
    expect(alone(`${ESCAPE}jj`)).toBe(`${ESCAPE}jj`);
    expect(heardByInk(`${ESCAPE}j`, 'j')).toBe(`${ESCAPE}j`);
  });

  it.each(['[', 'O', ESCAPE, '\u007f', '\r', '\t', ' ', '\u0003'])(
    '%j behind an Esc is what it was',
    (char) => {
      expect(alone(ESCAPE + char)).toBe(ESCAPE + char);
    },
  );
});
