import { type LayerDigests, type Mismatch, mismatchesOf } from '../image/integrity.ts';
import type { ByteSink } from '../tar/byte-sink.ts';
import { type Compression, decompressing } from '../tar/decompress.ts';
import { digesting } from '../tar/digesting.ts';
import type { Expansion } from '../tar/expansion.ts';

/** The digests of a layer's blob, taken while its bytes go by. */
export class BlobDigests {
  /** What the bytes have; null until they have gone by. */
  private readonly found: { -readonly [K in keyof LayerDigests]: LayerDigests[K] } = {
    digest: null,
    diffId: null,
  };

  /** A sink for the blob, whose unpacked bytes go to `tar`: as `decompressing`. */
  unpacking(compression: Compression, tar: ByteSink, expansion?: Expansion, bytes = Infinity): ByteSink {
    const { found } = this;
    if (compression === 'none') {
      return digesting(tar, (both) => {
        found.digest = both;
        found.diffId = both;
      });
    }
    const layer = digesting(tar, (diffId) => (found.diffId = diffId));
    const unpacking = decompressing(compression, layer, expansion, bytes);
    return digesting(unpacking, (digest) => (found.digest = digest));
  }

  /**
   * Where the bytes that have gone by are others than was said of them; null where that could not be judged.
   * @param isNamedFreely whether the digest is a name that the archive's writer chose: some name a compressed layer by
   * its diff ID, which says nothing of the blob.
   */
  mismatches({ digest, diffId }: LayerDigests, isNamedFreely: boolean): Mismatch[] | null {
    const named = isNamedFreely && digest === this.found.diffId ? null : digest;
    return mismatchesOf({ digest: named, diffId }, this.found);
  }
}
