/** Podman's own files and its export tell the same of an image, root's and those of a user without root. */
import { createReadStream } from 'node:fs';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Daemon } from '../../src/sources/docker/daemon.ts';
import { DockerSource } from '../../src/sources/docker/docker-source.ts';
import { unixEndpoint } from '../../src/sources/docker/hosts.ts';
import { StoreSource } from '../../src/sources/store/store-source.ts';
import { describeWithDaemon } from '../harness/daemon.ts';
import { clientFor } from '../harness/dockerd.ts';
import { ImageBuilder } from '../harness/image-builder.ts';
import { type ImageName, testImage } from '../harness/images.ts';
import { obstacleToPodman, type PodmanService, startPodman } from '../harness/podman.ts';
import { expectOnlyNewRead } from '../harness/rebuilt.ts';
import { bothWays, contentDigests, NOBODY } from '../harness/store-and-export.ts';
import { announceSkip } from '../harness/vectors.ts';
import { Workshop } from '../harness/workshop.ts';

const IMAGES: readonly ImageName[] = ['varied', 'scratch', 'pax'];

const obstacle = await obstacleToPodman();
if (obstacle !== null) announceSkip('the files of a Podman service', obstacle);

describe.skipIf(obstacle !== null).each(['root', 'rootless'] as const)('Podman for %s', (kind) => {
  let podman: PodmanService;

  beforeAll(async () => {
    podman = await startPodman(kind);
  });

  afterAll(() => podman.stop());

  describeWithDaemon('an image that Docker has saved', (docker) => {
    it.for(IMAGES)('%s: has one report and one content', async (name) => {
      const reference = await testImage(name);
      const workshop = new Workshop(docker, reference, reference);
      try {
        const archive = createReadStream(await workshop.saved());
        expect(await text(await clientFor(podman.host).loadImage(archive))).toContain('Loaded image');
      } finally {
        await workshop.close();
      }
      await expectOneImage(podman, reference);
    });

    it('has them of one that it has built on that', async () => {
      const builder = new ImageBuilder(clientFor(podman.host), 'podman');
      const context = [{ name: 'file', content: 'by Podman' }];
      const base = await testImage('varied');
      const reference = await builder.build(
        'built',
        `FROM localhost/${base}\nCOPY file /file\nENV A=b\n`,
        context,
      );
      await expectOneImage(podman, reference);
    });

    it('has only its new layers read when it is built on again', async () => {
      const builder = new ImageBuilder(clientFor(podman.host), 'again');
      await expectOnlyNewRead(podman.host, builder, `localhost/${await testImage('varied')}`);
    });
  });
});

/** Wants both ways to tell the same, and neither to lean on the other. */
async function expectOneImage({ host, user }: PodmanService, reference: string): Promise<void> {
  const [stored, exported] = await bothWays(['--files', reference], host, { user });
  expect(stored).toEqual(exported);
  const daemon = new Daemon(unixEndpoint(host.slice('unix://'.length)));
  const found = await contentDigests(new StoreSource(daemon, reference, NOBODY, { isForced: true }));
  expect(found.size).toBeGreaterThan(0);
  expect(found).toEqual(await contentDigests(new DockerSource(daemon, reference)));
}
