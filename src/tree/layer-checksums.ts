import { CHECKSUM_BYTES, type Checksum } from '../image/entry.ts';
import { capacityFor, grown } from './growable.ts';

/** In place of a checksum: there is none, or somebody has been asked for it. */
const NONE = -1;
const ASKED = -2;
const WORDS = CHECKSUM_BYTES / 4;

/** What is kept of a layer's checksums. */
export interface ChecksumColumns {
  /** Place of each entry's checksum in `checksums`, counted in checksums; or less than 0. */
  readonly checksumRows: Int32Array;
  readonly checksums: Uint32Array;
}

/** The checksums of a layer's files, by the entries' rows: one behind the other, as many entries have none. */
export class LayerChecksums {
  /** Place of each row's checksum among `words`, or one of the two above. */
  private places: Int32Array = new Int32Array(0);
  private words: Uint32Array = new Uint32Array(0);
  private count = 0;
  private readonly scratch = new Uint32Array(WORDS);
  private readonly scratchBytes = new Uint8Array(this.scratch.buffer);

  /** Those that were kept. */
  static of({ checksumRows, checksums }: ChecksumColumns): LayerChecksums {
    const kept = new LayerChecksums();
    kept.places = checksumRows;
    kept.words = checksums;
    kept.count = checksums.length / WORDS;
    return kept;
  }

  /** All there is to keep of those of so many rows; views, not copies. */
  columns(rows: number): ChecksumColumns {
    return {
      checksumRows: this.places.subarray(0, rows),
      checksums: this.words.subarray(0, this.count * WORDS),
    };
  }

  /** Room for so many rows. */
  makeRoom(rows: number): void {
    this.places = grown(this.places, rows);
  }

  /** Says that a row has none, as nothing does before it is said. */
  setNone(row: number): void {
    this.places[row] = NONE;
  }

  set(row: number, checksum: Checksum): void {
    const place = this.count++;
    const needed = this.count * WORDS;
    if (needed > this.words.length) this.words = grown(this.words, capacityFor(needed));
    this.scratchBytes.set(checksum);
    this.words.set(this.scratch, place * WORDS);
    this.places[row] = place;
  }

  has(row: number): boolean {
    return this.places[row]! >= 0;
  }

  /** Says of a row that has none that somebody will be asked for it; false where that has been said before. */
  ask(row: number): boolean {
    if (this.places[row] !== NONE) return false;
    this.places[row] = ASKED;
    return true;
  }

  /** Whether both rows have one, and the same. */
  agree(row: number, other: LayerChecksums, otherRow: number): boolean {
    const mine = this.places[row]! * WORDS;
    const theirs = other.places[otherRow]! * WORDS;
    if (mine < 0 || theirs < 0) return false;
    for (let word = 0; word < WORDS; word++) {
      if (this.words[mine + word] !== other.words[theirs + word]) return false;
    }
    return true;
  }

  /** A view; null where there is none. */
  at(row: number): Checksum | null {
    const at = this.places[row]! * WORDS;
    if (at < 0) return null;
    const { buffer, byteOffset } = this.words.subarray(at, at + WORDS);
    return new Uint8Array(buffer, byteOffset, CHECKSUM_BYTES);
  }

  /** The first word; 0 where there is none. */
  firstWord(row: number): number {
    const at = this.places[row]! * WORDS;
    return at < 0 ? 0 : this.words[at]!;
  }

  /** Gives back the room that so many rows have left over. */
  trim(rows: number): void {
    const words = this.count * WORDS;
    if (this.words.length !== words) this.words = this.words.slice(0, words);
    if (this.places.length !== rows) this.places = this.places.slice(0, rows);
  }
}
