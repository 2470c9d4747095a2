import { createHash } from 'node:crypto';
import { addAbortSignal, Readable } from 'node:stream';
import { type Header, pack, type Pack } from 'tar-stream';
import { ArchiveSource } from '../archive.ts';
import { SAMPLE_STEPS, type SampleEntry, type SampleStep } from './layers.ts';

const SAMPLE_REFERENCE = 'peel/sample:latest';

/** The built-in image: it goes the way of every archive, only that its bytes are made here. */
export function sampleSource(): ArchiveSource {
  return new ArchiveSource({
    name: SAMPLE_REFERENCE,
    total: null,
    origin: 'built-in',
    open: (signal) => addAbortSignal(signal, Readable.from(sampleArchive(), { objectMode: false })),
  });
}

/** The sample image as `docker save` writes it. */
export async function* sampleArchive(): AsyncGenerator<Uint8Array, void> {
  const layers = await Promise.all(
    SAMPLE_STEPS.flatMap(({ entries }) =>
      entries === undefined ? [] : [packed((tar) => addLayer(tar, entries))],
    ),
  );
  const diffIds = layers.map(sha256);
  const config = Buffer.from(JSON.stringify(configOf(diffIds)));
  const manifest = {
    Config: `blobs/sha256/${sha256(config)}`,
    RepoTags: [SAMPLE_REFERENCE],
    Layers: diffIds.map((id) => `blobs/sha256/${id}`),
  };
  const archive = await packed((tar) => {
    layers.forEach((layer, index) => tar.entry(file(`blobs/sha256/${diffIds[index] ?? ''}`), layer));
    tar.entry(file(manifest.Config), config);
    tar.entry(file('manifest.json'), JSON.stringify([manifest]));
  });
  yield archive;
}

const CREATED = new Date('2026-01-01T00:00:00Z');

function configOf(diffIds: readonly string[]) {
  const created = CREATED.toISOString();
  return {
    architecture: 'amd64',
    os: 'linux',
    created,
    config: { User: '1000', WorkingDir: '/app', Env: ['LANG=C.UTF-8'], Cmd: ['node', '/app/server.js'] },
    rootfs: { type: 'layers', diff_ids: diffIds.map((id) => `sha256:${id}`) },
    history: SAMPLE_STEPS.map(({ createdBy, entries }: SampleStep) => ({
      created,
      created_by: createdBy,
      ...(entries === undefined ? { empty_layer: true } : {}),
    })),
  };
}

function addLayer(tar: Pack, entries: readonly SampleEntry[]): void {
  for (const { path, type = 'file', content, seed = 0, mode, owner = 0, link, at = 0 } of entries) {
    const header: Partial<Header> & { name: string } = {
      ...file(path),
      type,
      mode: mode ?? 0o644,
      uid: owner,
      gid: owner,
      mtime: new Date(CREATED.getTime() + at * 1000),
      ...(link === undefined ? {} : { linkname: link }),
      ...(type === 'character-device' ? { devmajor: 1, devminor: 3 } : {}),
    };
    if (type === 'file') tar.entry(header, bytesOf(content ?? '', seed));
    else tar.entry(header);
  }
}

const file = (name: string) => ({ name, mtime: CREATED });

function bytesOf(content: string | number, seed: number): Buffer {
  if (typeof content === 'string') return Buffer.from(content);
  const bytes = Buffer.alloc(content);
  // A linear congruential generator (Numerical Recipes): small, and the same everywhere.
  let state = seed >>> 0;
  for (let index = 0; index < content; index++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}

async function packed(fill: (tar: Pack) => void): Promise<Buffer> {
  const tar = pack();
  fill(tar);
  tar.finalize();
  const parts: Uint8Array[] = [];
  for await (const part of tar as AsyncIterable<Uint8Array>) parts.push(part);
  return Buffer.concat(parts);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
