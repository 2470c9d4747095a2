// A tar in a file that can be sought: from header to header, and over whatever of the payloads nobody wants. Plain calls
// that wait for nothing but the file system; who makes them looks at the clock in between.
//
//   window ──► tar reader ──► visitor, which leaves out what it does not want
//     ▲             │
//     └─── jump ────┘

import { BLOCK_BYTES, plainFileSize } from './block.ts';
import type { HoleAllowance } from './holes.ts';
import { TarError } from './tar-error.ts';
import { TarReader } from './tar-reader.ts';
import type { TarVisitor } from './visitor.ts';
import { type ReadAt, Window } from './window.ts';

/** Where something stands in a file: the bytes from `start` to before `end`. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

export class SoughtTar {
  readonly reader: TarReader;
  private readonly window: Window;
  private readonly extent: Extent;
  /** Of the file. */
  private at: number;

  /** @param holes what its sparse files may leave out. */
  constructor(read: ReadAt, extent: Extent, visitor: TarVisitor, holes?: HoleAllowance) {
    this.window = new Window(read);
    this.extent = extent;
    this.at = extent.start;
    this.reader = new TarReader(visitor, holes);
  }

  /** How many of its bytes lie behind. */
  get passed(): number {
    return Math.min(this.at, this.extent.end) - this.extent.start;
  }

  /** Goes on with the member that began at `memberAt` of the tar when the reader met it. */
  seek(memberAt: number): void {
    this.reader.restart(memberAt);
    this.at = this.extent.start + memberAt;
  }

  /**
   * The payload of the member that began at `memberAt`, where that is a regular file which has come into memory with its one
   * header; good until the next call. Null where it must be read step by step.
   * @throws TarError `damaged`; the system's errors.
   */
  smallFile(memberAt: number): Buffer | null {
    const { extent } = this;
    const bytes = this.window.from(extent.start + memberAt, extent.end);
    const size = bytes.length < BLOCK_BYTES ? null : plainFileSize(bytes);
    const isThere = size !== null && size >= 0 && BLOCK_BYTES + size <= bytes.length;
    return isThere ? bytes.subarray(BLOCK_BYTES, BLOCK_BYTES + size) : null;
  }

  /**
   * Goes on by what a window holds, or until the visitor lets the reader pause; false once the tar has been read to its end.
   * @throws TarError; PeelError `hostile`; what the visitor throws; the system's errors.
   */
  step(): boolean {
    const { reader, extent } = this;
    const bytes = this.at < extent.end ? this.window.from(this.at, extent.end) : NOTHING;
    // A file may have become shorter since somebody told its size.
    if (bytes.length === 0 && !reader.hasPaused()) {
      reader.end();
      return false;
    }
    this.at += reader.write(bytes);
    this.at += reader.jump();
    if (reader.hasEnded()) return false;
    if (this.at > extent.end) throw new TarError('truncated', 'Unexpected end of data within a tar.');
    return true;
  }
}

const NOTHING = Buffer.alloc(0);
