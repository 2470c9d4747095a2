// What need not be done for the screen of an image to stand, and is done once it does.

import { setImmediate } from 'node:timers/promises';
import { messageOf } from '../image/errors.ts';
import type { Verification } from '../image/integrity.ts';
import type { ImageSource, LayerBlob } from '../image/source.ts';
import type { AnalysedImage } from '../report/report.ts';
import type { Action } from '../state/actions.ts';
import type { KeptLoading } from './load-kept.ts';
import { canVerify, verifyBlobs } from './read-the-rest.ts';

/** An image that has been read, and by what. */
interface Read {
  readonly loading: Pick<KeptLoading, 'keep'>;
  readonly source: ImageSource;
  readonly loaded: AnalysedImage;
}

/** Keeps an image that has been read, and verifies it where nobody has yet; tells how far that is until the signal comes. */
export async function finishReading(
  { loading, source, loaded }: Read,
  dispatch: (action: Action) => void,
  signal: AbortSignal,
): Promise<void> {
  await framePainted();
  await loading.keep(loaded);
  await verify(source, loaded.blobs, dispatch, signal);
}

/** What has been told is drawn in this turn of the event loop, and painted in the next: keys have been heard by then, too. */
async function framePainted(): Promise<void> {
  await setImmediate();
  await setImmediate();
}

async function verify(
  source: ImageSource,
  blobs: readonly LayerBlob[],
  dispatch: (action: Action) => void,
  signal: AbortSignal,
): Promise<void> {
  if (!canVerify(source, blobs)) return;
  let verified = blobs;
  const tell = (verification: Verification) => {
    if (!signal.aborted) dispatch({ type: 'verified', blobs: verified, verification });
  };
  tell('under way');
  try {
    verified = await verifyBlobs(source, blobs, signal, (those) => {
      verified = those;
      tell('under way');
    });
    tell('none');
  } catch (error) {
    tell({ problem: messageOf(error) });
  }
}
