/** The daemon's own files and its export tell the same of an image: whoever may read the files needs no export. */
import { beforeAll, expect, it } from 'vitest';
import { Daemon } from '../../src/sources/docker/daemon.ts';
import { DockerSource } from '../../src/sources/docker/docker-source.ts';
import { unixEndpoint } from '../../src/sources/docker/hosts.ts';
import { mayReadStore, StoreSource } from '../../src/sources/store/store-source.ts';
import { describeWithDaemon } from '../harness/daemon.ts';
import { type ImageName, testImage } from '../harness/images.ts';
import { bothWays, contentDigests, NOBODY } from '../harness/store-and-export.ts';
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
    const [stored, exported] = await bothWays(['--files', reference], host);
    expect(stored).toEqual(exported);
  });

  it('have the same content', async ({ skip }) => {
    if (!isReadable) skip();
    const reference = await testImage('varied');
    const daemon = new Daemon(unixEndpoint(socket));
    const exported = new DockerSource(daemon, reference);
    const [byStore, byExport] = await Promise.all([
      contentDigests(new StoreSource(daemon, reference, NOBODY, { isForced: true })),
      contentDigests(exported),
    ]);
    expect(byStore.size).toBeGreaterThan(10);
    expect(byStore).toEqual(byExport);
  });
});
