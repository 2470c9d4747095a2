// An archive that lies in a file: its members are found by jumping from header to header, so that what explains the image
// is known before the first layer is read, wherever it stands.

import { PeelError } from '../image/errors.ts';
import type { ByteSink } from '../tar/byte-sink.ts';
import { compressionOf, MAGIC_BYTES } from '../tar/decompress.ts';
import { HoleAllowance, MAX_MEMBER_HOLE_BYTES } from '../tar/holes.ts';
import type { Work } from '../tar/sought-layer.ts';
import { type Extent, SoughtTar } from '../tar/sought-tar.ts';
import type { TarReader } from '../tar/tar-reader.ts';
import type { Member, TarVisitor } from '../tar/visitor.ts';
import type { ReadAt } from '../tar/window.ts';
import { beginsWithNothing, MAX_EMPTY_BYTES } from './archive-members.ts';
import { brokenArchive } from './broken-archive.ts';
import { type Documents, KeptDocuments } from './documents.ts';
import { inSlices } from './in-slices.ts';
import { HEAD_BYTES, memberKind } from './member-kind.ts';
import { MemberNames } from './member-names.ts';
import type { SoughtFiles } from './sought-file.ts';

/** What an archive's members are. */
export interface ArchiveSurvey {
  readonly documents: Documents;
  /** Where the bytes of a member stand that is a layer, or another name of one; null where there is none. */
  layer(member: string): { readonly member: string; readonly extent: Extent } | null;
}

/**
 * Looks through the archive at `path`, of so many bytes.
 * @returns null where it must be read as a stream: it is packed as a whole, or has a sparse file for a member.
 * @throws as `eachMember`.
 */
export async function surveyArchive(
  files: SoughtFiles,
  path: string,
  bytes: number,
  signal: AbortSignal,
): Promise<ArchiveSurvey | null> {
  const survey = new Survey();
  const head = Buffer.alloc(Math.min(MAGIC_BYTES, bytes));
  try {
    await files.use(path, async (file) => {
      file.read(head, 0);
      if (head.length === 0) throw new PeelError('not-an-image', 'It is empty.');
      if (compressionOf(head) !== 'none') survey.isForStream = true;
      else await inSlices(survey.work(file.read, bytes), signal);
    });
    if (survey.members === 0 && !survey.isForStream && bytes > MAX_EMPTY_BYTES) throw beginsWithNothing();
  } catch (error) {
    signal.throwIfAborted();
    throw brokenArchive(error, survey.members, head);
  }
  return survey.isForStream ? null : survey;
}

/** A member whose bytes are coming. */
interface Coming {
  readonly name: string;
  readonly extent: Extent;
  /** Its first bytes, until it has been judged by them. */
  head: Buffer;
  /** Where the bytes of a document go. */
  document: ByteSink | null;
}

class Survey implements ArchiveSurvey, TarVisitor {
  readonly documents = new KeptDocuments();
  /** Members that have been met. */
  members = 0;
  isForStream = false;

  private readonly names = new MemberNames();
  private readonly layers = new Map<string, Extent>();
  private reader: TarReader | null = null;
  private coming: Coming | null = null;

  *work(read: ReadAt, bytes: number): Work {
    const holes = new HoleAllowance(MAX_MEMBER_HOLE_BYTES);
    const tar = new SoughtTar(read, { start: 0, end: bytes }, this, holes);
    this.reader = tar.reader;
    while (!this.isForStream && tar.step()) yield;
  }

  layer(name: string): { member: string; extent: Extent } | null {
    const member = this.names.resolved(name);
    const extent = this.layers.get(member);
    return extent === undefined ? null : { member, extent };
  }

  begin(member: Member): void {
    this.members++;
    const name = this.names.take(member);
    if (member.isSparse) this.isForStream = true;
    if (member.isSparse || name === null) this.reader?.leaveOut();
    const start = this.reader?.payloadAt ?? 0;
    this.coming = {
      name: name ?? '',
      extent: { start, end: start + member.size },
      head: NOTHING,
      document: null,
    };
  }

  data(piece: Buffer): void {
    const { coming } = this;
    if (coming?.document != null) coming.document.write(piece);
    else if (coming !== null) this.judge(coming, piece);
  }

  finish(): void {
    // What it keeps is kept when the call ends.
    void this.coming?.document?.end();
  }

  private judge(coming: Coming, piece: Buffer): void {
    const { name, extent } = coming;
    coming.head = Buffer.concat([coming.head, piece]);
    if (coming.head.length < Math.min(HEAD_BYTES, extent.end - extent.start)) return;
    const kind = memberKind(coming.head.subarray(0, HEAD_BYTES));
    if (kind === 'document') {
      coming.document = this.documents.sink(name);
      coming.document.write(coming.head);
      return;
    }
    if (kind === 'layer') {
      this.names.countLayer();
      this.layers.set(name, extent);
    }
    this.reader?.leaveOut();
  }
}

const NOTHING = Buffer.alloc(0);
