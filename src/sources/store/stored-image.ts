import type { ImageConfig } from '../../image/config.ts';
import type { EntrySink } from '../../image/entry.ts';
import type { ContentRequest, ContentSink, IndexReader, LayerBlob } from '../../image/source.ts';

/** An image as its daemon's files tell it, whichever way they keep it. */
export interface StoredImage {
  /** Digest of its config. */
  readonly id: string;
  /** Digest of its manifest, where the store keeps one. */
  readonly digest: string | null;
  readonly config: ImageConfig;
  /** Bytes of all files that its layers are read from. */
  readonly bytes: number;
  /** Whether a layer stays as it has been told of, should its image be exported after all. */
  readonly isForGood: boolean;

  /**
   * Reads the layers, but for those that `reader` knows, and tells of them base first.
   * @param count is told of bytes of their files that have been read, or need not be.
   * @throws StoreError when a file cannot be read; PeelError when it holds what it should not; the signal's reason.
   */
  layers<L extends EntrySink>(
    reader: IndexReader<L>,
    count: (bytes: number) => void,
    signal: AbortSignal,
  ): AsyncGenerator<StoredLayer<L>>;

  /**
   * Hands over files, as `ImageSource.content` does.
   * @throws StoreError before the first of them where one cannot be had; else as `ImageSource.content`.
   */
  content(
    requests: readonly ContentRequest[],
    open: (request: ContentRequest) => ContentSink,
    signal: AbortSignal,
  ): Promise<void>;
}

/** A layer that has been read. */
export interface StoredLayer<L extends EntrySink> {
  readonly entries: L;
  readonly blob: LayerBlob;
}

/** So many layers are unpacked at once: as many threads as Node has for that. */
export const LAYERS_AT_ONCE = 4;

/** Bytes of a file that are read at once. */
export const READ_BYTES = 256 * 1024;
