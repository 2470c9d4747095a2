import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, textOf } from '../../src/image/text.ts';
import { Matching } from '../../src/tree/matching.ts';
import { PathTable } from '../../src/tree/path-table.ts';
import { FOUND } from '../../src/tree/view-query.ts';
import { matchingNodes, queryOf } from '../harness/query.ts';

const PATHS = [
  'usr/lib/x86_64/libssl.so',
  'usr/lib/x86_64/libSSL.conf',
  'usr/lib64/x',
  'opt/mylib/x86/a',
  'Usr/LIB/README',
  'app/größe/日本語.txt',
];

function found(text: string): string[] {
  const paths = new PathTable();
  for (const path of PATHS) paths.intern(bytesOf(path));
  const matches = matchingNodes(paths, queryOf(text).paths);
  return Array.from(matches.keys())
    .filter((node) => matches[node] === 1)
    .map((node) => textOf(paths.path(node)));
}

describe('a text', () => {
  it('finds the names that contain it', () => {
    expect(found('ssl.so')).toEqual(['usr/lib/x86_64/libssl.so']);
    expect(found('x86')).toEqual(['usr/lib/x86_64', 'opt/mylib/x86']);
  });

  it('finds nothing that lies below a name only because the name contains it', () => {
    expect(found('mylib')).toEqual(['opt/mylib']);
  });

  it('in small letters finds capitals too', () => {
    expect(found('readme')).toEqual(['Usr/LIB/README']);
    expect(found('libssl')).toEqual(['usr/lib/x86_64/libssl.so', 'usr/lib/x86_64/libSSL.conf']);
  });

  it('with a capital in it finds what is written so alone', () => {
    expect(found('libSSL')).toEqual(['usr/lib/x86_64/libSSL.conf']);
    expect(found('Readme')).toEqual([]);
    expect(found('LIB')).toEqual(['Usr/LIB']);
  });

  it('may go beyond ASCII', () => {
    expect(found('größe')).toEqual(['app/größe']);
    expect(found('本')).toEqual(['app/größe/日本語.txt']);
  });

  it('that is nowhere finds nothing', () => {
    expect(found('nowhere')).toEqual([]);
  });
});

describe('a text across slashes', () => {
  it('finds the end of one name, whole names, and the beginning of the last', () => {
    expect(found('lib/x86')).toEqual(['usr/lib/x86_64', 'opt/mylib/x86']);
    expect(found('sr/lib/x')).toEqual(['usr/lib/x86_64']);
    expect(found('r/lib/x86_64/libssl')).toEqual(['usr/lib/x86_64/libssl.so', 'usr/lib/x86_64/libSSL.conf']);
  });

  it('does not take a name in the middle for another that begins or ends alike', () => {
    expect(found('usr/li/x')).toEqual([]);
    expect(found('usr/ib/x')).toEqual([]);
    expect(found('opt/lib/x')).toEqual([]);
    expect(found('lib/86')).toEqual([]);
    expect(found('myl/x86')).toEqual([]);
  });

  it('begins at the root, or anywhere, where it begins with a slash', () => {
    expect(found('/usr/lib64')).toEqual(['usr/lib64']);
    expect(found('/lib64')).toEqual(['usr/lib64']);
    expect(found('/sr')).toEqual([]);
  });

  it('finds all that is directly in a directory where it ends in a slash', () => {
    expect(found('lib64/')).toEqual(['usr/lib64/x']);
    expect(found('opt/')).toEqual(['opt/mylib']);
  });

  it('is smart about capitals too', () => {
    expect(found('usr/lib')).toEqual(['usr/lib', 'usr/lib64', 'Usr/LIB']);
    expect(found('Usr/LIB')).toEqual(['Usr/LIB']);
    expect(found('lib/readme')).toEqual(['Usr/LIB/README']);
  });

  it('may go beyond ASCII, in either part', () => {
    expect(found('app/größe')).toEqual(['app/größe']);
    expect(found('größe/日本')).toEqual(['app/größe/日本語.txt']);
  });
});

/** Names of 40 hexadecimal digits, no two alike, in which hardly any 17 digits come twice. */
function hashes(count: number): PathTable {
  const paths = new PathTable();
  let state = 1;
  const digit = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 28).toString(16);
  };
  for (let index = 0; index < count; index++)
    paths.intern(bytesOf(`objects/${Array.from({ length: 40 }, digit).join('')}`));
  return paths;
}

/** States walked through, and paths looked at, in one part of a search and in all of it. */
function workOf(paths: PathTable, filter: string): number {
  const matching = new Matching(paths, queryOf(filter).paths);
  matching.run(paths.size, Infinity);
  return matching.work;
}

describe('what a search costs', () => {
  const costly = 're:[0-7][0-9a-f]{16}x';

  it('is no more at a time than it may, and the name under way', () => {
    const paths = hashes(20_000);
    const matching = new Matching(paths, queryOf(costly).paths);
    for (let part = 1; part <= 10; part++) {
      const before = matching.work;
      matching.run(paths.size, 10_000);
      // A name has 41 bytes, and some twenty states for each.
      expect(matching.work - before).toBeLessThan(10_000 + 41 * 200);
    }
    expect(matching.searched).toBeGreaterThan(10);
    expect(matching.searched).toBeLessThan(paths.size);
  });

  it('does not grow with the paths where the pattern’s states come again', () => {
    const states = (count: number) => workOf(hashes(count), 're:[0-9a-f]{40}$') - count;
    expect(states(20_000)).toBeLessThan(2 * states(200));
  });

  it('of a text is one for each path', () => {
    const paths = hashes(5000);
    expect(workOf(paths, 'abc')).toBe(paths.size);
  });
});

describe('a search in parts', () => {
  const FILTERS = [
    '0',
    'ab',
    'objects/0',
    '*a',
    '/objects/0*',
    're:[0-7]{3}a',
    '-f',
    'a -b',
    '-re:ab c',
    'OBJECTS',
  ];
  const name = fc.array(fc.constantFrom('a', 'b', '0', 'f', 'A', 'ab', 'objects'), {
    minLength: 1,
    maxLength: 4,
  });
  const path = fc.array(
    name.map((parts) => parts.join('')),
    { minLength: 1, maxLength: 4 },
  );

  it('finds what one to the end finds, whatever its parts, and while paths come', () => {
    const random = fc.record({
      paths: fc.array(path, { minLength: 1, maxLength: 60 }),
      filter: fc.constantFrom(...FILTERS),
      parts: fc.array(fc.nat(40), { minLength: 1, maxLength: 8 }),
    });
    fc.assert(
      fc.property(random, ({ paths: wanted, filter, parts }) => {
        const paths = new PathTable();
        const matching = new Matching(paths, queryOf(filter).paths);
        wanted.forEach((components, index) => {
          paths.intern(components.join('/'));
          matching.run(paths.size, parts[index % parts.length] ?? 0);
        });
        const inParts = Array.from(matching.found(paths.size));
        expect(inParts).toEqual(Array.from(matchingNodes(paths, queryOf(filter).paths)));
      }),
    );
  });

  it('goes on where it stopped, and looks at no path twice', () => {
    const paths = hashes(100);
    const matching = new Matching(paths, queryOf('re:a').paths);
    let last = 0;
    while (matching.searched < paths.size) {
      matching.run(paths.size, 1);
      expect(matching.searched).toBeGreaterThan(last);
      last = matching.searched;
    }
    expect(matching.work).toBe(workOf(paths, 're:a'));
  });
});

describe('a search after another one', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'A', '/', 'é'), { minLength: 1, maxLength: 3 });
  const sign = fc.constantFrom('', '', '', '-');
  const term = fc.oneof(
    fc.tuple(sign, text).map(([minus, letters]) => `${minus}${letters.join('')}`),
    fc.constantFrom('re:a.b', '*a'),
  );
  const filter = fc.array(term, { minLength: 1, maxLength: 3 }).map((terms) => terms.join(' '));
  const path = fc.array(
    text.map((letters) => letters.join('')),
    { minLength: 1, maxLength: 3 },
  );

  it('finds what it finds alone, whatever the one before asked for, and however far that came', () => {
    const random = fc.record({
      paths: fc.array(path, { minLength: 1, maxLength: 40 }),
      before: filter,
      more: fc.constantFrom('', 'a', 'b', ' a', ' -b', '/', '/a'),
      other: fc.option(filter),
      searched: fc.nat(40),
    });
    fc.assert(
      fc.property(random, ({ paths: wanted, before, more, other, searched }) => {
        const paths = new PathTable();
        for (const components of wanted) paths.intern(components.join('/'));
        const first = new Matching(paths, queryOf(before).paths);
        first.run(Math.min(searched, paths.size), Infinity);
        const { paths: terms } = queryOf(other ?? `${before}${more}`);
        const second = new Matching(paths, terms, first);
        // Layers come, and the older search goes on.
        for (const components of wanted) paths.intern(['later', ...components].join('/'));
        first.run(paths.size, Infinity);
        expect(Array.from(second.found(paths.size))).toEqual(Array.from(matchingNodes(paths, terms)));
      }),
      { numRuns: 1000 },
    );
  });

  it('looks at nothing but what was found where it asks for more', () => {
    const paths = hashes(10);
    const read: number[] = [];
    const readName = paths.keepContaining.bind(paths);
    paths.keepContaining = (from, to, wanted, foldCase, flags) => {
      read.push(flags.subarray(0, to - from).reduce((sum, flag) => sum + flag, 0));
      readName(from, to, wanted, foldCase, flags);
    };
    const search = (text: string, before: Matching | null) => {
      const matching = new Matching(paths, queryOf(text).paths, before);
      return { matching, found: matching.found(paths.size).filter((flag) => flag === FOUND).length };
    };
    const all = search('0', null);
    const some = search('0a', all.matching);
    search('0a b', some.matching);
    search('0', some.matching);
    search('-0a', some.matching);
    // Of two terms, the second is asked of what satisfies the first.
    expect(read).toEqual([11, all.found, some.found, some.found, 11, 11]);
  });
});
