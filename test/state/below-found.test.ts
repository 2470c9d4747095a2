/** What lies below a directory that a filter finds: a part of it, there when the directory is unfolded. */
import { describe, expect, it } from 'vitest';
import { matchNumber } from '../../src/state/finding.ts';
import { filesNode, filesView } from '../../src/state/selectors.ts';
import type { State } from '../../src/state/state.ts';
import { directory, file, hardlink, whiteout } from '../harness/archive.ts';
import { after, cursorPath, opened, rowPaths, typed } from '../harness/explorer.ts';

const LAYERS = [
  [
    directory('usr'),
    directory('usr/lib'),
    directory('usr/lib/gcc'),
    directory('usr/lib/gcc/12'),
    file('usr/lib/gcc/12/cc1', 'x'.repeat(1000)),
    file('usr/lib/gcc/12/doc/cc1', 'x'.repeat(100)),
    file('usr/lib/gcc/12/libgcc.a', 'x'.repeat(10)),
    file('usr/lib/gcc/readme', 'x'),
    file('usr/lib/zlib.so', 'xx'),
    file('usr/other', 'xxx'),
  ],
  [directory('usr/lib/gcc'), file('usr/lib/gcc/readme', 'yy'), whiteout('usr/lib/gcc/12')],
];

const there = after(opened(LAYERS), 'enter');
const kept = (text: string, state = there): State => after(typed(after(state, 'filter'), text), 'enter');

/** Bytes of the row under the cursor. */
function bytes(state: State): number | null {
  const files = filesView(state);
  const node = filesNode(state);
  return files.kind === 'nothing' || node === null ? null : files.view.bytesOf(node);
}

describe('a directory that a text finds', () => {
  const gcc = kept('lib/gcc');
  const FOLDED = ['usr', 'usr/lib', 'usr/lib/gcc'];

  it('is folded at first, and weighs all that it holds', () => {
    expect(rowPaths(gcc)).toEqual(FOLDED);
    expect([cursorPath(gcc), bytes(gcc), matchNumber(gcc)]).toEqual(['usr/lib/gcc', 1111, 1]);
    // So do those that lead there, and nothing beside it counts.
    expect(bytes(after(gcc, 'first'))).toBe(1111);
  });

  it.each(['right', 'toggle-fold', 'enter'] as const)(
    'unfolds with %s, level by level, and folds again',
    (key) => {
      const unfolded = after(gcc, key);
      expect(unfolded.message).toBeNull();
      expect(rowPaths(unfolded)).toEqual([...FOLDED, 'usr/lib/gcc/12', 'usr/lib/gcc/readme']);
      const deeper = after(unfolded, 'down', key);
      expect(rowPaths(deeper).slice(3, 7)).toEqual([
        'usr/lib/gcc/12',
        'usr/lib/gcc/12/cc1',
        'usr/lib/gcc/12/doc',
        'usr/lib/gcc/12/libgcc.a',
      ]);
      expect(rowPaths(after(deeper, 'up', 'left'))).toEqual(FOLDED);
    },
  );

  it('is one match, whatever is seen of it: n and N go by what matches itself', () => {
    const inside = after(gcc, 'right', 'down');
    expect([cursorPath(inside), matchNumber(inside)]).toEqual(['usr/lib/gcc/12', null]);
    expect(after(inside, 'next-match')).toMatchObject({ message: '1 of 1, again from the first.' });
    expect(cursorPath(after(inside, 'previous-match'))).toBe('usr/lib/gcc');
  });

  it('shows all with all unfolded, nothing with all folded', () => {
    expect(rowPaths(after(gcc, 'unfold-all'))).toEqual([
      ...FOLDED,
      'usr/lib/gcc/12',
      'usr/lib/gcc/12/cc1',
      'usr/lib/gcc/12/doc',
      'usr/lib/gcc/12/doc/cc1',
      'usr/lib/gcc/12/libgcc.a',
      'usr/lib/gcc/readme',
    ]);
    expect(rowPaths(after(gcc, 'unfold-all', 'fold-all'))).toEqual(['usr']);
    expect(rowPaths(after(gcc, 'unfold-all', 'fewer-levels'))).toEqual(FOLDED.slice(0, 2));
    expect(rowPaths(after(gcc, 'fewer-levels', 'more-levels'))).toEqual(FOLDED);
  });

  it('is folded again when something else is searched for, and by what was unfolded before the filter', () => {
    expect(rowPaths(kept('lib/gcc', after(after(gcc, 'right'), 'back')))).toEqual(FOLDED);
    expect(rowPaths(kept('lib/gcc', after(there, 'unfold-all')))).toEqual(FOLDED);
  });

  it('is not among all files in one list', () => {
    expect(rowPaths(after(gcc, 'toggle-flat'))).toEqual([]);
  });

  it('counts what the layer removed in it', () => {
    const second = after(gcc, 'next-layer');
    expect([cursorPath(second), bytes(second)]).toEqual(['usr/lib/gcc', 1112]);
    expect(rowPaths(after(second, 'right')).slice(3)).toEqual(['usr/lib/gcc/12', 'usr/lib/gcc/readme']);
  });

  it('weighs a file by its other name, where that alone is left', () => {
    const linked = [[file('a/one', 'xxxx'), directory('b'), hardlink('b/two', 'a/one')], [whiteout('a/one')]];
    const everything = after(opened(linked), 'next-layer', 'toggle-mode', 'enter');
    expect(bytes(kept('b', everything))).toBe(4);
  });
});

describe('a directory with matches below it', () => {
  const FOUND = ['usr', 'usr/lib', 'usr/lib/gcc', 'usr/lib/gcc/12', 'usr/lib/gcc/12/libgcc.a'];

  it('shows these alone, until it is folded and unfolded', () => {
    const gcc = kept('gcc');
    expect(rowPaths(gcc)).toEqual(FOUND);
    expect([cursorPath(gcc), bytes(gcc)]).toEqual(['usr/lib/gcc', 1111]);
    expect(rowPaths(after(gcc, 'toggle-fold', 'toggle-fold'))).toEqual([...FOUND, 'usr/lib/gcc/readme']);
    expect(after(gcc, 'next-match').message).toBe('2 of 2.');
  });
});

describe('what lies below is left out', () => {
  it('by a term that is turned round, with all that is below it', () => {
    const gcc = after(kept('lib/gcc -12'), 'right');
    expect(rowPaths(gcc).slice(3)).toEqual(['usr/lib/gcc/readme']);
    expect(bytes(gcc)).toBe(1);
    expect(rowPaths(after(kept('lib/gcc -doc'), 'unfold-all'))).not.toContain('usr/lib/gcc/12/doc/cc1');
    expect(bytes(kept('lib/gcc -doc'))).toBe(1011);
  });

  it('by what it must be, and by what it must be large', () => {
    expect(rowPaths(after(kept('lib/gcc is:dir'), 'unfold-all'))).toEqual([
      'usr',
      'usr/lib',
      'usr/lib/gcc',
      'usr/lib/gcc/12',
      'usr/lib/gcc/12/doc',
    ]);
    expect(rowPaths(kept('lib/gcc >10'))).toEqual([]);
  });

  it('where nothing but terms turned round and facts are asked for', () => {
    expect(rowPaths(after(kept('-gcc'), 'unfold-all'))).not.toContain('usr/lib/gcc/12/libgcc.a');
    // A name of its own that is not left out is shown wherever it lies.
    expect(rowPaths(kept('-gcc'))).toContain('usr/lib/gcc/12/cc1');
    expect(rowPaths(kept('is:file'))).toEqual(rowPaths(after(kept('is:file'), 'unfold-all')));
  });
});

describe('a glob', () => {
  it('of directories has what is in them too, and one of all that is below leaves nothing folded', () => {
    const globbed = kept('/usr/lib/*');
    expect([cursorPath(globbed), bytes(globbed)]).toEqual(['usr/lib/gcc', 1111]);
    expect(rowPaths(globbed)).toEqual(['usr', 'usr/lib', 'usr/lib/gcc', 'usr/lib/zlib.so']);
    expect(rowPaths(kept('**/lib/gcc/**'))).toHaveLength(9);
  });
});
