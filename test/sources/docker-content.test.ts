// The content of files of a real daemon's images, against what Docker itself exports of a container made of them.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { extract } from 'tar-stream';
import { loadImage } from '../../src/cli/load-image.ts';
import type { ContentRequest } from '../../src/image/source.ts';
import { textOf } from '../../src/image/text.ts';
import { connect } from '../../src/sources/docker/connect.ts';
import { DockerSource } from '../../src/sources/docker/docker-source.ts';
import { contentRequest } from '../../src/tree/content-request.ts';
import { Kind } from '../../src/tree/kind.ts';
import { requestFor, textOfOne } from '../harness/contents.ts';
import { describeWithDaemon } from '../harness/daemon.ts';
import { canStandBefore, passBytes, proxyDaemon } from '../harness/daemon-proxy.ts';
import { clientFor } from '../harness/dockerd.ts';
import { namesLost, runtimeMade } from '../harness/ground-truth.ts';
import { testImage } from '../harness/images.ts';

const { signal } = new AbortController();

const open = async (host: string, reference: string) => {
  const source = new DockerSource(await connect({ DOCKER_HOST: host }, signal), reference);
  const { analysis } = await loadImage(source, () => undefined, signal);
  return { source, analysis };
};

/** Digests of the files of a container, by their paths; further names of a hard link are left out. */
async function trueDigests(host: string, image: string): Promise<Map<string, string>> {
  const container = await clientFor(host).createContainer({ Image: image, Cmd: ['never started'] });
  try {
    const digests = new Map<string, string>();
    for await (const entry of (await container.export()).pipe(extract())) {
      const hash = createHash('sha256');
      for await (const piece of entry) hash.update(piece as Buffer);
      if (entry.header.type === 'file')
        digests.set(`/${entry.header.name.replace(/^(\.?\/)+/, '')}`, hash.digest('hex'));
    }
    for (const path of [...runtimeMade(digests.keys()), ...namesLost(digests.keys())]) digests.delete(path);
    return digests;
  } finally {
    await container.remove({ force: true });
  }
}

describeWithDaemon('the content of files of a real image', (host) => {
  describe.each(['debian', 'busybox', 'scratch'] as const)('%s', (name) => {
    it('is what a container made of it has, all in one export', async () => {
      const reference = await testImage(name);
      const truth = await trueDigests(host, reference);
      const { source, analysis } = await open(host, reference);
      const { stack, tables } = analysis;
      const paths = new Map<ContentRequest, string>();
      for (let node = 1; node < tables.paths.size; node++) {
        const entry = stack.top(node);
        if (entry < 0 || stack.entries.kindOf(entry) !== Kind.File) continue;
        const request = contentRequest(stack, tables, entry);
        const path = `/${textOf(tables.paths.path(node))}`;
        if (request !== null && truth.has(path)) paths.set(request, path);
      }
      const digests = new Map<string, string>();
      const take = (request: ContentRequest) => {
        const hash = createHash('sha256');
        return {
          write: (piece: Uint8Array) => hash.update(piece) instanceof Object,
          drained: () => Promise.resolve(),
          end: () => Promise.resolve(void digests.set(paths.get(request) ?? '', hash.digest('hex'))),
        };
      };
      await source.content([...paths.keys()], take, signal);
      expect(digests.size).toBeGreaterThan(2);
      expect(new Map([...digests].sort())).toEqual(new Map([...truth].sort()));
    });
  });

  it.skipIf(!canStandBefore(host))('ends the export as soon as it has come', async () => {
    const reference = await testImage('debian');
    let exports = 0;
    const proxy = await proxyDaemon(host, async (body, response) => {
      exports++;
      await passBytes(body, response, Infinity);
      // The second export is never at its end: only a client that leaves is done with it.
      if (exports === 1) response.end();
      else await proxy.clientGone;
    });
    try {
      const { source, analysis } = await open(proxy.host, reference);
      expect(await textOfOne(source, requestFor(analysis, 'etc/debian_version'))).toMatch(/^\d+\.\d+\n$/);
      await proxy.clientGone;
      expect(exports).toBe(2);
    } finally {
      await proxy.close();
    }
  });

  it('is that of the image which was opened, though its name is another one by now', async () => {
    const docker = clientFor(host);
    const [first, second] = [await testImage('scratch'), await testImage('busybox')];
    const repo = 'peel-test/renamed';
    const name = `${repo}:latest`;
    await docker.getImage(first).tag({ repo, tag: 'latest' });
    try {
      const { source, analysis } = await open(host, name);
      const request = requestFor(analysis, 'etc/motd', 0);
      await docker.getImage(second).tag({ repo, tag: 'latest' });
      expect(await textOfOne(source, request)).toBe('welcome\n');
    } finally {
      await docker.getImage(name).remove();
    }
  });

  it('cannot be had of an image that is gone: the daemon says so', async () => {
    const docker = clientFor(host);
    const name = 'peel-test/going:latest';
    const container = await docker.createContainer({ Image: await testImage('scratch'), Cmd: ['x'] });
    await container.commit({ repo: 'peel-test/going', tag: 'latest' });
    await container.remove();
    const { source, analysis } = await open(host, name);
    const request = requestFor(analysis, 'etc/motd', 0);
    await docker.getImage(name).remove();
    await expect(textOfOne(source, request)).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:daemon-error|broken-stream)$/) as string,
      message: expect.stringContaining(name) as string,
    });
  });
});
