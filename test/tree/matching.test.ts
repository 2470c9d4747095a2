import { describe, expect, it } from 'vitest';
import { bytesOf, textOf } from '../../src/image/text.ts';
import { matchingNodes } from '../../src/tree/matching.ts';
import { PathTable } from '../../src/tree/path-table.ts';
import { queryOf } from '../harness/query.ts';

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
