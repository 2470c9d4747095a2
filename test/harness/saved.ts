/** Archives put together member by member, so that each can be left out, spoilt, or spelt another way. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { loadImage } from '../../src/cli/load-image.ts';
import type { Platform } from '../../src/image/platform.ts';
import type { AnalysedImage } from '../../src/report/report.ts';
import { ArchiveSource } from '../../src/sources/archive.ts';
import { rawTar, type RawMember } from './raw-tar.ts';

export const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

/** A layer's tar. */
export const layerTar = (...members: readonly RawMember[]): Buffer => rawTar(...members);

export const member = (name: string, content: Uint8Array | string): RawMember => ({
  name,
  content: Buffer.from(content).toString('latin1'),
});

export const configFor = (...layers: readonly Uint8Array[]): string =>
  JSON.stringify({
    os: 'linux',
    architecture: 'amd64',
    rootfs: { type: 'layers', diff_ids: layers.map((layer) => `sha256:${sha256(layer)}`) },
    history: layers.map((_, index) => ({ created_by: `RUN step ${index}` })),
  });

export const savedAs = (
  ...images: readonly { config: string; tags?: readonly string[]; layers: readonly string[] }[]
) =>
  member(
    'manifest.json',
    JSON.stringify(
      images.map(({ config, tags = null, layers }) => ({ Config: config, RepoTags: tags, Layers: layers })),
    ),
  );

/** What an image layout has at `blobs/sha256/<hex>`, with the descriptor that leads there. */
export function blob(content: Uint8Array | string, annotations?: Readonly<Record<string, string>>) {
  const hex = sha256(content);
  const descriptor = {
    digest: `sha256:${hex}`,
    size: content.length,
    ...(annotations ? { annotations } : {}),
  };
  return { member: member(`blobs/sha256/${hex}`, content), descriptor, name: `blobs/sha256/${hex}` };
}

interface SourceOptions {
  readonly image?: string | null;
  readonly platform?: Platform | null;
  readonly size?: number;
}

/** A source that reads the bytes as often as it is asked to, in pieces of `size` bytes. */
export function sourceOf(
  bytes: Uint8Array,
  { image = null, platform = null, size = 1 << 20 }: SourceOptions = {},
) {
  const open = () => {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
      bytes.subarray(n * size, (n + 1) * size),
    );
    return Readable.from(pieces);
  };
  return new ArchiveSource({ name: 'shop.tar', total: bytes.length, open }, { name: image, platform });
}

export const load = (source: ArchiveSource): Promise<AnalysedImage> =>
  loadImage(source, () => undefined, new AbortController().signal);

/** Two layers: the upper one writes `/a` anew. */
export const BASE = layerTar({ name: 'a', content: 'one' }, { name: 'b', content: 'two' });
export const TOP = layerTar({ name: 'a', content: 'three' });

/** Docker before 25: a folder for each layer. */
export const old = (layers: readonly (Buffer | string)[]): RawMember[] => {
  const tars = layers.map((layer) => (typeof layer === 'string' ? BASE : layer));
  return [
    ...layers.map((layer, index): RawMember => {
      const name = `${String(index).repeat(64)}/layer.tar`;
      return typeof layer === 'string' ? { name, type: '2', link: layer } : member(name, layer);
    }),
    member('c.json', configFor(...tars)),
    savedAs({
      config: 'c.json',
      tags: ['shop:1'],
      layers: layers.map((_, n) => `${String(n).repeat(64)}/layer.tar`),
    }),
  ];
};

/** Loads an archive of these members. */
export const loadMembers = (...members: readonly (RawMember | Buffer)[]) =>
  load(sourceOf(rawTar(...members)));
