/** What follows from the ledger: the sums, the list of waste, and the duplicates beside it. Layers are given base first. */
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { directory, dockerArchive, file, hardlink, symlink, whiteout } from '../harness/archive.ts';
import type { LayerEntry } from '../harness/archive.ts';
import { hiddenCopiesOf } from '../harness/report-facts.ts';
import { reportOfArchive } from '../harness/report.ts';

type Layers = (readonly LayerEntry[])[];

const reportOf = async (...layers: Layers): Promise<Report> =>
  reportOfArchive(await dockerArchive({ layers }, { layout: 'today', layers: 'plain' }), { files: true });

describe('the sums', () => {
  const layers: Layers = [
    [
      file('kept', 'k'.repeat(1000)),
      hardlink('link', 'kept'),
      file('over', 'o'.repeat(200)),
      file('again', 'aaaa'),
    ],
    [file('over', 'O'.repeat(30)), file('again', 'aaaa', { mode: 0o600 }), file('gone', 'g'.repeat(700))],
    [whiteout('gone'), file('empty', ''), symlink('s', 'kept'), directory('d')],
  ];

  it('add up: total = live + overwritten + repeated + deleted', async () => {
    expect((await reportOf(...layers)).totals).toMatchObject({
      layerBytes: 1000 + 200 + 4 + 30 + 4 + 700,
      liveBytes: 1000 + 30 + 4,
      overwrittenBytes: 200,
      repeatedBytes: 4,
      deletedBytes: 700,
    });
  });

  it('give reclaimable = total - live and efficiency = live / total', async () => {
    const { totals } = await reportOf(...layers);
    expect(totals.reclaimableBytes).toBe(904);
    expect(totals.efficiency).toBe(1034 / 1938);
  });

  it('are payload bytes of the tar headers, a hard link 0, never padding', async () => {
    const report = await reportOf(...layers);
    expect(report.layers.map(({ bytes }) => bytes)).toEqual([1204, 734, 0]);
    expect(report.layers.map(({ hiddenBytes }) => hiddenBytes)).toEqual([204, 700, 0]);
  });

  it('count an inode once, whatever number of names shows it', async () => {
    const { totals, files } = await reportOf([file('a', 'old'), hardlink('b', 'a'), hardlink('c', 'b')]);
    expect(totals.liveBytes).toBe(3);
    expect(files?.map(({ path, size }) => [path, size])).toEqual([
      ['/a', 3],
      ['/b', 3],
      ['/c', 3],
    ]);
  });

  it('count a file also where its first name is a link back to it', async () => {
    const { totals, files } = await reportOf([file('a', 'old'), hardlink('b', 'a'), hardlink('a', 'b')]);
    expect(totals).toMatchObject({ liveBytes: 3, files: 1 });
    expect(files?.filter(({ type }) => type === 'file')).toHaveLength(1);
  });

  it.each<[string, Layers]>([
    ['no layer', []],
    ['a layer without an entry', [[]]],
    ['nothing but directories and empty files', [[directory('d'), file('a', '')], [whiteout('a')]]],
  ])('are all 0 for %s, and the efficiency then is 1', async (_, empty) => {
    expect((await reportOf(...empty)).totals).toMatchObject({
      layerBytes: 0,
      liveBytes: 0,
      reclaimableBytes: 0,
      efficiency: 1,
    });
  });
});

describe('the waste list', () => {
  it('has every hidden copy once, the copies of one path together, most bytes first', async () => {
    const { waste } = await reportOf(
      [file('small', '12345'), file('big', 'b'.repeat(9)), file('live', 'l'.repeat(99))],
      [file('small', '12345'), file('big', 'B'.repeat(3))],
      [whiteout('small')],
    );
    expect(waste).toEqual([
      {
        path: '/small',
        bytes: 10,
        copies: [
          { layer: 0, bytes: 5, fate: 'repeated', hiddenBy: 1 },
          { layer: 1, bytes: 5, fate: 'deleted', hiddenBy: 2 },
        ],
      },
      { path: '/big', bytes: 9, copies: [{ layer: 0, bytes: 9, fate: 'overwritten', hiddenBy: 1 }] },
    ]);
  });

  it('has copies without a byte as well', async () => {
    const report = await reportOf([file('a', '')], [file('a', 'x')]);
    expect(hiddenCopiesOf(report)).toEqual([
      { path: '/a', layer: 0, bytes: 0, fate: 'overwritten', hiddenBy: 1 },
    ]);
  });
});

describe('duplicates', () => {
  it('are told apart from waste: equal content, live under several names', async () => {
    const report = await reportOf(
      [file('a', 'same'), file('d/b', 'same')],
      [file('c', 'same'), file('e', 'diff')],
    );
    expect(report.waste).toEqual([]);
    expect(report.totals.reclaimableBytes).toBe(0);
    expect(report.duplicates).toEqual([{ bytes: 4, savable: 8, paths: ['/a', '/c', '/d/b'] }]);
  });

  it('are not hard links of one another, which cost their bytes once', async () => {
    expect((await reportOf([file('a', 'same'), hardlink('b', 'a')])).duplicates).toEqual([]);
  });

  it('do not count copies that are hidden', async () => {
    expect((await reportOf([file('a', 'same'), file('b', 'same')], [whiteout('b')])).duplicates).toEqual([]);
  });
});
