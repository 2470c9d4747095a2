import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { sortHidden } from '../harness/oracle.ts';
import { finalFilesOf, hiddenCopiesOf, ledgerOf } from '../harness/report-facts.ts';
import { reportOfArchive, reportOfUnpacked } from '../harness/report.ts';
import {
  announceSkip,
  diveArchive,
  ledgerVectors,
  noFixtures,
  type VectorTruth,
} from '../harness/vectors.ts';

const vectors = ledgerVectors();
const dockerVectors = vectors.filter(({ name }) => name.includes('docker'));
const layoutVectors = vectors.filter(({ name }) => name.includes('oci'));
if (noFixtures !== null) announceSkip('the conformance vectors', noFixtures);

describe.skipIf(noFixtures !== null)('archives of docker save give the ledger of the vectors', () => {
  it.each(dockerVectors)('$name', async ({ archive, truth }) => {
    expectTruth(await reportOfArchive(archive, { files: true }), truth);
  });
});

describe.skipIf(noFixtures !== null)('archives of an OCI layout, which have no manifest.json', () => {
  it.each(layoutVectors)('$name', async ({ archive, truth }) => {
    expectTruth(await reportOfArchive(archive, { files: true }), truth);
  });

  it.each(layoutVectors)('$name, unpacked into a directory', async ({ archive, truth }) => {
    expectTruth(await reportOfUnpacked(archive), truth);
  });

  it.each(['gzip', 'zstd', 'uncompressed', 'estargz'])(
    "dive's own image, %s, unpacked into a directory",
    async (kind) => {
      const archive = diveArchive(`test-oci-${kind}-image.tar`);
      const { image, ...report } = await reportOfUnpacked(archive);
      const { image: ofArchive, ...reportOfIt } = await reportOfArchive(archive, { files: true });
      expect(report).toEqual(reportOfIt);
      expect(image).toEqual({ ...ofArchive, source: 'layout' });
    },
  );

  it.each(['gzip', 'zstd', 'uncompressed', 'estargz'])("dive's own image, %s", async (kind) => {
    const report = await reportOfArchive(diveArchive(`test-oci-${kind}-image.tar`), { files: true });
    expect(report.layers).toHaveLength(1);
    expect(report.files?.find(({ path }) => path === '/README.md')).toMatchObject({
      type: 'file',
      size: 11_189,
    });
    expect(report.totals).toMatchObject({ efficiency: 1, reclaimableBytes: 0 });
    expect(report.dive).toMatchObject({ efficiency: 1, wastedBytes: 0 });
  });
});

describe.skipIf(noFixtures !== null)("the image of dive's own tests", () => {
  const opened = (): Promise<Report> => reportOfArchive(diveArchive('test-docker-image.tar'));

  it('has fourteen layers of the sizes that dive sees', async () => {
    const { layers, totals } = await opened();
    const sizes = [1154361, 6405, 0, ...Array<number>(6).fill(6405), 0, 2187, 6405, 6405, 6405];
    expect(layers.map(({ bytes }) => bytes)).toEqual(sizes);
    expect(totals.layerBytes).toBe(1_220_598);
  });

  it('gives the three figures that dive gives', async () => {
    expect((await opened()).dive).toEqual({
      efficiency: 0.9844212134184309,
      wastedBytes: 32_025,
      userWastedPercent: 0.4834911001404049,
    });
  });

  it('wastes, by the ledger, as many bytes by chance', async () => {
    const { overwrittenBytes, repeatedBytes, deletedBytes } = (await opened()).totals;
    expect(overwrittenBytes + repeatedBytes + deletedBytes).toBe(32_025);
  });
});

function expectTruth(report: Report, truth: VectorTruth): void {
  expect(report.layers.map(({ bytes }) => bytes)).toEqual(truth.layers);
  const { layerBytes, liveBytes, overwrittenBytes, repeatedBytes, deletedBytes } = truth;
  expect(ledgerOf(report)).toEqual({ layerBytes, liveBytes, overwrittenBytes, repeatedBytes, deletedBytes });
  expect(hiddenCopiesOf(report)).toEqual(sortHidden(truth.hidden));
  const files = Object.entries(finalFilesOf(report));
  expect(
    Object.fromEntries(files.map(([path, { type, size, mode }]) => [path, { type, size, mode }])),
  ).toEqual(truth.files);
}
