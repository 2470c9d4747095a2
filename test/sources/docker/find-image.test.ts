/** Which image of a daemon is meant: what daemons of several ages and stores answer to an inspection. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SeveralImages } from '../../../src/image/choice.ts';
import { MissingImage } from '../../../src/image/missing-image.ts';
import { parsePlatform } from '../../../src/image/platform.ts';
import { Daemon } from '../../../src/sources/docker/daemon.ts';
import { findInDaemon } from '../../../src/sources/docker/find-image.ts';
import { unixEndpoint } from '../../../src/sources/docker/hosts.ts';

const { signal } = new AbortController();
const ID = `sha256:${'1d'.repeat(32)}`;

let folder: string;
let server: Server;
/** What the daemon says of `shop:latest`, by the platform that is asked for; '' for none. */
let inspections: Readonly<Record<string, unknown>>;
let asked: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'peel-find-'));
  asked = [];
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://docker');
    const platform = searchParams.get('platform') ?? '';
    if (pathname === '/version') response.end('{"Version":"28.5.2","Os":"linux","Arch":"amd64"}');
    else if (pathname === '/images/json') response.end('[]');
    else if (pathname === `/images/${ID}/json`) response.end(JSON.stringify({ Id: ID }));
    else if (pathname === '/images/shop%3Alatest/history') response.end('[]');
    else if (pathname === '/images/shop%3Alatest/json' && inspections[platform] !== undefined) {
      asked.push(searchParams.toString());
      response.end(JSON.stringify(inspections[platform]));
    } else response.writeHead(404).end('{"message":"no such image"}');
  });
  await once(server.listen(join(folder, 'docker.sock')), 'listening');
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const find = (platform: string | null = null, { reference = 'shop', offersPlatforms = false } = {}) =>
  findInDaemon(
    new Daemon(unixEndpoint(join(folder, 'docker.sock'))),
    { reference, platform: platform === null ? null : parsePlatform(platform), offersPlatforms },
    signal,
  );

/** What the promise is rejected with. */
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'nothing',
    (error: unknown) => error,
  );

const image = (architecture: string, manifests?: readonly unknown[]) => ({
  Id: 'sha256:index',
  Os: 'linux',
  Architecture: architecture,
  Descriptor: { digest: 'sha256:index' },
  RootFS: { Layers: [`sha256:layer-${architecture}`] },
  ...(manifests === undefined ? {} : { Manifests: manifests }),
});

/** As containerd's store tells of one image of an index. */
const manifest = (architecture: string, isAvailable = true) => ({
  ID: `sha256:manifest-${architecture}`,
  Kind: 'image',
  Available: isAvailable,
  Size: { Total: isAvailable ? 1000 : 0, Content: 10 },
  ImageData: { Platform: { os: 'linux', architecture } },
});
const ATTESTATION = { ID: 'sha256:att', Kind: 'attestation', Available: true, Size: { Total: 5 } };

const AMD64 = '{"os":"linux","architecture":"amd64"}';
const ARM64 = '{"os":"linux","architecture":"arm64"}';

describe('a daemon that holds one platform for each name', () => {
  beforeEach(() => {
    inspections = { '': image('amd64') };
  });

  it('is asked for the name alone, whichever platform is wanted that it has', async () => {
    for (const platform of [null, 'linux/amd64', 'linux/x86_64']) {
      expect(await find(platform)).toMatchObject({ platform: null, onlyPlatform: null });
    }
    expect(asked).toEqual(Array(3).fill('manifests=1'));
  });

  it('may have another one: then both are named, and what fetches the wanted one', async () => {
    const error = await failure(find('linux/arm64/v8'));
    expect(error).toBeInstanceOf(MissingImage);
    expect(error).toMatchObject({
      code: 'no-such-image',
      message: expect.stringMatching(
        /holds shop:latest for linux\/amd64, not for linux\/arm64\/v8\. Fetch it first: docker pull --platform linux\/arm64\/v8 shop, or peel --pull --platform linux\/arm64\/v8 shop$/,
      ) as string,
      offer: { command: 'docker pull --platform linux/arm64/v8 shop', near: [] },
    });
  });
});

describe('a daemon that holds several platforms', () => {
  beforeEach(() => {
    const manifests = [manifest('s390x', false), manifest('arm64'), manifest('amd64'), ATTESTATION];
    inspections = {
      '': image('amd64', manifests),
      [AMD64]: { ...image('amd64'), Id: 'sha256:manifest-amd64' },
      [ARM64]: { ...image('arm64'), Id: 'sha256:manifest-arm64' },
    };
  });

  it('is asked for its own one by itself', async () => {
    expect(await find()).toMatchObject({
      platform: { architecture: 'amd64' },
      inspected: {
        id: 'sha256:index',
        digest: 'sha256:manifest-amd64',
        config: { diffIds: ['sha256:layer-amd64'] },
      },
    });
  });

  it('is asked for the one that is wanted', async () => {
    expect(await find('linux/arm64')).toMatchObject({
      platform: { architecture: 'arm64' },
      inspected: { digest: 'sha256:manifest-arm64', config: { diffIds: ['sha256:layer-arm64'] } },
    });
  });

  it('offers them where somebody can be asked, those without content last', async () => {
    const error = await failure(find(null, { offersPlatforms: true }));
    expect(error).toBeInstanceOf(SeveralImages);
    expect(error).toMatchObject({
      images: [
        { reference: 'shop:latest', key: 'linux/arm64', bytes: 1000 },
        { reference: 'shop:latest', key: 'linux/amd64', bytes: 1000 },
        { reference: 'shop:latest', key: 'linux/s390x', bytes: null, isAbsent: true },
      ],
    });
  });

  it('has nothing to choose by itself where its own is not among them', async () => {
    inspections = { '': image('arm64', [manifest('arm64'), manifest('riscv64')]) };
    expect(await failure(find())).toMatchObject({
      code: 'several-images',
      message: expect.stringMatching(
        /holds shop:latest for 2 platforms; choose one with --platform: linux\/arm64, linux\/riscv64\.$/,
      ) as string,
    });
  });

  it('may list one without its content, or none at all', async () => {
    expect(await failure(find('linux/s390x'))).toMatchObject({
      message: expect.stringMatching(
        /lists shop:latest for linux\/s390x, but its content is not there\. Fetch it first: docker pull --platform linux\/s390x shop,/,
      ) as string,
    });
    expect(await failure(find('linux/386'))).toMatchObject({
      message: expect.stringContaining('for linux/arm64, linux/amd64, not for linux/386.') as string,
    });
  });

  it('may take no notice of a platform when it is inspected: what it says of its own one is not believed', async () => {
    inspections = { ...inspections, [ARM64]: image('amd64') };
    expect(await find('linux/arm64')).toMatchObject({
      platform: { architecture: 'arm64' },
      inspected: {
        digest: 'sha256:manifest-arm64',
        config: { platform: { architecture: 'arm64' }, diffIds: [] },
      },
    });
  });
});

it('a daemon may hold one platform of many that it lists: it may have to be told of it', async () => {
  inspections = { '': image('arm64', [manifest('amd64', false), manifest('arm64')]) };
  expect(await find(null, { offersPlatforms: true })).toMatchObject({
    platform: null,
    onlyPlatform: { architecture: 'arm64' },
    inspected: { digest: 'sha256:manifest-arm64' },
  });
});

it('an ID that the daemon does not know is nothing that could be pulled', async () => {
  inspections = {};
  const error = await failure(find(null, { reference: '0123456789ab' }));
  expect(error).not.toBeInstanceOf(MissingImage);
  expect(error).toMatchObject({
    code: 'no-such-image',
    message: expect.stringContaining('No registry knows an ID') as string,
  });
});

describe('an ID in place of a digest', () => {
  it('is told of, with the name that opens the image', async () => {
    await expect(find(null, { reference: `shop@${ID}` })).rejects.toMatchObject({
      code: 'no-such-image',
      message: `unix://${folder}/docker.sock holds no image shop@${ID}, but what follows @ is the ID of one: peel ${ID}`,
    });
    const other = `sha256:${'2e'.repeat(32)}`;
    expect(await failure(find(null, { reference: `shop@${other}` }))).toBeInstanceOf(MissingImage);
  });
});
