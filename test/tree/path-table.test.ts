import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_NODE, PathTable, ROOT } from '../../src/tree/path-table.ts';

/** Numbered so that a missed one shows; far more than the first tables have room for. */
const MANY = Array.from({ length: 30_000 }, (_, index) => `dir${index % 300}/sub${index % 7}/file-${index}`);

describe('a path', () => {
  it('has one node, however often it is named', () => {
    const paths = new PathTable();
    const node = paths.intern('usr/lib/a');
    expect(paths.intern('usr/lib/a')).toBe(node);
    expect(paths.find('usr/lib/a')).toBe(node);
    expect(paths.size).toBe(4);
  });

  it('makes nodes of the directories above it, each before its children', () => {
    const paths = new PathTable();
    const file = paths.intern('usr/lib/a');
    const lib = paths.parent(file);
    const usr = paths.parent(lib);
    expect([paths.path(file), paths.path(lib), paths.path(usr)]).toEqual(['usr/lib/a', 'usr/lib', 'usr']);
    expect(paths.parent(usr)).toBe(ROOT);
    expect(paths.parent(ROOT)).toBe(NO_NODE);
    expect(usr < lib && lib < file).toBe(true);
    expect([ROOT, usr, lib, file].map((node) => paths.depth(node))).toEqual([0, 1, 2, 3]);
  });

  it('is told from one that only looks alike', () => {
    const paths = new PathTable();
    const names = ['a', 'aa', 'a/a', 'a/b', 'b/a', 'ab', 'a\xc3', 'a\xff'];
    expect(new Set(names.map((name) => paths.intern(name))).size).toBe(names.length);
    expect(names.map((name) => paths.path(paths.find(name)))).toEqual(names);
  });

  it('that nobody has named has no node, and looking for it makes none', () => {
    const paths = new PathTable();
    paths.intern('usr/lib');
    const size = paths.size;
    expect(['usr/li', 'usr/lib/a', 'lib', 'x/y/z'].map((path) => paths.find(path))).toEqual(
      Array<number>(4).fill(NO_NODE),
    );
    expect(paths.size).toBe(size);
  });

  it('that is empty is the root', () => {
    const paths = new PathTable();
    expect(paths.intern('')).toBe(ROOT);
    expect(paths.find('')).toBe(ROOT);
    expect(paths.path(ROOT)).toBe('');
    expect(paths.name(ROOT)).toBe('');
  });
});

describe('many paths', () => {
  const paths = new PathTable();
  const nodes = MANY.map((path) => paths.intern(path));

  it('keep their nodes while the tables grow', () => {
    expect(MANY.map((path) => paths.find(path))).toEqual(nodes);
    expect(MANY.map((path) => paths.intern(path))).toEqual(nodes);
    expect(nodes.map((node) => paths.path(node))).toEqual(MANY);
    // The root, 300 directories, 7 below each, and the files.
    expect(paths.size).toBe(1 + 300 + 300 * 7 + MANY.length);
  });

  it('are all found again among their parents’ children', () => {
    let seen = 0;
    for (let node = 0; node < paths.size; node++) {
      for (let child = paths.firstChild(node); child !== NO_NODE; child = paths.nextSibling(child)) {
        expect(paths.parent(child)).toBe(node);
        seen++;
      }
    }
    expect(seen).toBe(paths.size - 1);
  });

  it('with long names keep every byte', () => {
    const long = new PathTable();
    const names = Array.from({ length: 500 }, (_, index) => `${'x'.repeat(250)}${index}`);
    names.forEach((name) => long.intern(name));
    expect(names.map((name) => long.path(long.find(name)))).toEqual(names);
  });
});

describe('names', () => {
  it('sort as people count', () => {
    const paths = new PathTable();
    const nodes = ['f10', 'f2', 'd/f3', 'f1'].map((name) => paths.intern(name));
    const sorted = nodes.sort((a, b) => paths.compareNames(a, b));
    expect(sorted.map((node) => paths.path(node))).toEqual(['f1', 'f2', 'd/f3', 'f10']);
  });
});

describe('whole paths', () => {
  it('sort by their bytes, a slash among them', () => {
    const component = fc.string({
      unit: fc.constantFrom('a', 'b', '-', '.', '0', 'é'),
      minLength: 1,
      maxLength: 3,
    });
    const path = fc.array(component, { maxLength: 4 }).map((components) => components.join('/'));
    fc.assert(
      fc.property(path, path, (a, b) => {
        const paths = new PathTable();
        const order = Math.sign(paths.comparePaths(paths.intern(a), paths.intern(b)));
        expect(order).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the names that contain a text', () => {
  const names = (needle: string, foldCase: boolean): string[] => {
    const paths = new PathTable();
    for (const path of ['usr/Lib', 'usr/lib64', 'LIBS', 'ba/b', 'l\xc3\xa4nge']) paths.intern(path);
    const wanted = Uint8Array.from(needle, (unit) => unit.charCodeAt(0));
    const flags = new Uint8Array(paths.size - 1).fill(1);
    paths.keepContaining(1, paths.size, wanted, foldCase, flags);
    return Array.from(flags.keys(), (index) => index + 1)
      .filter((node) => flags[node - 1] === 1)
      .map((node) => paths.path(node));
  };

  it('are found in either case, or in one', () => {
    expect(names('lib', true)).toEqual(['usr/Lib', 'usr/lib64', 'LIBS']);
    expect(names('lib', false)).toEqual(['usr/lib64']);
    expect(names('Lib', false)).toEqual(['usr/Lib']);
  });

  it('are those alone that were asked about', () => {
    const paths = new PathTable();
    for (const path of ['a', 'ab', 'b', 'ba']) paths.intern(path);
    const flags = Uint8Array.of(0, 1, 1, 1);
    paths.keepContaining(1, paths.size, Uint8Array.of(0x61), true, flags);
    expect(Array.from(flags)).toEqual([0, 1, 0, 1]);
  });

  it('are names: no text is found across two of them', () => {
    expect(names('rL', false)).toEqual([]);
    expect(names('bab', true)).toEqual([]);
    expect(names('6', true)).toEqual(['usr/lib64']);
    expect(names('länge, and more', true)).toEqual([]);
  });

  it('are read byte by byte', () => {
    const paths = new PathTable();
    const node = paths.intern('usr/l\xc3\xa4');
    const read: number[] = [];
    expect(paths.readName(node, 7, (value, byte) => read.push(value, byte))).toBe(6);
    expect(read).toEqual([7, 0x6c, 2, 0xc3, 4, 0xa4]);
  });

  it('may be found by their bytes', () => {
    expect(names('\xc3\xa4', true)).toEqual(['l\xc3\xa4nge']);
  });
});
