// A docker archive of a million small files, as large images of many layers are: `node bench/million-archive.ts FILE`
// writes it. The same bytes every time: nothing in it depends on a clock, or on chance.
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { pack, type Header, type Pack } from 'tar-stream';

/** What there is to be in an archive. */
export interface ArchiveSize {
  readonly entries: number;
  readonly layers: number;
}

export const MILLION: ArchiveSize = { entries: 1_000_000, layers: 60 };

/** Share of the entries that the base layer has: most of an image is what it is built on. */
const BASE_SHARE = 0.2;
/** Files of a directory. */
const FILES_IN_DIRECTORY = 30;
/** One directory has this share of all files, as a cache of objects has. */
const FLAT_SHARE = 0.05;
/** Of what a later layer stores, the shares that write again what was there, and that take it away. */
const AGAIN_SHARE = 0.1;
const REMOVED_SHARE = 0.02;
/** Payload bytes of a file are at most these: with its header each takes a kilobyte of the archive. */
const MOST_BYTES = 512;

const KINDS = ['js', 'd.ts', 'map', 'json', 'md', 'py', 'pyc', 'h', 'so', 'html'] as const;

/** Writes the archive. @throws Error where the file cannot be written. */
export async function writeMillionArchive(file: string, size: ArchiveSize = MILLION): Promise<void> {
  const archive = pack();
  const written = pipeline(archive, createWriteStream(file));
  await Promise.all([written, writeMembers(archive, size)]);
}

async function writeMembers(archive: Pack, size: ArchiveSize): Promise<void> {
  const maker = new LayerMaker(size);
  const diffIds: string[] = [];
  for (let layer = 0; layer < size.layers; layer++) {
    const blob = await maker.layer(layer);
    const digest = createHash('sha256').update(blob).digest('hex');
    diffIds.push(digest);
    await add(archive, { name: `blobs/sha256/${digest}` }, blob);
  }
  const config = Buffer.from(JSON.stringify(configOf(diffIds)));
  const configDigest = createHash('sha256').update(config).digest('hex');
  await add(archive, { name: `blobs/sha256/${configDigest}` }, config);
  const manifest = [
    {
      Config: `blobs/sha256/${configDigest}`,
      RepoTags: ['peel-bench/million:1'],
      Layers: diffIds.map((digest) => `blobs/sha256/${digest}`),
    },
  ];
  await add(archive, { name: 'manifest.json' }, Buffer.from(JSON.stringify(manifest)));
  archive.finalize();
}

function configOf(diffIds: readonly string[]): object {
  const created = '2026-01-01T00:00:00Z';
  const history = diffIds.map((_, layer) => ({ created, created_by: `RUN install step ${layer}` }));
  const rootfs = { type: 'layers', diff_ids: diffIds.map((digest) => `sha256:${digest}`) };
  return { architecture: 'amd64', os: 'linux', created, config: {}, rootfs, history };
}

/** Makes the layers one after the other, base first. */
class LayerMaker {
  private readonly size: ArchiveSize;
  /** Files that have been made so far. */
  private files = 0;
  private random = 1;

  constructor(size: ArchiveSize) {
    this.size = size;
  }

  /** The tar of a layer. */
  async layer(layer: number): Promise<Buffer> {
    const { entries, layers } = this.size;
    const base = Math.floor(entries * BASE_SHARE);
    const each = Math.floor((entries - base) / (layers - 1));
    const rest = entries - base - each * (layers - 1);
    const count = layer === 0 ? base : layer === layers - 1 ? each + rest : each;
    const tar = pack();
    const whole = collected(tar);
    for (let left = count; left > 0;) left -= await this.addSome(tar, layer, left);
    tar.finalize();
    return whole;
  }

  /** Adds one entry, or a directory and its first file; says how many. */
  private async addSome(tar: Pack, layer: number, left: number): Promise<number> {
    const chance = this.next() / 2 ** 32;
    const known = layer === 0 ? 0 : Math.floor((this.next() / 2 ** 32) * this.files);
    if (layer > 0 && chance < REMOVED_SHARE) {
      const path = pathOf(known);
      const slash = path.lastIndexOf('/');
      await add(tar, { name: `${path.slice(0, slash)}/.wh.${path.slice(slash + 1)}` }, Buffer.alloc(0));
      return 1;
    }
    if (layer > 0 && chance < REMOVED_SHARE + AGAIN_SHARE) {
      // One in two has other content than before.
      await this.addFile(tar, known, layer, this.next() % 2 === 0 ? 0 : layer);
      return 1;
    }
    const file = this.files++;
    const isFirst = !isFlat(file) && file % FILES_IN_DIRECTORY === 0;
    if (isFirst && left > 1) {
      await add(tar, { name: `${directoryOf(file)}/`, type: 'directory', mode: 0o755, mtime: EPOCH });
    }
    await this.addFile(tar, file, layer, 0);
    return isFirst && left > 1 ? 2 : 1;
  }

  private addFile(tar: Pack, file: number, layer: number, version: number): Promise<void> {
    const text = `${mixed(file)} ${version}\n`;
    const bytes = 1 + (mixed(file + version) % MOST_BYTES);
    const mtime = new Date(EPOCH.getTime() + layer * 1000);
    return add(tar, { name: pathOf(file), mode: 0o644, mtime }, Buffer.alloc(bytes, text));
  }

  /** Xorshift: numbers that look like chance, the same in every run. */
  private next(): number {
    this.random ^= this.random << 13;
    this.random ^= this.random >>> 17;
    this.random ^= this.random << 5;
    return this.random >>> 0;
  }
}

const EPOCH = new Date('2026-01-01T00:00:00Z');

const isFlat = (file: number): boolean => file % Math.round(1 / FLAT_SHARE) === 0;

/** Path of a file: in the one large directory, or in one of thousands. */
function pathOf(file: number): string {
  if (isFlat(file)) return `var/cache/objects/${mixed(file).toString(16).padStart(8, '0')}${file}`;
  return `${directoryOf(file)}/file-${file % 1000}.${KINDS[file % KINDS.length] ?? ''}`;
}

function directoryOf(file: number): string {
  const directory = Math.floor(file / FILES_IN_DIRECTORY);
  return `usr/lib/modules/package-${Math.floor(directory / 40)}/source-${directory % 40}`;
}

function mixed(number: number): number {
  const once = Math.imul(number ^ (number >>> 15), 0x85ebca6b);
  return (once ^ (once >>> 13)) >>> 0;
}

/** Resolves when it has been taken, so that no more is held than what is being written. */
function add(
  tar: Pack,
  header: Partial<Header> & { readonly name: string },
  bytes: Buffer = Buffer.alloc(0),
): Promise<void> {
  return new Promise((resolve, reject) => {
    tar.entry({ mtime: EPOCH, ...header }, bytes, (error) => {
      if (error == null) resolve();
      else reject(error);
    });
  });
}

async function collected(tar: Pack): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of tar) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

const [, script, file] = process.argv;
if (script === import.meta.filename) {
  if (file === undefined) throw new Error('Usage: node bench/million-archive.ts FILE');
  await writeMillionArchive(file);
}
