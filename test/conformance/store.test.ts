/** The daemon's own files and its export tell the same of an image: whoever may read the files needs no export. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { promisify } from 'node:util';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { Daemon } from '../../src/sources/docker/daemon.ts';
import { DockerSource } from '../../src/sources/docker/docker-source.ts';
import { unixEndpoint } from '../../src/sources/docker/hosts.ts';
import { mayReadStore, StoreSource } from '../../src/sources/store/store-source.ts';
import { describeWithDaemon } from '../harness/daemon.ts';
import { isRoot } from '../harness/debian-packages.ts';
import { clientFor } from '../harness/dockerd.ts';
import { ImageBuilder } from '../harness/image-builder.ts';
import { type ImageName, testImage } from '../harness/images.ts';
import { canRunAs, nobody } from '../harness/nobody.ts';
import { expectOnlyNewRead } from '../harness/rebuilt.ts';
import { bothWays, contentDigests, NOBODY } from '../harness/store-and-export.ts';
import { announceSkip } from '../harness/vectors.ts';

const execute = promisify(execFile);

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

  // Whoever may use the daemon's socket is not for that allowed to read its files.
  it('are told apart by a permission where that is all that is missing', async ({ skip }) => {
    if (!isReadable || !isRoot()) skip('only root can be somebody else');
    if (!canRunAs(nobody)) skip('nobody but root may read this folder');
    const reference = await testImage('busybox');
    const door = await openDoor(socket);
    onTestFinished(() => door.close());
    const script = join(import.meta.dirname, '../harness/print-note.ts');
    const run = (user: number) =>
      execute(process.execPath, [script, `unix://${door.path}`, reference], { uid: user, gid: user });
    const [others, roots] = await Promise.all([run(nobody), run(0)]);
    expect(JSON.parse(others.stdout)).toBe('exported; readable as root: opens without an export');
    expect(JSON.parse(roots.stdout)).toBeNull();
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

describeWithDaemon('an image that is built again with a line more', (host) => {
  it('has only its new layers read from the daemon’s files', async ({ skip }) => {
    const isOurs = await mayReadStore(host.startsWith('unix://') ? host.slice('unix://'.length) : null);
    if (!isOurs) skip();
    const from = await testImage('varied');
    const tag = randomBytes(4).toString('hex');
    const builder = new ImageBuilder(clientFor(host), tag);
    onTestFinished(() => builder.removeImages((other) => other === tag));
    await expectOnlyNewRead(host, builder, from);
  });
});

/** A socket that leads to another one, and is open to everybody. */
async function openDoor(socket: string): Promise<{ path: string; close(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'peel-door-'));
  const path = join(folder, 'docker.sock');
  const server = createServer((client) => {
    const daemon = connect(socket);
    // How one end goes the other one goes too.
    pipeline(client, daemon, client, () => undefined);
  });
  server.listen(path);
  await once(server, 'listening');
  chmodSync(folder, 0o755);
  chmodSync(path, 0o666);
  return {
    path,
    close: () => {
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}
