import { PeelError } from '../../image/errors.ts';
import { MissingImage } from '../../image/missing-image.ts';
import type { Platform } from '../../image/platform.ts';
import { remoteName, withTag } from '../../image/reference.ts';
import type { PulledLayer } from '../../image/source.ts';
import { credentialsFor, type Keychain } from './credentials.ts';
import type { Daemon } from './daemon.ts';
import { daemonMessage } from './failures.ts';
import { followPull } from './pull.ts';

/** What is pulled, and as whom. */
export interface PullWish {
  readonly reference: string;
  /** Null: the daemon's own. */
  readonly platform: Platform | null;
  readonly keychain: Keychain;
}

/**
 * Has a daemon pull an image, and tells of its layers as they come.
 * @throws PeelError `arguments` when no registry can know it; `daemon-error`; the signal's reason.
 */
async function pullImage(
  daemon: Daemon,
  { reference, platform, keychain }: PullWish,
  on: (layers: readonly PulledLayer[]) => void,
  signal: AbortSignal,
): Promise<void> {
  const name = withTag(reference);
  const remote = remoteName(reference);
  if (remote === null) throw new PeelError('arguments', `${reference} is an ID: no registry knows it.`);
  on([]);
  const credentials = await credentialsFor(reference, keychain);
  signal.throwIfAborted();
  try {
    await followPull(await daemon.pull(remote, { platform, credentials }, signal), name, on);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof PeelError) throw error;
    throw new PeelError('daemon-error', `The daemon cannot pull ${name}: ${daemonMessage(error)}`);
  }
}

/**
 * Reads an image of a daemon, which pulls it first where it is not there and somebody wants that.
 * @param wish its keychain is null where nobody does.
 * @throws what `read` throws, and `pullImage`; PeelError `no-such-image` when the image is not there once it has been pulled.
 */
export async function readPulling(
  daemon: Daemon,
  wish: Omit<PullWish, 'keychain'> & { readonly keychain: Keychain | null },
  read: () => Promise<void>,
  on: (layers: readonly PulledLayer[]) => void,
  signal: AbortSignal,
): Promise<void> {
  const { keychain } = wish;
  try {
    await read();
  } catch (error) {
    if (!(error instanceof MissingImage) || keychain === null) throw error;
    await pullImage(daemon, { ...wish, keychain }, on, signal);
    await read().catch((still: unknown) => {
      if (!(still instanceof MissingImage)) throw still;
      throw new PeelError('no-such-image', `${still.offer.said} Pulling it has not changed that.`);
    });
  }
}
