/** The waste ledger's rules, each with the smallest image that shows it. Layers are given base first. */
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { directory, dockerArchive, file, hardlink, opaque, special, symlink } from '../harness/archive.ts';
import { whiteout, type LayerEntry } from '../harness/archive.ts';
import { hiddenCopiesOf } from '../harness/report-facts.ts';
import { reportOfArchive } from '../harness/report.ts';

type Layers = (readonly LayerEntry[])[];

const reportOf = async (...layers: Layers): Promise<Report> =>
  reportOfArchive(await dockerArchive({ layers }, { layout: 'today', layers: 'plain' }), { files: true });

/** The hidden copies, each as one line: `/a of layer 0, 3 bytes: deleted by 1`. */
const hiddenIn = async (...layers: Layers): Promise<string[]> =>
  hiddenCopiesOf(await reportOf(...layers)).map(
    ({ path, layer, bytes, fate, hiddenBy }) =>
      `${path} of layer ${layer}, ${bytes} bytes: ${fate} by ${hiddenBy}`,
  );

describe('a copy is live', () => {
  it('while the name it was stored under shows it', async () => {
    expect(await hiddenIn([file('a', 'old')], [file('b', 'new')])).toEqual([]);
  });

  it('while a hard link shows it, though its own name is gone', async () => {
    expect(await hiddenIn([file('a', 'old'), hardlink('b', 'a')], [whiteout('a')])).toEqual([]);
  });

  it('while a hard link shows it, though its own name shows another', async () => {
    expect(await hiddenIn([file('a', 'old'), hardlink('b', 'a')], [file('a', 'new')])).toEqual([]);
  });

  it('in a directory that a later layer names again with other attributes', async () => {
    const layers = [[directory('d'), file('d/f', 'old')], [directory('d', { mode: 0o700, uid: 7 })]];
    expect(await hiddenIn(...layers)).toEqual([]);
  });

  it('beside a whiteout with nothing below it', async () => {
    expect(await hiddenIn([file('a', 'old')], [whiteout('b'), whiteout('c/d'), opaque('e')])).toEqual([]);
  });

  it('below the bookkeeping names of old storage drivers', async () => {
    const bookkeeping = [file('.wh..wh.aufs', ''), directory('.wh..wh.plnk'), file('d/.wh..wh.orph', '')];
    expect(await hiddenIn([file('d/f', 'old')], bookkeeping)).toEqual([]);
  });

  it('under a name that only looks like a whiteout', async () => {
    expect(
      await hiddenIn([file('a', 'old')], [file('wh.a', 'x'), file('.wha', 'x'), file('.wh', 'x')]),
    ).toEqual([]);
  });
});

describe('a hidden copy is deleted where the name shows nothing', () => {
  it('after a whiteout', async () => {
    expect(await hiddenIn([file('a', 'old')], [whiteout('a')])).toEqual([
      '/a of layer 0, 3 bytes: deleted by 1',
    ]);
  });

  it('after an opaque whiteout of its directory', async () => {
    const layers = [
      [file('d/a', 'old'), file('d/e/b', 'two')],
      [directory('d'), opaque('d')],
    ];
    expect(await hiddenIn(...layers)).toEqual([
      '/d/a of layer 0, 3 bytes: deleted by 1',
      '/d/e/b of layer 0, 3 bytes: deleted by 1',
    ]);
  });

  it('after a whiteout of a directory above it', async () => {
    expect(await hiddenIn([file('d/e/a', 'old')], [whiteout('d')])).toEqual([
      '/d/e/a of layer 0, 3 bytes: deleted by 1',
    ]);
  });

  it('after a file has taken the place of its directory', async () => {
    expect(await hiddenIn([file('d/a', 'old')], [file('d', 'old')])).toEqual([
      '/d/a of layer 0, 3 bytes: deleted by 1',
    ]);
  });

  it('after a symlink has taken the place of its directory, wherever that leads', async () => {
    const layers = [[file('d/a', 'old'), file('e/a', 'old')], [symlink('d', 'e')]];
    expect(await hiddenIn(...layers)).toEqual(['/d/a of layer 0, 3 bytes: deleted by 1']);
  });

  it('and stays deleted where a later layer puts the same file back', async () => {
    expect(await hiddenIn([file('a', 'old')], [whiteout('a')], [file('a', 'old')])).toEqual([
      '/a of layer 0, 3 bytes: deleted by 1',
    ]);
  });
});

describe('a hidden copy is repeated where the name shows a regular file with the same content', () => {
  const repeated = ['/a of layer 0, 3 bytes: repeated by 1'];

  it.each([
    ['chmod', { mode: 0o755 }],
    ['chown', { uid: 1000, gid: 1000 }],
    ['touch', { mtime: 1_700_000_000 }],
    ['a plain second copy', {}],
  ])('after %s', async (_, meta) => {
    expect(await hiddenIn([file('a', 'old')], [file('a', 'old', meta)])).toEqual(repeated);
  });

  it('removed and put back by one layer, in either order of the entries', async () => {
    expect(await hiddenIn([file('a', 'old')], [whiteout('a'), file('a', 'old')])).toEqual(repeated);
    expect(await hiddenIn([file('a', 'old')], [file('a', 'old'), whiteout('a')])).toEqual(repeated);
  });

  it('put back into a directory that the same layer makes opaque', async () => {
    const layers = [[file('d/a', 'old')], [file('d/a', 'old'), opaque('d')]];
    expect(await hiddenIn(...layers)).toEqual(['/d/a of layer 0, 3 bytes: repeated by 1']);
  });

  it('shown by a hard link to another copy of that content', async () => {
    expect(await hiddenIn([file('a', 'old')], [file('b', 'old'), hardlink('a', 'b')])).toEqual(repeated);
  });

  it('file by file where a whole layer comes a second time', async () => {
    const layer = [file('a', 'old'), file('d/b', 'two')];
    expect(await hiddenIn(layer, layer)).toEqual([...repeated, '/d/b of layer 0, 3 bytes: repeated by 1']);
  });
});

describe('a hidden copy is overwritten where the name shows anything else', () => {
  it.each<[string, LayerEntry]>([
    ['other content', file('a', 'longer')],
    ['other content of the same size', file('a', 'new')],
    ['an empty file', file('a', '')],
    ['a directory', directory('a')],
    ['a directory that is only implied by what is in it', file('a/b', 'old')],
    ['a symlink', symlink('a', 'old')],
    ['a named pipe', special('fifo', 'a')],
    ['a device', special('char', 'a')],
  ])('%s', async (_, entry) => {
    expect(await hiddenIn([file('a', 'old')], [entry])).toEqual(['/a of layer 0, 3 bytes: overwritten by 1']);
  });

  it('a hard link to a file with other content', async () => {
    expect(await hiddenIn([file('a', 'old')], [file('b', 'new'), hardlink('a', 'b')])).toEqual([
      '/a of layer 0, 3 bytes: overwritten by 1',
    ]);
  });

  it('also after a whiteout in the same layer', async () => {
    expect(await hiddenIn([file('a', 'old')], [file('a', 'new'), whiteout('a')])).toEqual([
      '/a of layer 0, 3 bytes: overwritten by 1',
    ]);
  });
});

describe('a copy becomes hidden in the layer that takes away its last name', () => {
  it('each copy of a path by the next', async () => {
    expect(await hiddenIn([file('a', '1')], [file('a', '22')], [file('a', '333')])).toEqual([
      '/a of layer 0, 1 bytes: overwritten by 1',
      '/a of layer 1, 2 bytes: overwritten by 2',
    ]);
  });

  it("which is the hard link's, and its fate is read there, under the path it was stored at", async () => {
    const layers = [[file('a', 'old'), hardlink('b', 'a')], [file('a', 'new')], [whiteout('b')]];
    expect(await hiddenIn(...layers)).toEqual(['/a of layer 0, 3 bytes: deleted by 2']);
  });

  it('where a later layer has linked it, not before that link is gone', async () => {
    const layers = [[file('a', 'old')], [hardlink('b', 'a')], [whiteout('a')], [file('b', 'old')]];
    expect(await hiddenIn(...layers)).toEqual(['/a of layer 0, 3 bytes: repeated by 3']);
  });

  it('not before: what an earlier name shows does not count any more', async () => {
    const layers = [[file('a', 'old'), hardlink('b', 'a')], [file('a', 'old')], [file('b', 'new')]];
    expect(await hiddenIn(...layers)).toEqual(['/a of layer 0, 3 bytes: overwritten by 2']);
  });
});

describe('where one layer takes several names at once', () => {
  it('the path that the copy was stored under is read, though it is not the first', async () => {
    const layers = [
      [file('z', 'old'), hardlink('a', 'z')],
      [file('z', 'old'), whiteout('a')],
    ];
    expect(await hiddenIn(...layers)).toEqual(['/z of layer 0, 3 bytes: repeated by 1']);
  });

  it('else the first of them in sort order', async () => {
    const linked = [file('k', 'old'), hardlink('z', 'k'), hardlink('a', 'k'), hardlink('m', 'k')];
    const layers = [linked, [whiteout('k')], [whiteout('z'), file('m', 'new'), file('a', 'old')]];
    expect(await hiddenIn(...layers)).toEqual(['/k of layer 0, 3 bytes: repeated by 2']);
  });

  it('in the order of whole paths: `/d-e` stands before `/d/e`', async () => {
    const linked = [file('k', 'old'), hardlink('d/e', 'k'), hardlink('d-e', 'k')];
    const layers = [linked, [whiteout('k')], [whiteout('d/e'), file('d-e', 'new')]];
    expect(await hiddenIn(...layers)).toEqual(['/k of layer 0, 3 bytes: overwritten by 2']);
  });

  it('in the order of bytes: U+FF5E stands before U+1F600, which UTF-16 has the other way round', async () => {
    const linked = [file('k', 'old'), hardlink('\u{1f600}', 'k'), hardlink('\uff5e', 'k')];
    const layers = [linked, [whiteout('k')], [whiteout('\u{1f600}'), file('\uff5e', 'new')]];
    expect(await hiddenIn(...layers)).toEqual(['/k of layer 0, 3 bytes: overwritten by 2']);
  });
});

describe('a path that comes twice in one layer', () => {
  it('hides its own first copy there: repeated', async () => {
    expect(await hiddenIn([file('a', 'old'), file('a', 'old')])).toEqual([
      '/a of layer 0, 3 bytes: repeated by 0',
    ]);
  });

  it('or overwritten', async () => {
    expect(await hiddenIn([file('a', 'old'), file('a', 'newer')])).toEqual([
      '/a of layer 0, 3 bytes: overwritten by 0',
    ]);
  });

  it('is judged by what stands there in the end, not by the next copy', async () => {
    expect(await hiddenIn([file('a', 'x'), file('a', 'yy'), file('a', 'x')])).toEqual([
      '/a of layer 0, 1 bytes: repeated by 0',
      '/a of layer 0, 2 bytes: overwritten by 0',
    ]);
  });

  it('does not hide a first copy that a hard link between the two has caught', async () => {
    const layer = [file('a', 'old'), hardlink('b', 'a'), file('a', 'new')];
    expect(await hiddenIn(layer)).toEqual([]);
    expect(await hiddenIn(layer, [whiteout('b')])).toEqual(['/a of layer 0, 3 bytes: deleted by 1']);
  });

  it('hides the copy below as well, each with its own fate', async () => {
    expect(await hiddenIn([file('a', 'x')], [file('a', 'yy'), file('a', 'x')])).toEqual([
      '/a of layer 0, 1 bytes: repeated by 1',
      '/a of layer 1, 2 bytes: overwritten by 1',
    ]);
  });

  it('takes away what was stored below it, where it was a directory first', async () => {
    expect(await hiddenIn([directory('d'), file('d/a', 'old'), file('d', 'new')])).toEqual([
      '/d/a of layer 0, 3 bytes: deleted by 0',
    ]);
  });
});

describe('whiteouts hide lower layers only, wherever they stand in the tar', () => {
  it.each<[string, LayerEntry[]]>([
    ['before', [whiteout('d/a'), file('d/a', 'new')]],
    ['after', [file('d/a', 'new'), whiteout('d/a')]],
    ['opaque before', [opaque('d'), file('d/a', 'new')]],
    ['opaque after', [file('d/a', 'new'), opaque('d')]],
    ['of the directory, after', [directory('d'), file('d/a', 'new'), whiteout('d')]],
  ])('%s', async (_, upper) => {
    const report = await reportOf([file('d/a', 'older')], upper);
    expect(report.files?.find(({ path }) => path === '/d/a')).toMatchObject({ size: 3, layer: 1 });
    expect(report.totals).toMatchObject({ liveBytes: 3, overwrittenBytes: 5, reclaimableBytes: 5 });
  });
});

describe("a hard link shows the file that its target's name shows at that moment of the layer", () => {
  it('the copy of this layer where there is one by then', async () => {
    const layers = [[file('a', 'old')], [file('a', 'newer'), hardlink('b', 'a')]];
    expect(await hiddenIn(...layers)).toEqual(['/a of layer 0, 3 bytes: overwritten by 1']);
  });

  it('the copy below where this layer brings its own later', async () => {
    const layers = [[file('a', 'old')], [hardlink('b', 'a'), file('a', 'newer')]];
    expect(await hiddenIn(...layers)).toEqual([]);
  });

  it('through another hard link', async () => {
    const layers = [
      [file('a', 'old'), hardlink('b', 'a'), hardlink('c', 'b')],
      [whiteout('a'), whiteout('b')],
    ];
    expect(await hiddenIn(...layers)).toEqual([]);
  });
});
