/** Image layouts made in code: their files, to be packed as an archive or written into a directory. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadWhole } from './load-whole.ts';
import { ANY_IMAGE, type Wish } from '../../src/image/choice.ts';
import type { AnalysedImage } from '../../src/report/report.ts';
import type { LayoutKind } from '../../src/sources/layout-directory.ts';
import { LayoutSource } from '../../src/sources/layout.ts';
import type { RawMember } from './raw-tar.ts';
import { blob, configFor, member } from './saved.ts';

type Blob = ReturnType<typeof blob>;
export type Descriptor = Readonly<Record<string, unknown>>;

/** One image: its blobs, and the descriptor of its manifest. */
export interface LaidOut {
  readonly members: readonly RawMember[];
  readonly manifest: Blob;
  readonly config: Blob;
  readonly layers: readonly Blob[];
}

interface Described {
  /** What the config says beside the layers. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** The layers as they are stored; uncompressed where left out. */
  readonly stored?: readonly Uint8Array[];
}

/** An image of these layers' tars. */
export function laidOut(
  tars: readonly Uint8Array[],
  { config = {}, stored = tars }: Described = {},
): LaidOut {
  const described = { ...(JSON.parse(configFor(...tars)) as object), ...config };
  const configBlob = blob(JSON.stringify(described));
  const layers = stored.map((bytes) => blob(bytes));
  const manifest = blob(
    JSON.stringify({
      schemaVersion: 2,
      config: configBlob.descriptor,
      layers: layers.map(({ descriptor }) => descriptor),
    }),
  );
  const members = [...layers, configBlob, manifest].map((each) => each.member);
  return { members, manifest, config: configBlob, layers };
}

/** An index in a blob of its own. */
export const indexBlob = (...manifests: readonly Descriptor[]): Blob =>
  blob(JSON.stringify({ schemaVersion: 2, manifests }));

/** `index.json` and `oci-layout`. */
export const indexOf = (...manifests: readonly Descriptor[]): RawMember[] => [
  member('oci-layout', '{"imageLayoutVersion":"1.0.0"}'),
  member('index.json', JSON.stringify({ schemaVersion: 2, manifests })),
];

/** The descriptor of an image under a name. */
export const tagged = ({ manifest }: LaidOut, name: string): Descriptor => ({
  ...manifest.descriptor,
  annotations: { 'org.opencontainers.image.ref.name': name },
});

/** The descriptor of an image for a platform: `linux/arm64/v8`. */
export function forPlatform({ manifest }: LaidOut, platform: string): Descriptor {
  const [os, architecture, variant] = platform.split('/');
  return { ...manifest.descriptor, platform: { os, architecture, ...(variant ? { variant } : {}) } };
}

/** An empty directory, gone when the test has ended. */
export function emptyDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'peel-layout-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Writes members as files; the directory's path. */
export function written(members: readonly RawMember[], path: string = emptyDirectory()): string {
  for (const { name, content = '' } of members) {
    const file = join(path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content, 'latin1');
  }
  return path;
}

/** The same image as `skopeo copy … dir:` lays it out. */
export function asDir({ manifest, config, layers }: LaidOut): RawMember[] {
  const flat = [config, ...layers].map(({ member: { content }, descriptor }): RawMember => ({
    name: descriptor.digest.replace('sha256:', ''),
    ...(content === undefined ? {} : { content }),
  }));
  return [
    member('version', 'Directory Transport Version: 1.1\n'),
    ...flat,
    { ...manifest.member, name: 'manifest.json' },
  ];
}

/** A layout with all that a report tells of it, and verified. */
export const loadLayout = (
  path: string,
  wish: Wish = ANY_IMAGE,
  kind: LayoutKind = 'oci',
): Promise<AnalysedImage> => loadWhole(new LayoutSource({ path, kind }, wish));
