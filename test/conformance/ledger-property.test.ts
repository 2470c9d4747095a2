import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { dockerArchive, type ArchiveOptions, type ImageDescription } from '../harness/archive.ts';
import { byCodePoint, copiesIn, judge, sizeOf } from '../harness/oracle.ts';
import type { Change, Copy, Node } from '../harness/oracle.ts';
import { randomImage } from '../harness/random-image.ts';
import { finalFilesOf, hiddenCopiesOf, ledgerOf, type FinalFile } from '../harness/report-facts.ts';
import { reportOfArchive } from '../harness/report.ts';

// Both can be set from outside: more runs to search longer, another seed to search elsewhere.
const numRuns = Number(process.env['PEEL_PROPERTY_RUNS'] ?? 1000);
const seed = Number(process.env['PEEL_PROPERTY_SEED'] ?? 20_261_121);

describe('the report of a random image', () => {
  it('says what the naive oracle says, however the archive is laid out', { timeout: 3_600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(randomImage, fc.constantFrom('plain', 'gzip'), async (image, layers) => {
        const today = await reportOf(image, { layout: 'today', layers });
        checkLedger(image, today);
        checkWasteList(today);
        checkLayers(image, today);
        checkChanges(image, today);
        checkFinalTree(image, today);
        checkHardLinks(image, today);
        checkDuplicates(image, today);
        const yesterday = await reportOf(image, { layout: 'yesterday', layers });
        expect(withoutWrapping(yesterday)).toEqual(withoutWrapping(today));
      }),
      { numRuns, seed },
    );
  });
});

const reportOf = async (image: ImageDescription, options: ArchiveOptions): Promise<Report> =>
  reportOfArchive(await dockerArchive(image, options), { files: true });

function checkLedger(image: ImageDescription, report: Report): void {
  const verdict = judge(image.layers);
  expect(ledgerOf(report)).toEqual(verdict.totals);
  expect(hiddenCopiesOf(report)).toEqual(verdict.hidden);
  const { layerBytes, liveBytes, overwrittenBytes, repeatedBytes, deletedBytes } = report.totals;
  expect(liveBytes + overwrittenBytes + repeatedBytes + deletedBytes).toBe(layerBytes);
  expect(report.totals.reclaimableBytes).toBe(layerBytes - liveBytes);
  expect(report.totals.efficiency).toBe(layerBytes === 0 ? 1 : liveBytes / layerBytes);
}

function checkWasteList({ waste }: Report): void {
  for (const { bytes, copies } of waste) {
    expect(copies.length).toBeGreaterThan(0);
    expect(bytes).toBe(copies.reduce((sum, copy) => sum + copy.bytes, 0));
  }
  expect(waste.map(({ bytes }) => bytes)).toEqual(waste.map(({ bytes }) => bytes).sort((a, b) => b - a));
  expect(new Set(waste.map(({ path }) => path)).size).toBe(waste.length);
}

function checkLayers(image: ImageDescription, report: Report): void {
  const verdict = judge(image.layers);
  expect(report.layers.map(({ index }) => index)).toEqual(image.layers.map((_, index) => index));
  expect(report.layers.map(({ bytes }) => bytes)).toEqual(verdict.layers);
  const hiddenIn = image.layers.map((_, index) =>
    verdict.hidden.filter(({ layer }) => layer === index).reduce((sum, { bytes }) => sum + bytes, 0),
  );
  expect(report.layers.map(({ hiddenBytes }) => hiddenBytes)).toEqual(hiddenIn);
  const instructions = image.layers.flatMap((_, index) => [
    ...Array.from({ length: image.emptyInstructionsBefore?.[index] ?? 0 }, () => null),
    index,
  ]);
  expect(report.instructions.map(({ layer }) => layer)).toEqual(instructions);
}

/** The counts are of paths that are no directories; a copy's bytes count at the path that it is stored under. */
function checkChanges(image: ImageDescription, report: Report): void {
  const count = (changes: ReadonlyMap<string, Change>, kinds: readonly Change['kind'][]) => {
    const counted = [...changes].filter(
      ([, { kind, shows }]) => kinds.includes(kind) && shows.type !== 'directory',
    );
    const stored = counted.flatMap(([path, { shows }]) => (shows.copy?.path === path ? [shows.copy] : []));
    return { files: counted.length, bytes: stored.reduce((sum, { content }) => sum + sizeOf(content), 0) };
  };
  const expected = judge(image.layers).changes.map((changes) => ({
    added: count(changes, ['added']),
    modified: count(changes, ['content', 'metadata']),
    removed: count(changes, ['removed']),
  }));
  expect(report.layers.map(({ added, modified, removed }) => ({ added, modified, removed }))).toEqual(
    expected,
  );
}

function checkFinalTree(image: ImageDescription, report: Report): void {
  const { final } = judge(image.layers);
  expect(finalFilesOf(report)).toEqual(Object.fromEntries([...final].map(([p, node]) => [p, asFinal(node)])));
  const paths = report.files?.map(({ path }) => path) ?? [];
  expect(paths).toEqual(paths.toSorted(byCodePoint));
  expect(new Set(paths).size).toBe(paths.length);
}

/** Of the names of one file, one is the `file` and every other a `hardlink` that says which. */
function checkHardLinks(image: ImageDescription, report: Report): void {
  const { final } = judge(image.layers);
  expect(report.totals.files).toBe(copiesIn(final).size);
  const listed = new Map(report.files?.map(({ path, type, link }) => [path, { type, link }]));
  for (const names of namesOfCopies(final).values()) {
    const [file, ...others] = names.filter((path) => listed.get(path)?.type === 'file');
    expect(others).toEqual([]);
    for (const path of names.filter((name) => name !== file)) {
      expect(listed.get(path)).toEqual({ type: 'hardlink', link: file });
    }
  }
}

/** Equal content that is live under several names, hard links of one another counted once. */
function checkDuplicates(image: ImageDescription, report: Report): void {
  const live = [...copiesIn(judge(image.layers).final)].filter(({ content }) => content !== '');
  const expected = [...Map.groupBy(live, ({ content }) => content)].flatMap(([content, copies]) =>
    copies.length > 1 ? [{ bytes: sizeOf(content), savable: sizeOf(content) * (copies.length - 1) }] : [],
  );
  const order = (list: { bytes: number; savable: number }[]) =>
    list
      .map(({ bytes, savable }) => ({ bytes, savable }))
      .sort((a, b) => a.bytes - b.bytes || a.savable - b.savable);
  expect(order([...report.duplicates])).toEqual(order(expected));
}

function namesOfCopies(state: ReadonlyMap<string, Node>): Map<Copy, string[]> {
  const names = new Map<Copy, string[]>();
  for (const [path, { copy }] of state)
    if (copy !== null) names.set(copy, [...(names.get(copy) ?? []), path]);
  return names;
}

const asFinal = ({ type, copy, mode, uid, gid, link }: Node): FinalFile => ({
  type,
  size: copy === null ? 0 : sizeOf(copy.content),
  mode,
  uid,
  gid,
  link,
});

/** The report without what depends on how the image is wrapped up, not on what it holds. */
const withoutWrapping = (report: Report): unknown => ({
  ...report,
  image: { ...report.image, id: null, digest: null },
  layers: report.layers.map((layer) => ({ ...layer, digest: null, blobBytes: null })),
});
