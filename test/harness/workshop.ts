// A folder in which one image is written down by other programs, with what they need on the way.
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type Docker from 'dockerode';
import { clientFor } from './dockerd.ts';
import { run } from './run.ts';

/** What dockerode has and its types leave out. */
interface SavesSeveral {
  getImages(options: { names: readonly string[] }): Promise<NodeJS.ReadableStream>;
}

/** One image, and where it is written to. */
export class Workshop {
  /** The daemon that has the image, as in DOCKER_HOST. */
  readonly host: string;
  /** Its name there. */
  readonly reference: string;
  /** The name of another image of the daemon, for archives of two. */
  readonly companion: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'peel-workshop-'));
  readonly #done = new Map<string, Promise<string>>();
  readonly #children: ChildProcess[] = [];

  constructor(host: string, reference: string, companion: string) {
    this.host = host;
    this.reference = reference;
    this.companion = companion;
  }

  /** The path of a file or folder here. Its name stays the same, so it can be asked for again. */
  path(name: string): string {
    return join(this.#folder, name);
  }

  /** What `make` gives for `path(name)`, made the first time it is asked for. */
  async once(name: string, make: (path: string) => Promise<unknown>): Promise<string> {
    const path = this.path(name);
    let made = this.#done.get(name);
    if (made === undefined) this.#done.set(name, (made = make(path).then(() => path)));
    return made;
  }

  /** What `docker save` writes of the image. */
  saved(): Promise<string> {
    return this.once('saved.tar', async (path) => {
      await pipeline(await clientFor(this.host).getImage(this.reference).get(), createWriteStream(path));
    });
  }

  /** What `docker save` writes of the image and its companion. */
  savedWithCompanion(): Promise<string> {
    return this.once('saved-two.tar', async (path) => {
      const names = [this.companion, this.reference];
      const docker = clientFor(this.host) as Docker & SavesSeveral;
      await pipeline(await docker.getImages({ names }), createWriteStream(path));
    });
  }

  /** `skopeo copy` without a word and without a policy file. */
  async skopeo(...args: string[]): Promise<void> {
    await run('skopeo', '--insecure-policy', 'copy', '--quiet', ...args);
  }

  /** The image as skopeo's OCI layout with gzip layers, under its own name. */
  layout(): Promise<string> {
    return this.once('layout', async (path) =>
      this.skopeo(`docker-archive:${await this.saved()}`, `oci:${path}:${this.reference}`),
    );
  }

  /** podman or buildah on a storage that is this folder's, into which podman has loaded the image and its companion. */
  async containers(command: 'podman' | 'buildah', ...args: string[]): Promise<void> {
    const storage = (folder: string): string[] => [
      ...['--root', folder, '--runroot', join(folder, 'run'), '--storage-driver', 'vfs'],
    ];
    const loaded = await this.once('containers', async (folder) =>
      run('podman', ...storage(folder), 'load', '--input', await this.savedWithCompanion()),
    );
    await run(command, ...storage(loaded), ...args);
  }

  /** The address of crane's registry in memory, to which crane has pushed the image as `image:gzip`. */
  async registry(): Promise<string> {
    this.#registry ??= this.#startRegistry();
    return this.#registry;
  }
  #registry: Promise<string> | undefined;

  async #startRegistry(): Promise<string> {
    const child = spawn('crane', ['registry', 'serve', '--address', '127.0.0.1:0'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#children.push(child);
    const address = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.on('error', reject);
      child.on('close', () => reject(new Error(`crane registry ended: ${said.trim()}`)));
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const port = /serving on port (\d+)/.exec(said)?.[1];
        if (port !== undefined) resolve(`127.0.0.1:${port}`);
      });
    });
    await run('crane', 'push', '--insecure', await this.saved(), `${address}/image:gzip`);
    return address;
  }

  /** Ends what runs and removes the folder. */
  async close(): Promise<void> {
    for (const child of this.#children) child.kill();
    await Promise.allSettled(this.#done.values());
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
