// The archive that `docker save` and its kin write, read in one pass from first byte to last.
//
// Blobs come before the JSON that explains them, so every member is judged by its own first bytes: JSON is kept
// as text, a tar (plain, gzip, zstd) is read as a layer into a sink of its own, a symlink is another name of a
// layer, all else goes by. A layer whose blob is named by a diff ID that is known beforehand is handed on as soon as
// it has been read; the others when the manifest, at the end, has said which they are.

import { posix } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { EntrySink } from '../image/entry.ts';
import { PeelError } from '../image/errors.ts';
import { factsOf, type ImageName } from '../image/facts.ts';
import type { ImageFacts, IndexReader } from '../image/source.ts';
import { beginsWithHeader, BLOCK_BYTES } from '../tar/block.ts';
import { type ByteSink, IGNORE, sniffing } from '../tar/byte-sink.ts';
import { compressionOf, decompressing } from '../tar/decompress.ts';
import type { Expansion } from '../tar/expansion.ts';
import { typeOf } from '../tar/header.ts';
import { layerSink } from '../tar/read-layer.ts';
import type { Member } from '../tar/tar-reader.ts';
import { type ArchiveBytes, eachMember } from './archive-members.ts';
import { KeptDocuments } from './document-sink.ts';
import { digestIn, findImage, type FoundImage } from './saved-image.ts';

/** What is known of the image before its archive is read. */
export interface Expectation {
  /** The tag to take where the archive holds several images. */
  readonly wanted: string | null;
  /** Diff IDs, base first, where somebody has told them; else empty. */
  readonly diffIds: readonly string[];
  /** How the image is called, given what the archive says of itself. */
  name(found: FoundImage): ImageName;
}

/** An archive's image and its layers' member names: what is needed to find a file again. */
export interface ArchiveIndex {
  readonly image: ImageFacts;
  readonly layerMembers: readonly string[];
}

/** Layers of one archive, of however many images: those of a hundred images with a hundred each would still fit. */
const MAX_ARCHIVE_LAYERS = 16 * 1024;

/** Characters of all members' names and links that are remembered: a thousand for each of so many layers. */
const MAX_NAME_UNITS = 16 * 1024 * 1024;

interface ReadLayer<L extends EntrySink> {
  readonly entries: L;
  readonly digest: string | null;
  readonly blobBytes: number;
}

/**
 * Reads a `docker save` archive into a reader's sinks.
 * @throws PeelError `not-an-image`, `broken-stream`, `hostile`, `no-such-image`; the stream's own errors.
 */
export async function readArchive<L extends EntrySink>(
  bytes: ArchiveBytes,
  expected: Expectation,
  reader: IndexReader<L>,
  signal: AbortSignal,
): Promise<ArchiveIndex> {
  const archive = new ArchiveReading(expected, reader);
  const passage = eachMember(bytes, (member, expansion) => archive.take(member, expansion));
  await passage.whole;
  // What a stream ends in says better than a missing layer why there is none: its error is the one to be heard.
  const [ended, finished] = await Promise.allSettled([passage.ended, archive.finish(signal)]);
  if (ended.status === 'rejected') throw ended.reason;
  if (finished.status === 'rejected') throw finished.reason;
  return finished.value;
}

class ArchiveReading<L extends EntrySink> {
  private readonly expected: Expectation;
  private readonly reader: IndexReader<L>;
  private readonly documents = new KeptDocuments();
  private readonly layers = new Map<string, ReadLayer<L>>();
  private readonly aliases = new Map<string, string>();
  private readonly handedOn = new Set<number>();
  private nameUnits = 0;
  private layerCount = 0;

  constructor(expected: Expectation, reader: IndexReader<L>) {
    this.expected = expected;
    this.reader = reader;
  }

  /** Where a member's bytes go. */
  take(member: Member, expansion: Expansion): ByteSink {
    const name = posix.normalize(member.name);
    const type = typeOf(member);
    this.countName(name);
    if (type === 'symlink') this.addAlias(name, posix.join(posix.dirname(name), member.linkname));
    if (type === 'hardlink') this.addAlias(name, posix.normalize(member.linkname));
    if (type !== 'file') return IGNORE;
    return sniffing(BLOCK_BYTES, (head) => {
      // A layer may begin with any name, `[slug].js` too: a tar's header is asked for before JSON's bracket.
      if (isLayer(head))
        return this.takeLayer(member, name, (to) => decompressing(compressionOf(head), to, expansion));
      return isJson(head) ? this.documents.sink(name) : IGNORE;
    });
  }

  /** What the archive turned out to be, once all members have gone by. */
  async finish(signal: AbortSignal): Promise<ArchiveIndex> {
    const found = findImage(this.documents, this.expected.wanted);
    const image = factsOf(this.expected.name(found), found.config);
    this.reader.on({ type: 'image', image });
    const layerMembers = found.layers.map((name) => {
      const member = posix.normalize(name);
      return this.aliases.get(member) ?? member;
    });
    checkLayerCount(image, layerMembers);
    for (const [index, member] of layerMembers.entries()) {
      const layer = this.layers.get(member);
      if (layer === undefined) {
        throw new PeelError(
          'broken-stream',
          `Layer ${index} (${member}) is missing: the archive was cut off.`,
        );
      }
      this.handOn(index, layer);
      // Much may follow from a layer: keys are heard, and the screen is drawn, before the next one.
      await setImmediate();
      signal.throwIfAborted();
    }
    return { image, layerMembers };
  }

  private addAlias(name: string, target: string): void {
    this.countName(target);
    this.aliases.set(name, target);
  }

  private countName(name: string): void {
    this.nameUnits += name.length;
    if (this.nameUnits <= MAX_NAME_UNITS) return;
    throw new PeelError(
      'hostile',
      `The names of its members are longer than ${MAX_NAME_UNITS / 1024 / 1024} MiB.`,
    );
  }

  private takeLayer({ size }: Member, name: string, unpacking: (to: ByteSink) => ByteSink): ByteSink {
    if (++this.layerCount > MAX_ARCHIVE_LAYERS) {
      throw new PeelError('hostile', `It holds more than ${MAX_ARCHIVE_LAYERS} layers.`);
    }
    const entries = this.reader.newLayer();
    const layer = { entries, digest: digestIn(name), blobBytes: size };
    const sink = unpacking(layerSink(entries));
    return {
      ...sink,
      end: async () => {
        await sink.end();
        this.layers.set(name, layer);
        this.expected.diffIds.forEach((id, index) => {
          if (id === layer.digest) this.handOn(index, layer);
        });
      },
    };
  }

  private handOn(index: number, { entries, digest, blobBytes }: ReadLayer<L>): void {
    if (this.handedOn.has(index)) return;
    this.handedOn.add(index);
    this.reader.on({ type: 'layer', index, entries, digest, blobBytes });
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

/** A tar is told by its first header's checksum: the oldest ones have no magic. One without members is all zeros. */
function isLayer(head: Uint8Array): boolean {
  if (compressionOf(head) !== 'none') return true;
  return head.length === BLOCK_BYTES && (head.every((byte) => byte === 0) || beginsWithHeader(head));
}
