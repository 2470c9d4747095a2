// Builds images with BuildKit, through the client of the newer engine: where the engine's store can
// keep one, its images come with an attestation.
import { join } from 'node:path';
import { clientFor } from './dockerd.ts';
import { type ContextEntry, contextOf, ImageBuilder } from './image-builder.ts';
import type { ModernDaemon } from './modern-dockerd.ts';

/** What a build is made of, so that it can be asked for again: BuildKit's cache gives the same layers. */
interface Build {
  readonly dockerfile: string;
  readonly context: readonly ContextEntry[];
  readonly args: Readonly<Record<string, string>>;
}

/** An ImageBuilder whose builds are BuildKit's. */
export class BuildKitBuilder extends ImageBuilder {
  readonly #daemon: ModernDaemon;
  readonly #builds = new Map<string, Build>();

  constructor(daemon: ModernDaemon, tag: string) {
    super(clientFor(daemon.host), tag);
    this.#daemon = daemon;
  }

  override async build(
    name: string,
    dockerfile: string,
    context: readonly ContextEntry[] = [],
    args: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    this.#builds.set(name, { dockerfile, context, args });
    await this.#run(name, ['--tag', this.reference(name)]);
    return this.reference(name);
  }

  /**
   * The path of an archive of an image that was built here.
   * @param output as in `type=oci,compression=zstd`, without the destination
   */
  async export(name: string, output: string): Promise<string> {
    const file = `${output.replace(/\W/g, '-')}.tar`;
    // Docker's own format holds one image and nothing beside it.
    const alone = output.startsWith('type=docker') ? ['--provenance', 'false'] : [];
    const to = `${output},name=${this.reference(name)},dest=/srv/${file}`;
    await this.#run(name, [...alone, '--output', to]);
    return join(this.#daemon.folder, file);
  }

  async #run(name: string, flags: readonly string[]): Promise<void> {
    const build = this.#builds.get(name);
    if (build === undefined) throw new Error(`${name} was not built here`);
    const args = Object.entries(build.args).flatMap(([key, value]) => ['--build-arg', `${key}=${value}`]);
    await this.#daemon.docker(
      // The engine has no network of its own, and these builds need none.
      ['buildx', 'build', '--network', 'none', ...args, ...flags, '-'],
      contextOf(build.dockerfile, build.context),
    );
  }
}
