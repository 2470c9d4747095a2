/**
 * Writes images as `docker save` writes them, from a plain description of their layers. Everything in this file
 * is made with tar-stream's packer and node's own hashes: none of it comes from the program under test.
 */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { pack, type Pack } from 'tar-stream';

export type EntryType = 'file' | 'directory' | 'symlink' | 'hardlink' | 'char' | 'block' | 'fifo';

/** One tar header of a layer with its payload, the name written as it stands (`./etc/`, `/etc`, `etc/.wh.x`). */
export interface LayerEntry {
  readonly name: string;
  readonly type: EntryType;
  /** The payload of a regular file, one character (0 to 255) for each byte; empty for every other type. */
  readonly content: string;
  /** Where a symlink or a hard link points, as written; empty for every other type. */
  readonly link: string;
  /** Permission bits with setuid, setgid and sticky: 0o1 to 0o7777 (tar-stream takes 0 for "not given"). */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970. */
  readonly mtime: number;
}

export interface ImageDescription {
  /** Base first; the entries in the order in which they stand in the layer's tar. */
  readonly layers: readonly (readonly LayerEntry[])[];
  /** How many instructions without a layer stand before the layer of the same index; none where left out. */
  readonly emptyInstructionsBefore?: readonly number[];
}

export interface ArchiveOptions {
  /** `yesterday` is what Docker wrote before 25 (`<id>/layer.tar`), `today` what it writes since (`blobs/sha256`). */
  readonly layout: 'yesterday' | 'today';
  readonly layers: 'plain' | 'gzip';
}

type Meta = Partial<Pick<LayerEntry, 'mode' | 'uid' | 'gid' | 'mtime'>>;

function entry(type: EntryType, name: string, mode: number, more: Partial<LayerEntry>): LayerEntry {
  return { name, type, content: '', link: '', mode, uid: 0, gid: 0, mtime: 1_600_000_000, ...more };
}

export const file = (name: string, content: string, meta: Meta = {}): LayerEntry =>
  entry('file', name, 0o644, { content, ...meta });
export const directory = (name: string, meta: Meta = {}): LayerEntry => entry('directory', name, 0o755, meta);
export const symlink = (name: string, link: string, meta: Meta = {}): LayerEntry =>
  entry('symlink', name, 0o777, { link, ...meta });
export const hardlink = (name: string, link: string, meta: Meta = {}): LayerEntry =>
  entry('hardlink', name, 0o644, { link, ...meta });
export const special = (type: 'char' | 'block' | 'fifo', name: string, meta: Meta = {}): LayerEntry =>
  entry(type, name, 0o644, meta);

/** The entry that hides `path` of the layers below: `a/b` becomes `a/.wh.b`. */
export function whiteout(path: string): LayerEntry {
  const slash = path.lastIndexOf('/') + 1;
  return file(`${path.slice(0, slash)}.wh.${path.slice(slash)}`, '');
}

/** The entry that hides everything below `path` in the layers below. */
export const opaque = (path: string): LayerEntry => file(`${path}/.wh..wh..opq`, '');

/** The tar of one layer. */
export const tarOfLayer = (entries: readonly LayerEntry[]): Promise<Buffer> => packTar(entries.map(toMember));

/** The bytes of one `docker save` archive holding `image` under the tag `test/image:latest`. */
export async function dockerArchive(image: ImageDescription, options: ArchiveOptions): Promise<Uint8Array> {
  const layers = await Promise.all(
    image.layers.map(async (entries) => {
      const tar = await tarOfLayer(entries);
      const blob = options.layers === 'gzip' ? gzipSync(tar, { level: 1 }) : tar;
      return { diffId: `sha256:${sha256(tar)}`, blob };
    }),
  );
  const config = Buffer.from(JSON.stringify(configOf(image, layers)));
  const members =
    options.layout === 'today' ? todayMembers(config, layers) : yesterdayMembers(config, layers);
  // Docker packs a folder that it has written, so the members come in the order of their names: a layer may
  // stand anywhere, and the JSON that explains it stands after it.
  return packTar([...members.values()].sort((a, b) => (a.name < b.name ? -1 : 1)));
}

interface Layer {
  readonly diffId: string;
  readonly blob: Buffer;
}

type Header = Parameters<Pack['entry']>[0];
type Member = Header & { readonly body: Buffer };

function yesterdayMembers(config: Buffer, layers: readonly Layer[]): Map<string, Member> {
  const members = new Map<string, Member>();
  const add = (name: string, body: Buffer): unknown => members.set(name, { name, type: 'file', body });
  const firstWithDiffId = new Map<string, string>();
  const paths: string[] = [];
  let id = '';
  for (const { diffId, blob } of layers) {
    id = sha256(Buffer.from(`${id} ${diffId}`));
    members.set(id, { name: `${id}/`, type: 'directory', body: Buffer.alloc(0) });
    add(`${id}/VERSION`, Buffer.from('1.0'));
    add(`${id}/json`, Buffer.from(JSON.stringify({ id, os: 'linux' })));
    const name = `${id}/layer.tar`;
    const first = firstWithDiffId.get(diffId);
    if (first === undefined) add(name, blob);
    else
      members.set(name, { name, type: 'symlink', linkname: `../${first}/layer.tar`, body: Buffer.alloc(0) });
    if (first === undefined) firstWithDiffId.set(diffId, id);
    paths.push(name);
  }
  const configName = `${sha256(config)}.json`;
  add(configName, config);
  add('manifest.json', json([{ Config: configName, RepoTags: ['test/image:latest'], Layers: paths }]));
  add('repositories', json({ 'test/image': { latest: id } }));
  return members;
}

function todayMembers(config: Buffer, layers: readonly Layer[]): Map<string, Member> {
  const members = new Map<string, Member>();
  const add = (name: string, body: Buffer): unknown => members.set(name, { name, type: 'file', body });
  const blob = (mediaType: string, body: Buffer) => {
    const hex = sha256(body);
    add(`blobs/sha256/${hex}`, body);
    return { mediaType, digest: `sha256:${hex}`, size: body.length };
  };
  for (const folder of ['blobs', 'blobs/sha256']) {
    members.set(folder, { name: `${folder}/`, type: 'directory', body: Buffer.alloc(0) });
  }
  const configDescriptor = blob('application/vnd.oci.image.config.v1+json', config);
  const descriptors = layers.map((layer) => {
    const suffix = layer.blob[0] === 0x1f && layer.blob[1] === 0x8b ? '+gzip' : '';
    return { diffId: layer.diffId, ...blob(`application/vnd.oci.image.layer.v1.tar${suffix}`, layer.blob) };
  });
  const manifest = blob(
    'application/vnd.oci.image.manifest.v1+json',
    json({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: configDescriptor,
      layers: descriptors.map(({ mediaType, digest, size }) => ({ mediaType, digest, size })),
    }),
  );
  const inArchive = (digest: string): string => `blobs/sha256/${digest.slice('sha256:'.length)}`;
  const annotations = { 'io.containerd.image.name': 'docker.io/test/image:latest' };
  add('index.json', json({ schemaVersion: 2, manifests: [{ ...manifest, annotations }] }));
  add('oci-layout', json({ imageLayoutVersion: '1.0.0' }));
  add(
    'manifest.json',
    json([
      {
        Config: inArchive(configDescriptor.digest),
        RepoTags: ['test/image:latest'],
        Layers: descriptors.map(({ digest }) => inArchive(digest)),
        LayerSources: Object.fromEntries(
          descriptors.map(({ diffId, mediaType, digest, size }) => [diffId, { mediaType, digest, size }]),
        ),
      },
    ]),
  );
  return members;
}

function configOf(image: ImageDescription, layers: readonly Layer[]): unknown {
  const created = '2026-01-01T00:00:00Z';
  const history = layers.flatMap((_, index) => {
    const empty = image.emptyInstructionsBefore?.[index] ?? 0;
    return [
      ...Array.from({ length: empty }, (__, n) => ({
        created,
        created_by: `/bin/sh -c #(nop)  ENV STEP=${index}.${n}`,
        empty_layer: true,
      })),
      { created, created_by: `/bin/sh -c step ${index}` },
    ];
  });
  return {
    architecture: 'amd64',
    os: 'linux',
    created,
    config: { Env: ['PATH=/bin'], Cmd: ['sh'] },
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
    history,
  };
}

const tarType = {
  file: 'file',
  directory: 'directory',
  symlink: 'symlink',
  hardlink: 'link',
  char: 'character-device',
  block: 'block-device',
  fifo: 'fifo',
} as const satisfies Record<EntryType, Header['type']>;

function toMember({ name, type, content, link, mode, uid, gid, mtime }: LayerEntry): Member {
  const header: Member = { name, type: tarType[type], mode, uid, gid, body: Buffer.from(content, 'latin1') };
  header.mtime = new Date(mtime * 1000);
  if (link !== '') header.linkname = link;
  if (type === 'char' || type === 'block') Object.assign(header, { devmajor: 1, devminor: 3 });
  return header;
}

async function packTar(members: readonly Member[]): Promise<Buffer> {
  const tar = pack();
  for (const { body, ...header } of members) {
    const whole = { mtime: new Date(1_767_225_600_000), ...header };
    if (header.type === 'file') tar.entry(whole, body);
    else tar.entry(whole);
  }
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
