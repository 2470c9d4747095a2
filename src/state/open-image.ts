// The image that is being looked at, and how far it has been read.

import type { Analysis } from '../analysis/analysis.ts';
import type { Verification } from '../image/integrity.ts';
import type { PullOffer } from '../image/missing-image.ts';
import type { ImageFacts, LayerBlob, PulledLayer } from '../image/source.ts';

/**
 * How far an image has been read: `opening` until its source has said anything, `kept` where it has been read before.
 * Moments are milliseconds of one clock.
 */
export interface Progress {
  readonly phase: 'opening' | 'pulling' | 'preparing' | 'reading' | 'comparing' | 'kept';
  readonly bytes: number;
  readonly total: number | null;
  readonly startedAt: number;
  /** When the first byte came of what the phase counts. */
  readonly firstByteAt: number | null;
  readonly now: number;
}

/** An image that is not there. */
export interface Missing {
  readonly offer: PullOffer;
  /** All that there is to say, in one line. */
  readonly message: string;
  /** Whether that is why it could not be pulled. */
  readonly hasFailed: boolean;
}

/** The image that is being looked at. */
export interface OpenImage {
  /** How it was asked for. */
  readonly name: string;
  readonly facts: ImageFacts | null;
  readonly progress: Progress | null;
  /** The layers that are being pulled, while they are. */
  readonly pulled: readonly PulledLayer[] | null;
  readonly missing: Missing | null;
  readonly analysis: Analysis | null;
  /** Layers in the analysis. */
  readonly layersRead: number;
  /** Of each of them. */
  readonly blobs: readonly LayerBlob[];
  readonly verification: Verification;
  readonly isComplete: boolean;
  /** Why reading ended early. */
  readonly failure: string | null;
}
