import { PeelError } from '../image/errors.ts';
import { parseJson } from '../image/json.ts';
import type { ByteSink } from '../tar/byte-sink.ts';

/** A config or manifest larger than this is hostile: real ones stay under 1 MiB. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** All that is kept of one archive or layout: configs and manifests of a thousand images. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024;

const MEBIBYTE = 1024 * 1024;

/** The JSON members of an archive or a layout by name. */
export interface Documents {
  has(name: string): boolean;
  /**
   * The text of a member that is there.
   * @throws PeelError `hostile` when it is too large to be kept.
   */
  get(name: string): string | undefined;
}

/** The value of a document; null where it is missing, too large or no JSON: a blob may be anything. */
export function jsonIn(documents: Documents, name: string): unknown {
  try {
    const text = documents.get(name);
    return text === undefined ? null : parseJson(text, name);
  } catch {
    return null;
  }
}

/**
 * Keeps JSON members as text. One that is too large may be something that nobody asks for (a bill of materials beside
 * the image): it is left out, and only asking for it is an error.
 */
export class KeptDocuments implements Documents {
  private readonly texts = new Map<string, string>();
  private readonly tooLarge = new Set<string>();
  private keptBytes = 0;

  has(name: string): boolean {
    return this.texts.has(name) || this.tooLarge.has(name);
  }

  get(name: string): string | undefined {
    if (!this.tooLarge.has(name)) return this.texts.get(name);
    throw new PeelError('hostile', `${name} is JSON of more than ${MAX_DOCUMENT_BYTES / MEBIBYTE} MiB.`);
  }

  /** @throws PeelError `hostile` when all together take more than can be meant. */
  add(name: string, text: string): void {
    this.count(text.length);
    this.put(name, text);
  }

  /** Says that there is such a member, and that it is too large. */
  leaveOut(name: string): void {
    this.texts.delete(name);
    this.tooLarge.add(name);
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
        if (length <= MAX_DOCUMENT_BYTES) this.put(name, Buffer.concat(parts).toString('utf8'));
        else this.leaveOut(name);
        return Promise.resolve();
      },
    };
  }

  private put(name: string, text: string): void {
    this.texts.set(name, text);
    this.tooLarge.delete(name);
  }

  private count(bytes: number): void {
    this.keptBytes += bytes;
    if (this.keptBytes <= MAX_KEPT_BYTES) return;
    throw new PeelError('hostile', `It holds more than ${MAX_KEPT_BYTES / MEBIBYTE} MiB of JSON.`);
  }
}
