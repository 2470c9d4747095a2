/** A daemon with containerd's store that has one image, its blobs in a folder on disk; or will have it, once it is pulled. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { emptyDirectory, type LaidOut, written } from './layouts.ts';
import type { RawMember } from './raw-tar.ts';

/** What the daemon is to be. */
interface Manner {
  /** More blobs than those of the image: an index that leads to it. */
  readonly more?: readonly RawMember[];
  /** Digest that the daemon tells of the image; its manifest's where left out. */
  readonly digest?: string;
  /** Whether it has the image from the start. */
  readonly isHere?: boolean;
}

/** The daemon, as far as a test looks at it. */
export interface ContentStoreDaemon {
  /** Path of its socket. */
  readonly socket: string;
  /** `DockerRootDir`. */
  readonly root: string;
  /** The file of a blob, by its digest. */
  fileOf(digest: string): string;
}

const NAME = '/images/shop:latest';

export async function startContentStore(image: LaidOut, manner: Manner = {}): Promise<ContentStoreDaemon> {
  const { more = [], digest = image.manifest.descriptor.digest } = manner;
  let { isHere = true } = manner;
  const root = emptyDirectory();
  const folder = join(root, 'containerd/daemon/io.containerd.content.v1.content');
  const config = JSON.parse(String(image.config.member.content)) as { rootfs: { diff_ids: string[] } };
  const put = () => written([...image.members, ...more], folder);
  if (isHere) put();

  const answer = (path: string, response: ServerResponse) => {
    const send = (value: unknown, status = 200) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
    if (path.startsWith('/images/create')) {
      put();
      isHere = true;
      return send({ status: 'Status: Downloaded newer image for shop:latest' });
    }
    if (path.startsWith('/version')) return send({ Version: '29.0.0', Os: 'linux', Arch: 'amd64' });
    if (path.startsWith('/info')) {
      const DriverStatus = [['driver-type', 'io.containerd.snapshotter.v1']];
      return send({ DockerRootDir: root, Driver: 'overlayfs', DriverStatus, ServerVersion: '29.0.0' });
    }
    if (path.startsWith('/images/json')) return send([]);
    if (isHere && path.startsWith(`${NAME}/history`)) return send([]);
    if (!isHere || !path.startsWith(`${NAME}/json`)) return send({ message: 'No such image' }, 404);
    return send({
      Id: digest,
      RepoTags: ['shop:latest'],
      RepoDigests: [`shop@${digest}`],
      Descriptor: { digest },
      Os: 'linux',
      Architecture: 'amd64',
      RootFS: { Type: 'layers', Layers: config.rootfs.diff_ids },
    });
  };

  const server = createServer((request, response) => {
    answer(decodeURIComponent(request.url ?? ''), response);
  });
  const socket = join(emptyDirectory(), 'docker.sock');
  server.listen(socket);
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { socket, root, fileOf: (of) => join(folder, 'blobs', of.replace(':', '/')) };
}
