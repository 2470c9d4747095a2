/** The daemon's own files and its export tell the same of an image: whoever may read the files needs no export. */
import { createHash } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { ImageTables, LayerEntries } from '../../src/tree/layer-entries.ts';
import type { ContentRequest, ContentSink, ImageFacts, ImageSource } from '../../src/image/source.ts';
import { Analysis } from '../../src/analysis/analysis.ts';
import { contentRequest } from '../../src/tree/content-request.ts';
import { Daemon } from '../../src/sources/docker/daemon.ts';
import { DockerSource } from '../../src/sources/docker/docker-source.ts';
import { unixEndpoint } from '../../src/sources/docker/hosts.ts';
import { mayReadStore, StoreSource } from '../../src/sources/store/store-source.ts';
import { builtReport } from '../harness/built-peel.ts';
import { describeWithDaemon } from '../harness/daemon.ts';
import { type ImageName, testImage } from '../harness/images.ts';
import { announceSkip } from '../harness/vectors.ts';

const IMAGES: readonly ImageName[] = ['varied', 'debian', 'busybox', 'scratch', 'gnu', 'pax', 'v7'];

describeWithDaemon('a daemon on this machine, its files and its export', (host) => {
  const socket = host.replace(/^unix:\/\//, '');
  let isReadable = false;
  beforeAll(async () => {
    isReadable = await mayReadStore(host.startsWith('unix://') ? socket : null);
    if (!isReadable) announceSkip('the store', 'the daemon is another user’s');
  });

  it.for(IMAGES)('tell the same of the image %s', async (name, { skip }) => {
    if (!isReadable) skip();
    const reference = await testImage(name);
    const [stored, exported] = await Promise.all(
      (['store', 'export'] as const).map((source) =>
        builtReport(['--files', '--source', source, reference], { host }),
      ),
    );
    expect(stored?.image.source).toBe('store');
    expect({ ...stored, image: { ...stored?.image, source: 'docker' } }).toEqual(exported);
  });

  it('have the same content', async ({ skip }) => {
    if (!isReadable) skip();
    const reference = await testImage('varied');
    const daemon = new Daemon(unixEndpoint(socket));
    const exported = new DockerSource(daemon, reference);
    const [byStore, byExport] = await Promise.all([
      digests(new StoreSource(daemon, reference, exported, true)),
      digests(exported),
    ]);
    expect(byStore.size).toBeGreaterThan(10);
    expect(byStore).toEqual(byExport);
  });
});

/** SHA-256 of each stored file of an image, by layer and path. */
async function digests(source: ImageSource): Promise<Map<string, string>> {
  const tables = new ImageTables();
  const analysis = new Analysis(tables);
  const layers: LayerEntries[] = [];
  const facts: ImageFacts[] = [];
  const { signal } = new AbortController();
  await source.index<LayerEntries>(
    {
      newLayer: () => new LayerEntries(tables),
      on: (event) => {
        if (event.type === 'layer') layers[event.index] = event.entries;
        if (event.type === 'image') facts.push(event.image);
      },
    },
    signal,
  );
  for (const layer of layers) analysis.addLayer(layer);
  const requests: ContentRequest[] = [];
  const { entries } = analysis.stack;
  for (let entry = 0; entry < entries.count; entry++) {
    const request = entries.isLink(entry) ? null : contentRequest(analysis.stack, tables, entry);
    if (request !== null) requests.push(request);
  }
  const found = new Map<string, string>();
  await source.content(
    requests,
    ({ layer, path }): ContentSink => {
      const hash = createHash('sha256');
      return {
        write: (piece) => (hash.update(piece), true),
        drained: () => Promise.resolve(),
        end: () => {
          found.set(`${layer} ${path}`, hash.digest('hex'));
          return Promise.resolve();
        },
      };
    },
    signal,
  );
  return found;
}
