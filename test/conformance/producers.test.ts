// The same image, written down by one program and the next, gives the same report to the byte.
import { createReadStream, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { builtReport } from '../harness/built-peel.ts';
import { describeWithDaemon } from '../harness/daemon.ts';
import { asTruth, differences } from '../harness/final-truth.ts';
import { folderTruth } from '../harness/folder-truth.ts';
import { groundTruth, namesLost, runtimeMade } from '../harness/ground-truth.ts';
import { type AbsentTools, provideImageTools } from '../harness/image-tools.ts';
import { type ImageName, testImage } from '../harness/images.ts';
import { type Form, everyForm } from '../harness/producers.ts';
import { writerless } from '../harness/report-facts.ts';
import { run } from '../harness/run.ts';
import { announceSkip } from '../harness/vectors.ts';
import { Workshop } from '../harness/workshop.ts';

const images: readonly { name: ImageName; companion: ImageName; what: string }[] = [
  {
    name: 'varied',
    companion: 'scratch',
    what: 'every kind of change, odd names, a capability, a layer twice',
  },
  { name: 'scratch', companion: 'varied', what: 'an image made of COPY and ADD alone' },
  { name: 'pax', companion: 'scratch', what: 'an imported archive whose tar no writer of images makes' },
];

describeWithDaemon('one image, whoever has written it down', (host) => {
  let absent: AbsentTools;

  beforeAll(async () => {
    // Whatever apt has to do for the images is done when the base stands: it does one thing at a time.
    await testImage('base');
    absent = await provideImageTools();
    for (const [tool, reason] of absent) announceSkip(`images written by ${tool}`, reason);
  });

  const missing = ({ tools }: Pick<Form, 'tools'>): string | undefined =>
    tools.map((tool) => absent.get(tool)).find((reason) => reason !== undefined);

  describe.each(images)('$name: $what', ({ name, companion }) => {
    let workshop: Workshop;
    let fromDaemon: Report;

    beforeAll(async () => {
      workshop = new Workshop(host, await testImage(name), await testImage(companion));
      fromDaemon = await builtReport(['--files', '--verify', workshop.reference], { host });
    });

    afterAll(() => workshop.close());

    it.for(everyForm)('$name', async (form, { skip }) => {
      const reason = missing(form);
      if (reason !== undefined) skip(reason);
      const path = workshop.path('written');
      try {
        await form.write(workshop, path);
        const report = await readBack(form, path);
        expect(writerless(report, form.newConfig)).toEqual(writerless(fromDaemon, form.newConfig));
      } finally {
        rmSync(path, { recursive: true, force: true });
      }
    });

    const readBack = (form: Form, path: string): Promise<Report> => {
      const chosen = form.chosen === undefined ? [] : ['--image', form.chosen(workshop.reference)];
      return form.piped === true
        ? builtReport(['--files', ...chosen, '-'], { host: null, input: createReadStream(path) })
        : builtReport(['--files', '--verify', ...chosen, path], { host: null });
    };

    it('shows the file system that a container made of it has', async () => {
      const { files } = await groundTruth(host, workshop.reference);
      const found = asTruth(fromDaemon.files ?? []);
      const lost = [...namesLost(files.keys()), ...namesLost(found.keys())];
      expect(differences(files, found, new Set([...runtimeMade(files.keys()), ...lost]))).toEqual([]);
    });

    // umoci refuses a global pax header.
    it.skipIf(name === 'pax')('shows the file system that umoci unpacks', async ({ skip }) => {
      const reason = missing({ tools: ['skopeo', 'umoci'] });
      if (reason !== undefined) skip(reason);
      const bundle = workshop.path('bundle');
      await run('umoci', 'unpack', '--image', `${await workshop.layout()}:${workshop.reference}`, bundle);
      const truth = folderTruth(`${bundle}/rootfs`);
      expect(differences(truth.files, asTruth(fromDaemon.files ?? []), new Set())).toEqual([]);
      expect(fromDaemon.totals.liveBytes).toBe(truth.liveBytes);
    });
  });

  it('is still varied: what the writers might get wrong is in it', async () => {
    const {
      files = [],
      layers,
      totals,
    } = await builtReport(['--files', '--verify', await testImage('varied')], { host });
    const diffIds = layers.map(({ diffId }) => diffId);
    expect(diffIds.length - new Set(diffIds).size, 'layers that come twice').toBe(1);
    expect(new Set(files.map(({ type }) => type))).toEqual(
      new Set(['file', 'directory', 'symlink', 'hardlink', 'char', 'block', 'fifo']),
    );
    expect(Math.min(totals.overwrittenBytes, totals.repeatedBytes, totals.deletedBytes)).toBeGreaterThan(0);
    const names = files.map(({ path }) => path);
    for (const name of ['latin\\xe9', 'latin\\xe8', '日本語', 'escape\u001b[31m', 'back\\slash', '.wharf']) {
      expect(names).toContain(`/srv/names/${name}`);
    }
    // The last ADD takes a capability away, and nothing else.
    const capability = layers.find(
      ({ createdBy }) => createdBy?.includes('ADD') && createdBy.includes('capable'),
    );
    expect(capability?.added.files).toBe(2);
    expect(layers.at(-2)?.modified).toEqual({ files: 1, bytes: 3000 });
  });

  it('is read as umoci reads it when umoci has repacked it with another layer', async ({ skip }) => {
    const reason = missing({ tools: ['skopeo', 'umoci'] });
    if (reason !== undefined) skip(reason);
    const workshop = new Workshop(host, await testImage('varied'), await testImage('scratch'));
    try {
      const layout = await workshop.layout();
      const [before, after] = [workshop.path('before'), workshop.path('after')];
      await run('umoci', 'unpack', '--image', `${layout}:${workshop.reference}`, before);
      await run('sh', '-euc', someChanges, 'sh', `${before}/rootfs/srv`);
      await run('umoci', 'repack', '--image', `${layout}:repacked`, before);
      await run('umoci', 'unpack', '--image', `${layout}:repacked`, after);
      const archive = workshop.path('repacked.tar');
      await workshop.skopeo(`oci:${layout}:repacked`, `oci-archive:${archive}`);

      const truth = folderTruth(`${after}/rootfs`);
      const report = await builtReport(['--files', '--verify', archive], { host: null });
      expect(differences(truth.files, asTruth(report.files ?? []), new Set())).toEqual([]);
      expect(report.totals.liveBytes).toBe(truth.liveBytes);
      expect(report.layers.at(-1)).toMatchObject({ createdBy: 'umoci repack' });
    } finally {
      await workshop.close();
    }
  });
});

/**
 * What umoci repacks. It writes the directory that becomes a file together with a whiteout under it, which Docker
 * itself cannot load.
 */
const someChanges = `
  cd "$1"
  rm -r gone names/d0* opaque tree/sub
  rm links/three "names/$(printf 'latin\\350')"
  echo anew > tree/written
  chown 5:6 tree/moded
  chmod 4711 tree/tool
  ln links/four links/five
  echo file > opaque
  mkdir tree/sub
  echo in > tree/sub/in
  mkfifo special/other
  printf x > "names/$(printf 'more\\351')"
`;
