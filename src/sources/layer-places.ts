import type { LayerKey } from '../image/source.ts';
import type { Compression } from '../tar/decompress.ts';
import type { Places } from '../tar/places.ts';
import type { Extent } from '../tar/sought-tar.ts';

/** Where the blob of a layer lies, and what is said of it. */
export interface LayerPlace {
  /** Name of its member; layers with the same one are the same. */
  readonly member: string;
  /** The file, and where in it. */
  readonly path: string;
  readonly extent: Extent;
  readonly digest: string | null;
  /** Whether the digest is no more than a name that the writer chose (`BlobDigests.mismatches`). */
  readonly isNamedFreely: boolean;
  readonly diffId: string | null;
}

/** A blob, which several layers may have in common. */
export interface Blob {
  readonly place: LayerPlace;
  /** The layers that have it. */
  readonly layers: readonly number[];
  readonly compression: Compression;
  /** Null for one that is read in any case: of what is not packed the entries' places are wanted, which cost little. */
  readonly key: LayerKey | null;
  /** Where its entries' members begin, once it has been read; of what is packed nobody knows. */
  places: Places;
}
