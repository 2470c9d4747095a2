import type { ByteSink } from '../tar/byte-sink.ts';
import { Enough } from '../tar/byte-sink.ts';
import type { Places } from '../tar/places.ts';
import type { Extent } from '../tar/sought-tar.ts';
import type { ReadAt } from '../tar/window.ts';
import type { Deliveries } from './deliveries.ts';

/** Bytes that are read at once of a large file, and of what may be a small one. */
const LARGE_PIECE_BYTES = 256 * 1024;
const FIRST_PIECE_BYTES = 8 * 1024;

/** Hands over files of a layer that is not packed, each from the place where its member begins. */
export class MemberDelivery {
  private readonly read: ReadAt;
  private readonly extent: Extent;
  private readonly places: Places;
  private readonly memory = Buffer.alloc(LARGE_PIECE_BYTES);

  constructor(read: ReadAt, extent: Extent, places: Places) {
    this.read = read;
    this.extent = extent;
    this.places = places;
  }

  /** @throws PeelError `file` where something else stands there; what a sink throws; the signal's reason. */
  async deliver(deliveries: Deliveries, member: string, signal: AbortSignal): Promise<void> {
    const aborted: PromiseWithResolvers<never> = Promise.withResolvers();
    aborted.promise.catch(() => undefined);
    const abort = () => aborted.reject(signal.reason);
    signal.addEventListener('abort', abort);
    try {
      for (const position of deliveries.entriesOf(member)) {
        const place = this.places.at(position);
        if (place === undefined) deliveries.refuse(member, position);
        await this.push(place, deliveries.sinkAt(member, position), (waiting) =>
          Promise.race([waiting, aborted.promise]),
        );
      }
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  /** @param unlessAborted waits for something that may never come. */
  private async push(
    place: number,
    sink: ByteSink,
    unlessAborted: (waiting: Promise<void>) => Promise<void>,
  ): Promise<void> {
    let at = this.extent.start + place;
    let most = FIRST_PIECE_BYTES;
    try {
      for (;;) {
        const wanted = Math.max(0, Math.min(most, this.extent.end - at));
        const bytes = this.memory.subarray(0, this.read(this.memory.subarray(0, wanted), at));
        at += bytes.length;
        most = LARGE_PIECE_BYTES;
        if (bytes.length === 0) {
          await unlessAborted(sink.end());
          return;
        }
        if (!sink.write(bytes)) await unlessAborted(sink.drained());
      }
    } catch (error) {
      if (error instanceof Enough) return;
      sink.cancel?.();
      throw error;
    }
  }
}
