import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalPath } from '../../src/tar/path.ts';

describe('the normal form of a name', () => {
  it.each([
    ['usr', 'usr'],
    ['usr/', 'usr'],
    ['/usr', 'usr'],
    ['./usr/', 'usr'],
    ['.//usr//lib/', 'usr/lib'],
    ['usr/./lib', 'usr/lib'],
    ['usr/../lib', 'lib'],
    ['a/b/../../c', 'c'],
    ['a/..', ''],
    ['usr/.', 'usr'],
  ])('of %j is %j', (name, path) => {
    expect(normalPath(name)).toBe(path);
  });

  it.each(['', '.', './', '/', '//', './.'])('of the root, spelt %j, is empty', (name) => {
    expect(normalPath(name)).toBe('');
  });

  it.each([
    '.hidden',
    '..data',
    '...',
    'a/.hidden',
    'a/..data/b',
    'a/...',
    'a.',
    'a..',
    '.wh.a',
    'a/.wh..wh..opq',
  ])('of %j is the name itself: dots are no steps', (name) => {
    expect(normalPath(name)).toBe(name);
  });

  it.each(['a\nb', 'a/\n/b', '\n', ' ', 'a\\b', '\xff/\xfe'])('keeps odd bytes: %j', (name) => {
    expect(normalPath(name)).toBe(name);
  });

  it.each(['..', '../etc/passwd', '/..', './..', 'a/../..', 'a/../../etc', 'a/b/../../../c', '\n/../..'])(
    'is refused to %j, which climbs out',
    (name) => {
      expect(() => normalPath(name)).toThrow(expect.objectContaining({ code: 'hostile' }));
    },
  );

  it('is refused in harmless words', () => {
    expect(() => normalPath('../\u001b[31m')).toThrow(
      'A layer holds a name that climbs out of the image: ../\\e[31m',
    );
  });

  it('is refused to a path that is longer than any file system takes', () => {
    expect(normalPath('x'.repeat(4096))).toHaveLength(4096);
    expect(() => normalPath('x'.repeat(4097))).toThrow(
      expect.objectContaining({
        code: 'hostile',
        message: 'A layer holds a path of 4097 bytes; 4096 is the limit.',
      }),
    );
  });

  it('is what is left of a name component by component', () => {
    const component = fc.constantFrom('a', 'b.', '.c', '..d', '', '.', '..', '\n');
    fc.assert(
      fc.property(fc.array(component, { maxLength: 6 }), (components) => {
        const expected = stepByStep(components);
        const name = components.join('/');
        if (expected === null) expect(() => normalPath(name)).toThrow();
        else {
          expect(normalPath(name)).toBe(expected);
          expect(normalPath(expected)).toBe(expected);
        }
      }),
    );
  });
});

/** Null when a step leads out of the root. */
function stepByStep(components: readonly string[]): string | null {
  const path: string[] = [];
  for (const component of components) {
    if (component === '..') {
      if (path.length === 0) return null;
      path.pop();
    } else if (component !== '' && component !== '.') path.push(component);
  }
  return path.join('/');
}
