/** Archives and layouts that hold several images: other names, other platforms, and what is no image at all. */
import { describe, expect, it } from 'vitest';
import { SeveralImages } from '../../src/image/choice.ts';
import { parsePlatform } from '../../src/image/platform.ts';
import { MACHINE_PLATFORM } from '../../src/sources/machine-platform.ts';
import {
  type Descriptor,
  forPlatform,
  indexBlob,
  indexOf,
  laidOut,
  type LaidOut,
  loadLayout,
  tagged,
  written,
} from '../harness/layouts.ts';
import { rawTar, type RawMember } from '../harness/raw-tar.ts';
import { BASE, blob, load, member, savedAs, sourceOf, TOP } from '../harness/saved.ts';

interface Wished {
  readonly image?: string;
  readonly platform?: string;
}

/** Opens the members as an archive and as a layout: both must take the same image, or fail in the same way. */
async function opened(members: readonly RawMember[], { image, platform }: Wished = {}) {
  const wish = { name: image ?? null, platform: platform === undefined ? null : parsePlatform(platform) };
  const facts = await Promise.all([
    load(sourceOf(rawTar(...members), { image: wish.name, platform: wish.platform })),
    loadLayout(written(members), wish),
  ]);
  const [ofArchive, ofLayout] = facts.map(({ image: { source: _, ...told } }) => told);
  expect(ofLayout).toEqual(ofArchive);
  return ofArchive;
}

async function failure(members: readonly RawMember[], wished: Wished = {}): Promise<string> {
  const { image = null, platform } = wished;
  const wish = { name: image, platform: platform === undefined ? null : parsePlatform(platform) };
  const source = sourceOf(rawTar(...members), { image, platform: wish.platform });
  const messages = await Promise.all(
    [load(source), loadLayout(written(members), wish)].map((loading) =>
      loading.then(
        () => 'no failure',
        (error: unknown) => (error as Error).message.replace(/^[^:]*: /, ''),
      ),
    ),
  );
  const [ofArchive = '', ofLayout = ''] = messages;
  expect(ofLayout.replaceAll('layout', 'archive')).toBe(ofArchive);
  return ofArchive;
}

const forArchitecture = (architecture: string, variant?: string): LaidOut =>
  laidOut([BASE], { config: { architecture, ...(variant ? { variant } : {}) } });

/** Architectures that this machine does not have. */
const [OTHER = '', THIRD = ''] = ['s390x', 'ppc64le', 'riscv64'].filter(
  (each) => each !== MACHINE_PLATFORM.architecture,
);
const own = laidOut([BASE, TOP], { config: { architecture: MACHINE_PLATFORM.architecture } });
const other = forArchitecture(OTHER);
const third = forArchitecture(THIRD);
const NAME = { 'org.opencontainers.image.ref.name': 'shop:1' };

/** One name, an image for each platform. */
function multi(...images: readonly (readonly [LaidOut, string])[]): RawMember[] {
  const index = indexBlob(...images.map(([image, platform]) => forPlatform(image, platform)));
  return [
    ...images.flatMap(([{ members }]) => members),
    index.member,
    ...indexOf({ ...index.descriptor, annotations: NAME }),
  ];
}

const ownPlatform = `linux/${MACHINE_PLATFORM.architecture}`;
const onThree = multi([other, `linux/${OTHER}`], [own, ownPlatform], [third, `linux/${THIRD}`]);
const onOthers = multi([other, `linux/${OTHER}`], [third, `linux/${THIRD}`]);

describe('an image for several platforms', () => {
  it('is opened for the platform of this machine', async () => {
    expect(await opened(onThree)).toMatchObject({
      reference: 'shop:1',
      id: own.config.descriptor.digest,
      digest: own.manifest.descriptor.digest,
    });
  });

  it('is opened for the platform that is asked for', async () => {
    const facts = await opened(onThree, { platform: `linux/${THIRD}` });
    expect(facts).toMatchObject({ id: third.config.descriptor.digest, platform: `linux/${THIRD}` });
  });

  it('is a choice where this machine has none of them', async () => {
    expect(await failure(onOthers)).toBe(
      `The archive holds 2 images; choose one with --platform: linux/${OTHER}, linux/${THIRD}.`,
    );
  });

  it('is not there for a platform that is not listed', async () => {
    expect(await failure(onOthers, { platform: 'windows/amd64' })).toBe(
      `The archive holds no image for windows/amd64, but for: linux/${OTHER}, linux/${THIRD}.`,
    );
  });

  it('may have its platforms in index.json itself', async () => {
    const members = [
      ...own.members,
      ...other.members,
      ...indexOf(forPlatform(other, `linux/${OTHER}`), forPlatform(own, ownPlatform)),
    ];
    expect(await opened(members)).toMatchObject({ id: own.config.descriptor.digest });
  });

  it('need not say so in its index: the config tells', async () => {
    const members = [...own.members, ...other.members, ...indexOf(tagged(other, 'a'), tagged(own, 'a'))];
    expect(await opened(members)).toMatchObject({ id: own.config.descriptor.digest });
  });
});

describe('content of other platforms that has not been saved', () => {
  const lonely = multi([other, `linux/${OTHER}`]);
  const absent = { digest: `sha256:${'0'.repeat(64)}`, platform: { os: 'linux', architecture: 'arm64' } };
  const index = indexBlob(forPlatform(third, `linux/${THIRD}`), absent);
  const listed = [...third.members, index.member, ...indexOf({ ...index.descriptor, annotations: NAME })];

  it('leaves one real image, which is opened', async () => {
    expect(await opened(listed)).toMatchObject({ id: third.config.descriptor.digest });
    expect(await opened(lonely)).toMatchObject({ id: other.config.descriptor.digest });
  });

  it('is said to be missing when it is asked for, with what fetches it', async () => {
    expect(await failure(listed, { platform: 'linux/arm64' })).toBe(
      'linux/arm64 is listed, but its content is not in this archive; ' +
        'docker pull --platform linux/arm64 shop:1 fetches it.',
    );
  });

  it('may be missing in part: manifests without layers are passed over', async () => {
    const [layer] = other.layers;
    const members = onOthers.filter(({ name }) => name !== layer?.name);
    // Both images share that layer; with a layer of its own the other one stays whole.
    expect(members).toHaveLength(onOthers.length - 2);
    const whole = laidOut([TOP], { config: { architecture: THIRD } });
    const mixed = multi([other, `linux/${OTHER}`], [whole, `linux/${THIRD}`]);
    const parts = mixed.filter(({ name }) => name !== layer?.name);
    expect(await opened(parts)).toMatchObject({ id: whole.config.descriptor.digest });
  });
});

describe('what is listed, and is no image', () => {
  it('an attestation, by its annotation or by its platform', async () => {
    const attestation = laidOut([TOP], { config: { architecture: 'unknown', os: 'unknown' } });
    for (const mark of [
      { annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } },
      { platform: { os: 'unknown', architecture: 'unknown' } },
    ]) {
      const descriptor: Descriptor = { ...attestation.manifest.descriptor, ...mark };
      const members = [...attestation.members, ...other.members, ...indexOf(descriptor, tagged(other, 'a'))];
      expect(await opened(members)).toMatchObject({ reference: 'a', id: other.config.descriptor.digest });
    }
  });

  it('a signature or a chart: its config tells of no file system', async () => {
    const config = blob('{}');
    const chart = blob(JSON.stringify({ config: config.descriptor, layers: [] }));
    const members = [config.member, chart.member, ...other.members];
    expect(await opened([...members, ...indexOf(chart.descriptor, tagged(other, 'a'))])).toMatchObject({
      reference: 'a',
    });
    expect(await failure([...members, ...indexOf(chart.descriptor)])).toBe(
      'The image config has no rootfs: this is no container image.',
    );
  });
});

describe('several names', () => {
  const two = [...own.members, ...other.members, ...indexOf(tagged(own, 'shop:1'), tagged(other, 'tool:2'))];

  it('are a choice', async () => {
    expect(await failure(two)).toBe('The archive holds 2 images; choose one with --image: shop:1, tool:2.');
  });

  it('choose by the whole name, by the name as Docker completes it, by digest and by ID', async () => {
    const id = other.config.descriptor.digest;
    for (const image of ['tool:2', 'docker.io/library/tool:2', id, other.manifest.descriptor.digest]) {
      expect(await opened(two, { image })).toMatchObject({ reference: 'tool:2', id });
    }
  });

  it('choose by one that stands there as it is, before one that Docker would complete to it', async () => {
    const names = [tagged(own, 'localhost/app:1'), tagged(other, 'docker.io/library/app:1')];
    const members = [...own.members, ...other.members, ...indexOf(...names)];
    const id = own.config.descriptor.digest;
    expect(await opened(members, { image: 'localhost/app:1' })).toMatchObject({ id });
  });

  it('choose together with a platform', async () => {
    const members = [
      ...own.members,
      ...other.members,
      ...third.members,
      ...indexOf(tagged(own, 'shop:1'), tagged(other, 'tool:2'), tagged(third, 'tool:2')),
    ];
    const wished = { image: 'tool:2', platform: `linux/${THIRD}` };
    expect(await opened(members, wished)).toMatchObject({ id: third.config.descriptor.digest });
  });

  it('of one image are no choice', async () => {
    const members = [...own.members, ...indexOf(tagged(own, 'shop:1'), tagged(own, 'shop:latest'))];
    expect(await opened(members)).toMatchObject({ reference: 'shop:1' });
    expect(await opened(members, { image: 'shop' })).toMatchObject({ reference: 'shop:latest' });
  });

  it('may be missing: then digests choose', async () => {
    const members = [
      ...own.members,
      ...other.members,
      ...indexOf(own.manifest.descriptor, forPlatform(other, ownPlatform)),
    ];
    const [first, second] = [own, other].map(({ manifest }) => manifest.descriptor.digest);
    expect(await failure(members)).toBe(
      `The archive holds 2 images; choose one with --image: ${first}, ${second}.`,
    );
    expect(await opened(members, { image: second ?? '' })).toMatchObject({ digest: second });
  });

  it('are offered as a list, each with a key that opens it', async () => {
    const error = await loadLayout(written(two)).catch((thrown: unknown) => thrown);
    if (!(error instanceof SeveralImages)) throw new Error('no choice is offered');
    expect(error.images).toEqual([
      {
        reference: 'shop:1',
        key: own.manifest.descriptor.digest,
        platform: ownPlatform,
        bytes: BASE.length + TOP.length,
        created: null,
      },
      {
        reference: 'tool:2',
        key: other.manifest.descriptor.digest,
        platform: `linux/${OTHER}`,
        bytes: BASE.length,
        created: null,
      },
    ]);
    for (const { key = '', reference } of error.images) {
      expect(await opened(two, { image: key })).toMatchObject({ reference });
    }
  });

  it('are not all named where there are thousands', async () => {
    const many = Array.from({ length: 200 }, (_, index) =>
      laidOut([BASE], { config: { author: `${index}` } }),
    );
    const members = many.flatMap(({ members }) => members);
    const message = await failure([
      ...members,
      ...indexOf(...many.map((each, index) => tagged(each, `shop:${index}`))),
    ]);
    expect(message).toMatch(/^The archive holds 200 images; .* shop:0, .*, shop:19 and 180 more\.$/);
  });
});

describe('an archive that has manifest.json and index.json', () => {
  const saved = savedAs({
    config: own.config.name,
    tags: ['shop:1'],
    layers: own.layers.map(({ name }) => name),
  });

  it('has what stands in both once', async () => {
    const name = { 'io.containerd.image.name': 'docker.io/library/shop:1' };
    const members = [...own.members, saved, ...indexOf({ ...own.manifest.descriptor, annotations: name })];
    const { image } = await load(sourceOf(rawTar(...members)));
    expect(image).toMatchObject({ reference: 'shop:1', digest: own.manifest.descriptor.digest });
  });

  it('has the platforms that only the index lists', async () => {
    const members = [saved, ...onThree];
    const platform = parsePlatform(`linux/${OTHER}`);
    expect((await load(sourceOf(rawTar(...members)))).image.id).toBe(own.config.descriptor.digest);
    expect((await load(sourceOf(rawTar(...members), { platform }))).image.id).toBe(
      other.config.descriptor.digest,
    );
  });
});

describe('an index made to keep peel busy', () => {
  it('is given up: one that lists itself over and over', async () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    const itself = JSON.stringify({ manifests: Array.from({ length: 500 }, () => ({ digest })) });
    const members = [member(`blobs/sha256/${'0'.repeat(64)}`, itself), member('index.json', itself)];
    expect(await failure(members)).toBe('index.json leads to more than 10000 manifests.');
  });
});
