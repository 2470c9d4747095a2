// The archive that `docker save` and its kin write, read in one pass from first byte to last.
//
// Blobs come before the JSON that explains them, so every member is judged by its own first bytes: JSON is kept
// as text, a tar (plain, gzip, zstd) is read as a layer into a sink of its own, a symlink is another name of a
// layer, all else goes by. A layer whose diff ID is known beforehand is handed on as soon as it has been read;
// the others when the manifest, at the end, has said which they are.

import { posix } from 'node:path';
import type { EntrySink } from '../image/entry.ts';
import { PeelError } from '../image/errors.ts';
import { type ImageName, factsOf } from '../image/facts.ts';
import type { ImageFacts, IndexReader } from '../image/source.ts';
import { compressionOf, decompressed, peek } from '../tar/decompress.ts';
import { readLayer } from '../tar/read-layer.ts';
import { readTar, type TarHeader } from '../tar/read-tar.ts';
import { brokenArchive } from './broken-archive.ts';
import { digestIn, findImage, type FoundImage } from './saved-image.ts';

/** A config or manifest larger than this is hostile: real ones stay under 1 MiB. */
const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** So many bytes of a member tell what it is: one tar block. */
const HEAD_BYTES = 512;

/** What is known of the image before its archive is read. */
export interface Expectation {
  /** The tag to take where the archive holds several images. */
  readonly wanted: string | null;
  /** Diff IDs, base first, where somebody has told them; else empty. */
  readonly diffIds: readonly string[];
  /** How the image is called, given what the archive says of itself. */
  name(found: FoundImage): ImageName;
}

interface ReadLayer<L extends EntrySink> {
  readonly entries: L;
  readonly diffId: string;
  readonly digest: string | null;
  readonly blobBytes: number;
}

/** An archive's image and its layers' member names: what `content` needs to find a file again. */
export interface ArchiveIndex {
  readonly image: ImageFacts;
  readonly layerMembers: readonly string[];
}

/**
 * Reads a `docker save` archive into a reader's sinks.
 * @throws PeelError `not-an-image`, `broken-stream`, `hostile`, `no-such-image`; the stream's own errors.
 */
export async function readArchive<L extends EntrySink>(
  chunks: AsyncIterable<Uint8Array>,
  expected: Expectation,
  reader: IndexReader<L>,
): Promise<ArchiveIndex> {
  const documents = new Map<string, string>();
  const layers = new Map<string, ReadLayer<L>>();
  const aliases = new Map<string, string>();
  const handedOn = new Set<number>();

  const handOn = (index: number, { entries, digest, blobBytes }: ReadLayer<L>) => {
    if (handedOn.has(index)) return;
    handedOn.add(index);
    reader.on({ type: 'layer', index, entries, digest, blobBytes });
  };

  await eachMember(chunks, async (header, body) => {
    const name = posix.normalize(header.name);
    if (header.type === 'symlink' || header.type === 'link') {
      const target = header.linkname ?? '';
      aliases.set(
        name,
        header.type === 'link' ? posix.normalize(target) : posix.join(posix.dirname(name), target),
      );
      return;
    }
    const { head, all } = await peek(body, HEAD_BYTES);
    if (isJson(head)) {
      documents.set(name, await textOf(all, name));
    } else if (isLayer(head, name)) {
      const entries = reader.newLayer();
      const { diffId } = await readLayer(decompressed(all, compressionOf(head)), entries);
      const layer = { entries, diffId, digest: digestIn(name), blobBytes: header.size };
      layers.set(name, layer);
      expected.diffIds.forEach((id, index) => {
        if (id === diffId) handOn(index, layer);
      });
    }
  });

  const found = findImage(documents, expected.wanted);
  const image = factsOf(expected.name(found), found.config);
  reader.on({ type: 'image', image });
  const layerMembers = found.layers.map((name) => {
    const member = posix.normalize(name);
    return aliases.get(member) ?? member;
  });
  checkLayerCount(image, layerMembers);
  layerMembers.forEach((member, index) => {
    const layer = layers.get(member);
    if (layer === undefined) {
      throw new PeelError('broken-stream', `Layer ${index} (${member}) is missing: the archive was cut off.`);
    }
    handOn(index, layer);
  });
  return { image, layerMembers };
}

/** Walks an archive's members; each is given to `visit` and must be read or left by it before the next one comes. */
export async function eachMember(
  chunks: AsyncIterable<Uint8Array>,
  visit: (header: TarHeader, body: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<void> {
  const { head, all } = await peek(chunks, HEAD_BYTES);
  if (head.length === 0) throw new PeelError('not-an-image', 'It is empty.');
  let seen = 0;
  let failure: unknown = null;
  try {
    await readTar(decompressed(all, compressionOf(head)), (header, body, next) => {
      seen++;
      visit(header, body as AsyncIterable<Uint8Array>).then(
        () => {
          // What the visitor left unread goes by.
          if (body.destroyed) next();
          else body.on('close', () => next()).resume();
        },
        (error: unknown) => {
          failure = error;
          next(error);
        },
      );
    });
  } catch (error) {
    throw failure instanceof PeelError ? failure : brokenArchive(failure ?? error, seen);
  }
}

function checkLayerCount(image: ImageFacts, members: readonly string[]): void {
  if (image.layers.length === members.length) return;
  throw new PeelError(
    'not-an-image',
    `The config speaks of ${image.layers.length} layers, the manifest of ${members.length}.`,
  );
}

function isJson(head: Uint8Array): boolean {
  const first = head.find((byte) => byte > 0x20);
  return first === 0x7b || first === 0x5b; // { or [
}

/** POSIX, ustar: where the magic stands in a header block. */
const USTAR_OFFSET = 257;

function isLayer(head: Uint8Array, name: string): boolean {
  if (compressionOf(head) !== 'none') return true;
  if (head.length < HEAD_BYTES) return false;
  const magic = String.fromCharCode(...head.subarray(USTAR_OFFSET, USTAR_OFFSET + 5));
  return magic === 'ustar' || name.endsWith('.tar') || head.every((byte) => byte === 0);
}

async function textOf(chunks: AsyncIterable<Uint8Array>, name: string): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of chunks) {
    parts.push(part);
    length += part.length;
    if (length > MAX_DOCUMENT_BYTES) {
      throw new PeelError(
        'hostile',
        `${name} is larger than ${MAX_DOCUMENT_BYTES / 1024 / 1024} MiB of JSON.`,
      );
    }
  }
  return Buffer.concat(parts).toString('utf8');
}
