import { PeelError } from '../image/errors.ts';
import type { ByteSink } from '../tar/byte-sink.ts';

/** A config or manifest larger than this is hostile: real ones stay under 1 MiB. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** All that is kept of one archive: configs and manifests of a thousand images. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024;

const MEBIBYTE = 1024 * 1024;

/**
 * The JSON members of an archive by name, as text. One that is too large may be something that nobody asks for (a bill
 * of materials beside the image): it is left out, and asking for it throws PeelError `hostile`.
 */
export class KeptDocuments extends Map<string, string> {
  private readonly tooLarge = new Set<string>();
  private keptBytes = 0;

  override get(name: string): string | undefined {
    if (!this.tooLarge.has(name)) return super.get(name);
    throw tooLarge(name);
  }

  override has(name: string): boolean {
    return super.has(name) || this.tooLarge.has(name);
  }

  /** A sink that keeps a member. Throws PeelError `hostile` when all together take more than can be meant. */
  sink(name: string): ByteSink {
    let parts: Uint8Array[] = [];
    let length = 0;
    return {
      write: (chunk) => {
        if (length > MAX_DOCUMENT_BYTES) return true;
        length += chunk.length;
        this.count(chunk.length);
        if (length <= MAX_DOCUMENT_BYTES) parts.push(Uint8Array.from(chunk));
        else {
          this.count(-length);
          parts = [];
        }
        return true;
      },
      drained: () => Promise.resolve(),
      end: () => {
        if (length <= MAX_DOCUMENT_BYTES) this.set(name, Buffer.concat(parts).toString('utf8'));
        else this.tooLarge.add(name);
        return Promise.resolve();
      },
    };
  }

  private count(bytes: number): void {
    this.keptBytes += bytes;
    if (this.keptBytes <= MAX_KEPT_BYTES) return;
    throw new PeelError('hostile', `It holds more than ${MAX_KEPT_BYTES / MEBIBYTE} MiB of JSON.`);
  }
}

/** What there is to say of a document that is too large. */
export function tooLarge(name: string): PeelError {
  return new PeelError('hostile', `${name} is JSON of more than ${MAX_DOCUMENT_BYTES / MEBIBYTE} MiB.`);
}
