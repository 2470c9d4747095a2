// Docker archives that a benchmark writes itself, of any size: the same bytes every time, a gigabyte in a second or two.
import { createHash } from 'node:crypto';
import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import { BLOCK, END, member } from '../test/harness/raw-tar.ts';

/** A file that a layer stores. */
export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
  readonly uid?: number;
}

/** What one layer stores, in its tar's order. */
export type WrittenLayer = readonly WrittenFile[];

/** Files of one size in one directory. */
export function filesOf(directory: string, count: number, bytes: number, uid = 0): WrittenLayer {
  return Array.from({ length: count }, (_, number) => ({ path: `${directory}/file-${number}`, bytes, uid }));
}

/** Content is cut from this much that looks like chance, each path's from another place on. */
const CONTENT = randomBytes(4 * 1024 * 1024);

/** Largest piece that is written at once. */
const PIECE = 1024 * 1024;

/** Writes an archive of today's layout (blobs by digest, and a manifest.json), whole or not at all. */
export function writeArchive(path: string, name: string, layers: readonly WrittenLayer[]): void {
  const part = `${path}.part`;
  const tar = new TarFile(part);
  const digests = layers.map((layer) => tar.addLayer(layer));
  const config = JSON.stringify({
    architecture: 'amd64',
    os: 'linux',
    created: '2026-01-01T00:00:00Z',
    config: {},
    rootfs: { type: 'layers', diff_ids: digests.map((digest) => `sha256:${digest}`) },
    history: layers.map((_, layer) => ({
      created: '2026-01-01T00:00:00Z',
      created_by: `RUN make step-${layer}`,
    })),
  });
  const Config = blobName(createHash('sha256').update(config).digest('hex'));
  tar.addDocument(Config, config);
  const manifest = [{ Config, RepoTags: [name], Layers: digests.map(blobName) }];
  tar.addDocument('manifest.json', JSON.stringify(manifest));
  tar.end();
  renameSync(part, path);
}

const blobName = (digest: string): string => `blobs/sha256/${digest}`;

/** A tar on disk, written from its beginning to its end but for the headers of layers: a layer is named by its digest. */
class TarFile {
  private readonly file: number;
  private at = 0;

  constructor(path: string) {
    this.file = openSync(path, 'w');
  }

  addDocument(name: string, text: string): void {
    this.write(member({ name, content: text }));
  }

  /** Writes a layer; its digest. */
  addLayer(layer: WrittenLayer): string {
    const header = this.at;
    this.at += BLOCK;
    const start = this.at;
    const hash = createHash('sha256');
    for (const piece of layerTar(layer)) {
      hash.update(piece);
      this.write(piece);
    }
    const digest = hash.digest('hex');
    const size = this.at - start;
    writeSync(
      this.file,
      member({ name: blobName(digest), size, base256: size >= 8 ** 11 }),
      0,
      BLOCK,
      header,
    );
    return digest;
  }

  end(): void {
    this.write(END);
    closeSync(this.file);
  }

  private write(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length;) {
      done += writeSync(this.file, bytes, done, bytes.length - done, this.at + done);
    }
    this.at += bytes.length;
  }
}

function* layerTar(layer: WrittenLayer): Generator<Uint8Array, void> {
  for (const { path, bytes, uid = 0 } of layer) {
    yield member({ name: path, size: bytes, uid, gid: uid, mtime: 1_767_225_600 });
    const start = createHash('sha256').update(path).digest().readUInt32LE() % (CONTENT.length - PIECE);
    for (let left = bytes; left > 0; left -= PIECE) {
      yield CONTENT.subarray(start, start + Math.min(left, PIECE));
    }
    yield new Uint8Array((BLOCK - (bytes % BLOCK)) % BLOCK);
  }
  yield END;
}

/** Xorshift: bytes that look like chance, the same in every run. */
function randomBytes(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 1;
  for (let at = 0; at < length; at += 4) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes.writeInt32LE(state | 0, at);
  }
  return bytes;
}
