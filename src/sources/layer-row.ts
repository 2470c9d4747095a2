import { setImmediate } from 'node:timers/promises';
import type { EntrySink } from '../image/entry.ts';
import type { IndexReader } from '../image/source.ts';
import type { Blob, LayerPlace } from './layer-places.ts';

/** Tells of layers base first, in whatever order their blobs have been read, and of how much has been read of all blobs. */
export class LayerRow<L extends EntrySink> {
  private readonly layers: readonly LayerPlace[];
  private readonly reader: IndexReader<L>;
  private readonly signal: AbortSignal;
  private readonly total: number;
  /** What has been read, by the blob's member. */
  private readonly read = new Map<string, L>();
  private readonly passed = new Map<string, number>();
  private passedBytes = 0;
  /** The layer that is told of next. */
  private next = 0;
  private telling: Promise<void> = Promise.resolve();

  constructor(
    layers: readonly LayerPlace[],
    blobs: readonly Blob[],
    reader: IndexReader<L>,
    signal: AbortSignal,
  ) {
    this.layers = layers;
    this.reader = reader;
    this.signal = signal;
    this.total = blobs.reduce((sum, { place }) => sum + sizeOf(place), 0);
  }

  /** So many bytes of a blob lie behind. */
  tellProgress({ place: { member } }: Blob, bytes: number): void {
    this.passedBytes += bytes - (this.passed.get(member) ?? 0);
    this.passed.set(member, bytes);
    this.reader.on({ type: 'progress', phase: 'reading', bytes: this.passedBytes, total: this.total });
  }

  /** A blob has been read. Resolves when all layers have been told of that can be, and the reader has done with them. */
  async tell(blob: Blob, entries: L): Promise<void> {
    this.tellProgress(blob, sizeOf(blob.place));
    this.read.set(blob.place.member, entries);
    this.telling = this.telling.then(() => this.tellThoseThatAreRead());
    await this.telling;
    await this.reader.settled?.();
  }

  private async tellThoseThatAreRead(): Promise<void> {
    for (;;) {
      const place = this.layers[this.next];
      const entries = place === undefined ? undefined : this.read.get(place.member);
      if (place === undefined || entries === undefined) return;
      const { digest } = place;
      const index = this.next++;
      this.reader.on({
        type: 'layer',
        index,
        entries,
        digest,
        blobBytes: sizeOf(place),
        mismatches: null,
      });
      // Much may follow from a layer: keys are heard, and the screen is drawn, before the next one.
      await setImmediate();
      this.signal.throwIfAborted();
    }
  }
}

const sizeOf = ({ extent: { start, end } }: LayerPlace) => end - start;
