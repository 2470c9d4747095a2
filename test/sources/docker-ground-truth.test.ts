// The final file system that peel reports, against the one that Docker itself makes of the image, path by path.
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { builtReport } from '../harness/built-peel.ts';
import { describeWithDaemon } from '../harness/daemon.ts';
import { clientFor } from '../harness/dockerd.ts';
import { asTruth, differences } from '../harness/final-truth.ts';
import { type GroundTruth, groundTruth } from '../harness/ground-truth.ts';
import { type ImageName, testImage } from '../harness/images.ts';

const images: readonly { name: ImageName; what: string }[] = [
  { name: 'debian', what: 'a Debian with every kind of change in its layers' },
  { name: 'busybox', what: 'a small application on busybox, hundreds of hard links' },
  { name: 'scratch', what: 'an image made of COPY and ADD alone' },
  { name: 'gnu', what: 'an imported archive in the GNU format' },
  {
    name: 'pax',
    what: 'an imported archive in the pax format, with a global header and missing directories',
  },
  { name: 'v7', what: 'an imported archive in the format of 1979' },
];

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** The report without what rightly differs between a daemon and the archive that it saved. */
function sourceless(report: Report): unknown {
  return {
    ...report,
    image: { ...report.image, source: null, reference: null, digest: null },
    layers: report.layers.map((layer) => ({ ...layer, blobBytes: null })),
  };
}

describeWithDaemon('a real image from the Docker daemon', (host) => {
  describe.each(images)('$name: $what', ({ name }) => {
    let reference: string;
    let truth: GroundTruth;
    let report: Report;

    beforeAll(async () => {
      reference = await testImage(name);
      truth = await groundTruth(host, reference);
      report = await builtReport(['--files', '--verify', reference], { host });
    });

    it('shows the file system that a container made of it has', () => {
      expect(truth.files.size).toBeGreaterThan(5);
      expect(differences(truth.files, asTruth(report.files ?? []))).toEqual([]);
    });

    it('lists each path once, in order', () => {
      const paths = (report.files ?? []).map((file) => file.path);
      expect(paths).toEqual(
        [...new Set(paths)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
      );
    });

    it('counts as live the bytes that the container holds, each inode once', () => {
      expect(report.totals.liveBytes).toBe(truth.liveBytes);
    });

    it('has a ledger that adds up', () => {
      const { layerBytes, liveBytes, overwrittenBytes, repeatedBytes, deletedBytes, reclaimableBytes } =
        report.totals;
      const hidden = overwrittenBytes + repeatedBytes + deletedBytes;
      expect(layerBytes).toBe(liveBytes + hidden);
      expect(reclaimableBytes).toBe(hidden);
      expect(sum(report.layers.map((layer) => layer.bytes))).toBe(layerBytes);
      expect(sum(report.layers.map((layer) => layer.hiddenBytes))).toBe(hidden);
      const copies = report.waste.flatMap((file) => file.copies);
      expect(sum(copies.map((copy) => copy.bytes))).toBe(hidden);
      const ofFate = (fate: string): number =>
        sum(copies.filter((copy) => copy.fate === fate).map((copy) => copy.bytes));
      expect(ofFate('overwritten')).toBe(overwrittenBytes);
      expect(ofFate('repeated')).toBe(repeatedBytes);
      expect(ofFate('deleted')).toBe(deletedBytes);
    });

    it('says the same of the archive that `docker save` writes', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'peel-saved-'));
      try {
        const file = join(folder, 'image.tar');
        await pipeline(await clientFor(host).getImage(reference).get(), createWriteStream(file));
        const saved = await builtReport(['--files', '--verify', file], { host: null });
        expect(saved.image.source).toBe('archive');
        expect(sourceless(saved)).toEqual(sourceless(report));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });

    it('says the same when it is asked again', async () => {
      expect(await builtReport(['--files', '--verify', reference], { host })).toEqual(report);
    });
  });
});
