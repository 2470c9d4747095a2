// What a person reads when the daemon cannot be used: always one line, and what to do about it.
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PeelOptions, type PeelRun, runPeel } from '../harness/built-peel.ts';
import { canStandBefore, type ExportFault, passBytes, proxyDaemon } from '../harness/daemon-proxy.ts';
import { describeWithDaemon } from '../harness/daemon.ts';
import { isRoot } from '../harness/debian-packages.ts';
import { canRunAs, nobody } from '../harness/nobody.ts';
import { testImage } from '../harness/images.ts';

/** Nothing on standard output, exit status 2, and one line, which is returned. */
function complaint(run: PeelRun): string {
  expect(run.stdout).toBe('');
  const lines = run.stderr.split('\n');
  expect(lines).toEqual([expect.stringMatching(/\S/), '']);
  expect(run.status).toBe(2);
  return lines[0] ?? '';
}

describe('a daemon that cannot be reached', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'peel-errors-'));
    chmodSync(folder, 0o755);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('says which socket was tried when there is none, and what to do', async () => {
    const socket = join(folder, 'nobody-listens.sock');
    const line = complaint(await runPeel(['--json', '-', 'debian:bookworm'], { host: `unix://${socket}` }));
    expect(line).toContain(socket);
    expect(line).toMatch(/DOCKER_HOST|docker save|start/i);
  });

  it('says so when nothing listens on a TCP port', async () => {
    const port = await unusedPort();
    const line = complaint(
      await runPeel(['--json', '-', 'debian:bookworm'], { host: `tcp://127.0.0.1:${port}` }),
    );
    expect(line).toContain(`127.0.0.1:${port}`);
  });

  it('tells a DOCKER_HOST that is no address from a daemon that is not there', async () => {
    const line = complaint(await runPeel(['--json', '-', 'debian:bookworm'], { host: 'nonsense://at all' }));
    expect(line).toContain('DOCKER_HOST');
  });

  describe('or may not be used', () => {
    /** What peel says with these sockets there, which it may not open. */
    async function forbidden(sockets: readonly string[], options: PeelOptions): Promise<string> {
      await using servers = new AsyncDisposableStack();
      for (const socket of sockets) {
        const server = createServer();
        await new Promise<void>((resolve) => {
          server.listen(socket, resolve);
        });
        servers.defer(() => new Promise((resolve) => server.close(() => resolve())));
        chmodSync(socket, 0);
        // Nothing is forbidden to root: as root, peel is run as somebody else, who must be able to read it.
        if (isRoot()) chownSync(socket, 0, 0);
      }
      const user = isRoot() ? { user: nobody } : {};
      return complaint(await runPeel(['--json', '-', 'debian:bookworm'], { ...options, ...user }));
    }

    beforeEach((test) => {
      if (isRoot() && !canRunAs(nobody)) test.skip('nobody but root may read this folder');
    });

    it('says that permission is missing when the socket is there, and what to do', async () => {
      const socket = join(folder, 'forbidden.sock');
      const line = await forbidden([socket], { host: `unix://${socket}` });
      expect(line).toContain(socket);
      expect(line).toMatch(/permission|not allowed|may not/i);
      expect(line).toMatch(/group|sudo|root/i);
    });

    it('names every default socket that is there and forbidden', async () => {
      mkdirSync(join(folder, 'podman'));
      const sockets = ['docker.sock', 'podman/podman.sock'].map((name) => join(folder, name));
      const env = { HOME: folder, XDG_RUNTIME_DIR: folder };
      const line = await forbidden(sockets, { host: null, env });
      expect(line).toMatch(/permission/i);
      for (const socket of sockets) expect(line).toContain(`unix://${socket}`);
    });
  });
});

describeWithDaemon('a daemon that answers', (host) => {
  let reference: string;

  beforeEach(async () => {
    reference = await testImage('scratch');
  });

  it('offers the nearest names for one that it does not have', async () => {
    const line = complaint(await runPeel(['--json', '-', reference.replace('scratch', 'scrtach')], { host }));
    expect(line).toContain(reference.replace('scratch', 'scrtach'));
    expect(line).toContain(reference);
  });

  it('offers the tags that there are for a tag that is not', async () => {
    const line = complaint(
      await runPeel(['--json', '-', reference.replace(/:.*/, ':no-such-tag')], { host }),
    );
    expect(line).toContain(reference);
  });

  it('offers nothing where nothing is near', async () => {
    const line = complaint(await runPeel(['--json', '-', 'quite-another-thing/than-all-others:7'], { host }));
    expect(line).toContain('quite-another-thing/than-all-others:7');
    expect(line).not.toContain('peel-test/');
  });

  it('refuses a name that can be no image, without asking', async () => {
    const line = complaint(await runPeel(['--json', '-', 'Upper/CASE:bad tag'], { host }));
    expect(line).toContain('Upper/CASE:bad tag');
  });

  it("passes on the daemon's own words when it cannot export the image", async (test) => {
    // Docker 20.10 keeps an imported sparse file in a way that it cannot write out again.
    const run = await runPeel(['--json', '-', await testImage('sparse')], { host });
    if (run.status === 0) test.skip('this daemon can export an image with sparse files');
    expect(complaint(run)).toContain('could not verify layer data');
  });

  describe.skipIf(!canStandBefore(host))('whose export goes wrong', () => {
    const message = 'write /var/lib/docker/tmp: no space left on device';
    const error = JSON.stringify({ errorDetail: { message }, error: message }) + '\r\n';

    /** What peel says of the image when this happens to its export. */
    async function exportWith(fault: ExportFault): Promise<PeelRun> {
      const proxy = await proxyDaemon(host, fault);
      try {
        return await runPeel(['--source', 'export', '--json', '-', reference], { host: proxy.host });
      } finally {
        await proxy.close();
      }
    }

    it('reads it whole through the proxy when nothing happens', async () => {
      const run = await exportWith(async (body, response) => {
        await passBytes(body, response, Infinity);
        response.end();
      });
      expect(run).toMatchObject({ status: 0, stderr: '' });
    });

    it('reports a connection that breaks off in the middle', async () => {
      const run = await exportWith(async (body, response) => {
        await passBytes(body, response, 300_000);
        response.destroy();
      });
      expect(complaint(run)).toMatch(/broke|closed|ended|cut|lost|incomplete|aborted|hang up/i);
    });

    it('reports an export that ends too early as if all were well', async () => {
      const run = await exportWith(async (body, response) => {
        await passBytes(body, response, 300_000);
        response.end();
      });
      expect(complaint(run)).toMatch(/broke|closed|ended|cut|lost|incomplete|truncated|early/i);
    });

    it('reports an export without a single byte', async () => {
      complaint(await exportWith((_body, response) => Promise.resolve(void response.end())));
    });

    it.each([
      { where: 'at the start', bytes: 0 },
      { where: 'between two entries', bytes: 512 },
      { where: "in the middle of a file's content", bytes: 300_000 },
    ])('passes on the error that the daemon writes $where, after its 200 OK', async ({ bytes }) => {
      const run = await exportWith(async (body, response) => {
        if (bytes > 0) await passBytes(body, response, bytes);
        response.end(error);
      });
      expect(complaint(run)).toContain(message);
    });

    it('passes on the error that the daemon writes after the last entry', async () => {
      const run = await exportWith(async (body, response) => {
        const whole = await buffer(body);
        // An archive ends in blocks of zeros, which a daemon that failed has not come to write.
        let end = whole.length;
        while (whole[end - 1] === 0) end--;
        response.write(whole.subarray(0, Math.ceil(end / 512) * 512));
        response.end(error);
      });
      expect(complaint(run)).toContain(message);
    });

    it('passes on the error that follows the whole archive', async () => {
      const run = await exportWith(async (body, response) => {
        await passBytes(body, response, Infinity);
        response.end(error);
      });
      expect(complaint(run)).toContain(message);
    });

    it('passes on an error in the short form', async () => {
      const run = await exportWith(async (body, response) => {
        await passBytes(body, response, 1024);
        response.end(`${JSON.stringify({ message })}\n`);
      });
      expect(complaint(run)).toContain(message);
    });
  });
});

/** A port of this machine on which nothing listens. */
async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
