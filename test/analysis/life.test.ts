import { describe, expect, it } from 'vitest';
import { lifeOf } from '../../src/analysis/life.ts';
import { contentRequest } from '../../src/tree/content-request.ts';
import { Kind } from '../../src/tree/layer-entries.ts';
import { directory, file, hardlink, symlink, whiteout } from '../harness/archive.ts';
import { analysisOf, nodeOf } from '../harness/tree.ts';

const analysis = analysisOf(
  [file('a', 'one', { mode: 0o644 }), directory('d'), file('other', 'x')],
  [file('a', 'one', { mode: 0o755 }), directory('d', { mode: 0o700 })],
  [file('other', 'y')],
  [file('a', 'three')],
  [whiteout('a'), directory('d', { mode: 0o700 })],
  [hardlink('a', 'other')],
  [symlink('a', '/etc')],
);

const rows = (path: string) => lifeOf(analysis, nodeOf(analysis, path));

describe('the life of a path', () => {
  it('has a row for each layer that touched it', () => {
    expect(rows('a').map(({ layer, event }) => [layer, event])).toEqual([
      [0, 'added'],
      [1, 'repeated'],
      [3, 'overwritten'],
      [4, 'deleted'],
      [5, 'added'],
      [6, 'overwritten'],
    ]);
    expect(rows('d').map(({ layer, event }) => [layer, event])).toEqual([
      [0, 'added'],
      [1, 'changed'],
      [4, 'unchanged'],
    ]);
  });

  it('says what differs, and how much each layer stores', () => {
    expect(rows('a').map(({ differs }) => differs)).toEqual([
      [],
      ['mode'],
      ['content', 'mode'],
      [],
      [],
      ['type'],
    ]);
    expect(rows('a').map(({ stored }) => stored)).toEqual([3, 3, 5, 0, 0, 0]);
  });

  it('tells the states before and after', () => {
    const [born, again, , deleted, linked, replaced] = rows('a');
    expect(born).toMatchObject({ before: null, after: { kind: Kind.File, mode: 0o644, size: 3 } });
    expect(again).toMatchObject({ before: { mode: 0o644 }, after: { mode: 0o755, size: 3 } });
    expect(deleted).toMatchObject({ before: { size: 5 }, after: null });
    expect(linked).toMatchObject({ before: null, after: { kind: Kind.File, size: 1 } });
    expect(replaced).toMatchObject({ after: { kind: Kind.Symlink, link: '/etc', size: 0 } });
  });

  it('leads to the content of each state that has one', () => {
    const { stack, tables } = analysis;
    const asked = rows('a').map(({ entry }) => contentRequest(stack, tables, entry));
    expect(asked.map((request) => request && [request.layer, request.path])).toEqual([
      [0, 'a'],
      [1, 'a'],
      [3, 'a'],
      null,
      [2, 'other'],
      null,
    ]);
  });

  it('is none of a path that only others lead to', () => {
    expect(lifeOf(analysis, 0)).toEqual([]);
  });
});
