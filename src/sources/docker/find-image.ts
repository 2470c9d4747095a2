// Which image of a daemon is meant, and what is known of it before its export: by its name, and by the platform where
// the daemon holds it for several (containerd's store), or for another one than is wanted.

import { SeveralImages } from '../../image/choice.ts';
import { messageOf, PeelError } from '../../image/errors.ts';
import { isObject, stringOrNull } from '../../image/json.ts';
import { MissingImage } from '../../image/missing-image.ts';
import { bestFor, formatPlatform, type Platform } from '../../image/platform.ts';
import { mayBeId, nearestNames, remoteName, withTag } from '../../image/reference.ts';
import { type Daemon, platformQuery } from './daemon.ts';
import { daemonMessage, httpStatus } from './failures.ts';
import { type HeldPlatform, heldPlatforms, type Inspected, parseInspect } from './inspect.ts';
import { listImages } from './list-images.ts';

/** So long an error may wait for the daemon to say who it is. */
const HINT_TIMEOUT_MS = 2000;

/** What is asked for. */
export interface DaemonWish {
  readonly reference: string;
  readonly platform: Platform | null;
  /** Whether somebody can be asked which platform is meant; else it is the daemon's own. */
  readonly offersPlatforms: boolean;
}

/** The image that is meant. */
export interface FoundInDaemon {
  readonly inspected: Inspected;
  /** The platform to name to the daemon; null where the name alone says enough. */
  readonly platform: Platform | null;
  /** The only platform there is of several that are listed: containerd's store may have to be told to export that. */
  readonly onlyPlatform: Platform | null;
}

/**
 * Finds the image that a wish means.
 * @throws MissingImage when it is not there and could be pulled; SeveralImages when there are several platforms to
 * choose from; PeelError `no-such-image`, `daemon-error`.
 */
export async function findInDaemon(
  daemon: Daemon,
  wish: DaemonWish,
  signal: AbortSignal,
): Promise<FoundInDaemon> {
  return new Search(daemon, wish, signal).found();
}

class Search {
  private readonly daemon: Daemon;
  private readonly wish: DaemonWish;
  private readonly signal: AbortSignal;
  /** As messages call it. */
  private readonly name: string;

  constructor(daemon: Daemon, wish: DaemonWish, signal: AbortSignal) {
    this.daemon = daemon;
    this.wish = wish;
    this.signal = signal;
    this.name = withTag(wish.reference);
  }

  async found(): Promise<FoundInDaemon> {
    const [inspect, history] = await this.inspect();
    const inspected = parseInspect(inspect, history);
    const held = heldPlatforms(inspect);
    const chosen = await this.chosen(held, inspected.config.platform);
    if (chosen === null) {
      const [first, ...others] = held.filter(({ bytes }) => bytes !== null);
      const only = first !== undefined && others.length === 0 ? first : null;
      return {
        inspected: { ...inspected, digest: only?.digest ?? inspected.digest },
        platform: null,
        onlyPlatform: held.length > 1 ? (only?.platform ?? null) : null,
      };
    }
    const { platform, digest } = chosen;
    const its = parseInspect(...(await this.inspect(platform)));
    return { inspected: { ...asFarAs(chosen, its), id: inspected.id, digest }, platform, onlyPlatform: null };
  }

  /** The platform to ask for by name; null where there is nothing to choose. */
  private async chosen(held: readonly HeldPlatform[], usual: Platform | null): Promise<HeldPlatform | null> {
    const { platform: wanted } = this.wish;
    const there = held.filter(({ bytes }) => bytes !== null);
    if (wanted === null) return there.length < 2 ? null : this.ownOf(held, there);
    if (held.length === 0) {
      if (usual !== null && bestFor(wanted, [{ platform: usual }]).length > 0) return null;
      throw await this.otherPlatforms(wanted, usual === null ? [] : [usual]);
    }
    const [best] = bestFor(wanted, there);
    if (best !== undefined) return best;
    const [listed] = bestFor(wanted, held);
    if (listed !== undefined) throw await this.absentContent(listed.platform);
    throw await this.otherPlatforms(
      wanted,
      there.map(({ platform }) => platform),
    );
  }

  /** Of several platforms the daemon's own, unless somebody can be asked. */
  private async ownOf(held: readonly HeldPlatform[], there: readonly HeldPlatform[]): Promise<HeldPlatform> {
    const own = this.wish.offersPlatforms ? null : await this.ownPlatform();
    const [best] = own === null ? [] : bestFor(own, there);
    if (best !== undefined) return best;
    const names = there.map(({ platform }) => formatPlatform(platform));
    const absentLast = [...there, ...held.filter(({ bytes }) => bytes === null)];
    throw new SeveralImages(
      `${this.daemon.host} holds ${this.name} for ${there.length} platforms; choose one with --platform: ${names.join(', ')}.`,
      absentLast.map(({ platform, bytes }) => ({
        reference: this.name,
        key: formatPlatform(platform),
        platform: formatPlatform(platform),
        bytes,
        created: null,
        ...(bytes === null ? { isAbsent: true } : {}),
      })),
    );
  }

  /** What the daemon's own containers run on. */
  private async ownPlatform(): Promise<Platform | null> {
    const version = await this.daemon.get('/version', this.signal).catch(() => null);
    this.signal.throwIfAborted();
    const [os, architecture] = isObject(version)
      ? [stringOrNull(version['Os']), stringOrNull(version['Arch'])]
      : [null, null];
    return os === null || architecture === null ? null : { os, architecture, variant: null };
  }

  private async inspect(platform: Platform | null = null): Promise<[inspect: unknown, history: unknown]> {
    const { reference } = this.wish;
    const name = mayBeId(reference) ? reference : this.name;
    const path = `/images/${name.split('/').map(encodeURIComponent).join('/')}`;
    const query = new URLSearchParams(platformQuery(platform)).toString();
    try {
      return await Promise.all([
        // Daemons that do not know `manifests` take no notice; one platform, and all of them, cannot be asked for at once.
        this.daemon.get(`${path}/json?${platform === null ? 'manifests=1' : query}`, this.signal),
        this.daemon.get(`${path}/history${platform === null ? '' : `?${query}`}`, this.signal),
      ]);
    } catch (error) {
      this.signal.throwIfAborted();
      if (error instanceof PeelError) throw error;
      if (httpStatus(error) === 404 && platform === null) throw await this.noSuchImage();
      throw new PeelError('daemon-error', `The daemon cannot inspect ${reference}: ${daemonMessage(error)}`);
    }
  }

  private async noSuchImage(): Promise<PeelError> {
    const id = await this.idInPlaceOfDigest();
    if (id !== null) {
      return new PeelError(
        'no-such-image',
        `${this.daemon.host} holds no image ${this.name}, but what follows @ is the ID of one: peel ${id}`,
      );
    }
    const names = await listImages(this.daemon, this.signal).then(
      (images) => images.map(({ reference }) => reference),
      (error: unknown) => {
        this.signal.throwIfAborted();
        throw new PeelError('daemon-error', `The daemon cannot list its images: ${messageOf(error)}`);
      },
    );
    const near = nearestNames(this.wish.reference, names);
    return this.missing(`${this.daemon.host} holds no image ${this.name}.`, near);
  }

  /** What follows the @ of the reference, if it is an ID: people copy one for the other. */
  private async idInPlaceOfDigest(): Promise<string | null> {
    const digest = /@(sha256:[0-9a-f]{64})$/.exec(this.wish.reference)?.[1];
    if (digest === undefined) return null;
    const found = await this.daemon.get(`/images/${digest}/json`, this.signal).catch(() => null);
    this.signal.throwIfAborted();
    return isObject(found) && found['Id'] === digest ? digest : null;
  }

  private otherPlatforms(wanted: Platform, there: readonly Platform[]): Promise<PeelError> {
    const platforms = there.length === 0 ? 'another platform' : there.map(formatPlatform).join(', ');
    return this.missing(
      `${this.daemon.host} holds ${this.name} for ${platforms}, not for ${formatPlatform(wanted)}.`,
    );
  }

  private absentContent(platform: Platform): Promise<PeelError> {
    return this.missing(
      `${this.daemon.host} lists ${this.name} for ${formatPlatform(platform)}, but its content is not there.`,
    );
  }

  /** The error for an image that could be pulled, unless it is named by an ID. */
  private async missing(said: string, near: readonly string[] = []): Promise<PeelError> {
    const { reference, platform } = this.wish;
    const meant = near.length === 0 ? null : `Did you mean ${near.join(', ')}?`;
    if (remoteName(reference) === null) {
      return new PeelError(
        'no-such-image',
        `${said} ${meant ?? 'No registry knows an ID: name the image to fetch it.'}`,
      );
    }
    const flags = platform === null ? '' : `--platform ${formatPlatform(platform)} `;
    const command = `${await this.tool()} pull ${flags}${reference}`;
    const fetching = `${command}, or peel --pull ${flags}${reference}`;
    const hint = meant === null ? `Fetch it first: ${fetching}` : `${meant} If not: ${fetching}`;
    return new MissingImage(`${said} ${hint}`, { said, near, command });
  }

  /** The program that goes with the daemon. */
  private async tool(): Promise<string> {
    const identity = await this.daemon.identity(this.signal, HINT_TIMEOUT_MS);
    return identity?.name === 'Podman' ? 'podman' : 'docker';
  }
}

/**
 * What a daemon says of the platform that it was asked for. API 1.48 takes no platform there and answers with
 * its own: of that nothing holds, and the export tells.
 */
function asFarAs({ platform, bytes }: HeldPlatform, inspected: Inspected): Inspected {
  const { config } = inspected;
  if (config.platform !== null && formatPlatform(config.platform) === formatPlatform(platform))
    return inspected;
  const unknown = { ...config, platform, created: null, diffIds: [], history: [] };
  return { ...inspected, config: unknown, layerBytes: [], bytes };
}
