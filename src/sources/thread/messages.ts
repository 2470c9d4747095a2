import type { Entry } from '../../image/entry.ts';
import type { Extent } from '../../tar/sought-tar.ts';
import type { ErrorFacts } from './error-facts.ts';

/** What the thread is started with. */
export interface ThreadMemory {
  readonly purpose: 'layers';
  readonly slots: SharedArrayBuffer;
  readonly owners: SharedArrayBuffer;
}

/** The headers of a layer that stands unpacked in a file are to be read. */
export interface Order {
  /** The file's, which stays open until the order has been carried out. */
  readonly fd: number;
  readonly extent: Extent;
  /** `CHECKSUM_KEY_BYTES` that checksums are taken under. */
  readonly key: Uint8Array;
  /** Where to begin, in bytes from the layer's beginning. */
  readonly from: number;
  /** As `IndexingOptions`. */
  readonly looksAtSmall: boolean;
  /** Bytes that the image's sparse files have left out so far. */
  readonly holeBytes: number;
}

/** What the thread tells, most of it of the order that it carries out; orders are carried out one after the other. */
export type Told =
  /** The thread is there. */
  | { readonly type: 'ready' }
  /** A slot has been filled. `passed`: bytes of the layer that lie behind. */
  | { readonly type: 'slot'; readonly slot: number; readonly length: number; readonly passed: number }
  /** An entry whose texts are too long for a slot. */
  | { readonly type: 'entry'; readonly entry: Entry; readonly place: number }
  /** The headers of a layer have been read. */
  | { readonly type: 'indexed'; readonly holeBytes: number }
  | { readonly type: 'failed'; readonly error: ErrorFacts };
