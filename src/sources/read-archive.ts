// The archive that `docker save` and its kin write, read in one pass from first byte to last.
//
// Blobs come before the JSON that explains them, so every member is judged by its own first bytes: JSON is kept
// as text, a tar (plain, gzip, zstd) is read as a layer into a sink of its own, a symlink is another name of a
// layer, all else goes by. A layer whose blob is named by a diff ID that is known beforehand is handed on as soon as
// it has been read; the others when the manifest, at the end, has said which they are.

import { setImmediate } from 'node:timers/promises';
import type { EntrySink } from '../image/entry.ts';
import type { Wish } from '../image/choice.ts';
import { PeelError } from '../image/errors.ts';
import { factsOf, type ImageName } from '../image/facts.ts';
import type { Platform } from '../image/platform.ts';
import type { ImageFacts, IndexReader } from '../image/source.ts';
import { type ByteSink, IGNORE, sniffing } from '../tar/byte-sink.ts';
import { compressionOf, decompressing } from '../tar/decompress.ts';
import type { Expansion } from '../tar/expansion.ts';
import { HoleAllowance } from '../tar/holes.ts';
import { layerSink } from '../tar/read-layer.ts';
import type { Member } from '../tar/visitor.ts';
import { type ArchiveBytes, eachMember } from './archive-members.ts';
import { BlobDigests } from './blob-digests.ts';
import { blobParts, digestIn } from './blob-names.ts';
import { KeptDocuments } from './documents.ts';
import { HEAD_BYTES, memberKind } from './member-kind.ts';
import { MemberNames } from './member-names.ts';
import { findImage, type FoundImage } from './saved-image.ts';

/** What is known of the image before its archive is read. */
export interface Expectation {
  /** Which image to take where the archive holds several. */
  readonly wish: Wish;
  /** The platform to take where the image is there for several and no wish says which. */
  readonly usual: Platform | null;
  /** Diff IDs, base first, where somebody has told them; else empty. */
  readonly diffIds: readonly string[];
  /** Whether the digests of layers are reckoned as their bytes go by: a processor's second for each two gigabytes. */
  readonly verifies: boolean;
  /** How the image is called, given what the archive says of itself. */
  name(found: FoundImage): ImageName;
}

/** An archive's image and its layers' member names: what is needed to find a file again. */
export interface ArchiveIndex {
  readonly image: ImageFacts;
  readonly layerMembers: readonly string[];
}

interface ReadLayer<L extends EntrySink> {
  readonly entries: L;
  readonly digest: string | null;
  readonly blobBytes: number;
  /** Null where they are not reckoned. */
  readonly digests: BlobDigests | null;
  readonly isNamedFreely: boolean;
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
  private readonly names = new MemberNames();
  private readonly handedOn = new Set<number>();
  private readonly holes = new HoleAllowance();

  constructor(expected: Expectation, reader: IndexReader<L>) {
    this.expected = expected;
    this.reader = reader;
  }

  /** Where a member's bytes go. */
  take(member: Member, expansion: Expansion): ByteSink {
    const name = this.names.take(member);
    if (name === null) return IGNORE;
    return sniffing(HEAD_BYTES, (head) => {
      const kind = memberKind(head);
      if (kind === 'layer') return this.takeLayer(member, { name, head, expansion });
      return kind === 'document' ? this.documents.sink(name) : IGNORE;
    });
  }

  /** What the archive turned out to be, once all members have gone by. */
  async finish(signal: AbortSignal): Promise<ArchiveIndex> {
    const place = {
      kind: 'archive',
      documents: this.documents,
      layerBytes: (member: string) => this.layers.get(this.names.resolved(member))?.blobBytes ?? null,
    } as const;
    const found = findImage(place, this.expected.wish, this.expected.usual);
    const image = factsOf(this.expected.name(found), found.config);
    this.reader.on({ type: 'image', image });
    const diffIds = image.layers.map(({ diffId }) => diffId);
    const layerMembers = found.layers.map((member) => this.names.resolved(member));
    for (const [index, member] of layerMembers.entries()) {
      const layer = this.layers.get(member);
      if (layer === undefined) throw missingLayer(index, member);
      this.handOn(index, layer, diffIds[index] ?? null);
      // Much may follow from a layer: keys are heard, and the screen is drawn, before the next one.
      await setImmediate();
      signal.throwIfAborted();
    }
    return { image, layerMembers };
  }

  private takeLayer(
    { size }: Member,
    { name, head, expansion }: { name: string; head: Uint8Array; expansion: Expansion },
  ): ByteSink {
    this.names.countLayer();
    const entries = this.reader.newLayer();
    const digest = digestIn(name);
    const digests = this.expected.verifies ? new BlobDigests() : null;
    const tar = layerSink(entries, this.holes, this.reader.checksumKey);
    const packed = [compressionOf(head), tar, expansion, size] as const;
    const sink = digests?.unpacking(...packed) ?? decompressing(...packed);
    return {
      ...sink,
      end: async () => {
        await sink.end();
        const isNamedFreely = blobParts(name) === null;
        const layer = { entries, digest, blobBytes: size, digests, isNamedFreely };
        this.layers.set(name, layer);
        this.expected.diffIds.forEach((id, index) => {
          if (id === digest) this.handOn(index, layer, id);
        });
      },
    };
  }

  private handOn(index: number, layer: ReadLayer<L>, diffId: string | null): void {
    if (this.handedOn.has(index)) return;
    this.handedOn.add(index);
    const { entries, digest, blobBytes, digests, isNamedFreely } = layer;
    const mismatches = digests?.mismatches({ digest, diffId }, isNamedFreely) ?? null;
    this.reader.on({ type: 'layer', index, entries, digest, blobBytes, mismatches });
  }
}

/** An archive has no such member as one of its layers should be. */
export function missingLayer(index: number, member: string): PeelError {
  return new PeelError('broken-stream', `Layer ${index} (${member}) is missing: the archive was cut off.`);
}
