// The ways in which an image can be written down: by which program, in which form.
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip, createZstdCompress } from 'node:zlib';
import type { ImageTool } from './image-tools.ts';
import { run } from './run.ts';
import type { Workshop } from './workshop.ts';

/** What is written: an archive, a folder that is an OCI layout, or one as skopeo's `dir:` has it. */
export type Shape = 'archive' | 'oci-layout' | 'docker-directory';

/** One program's way to write an image down. */
export interface Form {
  /** Unique: `skopeo: OCI archive, layers in zstd`. */
  readonly name: string;
  readonly shape: Shape;
  readonly tools: readonly ImageTool[];
  /** Writes the image of the workshop to this path. */
  readonly write: (workshop: Workshop, path: string) => Promise<unknown>;
  /** The archive comes through a pipe, else it is a file that can be sought. */
  readonly piped?: boolean;
  /** Under which name the image stands among others in the archive. */
  readonly chosen?: (reference: string) => string;
  /** The writer makes the config anew, so the image's ID is another. What the config says must stay. */
  readonly newConfig?: boolean;
}

/** One more stage of compression around a whole archive. */
const packed =
  (archive: (workshop: Workshop) => Promise<string>, stage: () => NodeJS.ReadWriteStream) =>
  async (workshop: Workshop, path: string): Promise<void> =>
    pipeline(createReadStream(await archive(workshop)), stage(), createWriteStream(path));

/** The archive that `docker save` wrote, as it is. */
const asSaved = async (workshop: Workshop, path: string): Promise<unknown> =>
  run('cp', '--reflink=auto', await workshop.saved(), path);

/** Takes the image from what `docker save` wrote. */
const bySkopeo =
  (transport: string, ...flags: string[]) =>
  async (workshop: Workshop, path: string): Promise<void> =>
    workshop.skopeo(
      ...flags,
      `docker-archive:${await workshop.saved()}`,
      destination(transport, workshop, path),
    );

/** `oci:PATH:NAME`. A `dir:` has no name. */
function destination(transport: string, { reference }: Workshop, path: string): string {
  return transport === 'dir' ? `dir:${path}` : `${transport}:${path}:${reference}`;
}

const byPodman =
  (format: string) =>
  async (workshop: Workshop, path: string): Promise<void> =>
    workshop.containers(
      'podman',
      'save',
      '--quiet',
      '--format',
      format,
      '--output',
      path,
      workshop.reference,
    );

const byBuildah =
  (transport: string, ...flags: string[]) =>
  async (workshop: Workshop, path: string): Promise<void> => {
    const to = destination(transport, workshop, path);
    await workshop.containers('buildah', 'push', '--quiet', ...flags, workshop.reference, to);
  };

const byCrane =
  (format: string) =>
  async (workshop: Workshop, path: string): Promise<unknown> =>
    run('crane', 'pull', '--insecure', '--format', format, `${await workshop.registry()}/image:gzip`, path);

const zstd = ['--dest-compress-format', 'zstd'] as const;
const plain = '--dest-oci-accept-uncompressed-layers';

type Write = Form['write'];
type More = Partial<Pick<Form, 'piped' | 'chosen' | 'newConfig'>>;

const form =
  (shape: Shape, ...tools: ImageTool[]) =>
  (name: string, write: Write, more: More = {}): Form => ({ name, shape, tools, write, ...more });

const docker = form('archive');
const skopeo = form('archive', 'skopeo');
const podman = form('archive', 'podman');
const buildah = form('archive', 'podman', 'buildah');
const crane = form('archive', 'crane');
const newConfig = true;
const piped = true;

/** Archives, whichever program wrote them. */
const archives: readonly Form[] = [
  docker('docker save', asSaved),
  docker('docker save, through a pipe', asSaved, { piped }),
  docker(
    'docker save, the archive in gzip',
    packed((shop) => shop.saved(), createGzip),
  ),
  docker(
    'docker save, the archive in gzip, through a pipe',
    packed((shop) => shop.saved(), createGzip),
    { piped },
  ),
  docker(
    'docker save, the archive in zstd',
    packed((shop) => shop.saved(), createZstdCompress),
  ),
  docker(
    'docker save, the archive in zstd, through a pipe',
    packed((shop) => shop.saved(), createZstdCompress),
    {
      piped,
    },
  ),
  docker(
    'docker save, one of two images',
    async (shop, path) => run('cp', '--reflink=auto', await shop.savedWithCompanion(), path),
    { chosen: (reference) => reference },
  ),
  skopeo('skopeo: docker archive, straight from the daemon', async (shop, path) =>
    shop.skopeo(
      ...['--src-daemon-host', shop.host, `docker-daemon:${shop.reference}`],
      `docker-archive:${path}:${shop.reference}`,
    ),
  ),
  skopeo('skopeo: docker archive without a name', async (shop, path) =>
    shop.skopeo(`docker-archive:${await shop.saved()}`, `docker-archive:${path}`),
  ),
  skopeo('skopeo: OCI archive, layers in gzip', bySkopeo('oci-archive'), { newConfig }),
  skopeo('skopeo: OCI archive, layers in gzip, through a pipe', bySkopeo('oci-archive'), {
    newConfig,
    piped,
  }),
  skopeo('skopeo: OCI archive, layers in zstd', bySkopeo('oci-archive', ...zstd), { newConfig }),
  skopeo('skopeo: OCI archive, layers in zstd, through a pipe', bySkopeo('oci-archive', ...zstd), {
    newConfig,
    piped,
  }),
  skopeo('skopeo: OCI archive, layers as they are', bySkopeo('oci-archive', plain), { newConfig }),
  skopeo(
    'skopeo: OCI archive in gzip as a whole',
    packed((shop) => shop.once('oci.tar', async (path) => bySkopeo('oci-archive')(shop, path)), createGzip),
    { newConfig },
  ),
  skopeo('tar: an OCI layout, its members as ./index.json', tarred('.'), { newConfig }),
  skopeo('tar: an OCI layout, index.json before the blobs', tarred('oci-layout', 'index.json', 'blobs'), {
    newConfig,
    piped,
  }),
  podman('podman save: docker archive', byPodman('docker-archive')),
  podman('podman save: docker archive, through a pipe', byPodman('docker-archive'), { piped }),
  podman('podman save: OCI archive', byPodman('oci-archive'), { newConfig }),
  podman(
    'podman save: docker archive, one of two images',
    async (shop, path) =>
      shop.containers(
        'podman',
        ...['save', '--quiet', '--multi-image-archive', '--output', path],
        shop.companion,
        shop.reference,
      ),
    { chosen: (reference) => `localhost/${reference}` },
  ),
  buildah('buildah push: docker archive', byBuildah('docker-archive')),
  buildah('buildah push: OCI archive, layers in gzip', byBuildah('oci-archive'), { newConfig }),
  buildah(
    'buildah push: OCI archive, layers in zstd',
    byBuildah('oci-archive', '--compression-format', 'zstd'),
    {
      newConfig,
    },
  ),
  crane('crane: tarball, layers in gzip', byCrane('tarball')),
  crane('crane: tarball, layers in gzip, through a pipe', byCrane('tarball'), { piped }),
  crane('crane: legacy tarball', byCrane('legacy')),
  form('archive', 'skopeo', 'crane')(
    'crane: tarball, layers in zstd',
    async (shop, path) => {
      const image = `${await shop.registry()}/image:zstd`;
      await shop.skopeo(
        '--dest-tls-verify=false',
        ...zstd,
        `oci:${await shop.layout()}`,
        `docker://${image}`,
      );
      await run('crane', 'pull', '--insecure', '--format', 'tarball', image, path);
    },
    { newConfig },
  ),
];

/** The OCI layout put into an archive by hand. */
function tarred(...members: string[]): Write {
  return async (shop, path) =>
    run('tar', '--create', '--file', path, '--directory', await shop.layout(), ...members);
}

const layout = form('oci-layout', 'skopeo');
const directory = form('docker-directory', 'skopeo');

/** Folders that are OCI layouts. */
const layouts: readonly Form[] = [
  layout('skopeo: OCI layout, layers in gzip', bySkopeo('oci'), { newConfig }),
  layout('skopeo: OCI layout, layers in zstd', bySkopeo('oci', ...zstd), { newConfig }),
  layout('skopeo: OCI layout, layers as they are', bySkopeo('oci', plain), { newConfig }),
  form('oci-layout', 'podman')('podman save: OCI layout', byPodman('oci-dir'), { newConfig }),
  form('oci-layout', 'podman', 'buildah')('buildah push: OCI layout', byBuildah('oci'), { newConfig }),
  form('oci-layout', 'crane')('crane: OCI layout', byCrane('oci')),
];

/** Folders as `dir:` has them: a manifest, and blobs beside it. */
const directories: readonly Form[] = [
  directory('skopeo: directory, layers as they are', bySkopeo('dir')),
  directory('skopeo: directory, layers in gzip', bySkopeo('dir', '--dest-compress')),
  directory(
    'skopeo: directory, layers in zstd',
    async (shop, path) => {
      const packed = await shop.once('layout-zstd', async (folder) => bySkopeo('oci', ...zstd)(shop, folder));
      await shop.skopeo(`oci:${packed}`, `dir:${path}`);
    },
    { newConfig },
  ),
  directory('skopeo: directory, unpacked again', async (shop, path) => {
    const packed = await shop.once('dir-gzip', async (folder) =>
      bySkopeo('dir', '--dest-compress')(shop, folder),
    );
    await shop.skopeo('--dest-decompress', `dir:${packed}`, `dir:${path}`);
  }),
  form('docker-directory', 'podman')('podman save: docker directory', byPodman('docker-dir')),
];

/** Every form that peel must read alike. */
export const everyForm: readonly Form[] = [...archives, ...layouts, ...directories];
