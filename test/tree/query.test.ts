import { describe, expect, it } from 'vitest';
import { bytesOf, textOf } from '../../src/image/text.ts';
import { PathTable } from '../../src/tree/path-table.ts';
import { isEmpty, parseQuery } from '../../src/tree/query.ts';
import { View } from '../../src/tree/view.ts';
import { directory, file, hardlink, special, symlink, whiteout } from '../harness/archive.ts';
import { matchingNodes, queryOf } from '../harness/query.ts';
import { analysisOf, pathOf } from '../harness/tree.ts';

const LIBS = [
  'usr/lib/libssl.so',
  'usr/lib/libSSL.a',
  'usr/share/a b.txt',
  'usr/share/a*b',
  'opt/-x',
  'opt/q"q',
  'größe/ß',
];

/** Paths that a filter finds by their names. */
function found(filter: string): string[] {
  const paths = new PathTable();
  for (const path of LIBS) paths.intern(bytesOf(path));
  const matches = matchingNodes(paths, queryOf(filter).paths);
  return Array.from(matches.keys())
    .filter((node) => matches[node] === 1)
    .map((node) => textOf(paths.path(node)));
}

describe('the terms of a filter', () => {
  it('are divided by spaces, and all of them must hold', () => {
    expect(found('lib so')).toEqual(['usr/lib/libssl.so']);
    expect(found('  lib   .a ')).toEqual(['usr/lib/libSSL.a']);
  });

  it('may be globs, which a sign in them says, or glob: before them', () => {
    expect(found('*.so')).toEqual(['usr/lib/libssl.so']);
    expect(found('/usr/**/*.txt')).toEqual(['usr/share/a b.txt']);
    expect(found('glob:usr')).toEqual(['usr']);
    expect(found('lib?')).toEqual([]);
    expect(found('[l]ib')).toEqual(['usr/lib']);
  });

  it('may be regular expressions, searched in the whole path', () => {
    expect(found(String.raw`re:^/usr/.*\.so$`)).toEqual(['usr/lib/libssl.so']);
    expect(found('re:^/opt/')).toEqual(['opt/-x', 'opt/q"q']);
    expect(found('re:^/größe/ß$')).toEqual(['größe/ß']);
  });

  it('are smart about capitals, each for itself', () => {
    expect(found('LIBSSL')).toEqual([]);
    expect(found('*ssl*')).toEqual(['usr/lib/libssl.so', 'usr/lib/libSSL.a']);
    expect(found('*SSL*')).toEqual(['usr/lib/libSSL.a']);
    expect(found('re:ssl')).toEqual(['usr/lib/libssl.so', 'usr/lib/libSSL.a']);
    expect(found(String.raw`re:SSL\.\w`)).toEqual(['usr/lib/libSSL.a']);
    expect(found(String.raw`re:ssl\W\w`)).toEqual(['usr/lib/libssl.so', 'usr/lib/libSSL.a']);
  });

  it('are turned round by - or ! before them', () => {
    expect(found('libssl -.so')).toEqual(['usr/lib/libSSL.a']);
    expect(found('libssl !*.a')).toEqual(['usr/lib/libssl.so']);
    expect(found('re:^/usr/. -re:lib -glob:share')).toEqual(['usr/share/a b.txt', 'usr/share/a*b']);
  });

  it('are taken as they are in quotes', () => {
    expect(found('"a b"')).toEqual(['usr/share/a b.txt']);
    expect(found('"a*b"')).toEqual(['usr/share/a*b']);
    expect(found('"-x"')).toEqual(['opt/-x']);
    expect(found('"q""q"')).toEqual(['opt/q"q']);
    expect(found('glob:"a b*"')).toEqual(['usr/share/a b.txt']);
    expect(found('re:"a b"')).toEqual(['usr/share/a b.txt']);
    expect(found('-"a b" share/')).toEqual(['usr/share/a*b']);
    expect(found('"a b')).toEqual(['usr/share/a b.txt']);
  });
});

describe('a filter that is being typed', () => {
  it.each(['', ' ', '-', '!', '"', '-"', 're:', 'glob:', 're:"', 'is:', 'is:ad', '>', '<='])(
    'asks for nothing yet with %j',
    (filter) => {
      expect(isEmpty(queryOf(filter))).toBe(true);
    },
  );

  it('says how a term may go on', () => {
    expect(parseQuery('is:m')).toMatchObject({ hint: 'is: modified metadata' });
    expect(parseQuery('lib >')).toMatchObject({ hint: 'a size: 10M, 1.5k, 2GiB' });
    expect(parseQuery('lib')).toMatchObject({ hint: null });
  });

  it.each([
    ['re:(', 'A ( is not closed.'],
    ['lib re:[a', 'A [ is not closed.'],
    ['[a-z', 'A [ is not closed; \\[ stands for itself.'],
    ['glob:lib[', 'A [ is not closed'],
    ['is:new', 'is: takes added, modified, removed, hidden, file, dir, overwritten, repeated, deleted,'],
    ['is:toString', '; not tostring.'],
    ['>ten', 'Write a size as >10M, <=1.5k or >1GiB, not >ten'],
    ['>1X', 'not >1X'],
    ['x'.repeat(1001), 'at most 1000 characters'],
    ['re:a{9999}', 'The pattern is too long.'],
  ])('says what is wrong with %.20s', (filter, problem) => {
    const parsed = parseQuery(filter);
    expect(parsed.kind === 'problem' ? parsed.problem : '').toContain(problem);
  });
});

const IMAGE = [
  [
    directory('etc'),
    file('etc/passwd', 'x'.repeat(60)),
    file('gone', 'x'),
    file('kept', 'x'),
    file('again', 'x'),
  ],
  [
    file('big', 'x'.repeat(2000)),
    hardlink('other', 'big'),
    symlink('soft', 'big'),
    special('char', 'null'),
    file('etc/passwd', 'y'.repeat(1024)),
    file('kept', 'x', { mode: 0o600 }),
    file('again', 'x'),
    whiteout('gone'),
  ],
  [file('big', 'y')],
];

/** Paths that a filter finds by what they are: in layer 1, or in all that is there up to it. */
function factsFound(
  filter: string,
  mode: 'changes' | 'everything' = 'changes',
  { analysis, layer } = { analysis: analysisOf(...IMAGE), layer: 1 },
): string {
  const { facts } = queryOf(filter);
  const query = { layer, mode, leftOut: new Set<never>(), matches: null, facts };
  const view = new View(analysis.stack, analysis.tables, query);
  const nodes = Array.from({ length: analysis.tables.paths.size }, (_, node) => node);
  const matches = nodes.filter((node) => view.isMatch(node));
  expect(matches).toHaveLength(view.matchCount);
  return matches
    .map((node) => pathOf(analysis, node))
    .sort()
    .join(' ');
}

describe('what a path is', () => {
  it.each([
    ['is:added', 'big null other soft'],
    ['is:ADDED', 'big null other soft'],
    ['is:modified', 'etc/passwd kept'],
    ['is:content', 'etc/passwd'],
    ['is:metadata', 'kept'],
    ['is:removed', 'gone'],
    ['is:unchanged', 'again'],
    ['is:hidden', 'big'],
    ['is:file', 'again big etc/passwd gone kept other'],
    ['is:link', 'other soft'],
    ['is:symlink', 'soft'],
    ['is:hardlink', 'other'],
    ['is:device', 'null'],
    ['is:added is:file', 'big other'],
    ['-is:file', 'null soft'],
  ])('%s finds of a layer’s changes: %s', (filter, paths) => {
    expect(factsFound(filter)).toBe(paths);
  });

  it('is asked of everything up to a layer as well', () => {
    expect(factsFound('is:dir', 'everything')).toBe('etc');
    expect(factsFound('is:unchanged', 'everything')).toBe('again etc');
    expect(factsFound('is:removed', 'everything')).toBe('');
    expect(factsFound('is:hidden', 'everything')).toBe('big');
  });

  it.each(['changes', 'everything'] as const)('is what a later layer makes of it, in %s', (mode) => {
    const fates = analysisOf(
      [
        file('log', 'a'),
        file('mode', 'b', { mode: 0o644 }),
        file('same', 'c'),
        file('gone', 'd'),
        file('kept', 'e'),
      ],
      [file('log', 'new'), file('mode', 'b', { mode: 0o600 }), file('same', 'c'), whiteout('gone')],
    );
    const of = (filter: string, layer: number) => factsFound(filter, mode, { analysis: fates, layer });
    expect(of('is:overwritten', 0)).toBe('log');
    expect(of('is:repeated', 0)).toBe('mode same');
    expect(of('is:deleted', 0)).toBe('gone');
    expect(of('-is:hidden', 0)).toBe('kept');
    expect(of('is:hidden -is:deleted', 0)).toBe('log mode same');
    for (const word of ['overwritten', 'repeated', 'deleted']) expect(of(`is:${word}`, 1)).toBe('');
  });

  it.each([
    ['>1k', 'big etc/passwd other'],
    ['>1KiB', 'big other'],
    ['>=1KiB', 'big etc/passwd other'],
    ['>=1.024kB', 'big etc/passwd other'],
    ['<1024', 'again gone kept'],
    ['<=1024b', 'again etc/passwd gone kept'],
    ['=2k', 'big other'],
    ['>1k <2k', 'etc/passwd'],
    ['->1k', 'again gone kept null soft'],
    ['>1T', ''],
    ['<1Gi >0.001M', 'big etc/passwd other'],
  ])('%s finds files of that size: %s', (filter, paths) => {
    expect(factsFound(filter)).toBe(paths);
  });
});
