/** What a layer's tar says of one path, in the field's words (image-spec, layer.md, "File Types"). */
export type FileType = 'file' | 'directory' | 'symlink' | 'hardlink' | 'char' | 'block' | 'fifo';

/**
 * A string that holds bytes: one UTF-16 unit for each byte, 0 to 255.
 * Names in a tar are bytes in no promised encoding; this form keeps them exact, compares as bytes compare,
 * and costs no more memory than ASCII. `textOf` turns it into text, on its way to a screen or a report.
 */
export type ByteString = string;

/** One normalised tar header of a layer. */
export interface Entry {
  /** Components joined by `/`, without a leading or trailing one, without `.` and `..`; empty for the root. */
  readonly path: ByteString;
  readonly type: FileType;
  /** Payload bytes, of a sparse file all that it has when it is read, holes too; 0 for all but regular files. */
  readonly size: number;
  /** Permission bits with setuid, setgid and sticky: 0 to 0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970, fractions as pax gives them. */
  readonly mtime: number;
  /**
   * A symlink's target as written; a hard link's target, normalised like `path`; `major:minor` of a device;
   * else empty.
   */
  readonly link: ByteString;
  /** Extended attributes in one canonical string, empty when there are none: equal strings, equal attributes. */
  readonly xattrs: string;
  /** Checksum of the payload of a regular file; null where the source took none, and for all other types. */
  readonly checksum: Checksum | null;
}

/**
 * Equal for equal payloads of one image, and never equal for others. Sources choose how they take it; checksums of
 * different sources say nothing about each other, and those of different runs only where layers have the same
 * `LayerKey`s and keys (`image/source.ts`).
 */
export type Checksum = Uint8Array;

/** Length of a `Checksum` in bytes. */
export const CHECKSUM_BYTES = 16;

/** Length in bytes of the key that checksums are taken under (`tar/checksum.ts`). */
export const CHECKSUM_KEY_BYTES = 16;

/**
 * Many entries in columns, in the tar's order (`entry-rows.ts`): how one thread hands them to another, where objects would
 * have to be made anew. What stands in the columns behind `length` entries has no meaning.
 */
export interface EntryRows {
  readonly length: number;
  /** Numbers in `FILE_TYPES`. */
  readonly types: Uint8Array;
  readonly sizes: Float64Array;
  readonly modes: Float64Array;
  readonly uids: Float64Array;
  readonly gids: Float64Array;
  readonly mtimes: Float64Array;
  /** The texts of all entries, one byte a unit, one behind the other. */
  readonly texts: Buffer;
  /** Where each text ends: `TEXTS_PER_ENTRY` for each entry. */
  readonly textEnds: Uint32Array;
  /** `CHECKSUM_BYTES` for each entry, where it has one. */
  readonly checksums: Uint8Array;
  /** 1 for an entry that has a checksum, else 0. */
  readonly hasChecksum: Uint8Array;
}

/** Where a source puts the entries of one layer, in the tar's order. */
export interface EntrySink {
  add(entry: Entry): void;
  /** As `add`, for many, which are the giver's again when the call ends; left out where they must come one by one. */
  addRows?(rows: EntryRows): void;
}
