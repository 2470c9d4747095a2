// Test images are built in the one process that all workers share, on first demand and once for the run.
// A worker asks over a Unix socket: GET /debian answers with the image's reference when it stands.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientFor } from './dockerd.ts';
import { ImageBuilder } from './image-builder.ts';
import { imageRecipes, isImageName, type ImageName } from './image-recipes.ts';

/** The running service. */
export interface ImageService {
  /** Path of its Unix socket. */
  readonly socket: string;
  /** Ends it and removes every image that it built. */
  close(): Promise<void>;
}

/** The tag of this run's images. It names the process, so that a later run can tell what a killed one left. */
const runTag = `${hostname()
  .toLowerCase()
  .replace(/[^a-z0-9]/g, '')}-${process.pid}`;

/** True for the tag of a run on this machine whose process is gone. */
function isAbandoned(tag: string): boolean {
  const [machine, pid] = tag.split('-');
  if (machine !== runTag.split('-')[0] || !/^\d+$/.test(pid ?? '')) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

/** Starts the service for the daemon at `host`. Nothing is built before it is asked for. */
export async function serveImages(host: string): Promise<ImageService> {
  const folder = mkdtempSync(join(tmpdir(), 'peel-images-'));
  const removeFolder = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeFolder);
  const socket = join(folder, 'service.sock');
  const builder = new ImageBuilder(clientFor(host), runTag);
  const built = new Map<string, Promise<string>>();
  let swept: Promise<void> | undefined;

  const image = async (name: ImageName): Promise<string> => {
    await (swept ??= builder.removeImages(isAbandoned));
    let reference = built.get(name);
    if (reference === undefined) built.set(name, (reference = imageRecipes[name](builder, image)));
    return reference;
  };

  const server = createServer((request, response) => {
    const name = (request.url ?? '/').slice(1);
    const answer = isImageName(name)
      ? image(name)
      : Promise.reject(new Error(`no test image is called ${name}`));
    answer.then(
      (reference) => response.end(reference),
      (error: unknown) => {
        response.statusCode = 500;
        response.end(error instanceof Error ? error.message : String(error));
      },
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(socket, resolve);
  });

  return {
    socket,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      if (swept !== undefined) {
        await Promise.allSettled(built.values());
        await builder.removeImages((tag) => tag === runTag);
      }
      removeFolder();
    },
  };
}
