// Builds, imports and removes images through a daemon's HTTP API. No docker command is needed.
import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { pack, type Header, type Pack } from 'tar-stream';

/** One entry of a build context: a file's content, or a tar header of another kind. Modification times are fixed. */
export interface ContextEntry extends Partial<Omit<Header, 'name' | 'size' | 'mtime'>> {
  readonly name: string;
  readonly content?: string | Buffer;
}

/** The moment that all files of a build context carry. */
const mtime = new Date('2024-02-29T12:00:00Z');

/** A tar of these entries, in their order. */
export function tarOf(entries: readonly ContextEntry[]): Pack {
  const tar = pack();
  for (const { content, ...header } of entries) tar.entry({ mtime, ...header }, content ?? '');
  tar.finalize();
  return tar;
}

/** A build's context as a stream of Node's own kind, which is what dockerode's types ask for. */
export function contextOf(dockerfile: string, context: readonly ContextEntry[]): Readable {
  return Readable.from(tarOf([{ name: 'Dockerfile', content: dockerfile }, ...context]));
}

/** What the daemon says line by line while it builds, imports or pulls. */
interface Progress {
  readonly stream?: string;
  readonly error?: string;
}

export class ImageBuilder {
  readonly docker: Docker;
  readonly #tag: string;
  readonly #owner: string;

  /**
   * @param tag the tag of every image that this builder makes; it tells apart who made them
   * @param owner what stands before the slash in their names
   */
  constructor(docker: Docker, tag: string, owner = 'peel-test') {
    this.docker = docker;
    this.#tag = tag;
    this.#owner = owner;
  }

  /** `<owner>/<name>:<tag>` */
  reference(name: string): string {
    return `${this.#owner}/${name}:${this.#tag}`;
  }

  /**
   * `docker build`, with the classic builder, on the machine's network, never from the build cache.
   * @param name what stands behind the slash in the image's name
   * @param args build arguments: `ARG BASE` may stand before the first FROM
   * @throws Error with the last lines of the build's output
   */
  async build(
    name: string,
    dockerfile: string,
    context: readonly ContextEntry[] = [],
    args: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const reference = this.reference(name);
    const stream = await this.docker.buildImage(contextOf(dockerfile, context), {
      t: reference,
      networkmode: 'host',
      version: '1',
      nocache: true,
      forcerm: true,
      buildargs: { ...proxyVariables(), ...args },
    });
    await this.#finish(stream, `docker build of ${name}`);
    return reference;
  }

  /** `docker import`: an image of one layer, which stays byte for byte the archive (a tar) that it was made of. */
  async import(name: string, archive: NodeJS.ReadableStream): Promise<string> {
    const reference = this.reference(name);
    const [repo, tag] = reference.split(':');
    const stream = await this.docker.importImage(archive, { repo, tag });
    await this.#finish(stream, `docker import of ${name}`);
    return reference;
  }

  /** The content of a folder or file in an image, as the tar that the daemon makes of it. Consume it in `use`. */
  async readPath<T>(
    image: string,
    path: string,
    use: (tar: NodeJS.ReadableStream) => Promise<T>,
  ): Promise<T> {
    const container = await this.docker.createContainer({ Image: image, Cmd: ['none'] });
    try {
      return await use(await container.getArchive({ path }));
    } finally {
      await container.remove({ force: true });
    }
  }

  /** Removes this owner's images whose tag is wanted gone. An image that is gone already is fine. */
  async removeImages(wanted: (tag: string) => boolean): Promise<void> {
    const images = await this.docker.listImages();
    // dockerode's types promise an array; the daemon says null for an image without tags.
    const references = images.flatMap((image) => (image.RepoTags as string[] | null) ?? []);
    for (const reference of references) {
      const [repo, tag] = reference.split(':');
      if (repo?.startsWith(`${this.#owner}/`) && tag !== undefined && wanted(tag)) {
        await this.docker.getImage(reference).remove({ force: true }).catch(ignoreMissing);
      }
    }
  }

  async #finish(stream: NodeJS.ReadableStream, what: string): Promise<void> {
    const said: string[] = [];
    await new Promise<void>((resolve, reject) => {
      const done = (error: Error | null): void => {
        if (error === null) resolve();
        else
          reject(new Error(`${what}: ${error.message}\n${said.join('').split('\n').slice(-20).join('\n')}`));
      };
      this.docker.modem.followProgress(stream, done, (event: Progress) => said.push(event.stream ?? ''));
    });
  }
}

/** Docker's predefined build arguments: a proxy reaches the build and stays out of the image. */
function proxyVariables(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const lower of ['http_proxy', 'https_proxy', 'no_proxy']) {
    for (const name of [lower, lower.toUpperCase()]) {
      const value = process.env[name];
      if (value !== undefined && value !== '') found[name] = value;
    }
  }
  return found;
}

function ignoreMissing(error: unknown): void {
  if (error instanceof Error && 'statusCode' in error && error.statusCode === 404) return;
  throw error;
}
