/** From what somebody types to the image that opens. No daemon answers here. */
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadImage } from '../../src/cli/load-image.ts';
import { openSource, type Request } from '../../src/cli/open-source.ts';
import { asDir, emptyDirectory, indexOf, laidOut, tagged, written } from '../harness/layouts.ts';
import { rawTar } from '../harness/raw-tar.ts';
import { BASE, TOP } from '../harness/saved.ts';

const { signal } = new AbortController();
const one = laidOut([BASE]);
const two = laidOut([TOP]);
const layout = [...one.members, ...indexOf(tagged(one, 'v1'))];
const both = [...one.members, ...two.members, ...indexOf(tagged(one, 'v1'), tagged(two, 'v2'))];
const before = process.cwd();
let folder: string;

beforeEach(() => {
  folder = emptyDirectory();
  process.chdir(folder);
  vi.stubEnv('DOCKER_HOST', 'unix:///nonexistent/docker.sock');
  vi.stubEnv('CONTAINER_HOST', 'unix:///nonexistent/podman.sock');
  written(layout, join(folder, 'layout'));
  written(both, join(folder, 'both'));
  written(asDir(one), join(folder, 'folder'));
  mkdirSync(join(folder, 'empty'));
  writeFileSync(join(folder, 'archive.tar'), rawTar(...both));
  writeFileSync(join(folder, 'with:colon'), rawTar(...layout));
});

afterEach(() => {
  process.chdir(before);
  vi.unstubAllEnvs();
});

type Options = Partial<Omit<Request, 'target'>> & { readonly key?: string };

/** `source reference` of the image that opens. */
async function opened(target: string, { key, ...options }: Options = {}): Promise<string> {
  const request = {
    sample: false,
    image: null,
    platform: null,
    source: 'auto' as const,
    verify: false,
    pull: false,
    host: null,
    context: null,
    target,
    ...options,
  };
  const source = await openSource(request, signal, key);
  const { image } = await loadImage(source, () => undefined, signal);
  return `${image.source} ${image.reference}`;
}

describe('a directory', () => {
  it.each([
    ['./layout', 'layout v1'],
    ['layout/', 'layout v1'],
    ['layout', 'layout v1'],
    ['folder', 'layout null'],
    ['oci:layout', 'layout v1'],
    ['oci:both:v2', 'layout v2'],
    ['dir:folder', 'layout null'],
  ])('that is an image opens: %s', async (target, image) => {
    expect(await opened(target)).toBe(image);
  });

  it('that is none is told apart from an image that the daemon does not have', async () => {
    await expect(opened('./empty')).rejects.toMatchObject({
      code: 'not-an-image',
      message: expect.stringMatching(/^\.\/empty is a directory without an image: /) as string,
    });
    await expect(opened('empty')).rejects.toMatchObject({
      code: 'no-daemon',
      message: expect.stringMatching(
        /^The directory empty holds no image\. No Docker daemon answers\. .*docker\.sock/,
      ) as string,
    });
    await expect(opened('oci:nowhere')).rejects.toThrow('nowhere is no directory: oci:nowhere names one.');
  });
});

describe('what explains an image beside it', () => {
  it.each([
    ['layout/index.json', 'peel layout'],
    ['./layout/oci-layout', 'peel ./layout'],
    ['folder/manifest.json', 'peel folder'],
  ])('leads to the directory: %s', async (target, instead) => {
    await expect(opened(target)).rejects.toMatchObject({
      code: 'not-an-image',
      message: `${target} only explains the image that is kept beside it: open the directory, ${instead}`,
    });
  });

  it('and where nothing is kept is a file like any other', async () => {
    writeFileSync('empty/manifest.json', '[]'.repeat(300));
    await expect(opened('empty/manifest.json')).rejects.toThrow('empty/manifest.json: It is no tar archive.');
  });
});

describe('a name that looks like a transport', () => {
  it('is an image’s, and what the transport is written like is told beside', async () => {
    await expect(opened('docker:shop')).rejects.toThrow(
      /^docker:shop is the tag shop of an image called docker; the transport is written docker:\/\/shop\. No/,
    );
  });
});

describe('a file that cannot be read', () => {
  it('is called as it was named, and the system’s words are told without its codes', async () => {
    const server = createServer().listen(join(folder, 'socket'));
    await once(server, 'listening');
    await expect(opened('./socket')).rejects.toMatchObject({
      code: 'file',
      message: 'Cannot read ./socket: no such device or address.',
    });
    server.close();
    await expect(opened('/dev/null')).rejects.toThrow('/dev/null: It is empty.');
  });
});

describe('the sample', () => {
  it.each(['peel/sample', 'peel/sample:latest', 'docker.io/peel/sample'])(
    'is listed under a name that no daemon knows, and has an option: %s',
    async (name) => {
      await expect(opened(name)).rejects.toThrow(
        /^The image that peel brings along is opened by peel --sample\. No Docker daemon answers\./,
      );
    },
  );
});

describe('an archive', () => {
  it.each([
    ['docker-archive:archive.tar:v2', 'archive v2'],
    ['oci-archive:archive.tar:v1', 'archive v1'],
    ['with:colon', 'archive v1'],
    ['docker-archive:with:colon', 'archive v1'],
  ])('opens with its transport, a colon in its path or not: %s', async (target, image) => {
    expect(await opened(target)).toBe(image);
  });

  it('opens by its URL', async () => {
    expect(await opened(`file://${folder}/archive.tar`, { image: 'v1' })).toBe('archive v1');
  });

  it('opens with the key of one of its images, whatever the target says', async () => {
    const key = two.manifest.descriptor.digest;
    expect(await opened('archive.tar', { key })).toBe('archive v2');
    expect(await opened('docker-archive:archive.tar:v1', { key })).toBe('archive v2');
  });

  it('is not opened by two names at once', async () => {
    await expect(opened('oci:both:v1', { image: 'v2' })).rejects.toThrow(
      'Either --image v2 or :v1, not both.',
    );
    expect(await opened('oci:both:v1', { image: 'v1' })).toBe('layout v1');
  });
});

describe('an image of the daemon', () => {
  it.each(['nginx', 'docker://nginx', 'docker-daemon:nginx'])('is asked of it: %s', async (target) => {
    await expect(opened(target)).rejects.toMatchObject({ code: 'no-daemon' });
  });

  it('is asked of podman', async () => {
    await expect(opened('podman://nginx')).rejects.toThrow('/nonexistent/podman.sock');
  });

  it('is not asked for by a name that can be none', async () => {
    for (const target of ['Nginx', 'docker://nginx:', 'my image']) {
      await expect(opened(target)).rejects.toMatchObject({
        code: 'arguments',
        message: expect.stringContaining('is no image name') as string,
      });
    }
  });

  it('is not chosen by --image, which says what it is for', async () => {
    await expect(opened('nginx', { image: 'v1' })).rejects.toThrow(
      '--image names one image of an archive or layout that holds several; nginx is an image of the daemon.',
    );
  });

  it('may be chosen by its platform: then the daemon is asked', async () => {
    const platform = { os: 'linux', architecture: 'arm64', variant: null };
    await expect(opened('nginx', { platform })).rejects.toMatchObject({ code: 'no-daemon' });
    await expect(opened('nginx', { key: 'linux/arm64' })).rejects.toMatchObject({ code: 'no-daemon' });
  });

  it.each([
    ['--pull', { pull: true }, 'fetches images of the daemon'],
    ['--host', { host: 'tcp://localhost:1' }, 'leads to images of a daemon'],
    ['--context', { context: 'default' }, 'leads to images of a daemon'],
    ['--source', { source: 'store' as const }, 'says how images of a daemon are read'],
  ] as const)('is all that %s is for, even where a file has its name', async (option, given, purpose) => {
    await expect(opened('layout', given)).rejects.toMatchObject({
      code: 'no-daemon',
      message: expect.not.stringContaining('holds no image') as string,
    });
    for (const target of [
      './archive.tar',
      'archive.tar',
      'layout/',
      'file://archive.tar',
      'oci:layout',
      '-',
    ]) {
      await expect(opened(target, given)).rejects.toMatchObject({
        code: 'arguments',
        message: `${option} ${purpose}; ${target} is none.`,
      });
    }
  });
});
