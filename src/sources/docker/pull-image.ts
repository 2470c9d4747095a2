import { PeelError } from '../../image/errors.ts';
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
export async function pullImage(
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
