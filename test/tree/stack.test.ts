/** The layer rules (image-spec, layer.md), each with the smallest stack that shows it. */
import { describe, expect, it, vi } from 'vitest';
import { NOTHING } from '../../src/tree/entries.ts';
import { differenceNames } from '../../src/tree/change.ts';
import { PathTable } from '../../src/tree/path-table.ts';
import { directory, file, hardlink, opaque, special, symlink, whiteout } from '../harness/archive.ts';
import { analysisOf, changeName, type Layers, pathOf } from '../harness/tree.ts';

/** What every path shows once all layers are applied: `a` for an entry, `a=0` with the layer of its bytes. */
function final(...layers: Layers): string[] {
  const analysis = analysisOf(...layers);
  const { entries } = analysis.stack;
  const shown: string[] = [];
  for (let node = 1; node < analysis.tables.paths.size; node++) {
    const entry = analysis.stack.top(node);
    if (entry === NOTHING) continue;
    const inode = entries.inodeOf(entry);
    shown.push(`${pathOf(analysis, node)}${entry < 0 ? '' : `=${entries.layerOf(inode)}`}`);
  }
  return shown.sort();
}

/** What a layer did: `added a`, `metadata a (mode, owner)`. */
function changes(layer: number, ...layers: Layers): string[] {
  const analysis = analysisOf(...layers);
  const { records } = analysis.stack;
  const told: string[] = [];
  for (let record = records.start(layer); record < records.start(layer + 1); record++) {
    const differs = differenceNames(records.differs[record] ?? 0).join(', ');
    const path = pathOf(analysis, records.nodes[record] ?? -1);
    told.push(`${changeName(records.changes[record] ?? -1)} ${path}${differs === '' ? '' : ` (${differs})`}`);
  }
  return told.sort();
}

describe('a whiteout', () => {
  it('hides its name of the layers below', () => {
    expect(final([file('a', '1'), file('b', '2')], [whiteout('a')])).toEqual(['b=0']);
  });

  it('hides a directory with all that is in it', () => {
    expect(final([file('d/e/a', '1'), file('b', '2')], [whiteout('d')])).toEqual(['b=0']);
  });

  it('hides no name of its own layer, wherever it stands in the tar', () => {
    expect(final([file('a', '1')], [file('a', '2'), whiteout('a')])).toEqual(['a=1']);
    expect(final([file('a', '1')], [whiteout('a'), file('a', '2')])).toEqual(['a=1']);
  });

  it('does nothing where there is nothing below', () => {
    expect(final([file('a', '1')], [whiteout('b'), whiteout('c/d')])).toEqual(['a=0']);
    expect(changes(1, [file('a', '1')], [whiteout('b')])).toEqual([]);
    expect(final([whiteout('a')])).toEqual([]);
  });

  it('makes no directory of its own path', () => {
    expect(final([file('a', '1')], [whiteout('d/e/f')])).toEqual(['a=0']);
  });
});

describe('an opaque whiteout', () => {
  it('hides all lower children of its directory, and keeps the directory', () => {
    const below = [directory('d'), file('d/a', '1'), file('d/e/b', '2'), file('c', '3')];
    expect(final(below, [opaque('d')])).toEqual(['c=0', 'd=0']);
  });

  it('hides no child of its own layer, wherever it stands in the tar', () => {
    const below = [file('d/a', '1'), file('d/b', '1')];
    expect(final(below, [file('d/a', '2'), opaque('d')])).toEqual(['d', 'd/a=1']);
    expect(final(below, [opaque('d'), file('d/a', '2')])).toEqual(['d', 'd/a=1']);
  });

  it('of the root hides everything', () => {
    expect(final([file('a', '1'), file('d/b', '2')], [file('.wh..wh..opq', ''), file('c', '3')])).toEqual([
      'c=1',
    ]);
  });

  it('does nothing where there is no such directory', () => {
    expect(final([file('a', '1')], [opaque('e')])).toEqual(['a=0']);
  });
});

describe('bookkeeping', () => {
  it('is shown nowhere and takes nothing away', () => {
    const bookkeeping = [file('.wh..wh.aufs', ''), directory('.wh..wh.plnk'), file('d/.wh..wh.orph', '')];
    expect(final([file('d/a', '1')], bookkeeping)).toEqual(['d', 'd/a=0']);
  });
});

describe('what replaces what', () => {
  it('a directory over a directory changes attributes only', () => {
    const layers = [[directory('d'), file('d/a', '1')], [directory('d', { mode: 0o700 })]];
    expect(final(...layers)).toEqual(['d=1', 'd/a=0'].sort());
    expect(changes(1, ...layers)).toEqual(['metadata d (mode)']);
  });

  it.each([
    ['a file', file('d', 'x')],
    ['a symlink', symlink('d', 'a')],
    ['a fifo', special('fifo', 'd')],
  ])('%s over a directory takes its children away', (_, over) => {
    const layers = [[directory('d'), file('d/e/a', '1')], [over]];
    expect(final(...layers)).toEqual(['d=1']);
    expect(changes(1, ...layers)).toEqual(['content d (type)', 'removed d/e', 'removed d/e/a']);
  });

  it('a directory over a file replaces it', () => {
    expect(final([file('a', '1')], [directory('a')])).toEqual(['a=1']);
    expect(changes(1, [file('a', '1')], [directory('a')])).toEqual(['content a (type)']);
  });

  it('a name below a file makes a directory of the file', () => {
    expect(final([file('a', '1')], [file('a/b', '2')])).toEqual(['a', 'a/b=1']);
  });

  it('the last of a path that comes twice in one layer wins', () => {
    expect(changes(0, [file('a', '1'), file('a', '22')])).toEqual(['added a']);
    expect(analysisOf([file('a', '1'), file('a', '22')]).ledger.live).toBe(2);
  });
});

describe('a hard link', () => {
  it('shows the file that its target shows at that moment', () => {
    const analysis = analysisOf([file('a', '1'), hardlink('b', 'a'), file('a', '22')]);
    expect(analysis.ledger.live).toBe(3);
  });

  it('may lead to a file of a layer below', () => {
    expect(final([file('a', '1')], [hardlink('b', 'a')])).toEqual(['a=0', 'b=0']);
  });

  it('may lead to another hard link', () => {
    expect(
      final([file('a', '1'), hardlink('b', 'a'), hardlink('c', 'b')], [whiteout('a'), whiteout('b')]),
    ).toEqual(['c=0']);
  });

  it('keeps the bytes when the name that they were stored under goes', () => {
    expect(final([file('a', '1'), hardlink('b', 'a')], [whiteout('a')])).toEqual(['b=0']);
  });

  it('to a file that its own layer takes away still leads there', () => {
    const { ledger, stack, tables } = analysisOf([file('a', '12345')], [whiteout('a'), hardlink('b', 'a')]);
    expect(stack.entries.sizeOf(stack.top(tables.paths.find('b')))).toBe(5);
    expect(ledger.live).toBe(5);
  });

  it('to nothing stands for itself, without bytes', () => {
    const { stack, tables } = analysisOf([hardlink('b', 'missing')]);
    const entry = stack.top(tables.paths.find('b'));
    expect(stack.entries.inodeOf(entry)).toBe(entry);
    expect(stack.entries.linkOf(entry)).toBe('missing');
    expect(stack.entries.sizeOf(entry)).toBe(0);
  });

  it('is a further name; the file that it leads to is none', () => {
    const { stack, tables } = analysisOf([file('a', '12'), hardlink('b', 'a')]);
    const [a, b] = ['a', 'b'].map((path) => stack.top(tables.paths.find(path)));
    expect([a, b].map((entry) => stack.entries.isLink(entry ?? NOTHING))).toEqual([false, true]);
    expect([a, b].map((entry) => stack.entries.payloadOf(entry ?? NOTHING))).toEqual([2, 0]);
  });
});

describe('the change of a path', () => {
  it('is an addition where nothing was, its directories too', () => {
    expect(changes(0, [file('d/e/a', '1')])).toEqual(['added d', 'added d/e', 'added d/e/a']);
    expect(changes(1, [file('d/a', '1')], [file('d/b', '1')])).toEqual(['added d/b']);
  });

  it('is a removal for each path that went', () => {
    expect(changes(1, [file('d/a', '1'), file('d/b', '1')], [whiteout('d')])).toEqual([
      'removed d',
      'removed d/a',
      'removed d/b',
    ]);
  });

  it('is one of content where the bytes differ, though their number does not', () => {
    expect(changes(1, [file('a', 'xx')], [file('a', 'xy')])).toEqual(['content a (content)']);
    expect(changes(1, [file('a', 'xx')], [file('a', 'xy', { mode: 0o600 })])).toEqual([
      'content a (content, mode)',
    ]);
  });

  it.each([
    ['mode', { mode: 0o600 }],
    ['owner', { uid: 7 }],
    ['owner', { gid: 7 }],
    ['time', { mtime: 5 }],
    ['mode, owner, time', { mode: 0o600, uid: 1, gid: 1, mtime: 5 }],
  ])('is one of metadata where only %s differs', (what, meta) => {
    expect(changes(1, [file('a', 'x')], [file('a', 'x', meta)])).toEqual([`metadata a (${what})`]);
  });

  it('is one of metadata where a symlink leads elsewhere', () => {
    expect(changes(1, [symlink('l', 'a')], [symlink('l', 'b')])).toEqual(['metadata l (link)']);
  });

  it('is none where a path is stored again as it was', () => {
    expect(changes(1, [file('a', 'x')], [file('a', 'x')])).toEqual(['unchanged a']);
    expect(changes(1, [file('a', 'x')], [whiteout('a'), file('a', 'x')])).toEqual(['unchanged a']);
  });

  it('is no matter of time for a directory that was only taken for granted', () => {
    expect(changes(1, [file('d/a', 'x')], [directory('d')])).toEqual(['unchanged d']);
    expect(changes(1, [file('d/a', 'x')], [directory('d', { uid: 5 })])).toEqual(['metadata d (owner)']);
  });

  it('of a path that comes and goes within one layer is not told', () => {
    expect(changes(0, [file('d/a', 'x'), file('d', 'y')])).toEqual(['added d']);
  });
});

describe('a large directory that is emptied again and again', () => {
  const many = Array.from({ length: 200 }, (_, index) => file(`d/f${index}`, 'x'));

  it('shows what came after it was emptied last', () => {
    const some = [file('d/f7', 'y'), file('d/new', 'z')];
    expect(final(many, [opaque('d')], some)).toEqual(['d', 'd/f7=2', 'd/new=2']);
    expect(final(many, [opaque('d'), ...some], [opaque('d')])).toEqual(['d']);
    expect(final(many, [opaque('d'), ...some], [whiteout('d/new')], [opaque('d'), file('d/f1', '')])).toEqual(
      ['d', 'd/f1=3'],
    );
  });

  it('is emptied by a file in its place, and can be filled again', () => {
    expect(final(many, [file('d', 'x')], many.slice(0, 2), [file('d', 'y')])).toEqual(['d=3']);
    expect(final(many, [file('d', 'x'), file('d/f3', 'y'), file('d', 'z'), file('d/f4', 'y')])).toEqual([
      'd',
      'd/f4=1',
    ]);
  });

  it('loses what is deeper in it each time', () => {
    const deep = [file('d/e/a', 'x'), file('d/e/b', 'y')];
    expect(final([...many, ...deep], [whiteout('d')], deep, [whiteout('d')], [file('d/e/b', 'z')])).toEqual([
      'd',
      'd/e',
      'd/e/b=4',
    ]);
  });

  it('is gone through whole but once', () => {
    const files = Array.from({ length: 1000 }, (_, index) => file(`d/f${index}`, ''));
    const emptied = Array.from({ length: 2000 }, (_, index) => file(index % 2 === 0 ? 'd' : 'd/f0', ''));
    const steps = vi.spyOn(PathTable.prototype, 'nextSibling');
    expect(final(files, emptied)).toEqual(['d', 'd/f0=1']);
    expect(steps.mock.calls.length).toBeLessThan(5000);
    steps.mockRestore();
  });
});
