import type { ContainerConfig } from './config.ts';
import type { ByteString, Checksum, EntrySink } from './entry.ts';
import type { Instruction } from './history.ts';
import type { Mismatch } from './integrity.ts';
import type { Origin, SourceKind } from './origin.ts';

/** What is known of a layer before, or without, reading its files. Unknown is null. */
export interface LayerFacts {
  /** Digest of the uncompressed layer (image-spec, config.md, "rootfs"). */
  readonly diffId: string | null;
  readonly createdBy: string | null;
  readonly created: string | null;
  /** Bytes, as whoever lists the image gives them: shown until the layer has been read. */
  readonly statedBytes: number | null;
}

/** What is known of an image before, or without, reading its files. Unknown is null. */
export interface ImageFacts {
  readonly reference: string | null;
  /** Digest of the image config. */
  readonly id: string | null;
  /** Digest of the manifest. */
  readonly digest: string | null;
  /** As `formatPlatform` writes it. */
  readonly platform: string | null;
  /** RFC 3339. */
  readonly created: string | null;
  readonly source: SourceKind;
  /** What an archive is read from; left out where it is a file. */
  readonly origin?: Origin;
  /** The daemon that holds it, in one line for people. */
  readonly daemon: string | null;
  /** Why it is read as it is, where another way would have been better; left out where there is nothing to say. */
  readonly note?: string;
  readonly layers: readonly LayerFacts[];
  readonly instructions: readonly Instruction[];
  readonly container: ContainerConfig;
}

/** A layer that a daemon pulls from a registry. */
export interface PulledLayer {
  /** As the daemon shortens its digest. */
  readonly id: string;
  /** What is being done with it, in the daemon's words: `Downloading`, `Extracting`, `Already exists`. */
  readonly status: string;
  /** Bytes that have come of it. */
  readonly fetched: number;
  /** Bytes that are to come, all in all; null as long as nobody has said, 0 where it need not be fetched. */
  readonly total: number | null;
  /** How far `status` is, from 0 to 1; null where that is not counted. */
  readonly share: number | null;
  /** Whether nothing is left to be done with it. */
  readonly isDone: boolean;
}

/** What a source tells while it reads an image's index. */
export type SourceEvent<L extends EntrySink> =
  /** The image is being pulled: its layers by now, in the order in which they were first told of. Comes before all else. */
  | { readonly type: 'pull'; readonly layers: readonly PulledLayer[] }
  /** Comes once before the first layer, and again when the image itself has corrected a first guess, or more has become known. */
  | { readonly type: 'image'; readonly image: ImageFacts }
  /** `bytes` is what has come so far, of about `total`; `preparing` until the first byte. */
  | {
      readonly type: 'progress';
      readonly phase: 'preparing' | 'reading';
      readonly bytes: number;
      readonly total: number | null;
    }
  /** All entries of layer `index` (0 is the base) have been read. Layers come in any order, each once. */
  | ({ readonly type: 'layer'; readonly index: number; readonly entries: L } & LayerBlob);

/** A layer as its source holds it. */
export interface LayerBlob {
  /** Digest that it is stored under. */
  readonly digest: string | null;
  /** Bytes it takes there, compressed or not. */
  readonly blobBytes: number | null;
  /** Where its bytes are others than the documents say; null when nobody has looked. */
  readonly mismatches: readonly Mismatch[] | null;
}

/**
 * What stands for an image being the one that was read before when it says the same of itself: a daemon, which has held its
 * layers against their digests before it stored them, or the identity of the files that it is read from, which change when
 * anything is written to them; null: nothing.
 */
export type Warrant =
  | 'daemon'
  /** `place` is where they lie, whatever they are. */
  | { readonly files: string; readonly place: string }
  | null;

/**
 * What says that a layer is one that was read before, entry for entry, checksums among them: how its source takes checksums,
 * and what stands for its bytes being the same.
 */
export type LayerKey = string;

/** A layer that need not be read, as its entries are known. */
export interface KnownLayer {
  /** As `LayerBlob.blobBytes`. */
  readonly blobBytes: number | null;
  /** Hands over its entries, in the tar's order, bit by bit. @throws what the sink throws. */
  replay(entries: EntrySink): Generator<void, void>;
}

/** Who reads an index: where entries go, and who hears how it goes on. */
export interface IndexReader<L extends EntrySink> {
  /** Makes the sink of one layer. */
  newLayer(): L;
  /**
   * `CHECKSUM_KEY_BYTES` of a secret that checksums are taken under, so that they compare with those of layers that are
   * known; left out: one of this run.
   */
  readonly checksumKey?: Uint8Array;
  /**
   * Which layers need not be read; null for those that must be. A source that can leave a layer out asks this when it has
   * told of the image, and before it reads a layer that has a key.
   * @param keys base first; null for a layer that is read in any case.
   */
  known?(keys: readonly (LayerKey | null)[]): Promise<readonly (KnownLayer | null)[]>;
  /** Whether most checksums will be asked for: a source that can seek then takes those at once that cost little. */
  readonly wantsChecksums?: boolean;
  on(event: SourceEvent<L>): void;
  /** Resolves when all has been done that follows from the layers told of so far: who reads faster than that need not hurry. */
  settled?(): Promise<void>;
}

/** One stored file of an image, as its index has it (`tree/content-request.ts` makes one of an entry). */
export interface ContentRequest {
  /** Number of the layer, base first from 0. */
  readonly layer: number;
  /** Position of its entry among those that `index` handed over for the layer, from 0. */
  readonly entry: number;
  /** What the index said of that entry: an image that has changed since is told by it. */
  readonly path: ByteString;
  /** Payload bytes. */
  readonly size: number;
}

/** Stored files of one layer whose contents are to be compared with others. */
export interface ChecksumWish {
  /** Number of the layer, base first from 0. */
  readonly layer: number;
  /** Positions of their entries, as in `ContentRequest`, in ascending order. */
  readonly entries: readonly number[];
}

/** Takes the bytes of one file, in order. */
export interface ContentSink {
  /**
   * Takes the next bytes, which are the source's again when the call ends: who needs them for longer copies them.
   * False: nothing more should come before `drained` resolves.
   */
  write(piece: Uint8Array): boolean;
  /** Resolves when more may come. Rejects when none ever can. */
  drained(): Promise<void>;
  /** All bytes have come; the next file waits until this resolves. */
  end(): Promise<void>;
}

/**
 * A place that one image comes from. Its index and its content are asked for apart: the index is all that the
 * tree needs; content is wanted for the few files that a person opens.
 */
export interface ImageSource {
  /**
   * Reads the headers of every layer; resolves when everything has been read. What is known of the image may still
   * become more (an `image` event) until the signal is aborted: who wants no more of it aborts.
   * @throws PeelError when the image cannot be had or is none; the signal's reason when it is aborted.
   */
  index<L extends EntrySink>(reader: IndexReader<L>, signal: AbortSignal): Promise<void>;

  /**
   * Hands over the bytes of stored files in one pass, in the order in which the source comes upon them, one after the
   * other (but what is asked for twice comes at once): `open` is called for each when its turn has come. Reading ends with the last of them. To be asked after
   * `index`; each call is a pass of its own.
   * @throws PeelError `file` when the image is no longer what the index saw, or the source can be read only once, and
   *   what `index` throws for what cannot be read; what a sink throws; the signal's reason when it is aborted.
   */
  content(
    requests: readonly ContentRequest[],
    open: (request: ContentRequest) => ContentSink,
    signal: AbortSignal,
  ): Promise<void>;

  /**
   * What stands for the image that has been told of; a source has this where something does.
   * @throws as `index`.
   */
  warrant?(): Promise<Warrant>;

  /**
   * Takes the checksums of files that came without; a source has this only where files may. It may be asked as soon as
   * `index` has told of the layers.
   * @throws as `index`; PeelError `file` when what is read has changed since.
   */
  checksums?(
    wishes: readonly ChecksumWish[],
    take: (layer: number, entry: number, checksum: Checksum) => void,
    signal: AbortSignal,
  ): Promise<void>;

  /**
   * Holds the bytes of each layer against its digests, and tells what came of it, as `LayerBlob.mismatches`. To be asked after
   * `index`; a source has this only where it need not read an image anew for it, or reads it at little cost.
   * @throws as `checksums`.
   */
  verify?(
    tell: (layer: number, mismatches: readonly Mismatch[] | null) => void,
    signal: AbortSignal,
  ): Promise<void>;
}
