// Docker 28 with either store: what it holds, exports and builds is read as everything else is.
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Daemon } from '../../src/sources/docker/daemon.ts';
import { DockerSource } from '../../src/sources/docker/docker-source.ts';
import { unixEndpoint } from '../../src/sources/docker/hosts.ts';
import { StoreSource } from '../../src/sources/store/store-source.ts';
import { builtReport, runPeel } from '../harness/built-peel.ts';
import { describeWithDaemon } from '../harness/daemon.ts';
import { clientFor } from '../harness/dockerd.ts';
import { asTruth, differences } from '../harness/final-truth.ts';
import { groundTruth, namesLost, runtimeMade } from '../harness/ground-truth.ts';
import { contextOf, ImageBuilder } from '../harness/image-builder.ts';
import { type Images, imagesBy } from '../harness/image-recipes.ts';
import { BuildKitBuilder } from '../harness/buildkit.ts';
import { type ImageName, testImage } from '../harness/images.ts';
import { type ModernDaemon, startModernDaemon, type Store } from '../harness/modern-dockerd.ts';
import { writerless } from '../harness/report-facts.ts';
import { announceSkip } from '../harness/vectors.ts';
import { expectOnlyNewRead } from '../harness/rebuilt.ts';
import { bothWays, contentDigests, NOBODY } from '../harness/store-and-export.ts';
import { Workshop } from '../harness/workshop.ts';

const isAsked = process.env['PEEL_MODERN_DOCKER'] === '1';
if (!isAsked) announceSkip('the daemon of Docker 28', 'PEEL_MODERN_DOCKER=1 asks for it (root, 450 MB)');

const stores: readonly Store[] = ['graph drivers', 'containerd'];
const images: readonly ImageName[] = ['varied', 'busybox', 'scratch', 'pax'];

describe.skipIf(!isAsked).each(stores)('Docker 28 with its images in %s', (store) => {
  let modern: ModernDaemon;
  let host: string;

  beforeAll(async () => {
    modern = await startModernDaemon(store);
    host = modern.host;
  });

  afterAll(() => modern.stop());

  it('is the daemon that was asked for', async () => {
    const { ServerVersion, Driver } = (await clientFor(host).info()) as Record<string, string>;
    expect(Number.parseInt(ServerVersion ?? '')).toBeGreaterThanOrEqual(28);
    expect(Driver).toBe(store === 'containerd' ? 'overlayfs' : 'overlay2');
  });

  const load = async (archive: string): Promise<void> => {
    const said = await text(await clientFor(host).loadImage(createReadStream(archive)));
    expect(said).toContain('Loaded image');
  };

  describeWithDaemon('an image that another daemon has saved', (other) => {
    describe.each(images)('%s', (name) => {
      let workshop: Workshop;
      let expected: unknown;

      beforeAll(async () => {
        const reference = await testImage(name);
        workshop = new Workshop(other, reference, reference);
        expected = writerless(await builtReport(['--files', '--verify', reference], { host: other }));
        await load(await workshop.saved());
      });

      afterAll(() => workshop.close());

      it('has the same report', async () => {
        const report = await builtReport(['--files', '--verify', workshop.reference], { host });
        expect(writerless(report)).toEqual(expected);
      });

      it('has it by its ID and by the first digits of that', async () => {
        const { Id } = await clientFor(host).getImage(workshop.reference).inspect();
        for (const id of [Id, Id.slice('sha256:'.length, 19)]) {
          expect(writerless(await builtReport(['--files', '--verify', id], { host }))).toEqual(expected);
        }
      });

      it('has it from the daemon’s own files, byte for byte what its export has', async () => {
        const [stored, exported] = await bothWays(['--files', workshop.reference], host);
        expect(stored).toEqual(exported);
      });

      it('has it from an archive, and through a pipe', async () => {
        const archive = workshop.path('saved-again.tar');
        await pipeline(await clientFor(host).getImage(workshop.reference).get(), createWriteStream(archive));
        expect(writerless(await builtReport(['--files', '--verify', archive], { host: null }))).toEqual(
          expected,
        );
        const input = createReadStream(archive);
        expect(writerless(await builtReport(['--files', '-'], { host: null, input }))).toEqual(expected);
      });
    });
  });

  const builders = {
    'the classic builder': () => new ImageBuilder(clientFor(host), 'classic'),
    BuildKit: () => new BuildKitBuilder(modern, 'buildkit'),
  };

  describe.each(Object.entries(builders))('images that %s makes there', (_, newBuilder) => {
    let image: Images;

    beforeAll(() => {
      image = imagesBy(newBuilder());
    });

    it.each<ImageName>(['varied', 'busybox'])(
      '%s: shows the file system that a container made of it has',
      async (name) => {
        const reference = await image(name);
        const { files = [] } = await builtReport(['--files', '--verify', reference], { host });
        const truth = (await groundTruth(host, reference)).files;
        const found = asTruth(files);
        expect(truth.size).toBeGreaterThan(5);
        const lost = [...namesLost(truth.keys()), ...namesLost(found.keys())];
        expect(differences(truth, found, new Set([...runtimeMade(truth.keys()), ...lost]))).toEqual([]);
      },
    );

    it('varied: has the same report, and the same content, from the daemon’s own files as from its export', async () => {
      const reference = await image('varied');
      const [stored, exported] = await bothWays(['--files', reference], host);
      expect(stored).toEqual(exported);
      const daemon = new Daemon(unixEndpoint(host.slice('unix://'.length)));
      const byExport = new DockerSource(daemon, reference);
      const found = await contentDigests(new StoreSource(daemon, reference, NOBODY, { isForced: true }));
      expect(found.size).toBeGreaterThan(10);
      expect(found).toEqual(await contentDigests(byExport));
    });

    it('varied: has only new layers read when it is built on again', async () => {
      await expectOnlyNewRead(host, newBuilder(), await image('varied'));
    });

    it('varied: has one layer twice', async () => {
      const { layers } = await builtReport([await image('varied')], { host });
      expect(layers.length - new Set(layers.map(({ diffId }) => diffId)).size).toBe(1);
    });
  });

  // Graph drivers hold one platform for each name.
  describe.skipIf(!isAsked || store !== 'containerd')('an image for several platforms', () => {
    const reference = 'peel-test/platforms:1';
    const named = async (...more: readonly string[]) => {
      const [stored, exported] = await bothWays(['--files', ...more, reference], host);
      expect(stored).toEqual(exported);
      return builtReport(['--files', ...more, reference], { host });
    };

    beforeAll(async () => {
      const flags = ['--network', 'none', '--platform', 'linux/amd64,linux/arm64', '--tag', reference];
      const dockerfile = 'FROM scratch\nARG TARGETARCH\nCOPY for-$TARGETARCH /\n';
      const context = ['amd64', 'arm64'].map((name) => ({ name: `for-${name}/${name}`, content: name }));
      await modern.docker(['buildx', 'build', ...flags, '-'], contextOf(dockerfile, context));
    });

    it.each(['amd64', 'arm64'])('has the files of linux/%s for that platform', async (name) => {
      const { image, files = [] } = await named('--platform', `linux/${name}`);
      expect(image).toMatchObject({ reference, platform: `linux/${name}` });
      expect(files.filter(({ type }) => type === 'file').map(({ path }) => path)).toEqual([`/${name}`]);
    });

    it('is the daemon’s own without one', async () => {
      const { Os, Arch } = (await clientFor(host).version()) as unknown as Record<string, string>;
      expect((await named()).image.platform).toBe(`${Os}/${Arch}`);
    });

    it('has the digests that its archive has', async () => {
      const archive = join(modern.folder, 'platforms.tar');
      await pipeline(await clientFor(host).getImage(reference).get(), createWriteStream(archive));
      for (const platform of ['linux/amd64', 'linux/arm64']) {
        const { image } = await builtReport(['--platform', platform, archive], { host: null });
        expect((await named('--platform', platform)).image).toEqual({ ...image, source: 'store' });
      }
    });

    it('says which platforms it has where it has not the wanted one', async () => {
      const { status, stderr } = await runPeel(['--platform', 'linux/s390x', reference], { host });
      expect(status).toBe(2);
      expect(stderr).toMatch(
        /for linux\/amd64, linux\/arm64, not for linux\/s390x\. Fetch it first: docker pull /,
      );
    });
  });

  // Only with containerd's store can the engine's BuildKit write archives.
  describe.skipIf(!isAsked || store !== 'containerd')('an image that BuildKit writes to an archive', () => {
    let builder: BuildKitBuilder;
    let reference: string;
    let expected: unknown;

    beforeAll(async () => {
      builder = new BuildKitBuilder(modern, 'archives');
      reference = await imagesBy(builder)('varied');
      expected = writerless(await builtReport(['--files', '--verify', reference], { host }));
    });

    it('is told of by the store’s own files as by its export, digests held against its blobs', async () => {
      const [stored, exported] = await bothWays(['--files', '--verify', reference], host);
      expect(stored).toEqual(exported);
      expect(stored.layers.map(({ mismatches }) => mismatches)).toEqual(stored.layers.map(() => []));
    });

    it('has an attestation beside it in the store', async () => {
      const inspected = await clientFor(host).getImage(reference).inspect();
      expect(inspected).toMatchObject({
        Descriptor: { mediaType: 'application/vnd.oci.image.index.v1+json' },
      });
    });

    it.each([
      'type=docker',
      'type=oci',
      'type=oci,compression=zstd,force-compression=true',
      'type=oci,compression=uncompressed,force-compression=true',
    ])('%s', async (output) => {
      const archive = await builder.export('varied', output);
      expect(writerless(await builtReport(['--files', '--verify', archive], { host: null }))).toEqual(
        expected,
      );
    });
  });
});
