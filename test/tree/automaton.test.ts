import fc from 'fast-check';
import picomatch from 'picomatch';
import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../src/image/text.ts';
import { Automaton } from '../../src/tree/automaton.ts';
import { globPattern } from '../../src/tree/glob.ts';
import { Nfa } from '../../src/tree/nfa.ts';
import { type Pattern, repeat, sequence } from '../../src/tree/pattern.ts';
import { regexPattern } from '../../src/tree/regex.ts';

/** Whether a pattern takes a whole text, byte by byte. */
function takes(automaton: Automaton, text: string): boolean {
  let state = automaton.start;
  for (const unit of bytesOf(text)) state = automaton.next(state, unit.charCodeAt(0));
  return automaton.accepts(state);
}

const searching = (source: string): Pattern =>
  sequence(repeat({ kind: 'byte', first: 0, last: 0xff }, 0), regexPattern(source));

const finds = (source: string, text: string): boolean =>
  takes(new Automaton(new Nfa(searching(source))), text);
const globs = (glob: string, path: string): boolean => takes(new Automaton(new Nfa(globPattern(glob))), path);

describe('a regular expression', () => {
  it.each([
    ['^/usr/.*\\.so$', '/usr/lib/libc.so', true],
    ['^/usr/.*\\.so$', '/usr/lib/libc.so.6', false],
    ['lib(c|ssl)', '/usr/libssl', true],
    ['x{2,3}y', '/axxxxy', true],
    ['^/x{2,3}y', '/xxxxy', false],
    ['^/a{3}$', '/aaa', true],
    ['^/a{3}$', '/aaaa', false],
    ['^/a{2,}$', '/aaaaa', true],
    ['[^/]ä', '/gä', true],
    ['^/.$', '/ä', true],
    ['^/..$', '/ä', false],
    ['^/.$', '/\u{1f600}', true],
    ['[а-я]+$', '/ж', true],
    ['[а-я]+$', '/z', false],
    ['\\d+\\s\\w', '/12 a', true],
    ['[\\d.]+$', '/1.2', true],
    ['\\u{e4}', '/ä', true],
    ['\\xc3\\xa4', '/ä', true],
    ['(?<name>a|b)+?$', '/ab', true],
    ['a{b', '/a{b', true],
    ['(^|/)etc$', '/etc', true],
  ])('%s takes %s: %s', (source, path, isTaken) => {
    expect(finds(source, path)).toBe(isTaken);
  });

  it.each([
    '(',
    ')',
    'a)',
    '[a',
    '*',
    '+a',
    'a\\',
    '(?=a)',
    '(?!a)',
    '(?<=a)',
    '\\1',
    '\\p{L}',
    'a{3,2}',
    '[z-a]',
    '\\u12',
  ])('cannot be %s, which is said in a sentence', (source) => {
    expect(() => regexPattern(source)).toThrow(/^[A-Z{\\].*\.$/);
  });

  it('of too many states is refused', () => {
    expect(() => new Nfa(regexPattern('(((a{99}){99}){99})'))).toThrow('too long');
    expect(() => new Nfa(regexPattern('(((){999}){999}){999}'))).toThrow('too long');
  });

  it('takes what JavaScript’s own takes', () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      'ä',
      '/',
      '.',
      '[ab]',
      '[^a]',
      '[^/]',
      '\\w',
      '\\W',
      '(a|bä)',
      '(?:b|)',
      '^',
      '$',
    );
    const times = fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,2}', '{0,1}', '*?');
    const term = fc
      .tuple(atom, times)
      .map(([part, count]) => (/[$^]/.test(part[0] ?? '') ? part : part + count));
    const source = fc.array(fc.oneof(term, fc.constant('|')), { minLength: 1, maxLength: 6 });
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', 'ä', '/', '.', '日'),
      minLength: 1,
      maxLength: 7,
    });
    fc.assert(
      fc.property(source, text, (parts, path) => {
        // V8 is wrong about some expressions that ask for the beginning behind it: to it, `.*?[^/]^|$|` is not in `äbä`.
        fc.pre(parts.every((part, index) => part !== '^' || index === 0 || parts[index - 1] === '|'));
        const expression = parts.join('');
        expect(finds(expression, path)).toBe(new RegExp(expression, 'su').test(path));
      }),
      { numRuns: 5000 },
    );
  });
});

describe('a glob', () => {
  it('without a slash is for the last name, wherever it is', () => {
    expect(globs('*.so', '/usr/lib/libc.so')).toBe(true);
    expect(globs('lib*', '/usr/libexec/x')).toBe(false);
    expect(globs('?', '/usr/é')).toBe(true);
  });

  it('with one is for the whole path, with or without a slash before it', () => {
    for (const glob of ['/usr/*/libc.so', 'usr/*/libc.so', '**/libc.so', 'usr/**', '/**/lib/*'])
      expect(globs(glob, '/usr/lib/libc.so')).toBe(true);
    for (const glob of ['lib/libc.so', 'usr/*', '/*/libc.so', 'usr/lib'])
      expect(globs(glob, '/usr/lib/libc.so')).toBe(false);
  });

  it('of all that is in a directory does not take the directory', () => {
    expect(globs('usr/**', '/usr')).toBe(false);
    expect(globs('usr/**', '/usr/a/b')).toBe(true);
    expect(globs('usr/**/**/b', '/usr/b')).toBe(true);
  });

  it('takes names that begin with a dot like others', () => {
    expect(globs('*rc', '/root/.bashrc')).toBe(true);
  });

  it('takes bytes that are no UTF-8 for a star', () => {
    const automaton = new Automaton(new Nfa(globPattern('gr*e')));
    let state = automaton.start;
    for (const byte of [0x2f, 0x67, 0x72, 0xf6, 0xdf, 0x65]) state = automaton.next(state, byte);
    expect(automaton.accepts(state)).toBe(true);
  });

  it.each(['{a', '{a}', 'a}', '\\', '{{{{'])('takes %s for itself', (glob) => {
    expect(globs(glob, `/${glob}`)).toBe(true);
  });

  it.each(['[a', 'lib[', '[]', '[!]', '[a\\]'])('is none where a bracket is not closed: %s', (glob) => {
    expect(() => globPattern(glob)).toThrow('A [ is not closed; \\[ stands for itself.');
    expect(globs(glob.replace('[', '\\['), `/${glob.replace('\\', '')}`)).toBe(true);
  });

  it('with very many braces is read at once', () => {
    expect(globs('{'.repeat(900), `/${'{'.repeat(900)}`)).toBe(true);
    expect(globs(`${'{a,'.repeat(200)}b${'}'.repeat(200)}`, '/b')).toBe(true);
  });

  it('takes what picomatch takes', () => {
    const part = fc.constantFrom(
      'a',
      'b',
      '-',
      '*',
      '?',
      '[ab]',
      '[a-b]',
      '[^a]',
      '{a,b}',
      '{a,b*}',
      '\\*',
      'ä',
    );
    const component = fc.oneof(
      fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
      fc.constant('**'),
    );
    const name = fc.string({
      unit: fc.constantFrom('a', 'b', '*', 'ä', '-'),
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(
        fc.array(component, { minLength: 1, maxLength: 3 }),
        fc.array(name, { minLength: 1, maxLength: 4 }),
        fc.array(part, { minLength: 1, maxLength: 4 }),
        (components, names, last) => {
          // What ends in all of a directory takes the directory too there, and here it does not.
          fc.pre(!/^\*{2,}$/.test(last.join('')));
          const glob = [...components, last.join('')].join('/');
          // Two stars beside something else are one here; there they are any directories before a brace.
          fc.pre(!/\*\*[^/*]*\{/.test(glob));
          const path = names.join('/');
          const theirs = picomatch(glob, { dot: true, noextglob: true });
          expect([glob, path, globs(glob, `/${path}`)]).toEqual([glob, path, theirs(path)]);
        },
      ),
      { numRuns: 5000 },
    );
  });
});

describe('whatever is typed and whatever names are', () => {
  it('each byte is read once: what keeps a backtracking matcher busy for minutes is nothing', () => {
    const name = `/${'a'.repeat(4000)}`;
    expect(globs('*a*a*a*a*a*a*a*a*b', name)).toBe(false);
    expect(globs(`${'*a'.repeat(100)}*b`, name)).toBe(false);
    expect(finds('(a+)+$b', name)).toBe(false);
    expect(finds('((a|a)*)*b', name)).toBe(false);
    expect(finds('(.*)(.*)(.*)(.*)(.*)(.*)x', name)).toBe(false);
  });

  it('states are forgotten when there are too many, and the answer is the same', () => {
    const automaton = new Automaton(new Nfa(searching('a[ab]{14}c')));
    let seed = 1;
    const letters = Array.from({ length: 20_000 }, () => {
      seed = Math.imul(seed, 1_103_515_245) + 12_345;
      return (seed >>> 16) % 2 === 0 ? 'a' : 'b';
    }).join('');
    expect(takes(automaton, `/${letters}`)).toBe(false);
    expect(automaton.generation).toBeGreaterThan(0);
    expect(takes(automaton, `/${letters}a${'b'.repeat(14)}c`)).toBe(true);
  });
});
