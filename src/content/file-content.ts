import { encodingOf } from './encoding.ts';
import { HexView } from './hex-view.ts';
import { TextView } from './text-view.ts';

/**
 * So much of a file is held, from its beginning; what follows is left out on a screen, never of an extracted file. Two are held
 * at once, the file and the one before it, beside all that is known of the image.
 */
const MAX_HELD_BYTES = 32 * 1024 * 1024;

/** What is in a file. */
export interface FileContent {
  /** Bytes of the whole file. */
  readonly size: number;
  /** Bytes at its end that are not held. */
  readonly leftOut: number;
  /** Null for what is no text. */
  readonly text: TextView | null;
  readonly hex: HexView;
}

/** Gathers the bytes of one file as they come. */
export class ContentHolder {
  private readonly size: number;
  private readonly held: Uint8Array;
  private length = 0;

  /** @param size bytes of the whole file. */
  constructor(size: number, maxHeld: number = MAX_HELD_BYTES) {
    this.size = size;
    this.held = new Uint8Array(Math.min(size, maxHeld));
  }

  /** Copies what there is room for. */
  take(piece: Uint8Array): void {
    const fitting = piece.subarray(0, this.held.length - this.length);
    this.held.set(fitting, this.length);
    this.length += fitting.length;
  }

  /** Share of what is to be held that has come, 0 to 1. */
  get share(): number {
    return this.held.length === 0 ? 1 : this.length / this.held.length;
  }

  content(): FileContent {
    const bytes = this.held.subarray(0, this.length);
    const leftOut = this.size - bytes.length;
    const encoding = encodingOf(bytes, leftOut > 0);
    const text = encoding === null ? null : new TextView(bytes, encoding);
    return { size: this.size, leftOut, text, hex: new HexView(bytes) };
  }
}
